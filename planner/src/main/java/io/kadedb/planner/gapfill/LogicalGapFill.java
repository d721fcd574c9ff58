package io.kadedb.planner.gapfill;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * The rows of a grouping and, for each group of keys, a row for each bucket of a range that has none: with the keys, the
 * begin of the bucket, and NULL in the other columns. Behind the columns there is one for each {@link Fill}.
 */
public final class LogicalGapFill extends SingleRel {
    /** How the values of added rows are made. */
    public enum Method {
        LOCF,
        INTERPOLATE
    }

    /**
     * A column that is filled.
     *
     * @param value the column
     * @param before columns that say what came before the group: for LOCF a value, for INTERPOLATE a time and a value
     * @param after the same of what comes behind, for INTERPOLATE
     * @param nullsMissing whether LOCF fills NULLs of rows that are there
     * @param type of the result
     */
    public record Fill(
            Method method,
            int value,
            List<Integer> before,
            List<Integer> after,
            boolean nullsMissing,
            RelDataType type) {
        public Fill {
            before = List.copyOf(before);
            after = List.copyOf(after);
        }

        /** The columns it reads. */
        public List<Integer> columns() {
            List<Integer> columns = new ArrayList<>(before);
            columns.addAll(after);
            columns.add(value);
            return columns;
        }
    }

    /** An end of the range: of several the narrowest counts. */
    public record Bound(RexNode value, boolean inclusive) {}

    /**
     * The buckets.
     *
     * @param zone whose clocks decide
     */
    public record Range(RexNode width, Optional<RexNode> zone, List<Bound> starts, List<Bound> finishes) {
        public Range {
            starts = List.copyOf(starts);
            finishes = List.copyOf(finishes);
        }

        private Range accept(RexShuttle shuttle) {
            return new Range(
                    width.accept(shuttle),
                    zone.map(node -> node.accept(shuttle)),
                    accept(starts, shuttle),
                    accept(finishes, shuttle));
        }

        private static List<Bound> accept(List<Bound> bounds, RexShuttle shuttle) {
            return bounds.stream()
                    .map(bound -> new Bound(bound.value.accept(shuttle), bound.inclusive))
                    .toList();
        }
    }

    private final int time;
    private final ImmutableBitSet keys;
    private final Range range;
    private final List<Fill> fills;

    /**
     * The relation.
     *
     * @param time the column with the begin of the bucket
     * @param keys the other columns grouped by
     */
    public LogicalGapFill(RelNode input, int time, ImmutableBitSet keys, Range range, List<Fill> fills) {
        this(input.getCluster().traitSet(), input, time, keys, range, fills);
    }

    private LogicalGapFill(
            RelTraitSet traits, RelNode input, int time, ImmutableBitSet keys, Range range, List<Fill> fills) {
        super(input.getCluster(), traits, input);
        this.time = time;
        this.keys = keys;
        this.range = range;
        this.fills = List.copyOf(fills);
    }

    public int time() {
        return time;
    }

    public ImmutableBitSet keys() {
        return keys;
    }

    public Range range() {
        return range;
    }

    public List<Fill> fills() {
        return fills;
    }

    @Override
    protected RelDataType deriveRowType() {
        RelDataTypeFactory types = getCluster().getTypeFactory();
        RelDataTypeFactory.Builder builder = types.builder();
        for (RelDataTypeField field : input.getRowType().getFieldList()) {
            boolean grouped = field.getIndex() == time || keys.get(field.getIndex());
            builder.add(
                    field.getName(),
                    grouped ? field.getType() : types.createTypeWithNullability(field.getType(), true));
        }
        for (int i = 0; i < fills.size(); i++) {
            builder.add("$fill" + i, fills.get(i).type());
        }
        return builder.uniquify().build();
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new LogicalGapFill(traits, inputs.getFirst(), time, keys, range, fills);
    }

    @Override
    public RelNode accept(RexShuttle shuttle) {
        Range visited = range.accept(shuttle);
        return visited.equals(range) ? this : new LogicalGapFill(getTraitSet(), input, time, keys, visited, fills);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer)
                .item("time", time)
                .item("keys", keys)
                .item("range", range)
                .item("fills", fills);
    }
}
