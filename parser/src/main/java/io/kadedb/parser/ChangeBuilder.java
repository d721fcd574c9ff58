package io.kadedb.parser;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.Assignment;
import io.kadedb.parser.ast.AssignmentTarget;
import io.kadedb.parser.ast.Expression;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.OnConflict;
import io.kadedb.parser.ast.Returning;
import io.kadedb.parser.ast.Statement;
import io.kadedb.parser.grammar.KadeSqlParser.*;
import io.kadedb.parser.grammar.KadeSqlParser.TargetContext;
import io.kadedb.parser.grammar.KadeSqlParser.TargetListContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/** INSERT, UPDATE and DELETE. */
final class ChangeBuilder {
    private final AstBuilder ast;
    private final ConstraintBuilder constraints;

    ChangeBuilder(AstBuilder ast) {
        this.ast = ast;
        this.constraints = new ConstraintBuilder(ast);
    }

    Statement insert(InsertStatementContext insert) {
        Optional<Name> alias =
                insert.identifier() == null ? Optional.empty() : Optional.of(ast.names.name(insert.identifier()));
        Optional<SqlNode> source =
                insert.query() == null ? Optional.empty() : Optional.of(ast.queries.query(insert.query()));
        Optional<OnConflict> conflict =
                insert.onConflict() == null ? Optional.empty() : Optional.of(conflict(insert.onConflict()));
        return new Statement.Insert(
                ast.names.qualified(insert.qualifiedName()),
                alias,
                targets(insert.targetList()),
                overriding(insert.overriding()),
                source,
                conflict,
                returning(insert.returning()));
    }

    static Optional<Statement.Overriding> overriding(@Nullable OverridingContext overriding) {
        return overriding == null
                ? Optional.empty()
                : Optional.of(overriding.SYSTEM() != null ? Statement.Overriding.SYSTEM : Statement.Overriding.USER);
    }

    Statement update(UpdateStatementContext update) {
        return new Statement.Update(
                ast.names.qualified(update.qualifiedName()),
                alias(update.tableAlias()),
                assignments(update.assignments()),
                from(update.fromList()),
                where(update.where()),
                returning(update.returning()));
    }

    Statement delete(DeleteStatementContext delete) {
        return new Statement.Delete(
                ast.names.qualified(delete.qualifiedName()),
                alias(delete.tableAlias()),
                from(delete.fromList()),
                where(delete.where()),
                returning(delete.returning()));
    }

    private OnConflict conflict(OnConflictContext conflict) {
        List<Statement.IndexPart> parts = constraints.parts(conflict.indexColumn());
        boolean conditional = !conflict.where().isEmpty()
                && conflict.where(0).getStart().getTokenIndex()
                        < conflict.DO().getSymbol().getTokenIndex();
        Optional<Expression> condition = conditional
                ? Optional.of(constraints.expression(conflict.where(0).expression()))
                : Optional.empty();
        Optional<Name> constraint =
                conflict.identifier() == null ? Optional.empty() : Optional.of(ast.names.name(conflict.identifier()));
        if (conflict.UPDATE() == null) {
            return new OnConflict(parts, condition, constraint, Optional.empty());
        }
        if (parts.isEmpty() && constraint.isEmpty()) {
            throw KadeException.of(
                            ErrorCode.SYNTAX_ERROR,
                            "ON CONFLICT DO UPDATE requires inference specification or constraint name")
                    .at(Places.of(conflict.getStart()))
                    .hint("for example, ON CONFLICT (column_name)");
        }
        List<Assignment> assignments = assignments(conflict.assignments());
        int place = conditional ? 1 : 0;
        Optional<SqlNode> where = conflict.where().size() == place ? Optional.empty() : where(conflict.where(place));
        return new OnConflict(parts, condition, constraint, Optional.of(new OnConflict.Update(assignments, where)));
    }

    List<Assignment> assignments(AssignmentsContext context) {
        List<Assignment> assignments = new ArrayList<>();
        for (AssignmentContext assignment : context.assignment()) {
            assign(assignment, assignments);
        }
        return assignments;
    }

    private void assign(AssignmentContext assignment, List<Assignment> assignments) {
        if (assignment.target() != null) {
            SqlNode value = assignment.expression() == null
                    ? SqlStdOperatorTable.DEFAULT.createCall(
                            Places.pos(assignment.DEFAULT().getSymbol()))
                    : ast.expressions.expression(assignment.expression());
            assignments.add(new Assignment(List.of(target(assignment.target())), value));
            return;
        }
        List<AssignmentTarget> columns = targets(assignment.targetList());
        if (assignment.query() != null) {
            assignments.add(new Assignment(columns, ast.queries.query(assignment.query())));
            return;
        }
        List<RowItemContext> values = assignment.rowItem();
        if (columns.size() != values.size()) {
            throw KadeException.of(ErrorCode.SYNTAX_ERROR, "number of columns does not match number of values")
                    .at(Places.of(assignment.getStart()));
        }
        for (int i = 0; i < columns.size(); i++) {
            assignments.add(new Assignment(List.of(columns.get(i)), ast.queries.rowItem(values.get(i))));
        }
    }

    private List<AssignmentTarget> targets(@Nullable TargetListContext list) {
        return list == null
                ? List.of()
                : list.target().stream().map(this::target).toList();
    }

    private AssignmentTarget target(TargetContext target) {
        return new AssignmentTarget(
                ast.names.name(target.identifier()),
                target.itemPlace().isEmpty()
                        ? Optional.empty()
                        : Optional.of(ast.arrays.subscripts(target.itemPlace())));
    }

    Optional<Name> alias(@Nullable TableAliasContext alias) {
        if (alias != null && alias.nameList() != null) {
            throw SyntaxErrors.at(alias.nameList().getStart());
        }
        return alias == null ? Optional.empty() : Optional.of(ast.names.name(alias.identifier()));
    }

    private Optional<SqlNode> from(@Nullable FromListContext from) {
        return from == null ? Optional.empty() : Optional.of(ast.from.from(from));
    }

    private Optional<SqlNode> where(@Nullable WhereContext where) {
        return where == null ? Optional.empty() : Optional.of(ast.expressions.expression(where.expression()));
    }

    Returning returning(@Nullable ReturningContext returning) {
        if (returning == null) {
            return Returning.NONE;
        }
        String oldRow = Returning.NONE.oldRow();
        String newRow = Returning.NONE.newRow();
        for (ReturnedRowContext row : returning.returnedRow()) {
            switch (ast.names.text(row.identifier(0))) {
                case "old" -> oldRow = ast.names.text(row.identifier(1));
                case "new" -> newRow = ast.names.text(row.identifier(1));
                default -> throw SyntaxErrors.at(row.getStart());
            }
        }
        return new Returning(ast.queries.selectList(returning.selectItem()), oldRow, newRow);
    }
}
