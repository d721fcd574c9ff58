package io.kadedb.parser;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.ExplainFormat;
import io.kadedb.parser.ast.FilePath;
import io.kadedb.parser.ast.KadeTypeNameSpec;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.Statement;
import io.kadedb.parser.grammar.KadeSqlParser.*;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Statements; DDL and settings have builders of their own. */
final class StatementBuilder {
    private final AstBuilder ast;

    StatementBuilder(AstBuilder ast) {
        this.ast = ast;
    }

    Statement statement(StatementContext statement) {
        return switch (statement) {
            case QueryStatementContext query -> ast.queries.statement(query.query());
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
            case LockTableContext lock -> new LockingBuilder(ast).build(lock);
            case PrepareStatementContext prepare -> prepare(prepare);
            case ExecuteStatementContext execute -> execute(execute);
            case DeallocateStatementContext deallocate ->
                new Statement.Deallocate(
                        deallocate.identifier() == null
                                ? Optional.empty()
                                : Optional.of(ast.names.name(deallocate.identifier())));
            case DiscardStatementContext discard -> {
                if (discard.identifier() != null
                        && List.of("temp", "temporary")
                                .contains(discard.identifier().getText().toLowerCase(Locale.ROOT))) {
                    yield new Statement.DiscardTemporary();
                }
                if (discard.identifier() != null) {
                    throw Unsupported.feature(
                            "DISCARD of anything but ALL and TEMP is",
                            discard.identifier().getStart());
                }
                yield new Statement.DiscardAll();
            }
            case ExplainStatementContext explain -> explain(explain);
            case CopyFromContext copy -> new CopyBuilder(ast).copy(copy);
            case CopyToContext copy -> new CopyBuilder(ast).copy(copy);
            case ExportDatabaseContext export -> new CopyBuilder(ast).export(export);
            case ImportDatabaseContext imported ->
                new Statement.ImportDatabase(new FilePath(
                        ast.literals.string(imported.string()),
                        Places.of(imported.string().getStart())));
            case BackupDatabaseContext backup ->
                new Statement.BackupDatabase(new FilePath(
                        ast.literals.string(backup.string()),
                        Places.of(backup.string().getStart())));
            case CheckpointStatementContext ignored -> new Statement.Checkpoint();
            case CheckStatementContext check ->
                new Statement.Check(Optional.ofNullable(check.qualifiedName()).map(ast.names::qualified));
            case CreatePropertyGraphContext create -> new PropertyGraphBuilder(ast).create(create);
            case AlterPropertyGraphContext alter -> new PropertyGraphBuilder(ast).alter(alter);
            case DropPropertyGraphContext drop ->
                new Statement.DropPropertyGraph(
                        ast.names.qualified(drop.qualifiedName()),
                        drop.ifExists() != null,
                        drop.dropBehavior() != null && drop.dropBehavior().CASCADE() != null);
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
        List<Statement.WithChanges.Change> changes = new ArrayList<>();
        SqlNodeList queries = ast.queries.commonTables(with, changes);
        Statement behind = statement.get();
        return changes.isEmpty()
                ? new Statement.With(queries, behind)
                : new Statement.WithChanges(queries, changes, behind);
    }

    private Statement prepare(PrepareStatementContext prepare) {
        ast.parameters.declare(prepare.typeName());
        Statement statement = statement(prepare.statement());
        boolean fits = statement instanceof Statement.Query
                || statement instanceof Statement.Insert
                || statement instanceof Statement.Update
                || statement instanceof Statement.Delete
                || statement instanceof Statement.Merge
                || statement instanceof Statement.With
                || statement instanceof Statement.WithChanges;
        if (!fits) {
            throw SyntaxErrors.at(prepare.statement().getStart());
        }
        int count = Math.max(ast.parameters.count(), prepare.typeName().size());
        ast.parameters.clear();
        return new Statement.Prepare(ast.names.name(prepare.identifier()), count, statement);
    }

    private Statement execute(ExecuteStatementContext execute) {
        Name name = ast.names.name(execute.identifier());
        if (execute.expressionList() == null) {
            return new Statement.Execute(name, 0, Optional.empty());
        }
        SqlParserPos pos = Places.pos(execute.expressionList());
        List<SqlNode> items = new ArrayList<>();
        for (ExpressionContext argument : execute.expressionList().expression()) {
            SqlNode value = ast.expressions.expression(argument);
            SqlDataTypeSpec text = KadeTypeNameSpec.spec(SqlType.TEXT, value.getParserPosition());
            items.add(SqlStdOperatorTable.CAST.createCall(value.getParserPosition(), value, text));
        }
        SqlNode row = SqlStdOperatorTable.ROW.createCall(pos, items);
        SqlNode values = SqlStdOperatorTable.VALUES.createCall(pos, row);
        return new Statement.Execute(name, items.size(), Optional.of(new Statement.Query(values)));
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
