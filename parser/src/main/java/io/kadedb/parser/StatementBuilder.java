package io.kadedb.parser;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.ExplainFormat;
import io.kadedb.parser.ast.Statement;
import io.kadedb.parser.grammar.KadeSqlParser.*;
import java.util.Locale;
import java.util.function.Supplier;
import org.apache.calcite.sql.SqlNodeList;
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
            case InsertStatementContext insert ->
                with(insert.withClause(), () -> new ChangeBuilder(ast).insert(insert));
            case UpdateStatementContext update ->
                with(update.withClause(), () -> new ChangeBuilder(ast).update(update));
            case DeleteStatementContext delete ->
                with(delete.withClause(), () -> new ChangeBuilder(ast).delete(delete));
            case MergeStatementContext merge -> with(merge.withClause(), () -> new MergeBuilder(ast).merge(merge));
            case TruncateStatementContext truncate ->
                new Statement.Truncate(
                        truncate.qualifiedName().stream()
                                .map(ast.names::qualified)
                                .toList(),
                        truncate.RESTART() != null,
                        truncate.dropBehavior() != null
                                && truncate.dropBehavior().CASCADE() != null);
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

    private Statement with(@Nullable WithClauseContext with, Supplier<Statement> statement) {
        if (with == null) {
            return statement.get();
        }
        // In the order of the text, in which parameters are numbered.
        SqlNodeList queries = ast.queries.commonTables(with);
        return new Statement.With(queries, statement.get());
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
