package io.kadedb.planner.gapfill;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.planner.functions.KadeFunction;
import io.kadedb.planner.physical.ScalarFunction;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.jspecify.annotations.Nullable;

/** Puts a {@link LogicalGapFill} above each grouping by {@code time_bucket_gapfill}. */
public final class GapFillExpansion {
    private GapFillExpansion() {}

    /**
     * The relation without the functions of gap filling, also in its subqueries.
     *
     * @throws KadeException 0A000 where one of them stands at a place where it means nothing
     */
    public static RelNode expand(RelNode rel) {
        RelNode filled = filled(rel);
        List<RelNode> inputs =
                filled.getInputs().stream().map(GapFillExpansion::expand).toList();
        RelNode copy = inputs.equals(filled.getInputs()) ? filled : filled.copy(filled.getTraitSet(), inputs);
        return copy.accept(new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery query) {
                RelNode inner = expand(query.rel);
                RexSubQuery visited = (RexSubQuery) super.visitSubQuery(query);
                return inner.equals(query.rel) ? visited : visited.clone(inner);
            }

            @Override
            public RexNode visitCall(RexCall call) {
                refuse(call);
                return super.visitCall(call);
            }
        });
    }

    private static RelNode filled(RelNode rel) {
        Aggregate projected = rel instanceof Project project ? grouping(project.getInput()) : null;
        if (projected != null && rel instanceof Project project) {
            return new FilledGrouping(projected, project.getInput()).projected(project);
        }
        Aggregate own = grouping(rel);
        return own == null ? rel : new FilledGrouping(own, rel).rel();
    }

    /** The grouping by {@code time_bucket_gapfill} below a HAVING, or null. */
    private static @Nullable Aggregate grouping(RelNode rel) {
        RelNode below = rel;
        while (below instanceof Filter filter) {
            below = filter.getInput();
        }
        return below instanceof Aggregate aggregate
                        && aggregate.getInput() instanceof Project project
                        && aggregate.getGroupSet().asList().stream()
                                .anyMatch(key ->
                                        isCall(project.getProjects().get(key), ScalarFunction.TIME_BUCKET_GAPFILL))
                ? aggregate
                : null;
    }

    static boolean isCall(RexNode node, ScalarFunction function) {
        return node instanceof RexCall call
                && call.getOperator() instanceof KadeFunction own
                && own.function() == function;
    }

    private static void refuse(RexCall call) {
        String message = null;
        if (isCall(call, ScalarFunction.TIME_BUCKET_GAPFILL)) {
            message = "time_bucket_gapfill has to be one of the expressions of GROUP BY by itself";
        } else if (isCall(call, ScalarFunction.LOCF) || isCall(call, ScalarFunction.INTERPOLATE)) {
            message = call.getOperator().getName()
                    + " can only be used in the select list of a query that groups by time_bucket_gapfill";
        }
        if (message != null) {
            throw KadeException.of(ErrorCode.FEATURE_NOT_SUPPORTED, message);
        }
    }
}
