package io.kadedb.planner.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/** Relations side by side, and the conditions on them. */
final class CrossedRelations {
    private final List<Integer> offsets = new ArrayList<>();
    private final List<RexNode> conditions = new ArrayList<>();
    private final RelNode rel;
    private final RexBuilder builder;

    CrossedRelations(List<RelNode> relations) {
        RelNode all = relations.getFirst();
        builder = all.getCluster().getRexBuilder();
        offsets.add(0);
        for (RelNode next : relations.subList(1, relations.size())) {
            offsets.add(all.getRowType().getFieldCount());
            all = LogicalJoin.create(all, next, List.of(), builder.makeLiteral(true), Set.of(), JoinRelType.INNER);
        }
        rel = all;
    }

    /** Where a relation's columns begin. */
    int offset(int relation) {
        return offsets.get(relation);
    }

    RexNode column(int relation, int column) {
        return builder.makeInputRef(rel, offsets.get(relation) + column);
    }

    void equate(int left, int right, List<KeyMatch> keys) {
        keys.forEach(key -> conditions.add(equal(builder, key, column(left, key.left()), column(right, key.right()))));
    }

    static RexNode equal(RexBuilder builder, KeyMatch key, RexNode left, RexNode right) {
        return builder.makeCall(
                key.nullsEqual() ? SqlStdOperatorTable.IS_NOT_DISTINCT_FROM : SqlStdOperatorTable.EQUALS, left, right);
    }

    RelNode filtered() {
        return conditions.isEmpty() ? rel : LogicalFilter.create(rel, RexUtil.composeConjunction(builder, conditions));
    }
}
