package io.kadedb.planner.rel;

import io.kadedb.planner.validate.KadeTable;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Functional dependencies among a relation's columns: by primary keys, by equal columns of inner joins and filters, and by
 * groupings. Rows that agree in some columns agree in those that these determine.
 */
public final class DeterminedColumns {
    private DeterminedColumns() {}

    /**
     * Which of some columns are determined by the others of them. Of two that determine each other the wider one is
     * named, so that integers remain.
     */
    public static ImmutableBitSet redundant(RelNode rel, ImmutableBitSet columns) {
        List<Integer> candidates = new ArrayList<>(columns.asList());
        List<RelDataTypeField> fields = rel.getRowType().getFieldList();
        candidates.sort((a, b) -> Boolean.compare(isInteger(fields.get(a)), isInteger(fields.get(b))));
        ImmutableBitSet kept = columns;
        for (int column : candidates) {
            ImmutableBitSet others = kept.clear(column);
            if (!others.isEmpty() && closure(rel, others).get(column)) {
                kept = others;
            }
        }
        return columns.except(kept);
    }

    private static boolean isInteger(RelDataTypeField field) {
        return SqlTypeName.INT_TYPES.contains(field.getType().getSqlTypeName());
    }

    /** The columns that are known to have one value where these have. */
    private static ImmutableBitSet closure(RelNode rel, ImmutableBitSet known) {
        return switch (rel) {
            case TableScan scan -> known.contains(key(scan)) ? all(rel) : known;
            case Filter filter -> filtered(filter, known);
            case Project project -> projected(project, known);
            case Join join -> joined(join, known);
            case Aggregate aggregate -> grouped(aggregate, known);
            default -> known;
        };
    }

    private static ImmutableBitSet all(RelNode rel) {
        return ImmutableBitSet.range(rel.getRowType().getFieldCount());
    }

    /** The columns of the table's key; one that no table has where there is none. */
    private static ImmutableBitSet key(TableScan scan) {
        KadeTable table = scan.getTable().unwrap(KadeTable.class);
        List<String> key = table == null ? List.of() : table.keyColumns();
        ImmutableBitSet.Builder columns = ImmutableBitSet.builder();
        List<String> names = scan.getRowType().getFieldNames();
        for (String name : key) {
            int place = names.indexOf(name);
            columns.set(place < 0 ? names.size() : place);
        }
        return key.isEmpty() ? ImmutableBitSet.of(names.size()) : columns.build();
    }

    private static ImmutableBitSet filtered(Filter filter, ImmutableBitSet known) {
        List<RexNode> conditions = RelOptUtil.conjunctions(filter.getCondition());
        ImmutableBitSet now = known;
        while (true) {
            ImmutableBitSet wider = withEqual(closure(filter.getInput(), now), conditions);
            if (wider.equals(now)) {
                return now;
            }
            now = wider;
        }
    }

    private static ImmutableBitSet withEqual(ImmutableBitSet known, List<RexNode> conditions) {
        ImmutableBitSet wider = known;
        for (RexNode condition : conditions) {
            if (condition instanceof RexCall call
                    && call.getKind() == SqlKind.EQUALS
                    && call.getOperands().get(0) instanceof RexInputRef a
                    && call.getOperands().get(1) instanceof RexInputRef b
                    && a.getType().getSqlTypeName() == b.getType().getSqlTypeName()
                    && (wider.get(a.getIndex()) || wider.get(b.getIndex()))) {
                wider = wider.set(a.getIndex()).set(b.getIndex());
            }
        }
        return wider;
    }

    private static ImmutableBitSet projected(Project project, ImmutableBitSet known) {
        ImmutableBitSet.Builder inputs = ImmutableBitSet.builder();
        List<RexNode> projects = project.getProjects();
        for (int column : known) {
            if (projects.get(column) instanceof RexInputRef ref) {
                inputs.set(ref.getIndex());
            }
        }
        ImmutableBitSet determined = closure(project.getInput(), inputs.build());
        ImmutableBitSet.Builder columns = ImmutableBitSet.builder().addAll(known);
        for (int i = 0; i < projects.size(); i++) {
            if (projects.get(i) instanceof RexInputRef ref && determined.get(ref.getIndex())) {
                columns.set(i);
            }
        }
        return columns.build();
    }

    private static ImmutableBitSet joined(Join join, ImmutableBitSet known) {
        int left = join.getLeft().getRowType().getFieldCount();
        ImmutableBitSet leftColumns = ImmutableBitSet.range(left);
        boolean keepsLeft = !join.getJoinType().generatesNullsOnLeft();
        boolean inner = keepsLeft && !join.getJoinType().generatesNullsOnRight();
        // Equal columns say nothing of rows that are extended by NULLs, nor of the right side of semi joins.
        boolean bothSides = inner && join.getJoinType().projectsRight();
        List<RexNode> conditions = RelOptUtil.conjunctions(join.getCondition());
        ImmutableBitSet now = known;
        while (true) {
            ImmutableBitSet wider = now;
            if (keepsLeft) {
                wider = wider.union(closure(join.getLeft(), now.intersect(leftColumns)));
            }
            if (bothSides) {
                ImmutableBitSet right =
                        closure(join.getRight(), now.except(leftColumns).shift(-left));
                wider = withEqual(wider.union(right.shift(left)), conditions);
            }
            if (wider.equals(now)) {
                return now;
            }
            now = wider;
        }
    }

    private static ImmutableBitSet grouped(Aggregate aggregate, ImmutableBitSet known) {
        if (aggregate.getGroupType() != Aggregate.Group.SIMPLE) {
            return known;
        }
        List<Integer> keys = aggregate.getGroupSet().asList();
        ImmutableBitSet.Builder inputs = ImmutableBitSet.builder();
        for (int i = 0; i < keys.size(); i++) {
            if (known.get(i)) {
                inputs.set(keys.get(i));
            }
        }
        ImmutableBitSet determined = closure(aggregate.getInput(), inputs.build());
        return determined.contains(aggregate.getGroupSet()) ? all(aggregate) : known;
    }
}
