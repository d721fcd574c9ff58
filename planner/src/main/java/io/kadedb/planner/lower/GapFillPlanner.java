package io.kadedb.planner.lower;

import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.SqlTypes;
import io.kadedb.planner.gapfill.LogicalGapFill;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan.GapFill;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;

/** Lowers gap filling; fills that nobody needs are dropped. */
final class GapFillPlanner {
    private final PhysicalPlanner planner;
    private final ExprBuilder expressions;

    GapFillPlanner(PhysicalPlanner planner, ExprBuilder expressions) {
        this.planner = planner;
        this.expressions = expressions;
    }

    Lowered lower(LogicalGapFill fill, ImmutableBitSet needed) {
        int width = fill.getInput().getRowType().getFieldCount();
        List<Integer> kept = new ArrayList<>();
        ImmutableBitSet.Builder read = ImmutableBitSet.builder()
                .addAll(needed.intersect(ImmutableBitSet.range(width)))
                .addAll(fill.keys())
                .set(fill.time());
        for (int i = 0; i < fill.fills().size(); i++) {
            if (needed.get(width + i)) {
                kept.add(i);
                fill.fills().get(i).columns().forEach(read::set);
            }
        }
        ImmutableBitSet columns = read.build();
        Lowered input = planner.lower(fill.getInput(), columns).pruned(columns);
        int[] at = Arrays.copyOf(input.at(), width + fill.fills().size());
        Arrays.fill(at, width, at.length, -1);
        List<Integer> keys = input.places(fill.keys());
        int time = input.place(fill.time());
        List<Field> output = new ArrayList<>();
        for (Field field : input.plan().output()) {
            boolean grouped = output.size() == time || keys.contains(output.size());
            output.add(grouped ? field : new Field(field.name(), field.type(), true));
        }
        List<GapFill.Fill> fills = new ArrayList<>();
        for (int index : kept) {
            LogicalGapFill.Fill filled = fill.fills().get(index);
            at[width + index] = output.size();
            output.add(new Field("fill" + index, SqlTypes.fromRelDataType(filled.type()), true));
            fills.add(new GapFill.Fill(
                    GapFill.Method.valueOf(filled.method().name()),
                    input.place(filled.value()),
                    input.places(filled.before()),
                    input.places(filled.after()),
                    filled.nullsMissing()));
        }
        SqlType type = input.plan().output().get(time).type();
        LogicalGapFill.Range range = fill.range();
        Expr size = constant(range.width());
        return new Lowered(
                new GapFill(
                        input.plan(),
                        time,
                        keys,
                        size.type().isInteger()
                                ? expressions.cast(size, type)
                                : expressions.cast(size, SqlType.INTERVAL),
                        range.zone().map(this::constant),
                        bounds(range.starts(), type),
                        bounds(range.finishes(), type),
                        fills,
                        output),
                at);
    }

    private Expr constant(RexNode node) {
        return expressions.build(node, index -> {
            throw new IllegalStateException("a column in " + node);
        });
    }

    private List<GapFill.Bound> bounds(List<LogicalGapFill.Bound> bounds, SqlType type) {
        return bounds.stream()
                .map(bound -> new GapFill.Bound(expressions.cast(constant(bound.value()), type), bound.inclusive()))
                .toList();
    }
}
