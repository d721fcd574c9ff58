package io.kadedb.planner.graph;

import io.kadedb.common.error.KadeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/**
 * The single hops of a repeated edge, and what is aggregated over them along a path: its query taken apart.
 *
 * @param keys columns that name the vertex where a hop starts, then where it ends, then perhaps the edge
 * @param calls over the hops
 */
record Hops(RelNode rel, List<Integer> keys, List<AggregateCall> calls) {
    /**
     * The hops of a query.
     *
     * @param hidden columns that name its ends, and perhaps the edge
     */
    static Hops of(RelNode query, int hidden) {
        List<Integer> outputs =
                IntStream.range(0, query.getRowType().getFieldCount()).boxed().toList();
        RelNode rel = query;
        if (rel instanceof Project project && project.getInput() instanceof Aggregate) {
            outputs = project.getProjects().stream().map(Hops::column).toList();
            rel = project.getInput();
        }
        if (!(rel instanceof Aggregate aggregate)) {
            return new Hops(rel, outputs.subList(0, hidden), List.of());
        }
        List<Integer> keys = new ArrayList<>();
        List<AggregateCall> calls = new ArrayList<>();
        for (int i = 0; i < outputs.size(); i++) {
            int output = outputs.get(i);
            if (i < hidden) {
                keys.add(aggregate.getGroupSet().nth(output));
            } else if (i > hidden) {
                // The first is their number, which the search tells.
                calls.add(aggregate.getAggCallList().get(output - aggregate.getGroupCount()));
            }
        }
        return new Hops(aggregate.getInput(), keys, calls);
    }

    private static int column(RexNode node) {
        if (node instanceof RexInputRef ref) {
            return ref.getIndex();
        }
        throw KadeException.internal("not a column of an aggregate over hops: " + node, null);
    }

    /**
     * Only those hops that end at a vertex of the graph.
     *
     * @param matches columns of the query and of the vertices
     */
    RelNode ending(RelNode vertices, List<KeyMatch> matches, RexBuilder builder) {
        List<RexNode> conditions = new ArrayList<>();
        int width = rel.getRowType().getFieldCount();
        for (KeyMatch match : matches) {
            int column = keys.get(match.left());
            RexNode hop = builder.makeInputRef(rel, column);
            RexNode vertex = new RexInputRef(
                    width + match.right(),
                    vertices.getRowType().getFieldList().get(match.right()).getType());
            conditions.add(CrossedRelations.equal(builder, match, hop, vertex));
        }
        return LogicalJoin.create(
                rel, vertices, List.of(), RexUtil.composeConjunction(builder, conditions), Set.of(), JoinRelType.SEMI);
    }
}
