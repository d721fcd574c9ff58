package io.kadedb.planner.dml;

import io.kadedb.common.catalog.ContinuousAggregate;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.error.SourcePosition;
import io.kadedb.parser.ast.Expression;
import io.kadedb.parser.ast.PlainSelect;
import io.kadedb.parser.ast.Positions;
import io.kadedb.planner.PlanningSession;
import io.kadedb.planner.ViewQueries.Described;
import io.kadedb.planner.api.PlanningContext;
import io.kadedb.planner.continuous.ContinuousQuery;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.Modify;
import io.kadedb.planner.physical.PlanExpressions;
import io.kadedb.planner.validate.BoundCatalog;
import io.kadedb.planner.validate.DeepCopy;
import io.kadedb.planner.validate.KadeTable;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;

/** What continuous aggregates are made of. */
final class ContinuousPlanner {
    private final PlanningSession session;

    ContinuousPlanner(PlanningSession session) {
        this.session = session;
    }

    /**
     * What makes a query's rows a continuous aggregate.
     *
     * @throws KadeException 0A000 if they cannot be one, 42P17 if they depend on more than the table
     */
    ContinuousAggregate aggregate(Expression written, Described query) {
        SourcePosition place = Positions.of(written.node().getParserPosition());
        try {
            ContinuousAggregate found = ContinuousQuery.of(query.algebra());
            if (query.relations().size() != 1 || query.relations().getFirst().id() != found.source()) {
                throw KadeException.of(
                                ErrorCode.FEATURE_NOT_SUPPORTED, "a continuous aggregate reads a table, not a view")
                        .hint("write the view's query into that of the aggregate");
            }
            checkImmutable(written.node());
            return found;
        } catch (KadeException e) {
            throw e.position().isPresent() ? e : e.at(place);
        }
    }

    private void checkImmutable(SqlNode query) {
        SqlNode copy = query.accept(new DeepCopy());
        if (copy == null) {
            throw KadeException.internal("no copy of a query", null);
        }
        checkImmutable(new PlanningSession(session.context()).plan(copy).plan());
    }

    private static void checkImmutable(PhysicalPlan plan) {
        if (!PlanExpressions.of(plan).stream().allMatch(GenerationExpressions::isImmutable)) {
            throw KadeException.of(
                            ErrorCode.INVALID_OBJECT_DEFINITION,
                            "functions in a continuous aggregate must be marked IMMUTABLE")
                    .detail("What depends on the time, on chance or on the session changes without a change of the"
                            + " table.")
                    .hint("put such conditions into a view over the continuous aggregate");
        }
        plan.inputs().forEach(ContinuousPlanner::checkImmutable);
    }

    /** Removes the stored rows of buckets that have changed. */
    static PhysicalPlan outdated(TableDefinition view, PlanningContext context) {
        SqlParserPos pos = SqlParserPos.ZERO;
        List<SqlNode> items = new ArrayList<>();
        items.add(new SqlIdentifier(KadeTable.ROW_ID, pos));
        view.identity()
                .forEach(ordinal ->
                        items.add(new SqlIdentifier(view.columns().get(ordinal).name(), pos)));
        SqlNode from = new SqlIdentifier(List.of(BoundCatalog.OUTDATED_SCHEMA, Long.toString(view.id())), pos);
        PhysicalPlan rows = new PlanningSession(context)
                .plan(PlainSelect.of(pos, new SqlNodeList(items, pos), from))
                .plan();
        return Modify.counting(Targets.reference(view), Modify.Operation.DELETE, rows);
    }
}
