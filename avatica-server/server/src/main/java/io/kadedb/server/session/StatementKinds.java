package io.kadedb.server.session;

import io.kadedb.parser.ast.Statement;
import io.kadedb.planner.api.PlannedStatement;
import java.util.List;

/** What kinds of statements give and need, without running them. */
final class StatementKinds {
    /** What SHOW LOCKS gives. */
    static final List<String> LOCKS = List.of("session", "waits_for", "blocked_by");

    private StatementKinds() {}

    static Session.Description describe(PlannedStatement planned) {
        return switch (planned) {
            case PlannedStatement.Query query -> new Session.Description(query.parameterTypes(), true, query.columns());
            case PlannedStatement.Modification change ->
                new Session.Description(change.parameterTypes(), change.returns(), change.columns());
            case PlannedStatement.Definition definition -> new Session.Description(List.of(), false, List.of());
            case PlannedStatement.TableLocks locks -> new Session.Description(List.of(), false, List.of());
            case PlannedStatement.Alteration alteration -> new Session.Description(List.of(), false, List.of());
            case PlannedStatement.CopyTo copy ->
                new Session.Description(
                        copy.parameterTypes(), copy.toClient(), copy.toClient() ? CopiedRows.COLUMNS : List.of());
            case PlannedStatement.CreateTableAs create ->
                new Session.Description(create.parameterTypes(), false, List.of());
        };
    }

    /** The columns of what the session answers itself; empty for everything else. */
    static List<String> textColumns(Statement statement) {
        return switch (statement) {
            case Statement.Explain explain -> List.of("QUERY PLAN");
            case Statement.ShowVariable show -> SettingStatements.columns(show);
            case Statement.ShowTables show -> CatalogStatements.TABLES;
            case Statement.ShowSchemas show -> CatalogStatements.SCHEMAS;
            case Statement.ShowLocks show -> LOCKS;
            case Statement.Describe describe -> CatalogStatements.COLUMNS;
            case Statement.ShowCreateTable show -> CatalogStatements.CREATE;
            case Statement.ShowCreateGraph show -> CatalogStatements.CREATE_GRAPH;
            default -> List.of();
        };
    }

    /** Whether a statement is about the session and needs no plan. */
    static boolean isControl(Statement statement) {
        return statement instanceof Statement.SetTransaction
                || statement instanceof Statement.SetVariable
                || statement instanceof Statement.ResetVariable
                || statement instanceof Statement.AlterSystem
                || statement instanceof Statement.Prepare
                || statement instanceof Statement.Deallocate
                || statement instanceof Statement.DiscardAll
                || statement instanceof Statement.ExportDatabase
                || statement instanceof Statement.ImportDatabase
                || statement instanceof Statement.BackupDatabase
                || statement instanceof Statement.Check
                || statement instanceof Statement.Checkpoint
                || statement instanceof Statement.DiscardTemporary
                || statement instanceof Statement.Begin
                || statement instanceof Statement.Savepoint
                || statement instanceof Statement.Release
                || endsFailure(statement);
    }

    /** Whether a failed block accepts it. */
    static boolean endsFailure(Statement statement) {
        return statement instanceof Statement.Commit
                || statement instanceof Statement.Rollback
                || statement instanceof Statement.RollbackTo;
    }
}
