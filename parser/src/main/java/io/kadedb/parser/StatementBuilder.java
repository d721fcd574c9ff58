package io.kadedb.parser;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.Assignment;
import io.kadedb.parser.ast.ExplainFormat;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.Statement;
import io.kadedb.parser.grammar.KadeSqlParser.*;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.jspecify.annotations.Nullable;

/** Statements; DDL and settings have builders of their own. */
final class StatementBuilder {
    private final AstBuilder ast;

    StatementBuilder(AstBuilder ast) {
        this.ast = ast;
    }

    Statement statement(StatementContext statement) {
        return switch (statement) {
            case QueryStatementContext query -> new Statement.Query(ast.queries.query(query.query()));
            case InsertStatementContext insert -> insert(insert);
            case UpdateStatementContext update -> update(update);
            case DeleteStatementContext delete ->
                new Statement.Delete(
                        ast.names.qualified(delete.qualifiedName()),
                        alias(delete.tableAlias()),
                        from(delete.fromList()),
                        where(delete.where()));
            case ExplainStatementContext explain -> explain(explain);
            case CopyFromContext copy -> new CopyBuilder(ast).copy(copy);
            case CreatePropertyGraphContext create -> new PropertyGraphBuilder(ast).create(create);
            case DropPropertyGraphContext drop ->
                new Statement.DropPropertyGraph(ast.names.qualified(drop.qualifiedName()), drop.ifExists() != null);
            default ->
                new DdlBuilder(ast)
                        .statement(statement)
                        .or(() -> new SettingBuilder(ast).statement(statement))
                        .orElseThrow(() -> KadeException.internal("no builder for " + statement.getClass(), null));
        };
    }

    private Statement insert(InsertStatementContext insert) {
        if (insert.identifier() != null) {
            throw Unsupported.feature(
                    "an alias for the table of INSERT is", insert.identifier().getStart());
        }
        Optional<SqlNode> source =
                insert.query() == null ? Optional.empty() : Optional.of(ast.queries.query(insert.query()));
        return new Statement.Insert(
                ast.names.qualified(insert.qualifiedName()), ast.names.names(insert.nameList()), source);
    }

    private Statement update(UpdateStatementContext update) {
        List<Assignment> assignments = new ArrayList<>();
        for (AssignmentContext assignment : update.assignment()) {
            assign(assignment, assignments);
        }
        return new Statement.Update(
                ast.names.qualified(update.qualifiedName()),
                alias(update.tableAlias()),
                assignments,
                from(update.fromList()),
                where(update.where()));
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

    private Statement explain(ExplainStatementContext explain) {
        boolean analyze = explain.ANALYZE() != null;
        ExplainFormat format = ExplainFormat.TEXT;
        for (ExplainOptionContext option : explain.explainOption()) {
            String name = option.label(0).getText().toLowerCase(Locale.ROOT);
            String value = option.getChildCount() == 1
                    ? "true"
                    : option.getChild(1).getText().replace("'", "").toLowerCase(Locale.ROOT);
            switch (name) {
                case "analyze" -> analyze = !value.equals("false") && !value.equals("off") && !value.equals("0");
                case "format" -> format = format(option, value);
                case "verbose", "costs", "buffers", "timing", "summary", "settings", "wal", "memory" -> {
                    // Accepted as PostgreSQL's; they change nothing here.
                }
                default ->
                    throw KadeException.of(ErrorCode.SYNTAX_ERROR, "there is no EXPLAIN option \"" + name + "\"")
                            .at(Places.of(option.getStart()))
                            .hint("options are ANALYZE and FORMAT (TEXT or JSON)");
            }
        }
        return new Statement.Explain(analyze, format, statement(explain.statement()));
    }

    private static ExplainFormat format(ExplainOptionContext option, String value) {
        return switch (value) {
            case "text" -> ExplainFormat.TEXT;
            case "json" -> ExplainFormat.JSON;
            default ->
                throw KadeException.of(ErrorCode.INVALID_PARAMETER_VALUE, "EXPLAIN has no format \"" + value + "\"")
                        .at(Places.of(option.getStart()))
                        .hint("formats are TEXT and JSON");
        };
    }
}
