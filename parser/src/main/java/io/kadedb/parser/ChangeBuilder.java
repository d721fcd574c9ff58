package io.kadedb.parser;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.Assignment;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.Statement;
import io.kadedb.parser.grammar.KadeSqlParser.*;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/** INSERT, UPDATE and DELETE. */
final class ChangeBuilder {
    private final AstBuilder ast;

    ChangeBuilder(AstBuilder ast) {
        this.ast = ast;
    }

    Statement insert(InsertStatementContext insert) {
        Optional<Name> alias =
                insert.identifier() == null ? Optional.empty() : Optional.of(ast.names.name(insert.identifier()));
        Optional<SqlNode> source =
                insert.query() == null ? Optional.empty() : Optional.of(ast.queries.query(insert.query()));
        return new Statement.Insert(
                ast.names.qualified(insert.qualifiedName()),
                alias,
                ast.names.names(insert.nameList()),
                source,
                returning(insert.returning()));
    }

    Statement update(UpdateStatementContext update) {
        List<Assignment> assignments = new ArrayList<>();
        for (AssignmentContext assignment : update.assignment()) {
            assign(assignment, assignments);
        }
        return new Statement.Update(
                ast.names.qualified(update.qualifiedName()),
                alias(update.tableAlias()),
                assignments,
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

    private void assign(AssignmentContext assignment, List<Assignment> assignments) {
        if (assignment.identifier() != null) {
            SqlNode value = assignment.expression() == null
                    ? SqlStdOperatorTable.DEFAULT.createCall(
                            Places.pos(assignment.DEFAULT().getSymbol()))
                    : ast.expressions.expression(assignment.expression());
            assignments.add(new Assignment(ast.names.name(assignment.identifier()), value));
            return;
        }
        if (assignment.query() != null) {
            throw Unsupported.feature(
                    "assigning several columns from a subquery is",
                    assignment.query().getStart());
        }
        List<Name> columns = ast.names.names(assignment.nameList());
        List<RowItemContext> values = assignment.rowItem();
        if (columns.size() != values.size()) {
            throw KadeException.of(
                            ErrorCode.SYNTAX_ERROR,
                            columns.size() + " columns are assigned " + values.size() + " values")
                    .at(Places.of(assignment.getStart()));
        }
        for (int i = 0; i < columns.size(); i++) {
            assignments.add(new Assignment(columns.get(i), ast.queries.rowItem(values.get(i))));
        }
    }

    private Optional<Name> alias(@Nullable TableAliasContext alias) {
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

    private List<SqlNode> returning(@Nullable ReturningContext returning) {
        return returning == null ? List.of() : ast.queries.selectList(returning.selectItem());
    }
}
