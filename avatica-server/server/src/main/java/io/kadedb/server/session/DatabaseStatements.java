package io.kadedb.server.session;

import io.kadedb.common.control.CancelToken;
import io.kadedb.common.security.Principal;
import io.kadedb.parser.SqlParser;
import io.kadedb.parser.ast.Statement;
import io.kadedb.storage.api.IsolationLevel;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.Lock;

/** Statements about the database as it is stored, whatever the session's transaction sees. Belongs to the session's thread. */
final class DatabaseStatements {
    /** What backups say of who wrote them. */
    private static final String PROGRAM = "KadeDB " + Setting.VERSION;

    private final Services services;
    private final Principal principal;
    private final SessionSettings settings;
    private final SessionTransactions transactions;
    private final StatementRunner runner;
    private final Lock gate;

    DatabaseStatements(
            Services services,
            Principal principal,
            SessionSettings settings,
            SessionTransactions transactions,
            StatementRunner runner,
            Lock gate) {
        this.services = services;
        this.principal = principal;
        this.settings = settings;
        this.transactions = transactions;
        this.runner = runner;
        this.gate = gate;
    }

    /** Checks the newest version, in a block too. */
    Portal check(Statement.Check check, CancelToken token) {
        services.checkFileAccess(principal, services.database());
        OptionalLong table = check.table().isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(transactions
                        .read(transaction -> CatalogStatements.find(
                                check.table().get(),
                                transaction.catalog(),
                                transaction.catalog().withTemporary(settings.searchPath())))
                        .id());
        return transactions.apart(IsolationLevel.SERIALIZABLE, alone -> {
            QueryPortal.PortalOwner owner = transactions.aloneOwner(alone, token);
            StatementRun run = new StatementRun(alone, List.of(), token, owner, gate);
            ConstraintCheck all = new ConstraintCheck(
                    services.store().check(table, token),
                    table,
                    () -> alone.storage().catalog(),
                    sql -> runner.textRow(new SqlParser().parse(sql).getFirst(), run));
            QueryPortal portal = new QueryPortal(CheckRows.COLUMNS, new CheckRows(all), owner, gate);
            portal.start();
            return portal;
        });
    }

    Portal backup(Statement.BackupDatabase backup, CancelToken token) {
        String path = backup.file().path();
        services.checkFileAccess(principal, path);
        return BackupRow.of(services.store().backup(services.exports().place(path), PROGRAM, token));
    }

    /** In a block too: what is committed is moved, whatever the block has done. */
    Portal checkpoint(CancelToken token) {
        services.checkOwner(principal);
        services.store().checkpoint(token);
        return CompletedPortal.of("CHECKPOINT", 0);
    }

    Portal showLocks() {
        return CompletedPortal.rows(
                "SHOW",
                StatementKinds.LOCKS,
                services.store().lockWaits().stream()
                        .map(wait -> List.of(wait.owner(), wait.target(), String.join(", ", wait.blockers())))
                        .toList());
    }
}
