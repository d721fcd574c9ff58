package io.kadedb.planner.dml;

import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.parser.ast.Expression;
import io.kadedb.parser.ast.Positions;
import io.kadedb.planner.PlanningSession;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.types.TypeRules;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;

/** What may generate a column: an expression over the others that gives the same for the same row at all times. */
final class GenerationExpressions {
    private final PlanningSession session;
    private final TableDefinition table;

    GenerationExpressions(PlanningSession session, TableDefinition table) {
        this.session = session;
        this.table = table;
    }

    /**
     * Checks the expression of a column.
     *
     * @throws KadeException 42P17 for references to generated columns and for what is not immutable, 42804, 42703, 0A000
     */
    void check(String name, Expression expression) {
        ColumnDefinition column = table.columns().get(table.ordinalOf(name).orElseThrow());
        checkReferences(expression.node());
        PlanningSession.Planned planned =
                new RowRules(session, table).validated(expression, "column generation expressions");
        if (!isImmutable(planned.plan())) {
            throw KadeException.of(ErrorCode.INVALID_OBJECT_DEFINITION, "generation expression is not immutable")
                    .at(Positions.of(expression.node().getParserPosition()));
        }
        SqlType type = planned.columns().getFirst().type();
        if (type.id() != TypeId.NULL && !TypeRules.assignable(type, column.type())) {
            throw KadeException.of(
                            ErrorCode.DATATYPE_MISMATCH,
                            "column \"" + name + "\" is of type " + column.type()
                                    + " but default expression is of type " + type)
                    .at(Positions.of(expression.node().getParserPosition()))
                    .hint("You will need to rewrite or cast the expression.");
        }
    }

    private void checkReferences(SqlNode expression) {
        expression.accept(new SqlBasicVisitor<Void>() {
            @Override
            @SuppressWarnings("NullAway") // visitors without a result return null
            public Void visit(SqlIdentifier id) {
                String last = id.names.getLast();
                boolean generated = table.columns().stream()
                        .anyMatch(
                                column -> column.isGenerated() && column.name().equals(last));
                if (generated) {
                    throw KadeException.of(
                                    ErrorCode.INVALID_OBJECT_DEFINITION,
                                    "cannot use generated column \"" + last + "\" in column generation expression")
                            .at(Positions.of(id.getParserPosition()))
                            .detail("A generated column cannot reference another generated column.");
                }
                return null;
            }
        });
    }

    /** Whether a plan gives the same for the same rows at all times. */
    static boolean isImmutable(PhysicalPlan plan) {
        boolean own = switch (plan) {
            case PhysicalPlan.Project project ->
                project.expressions().stream().allMatch(GenerationExpressions::isImmutable);
            case PhysicalPlan.Values values ->
                values.tuples().stream().flatMap(tuple -> tuple.stream()).allMatch(GenerationExpressions::isImmutable);
            default -> true;
        };
        return own && plan.inputs().stream().allMatch(GenerationExpressions::isImmutable);
    }

    /** Not the time, nor the session's zone, nor words such as 'today'. */
    static boolean isImmutable(Expr expression) {
        return switch (expression) {
            case Expr.SessionValue value -> false;
            case Expr.Cast cast ->
                isImmutable(cast.input()) && isImmutable(cast.input().type(), cast.type());
            case Expr.Call call ->
                !call.function().isVolatile()
                        && call.args().stream().allMatch(GenerationExpressions::isImmutable)
                        && !dependsOnZone(call);
            case Expr.Case cases ->
                isImmutable(cases.otherwise())
                        && cases.whens().stream()
                                .allMatch(when -> isImmutable(when.condition()) && isImmutable(when.result()));
            case Expr.InList in -> isImmutable(in.input());
            default -> true;
        };
    }

    private static boolean isImmutable(SqlType from, SqlType to) {
        boolean zoned = from.id() == TypeId.TIMESTAMPTZ || to.id() == TypeId.TIMESTAMPTZ;
        boolean date = to.id() == TypeId.DATE || to.id() == TypeId.TIME || to.id() == TypeId.TIMESTAMP;
        return zoned ? from.id() == to.id() : !(date && from.isText());
    }

    private static boolean dependsOnZone(Expr.Call call) {
        return switch (call.function()) {
            case EXTRACT, DATE_TRUNC, AGE, ADD, SUBTRACT ->
                call.args().stream().anyMatch(arg -> arg.type().id() == TypeId.TIMESTAMPTZ);
            case CONCAT_FUNCTION, CONCAT_WS ->
                call.args().stream().anyMatch(arg -> !arg.type().isText());
            default -> false;
        };
    }
}
