package io.kadedb.server.session;

import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.control.CancelToken;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.security.Principal;
import io.kadedb.parser.ParsedStatement;
import io.kadedb.parser.ast.Statement;
import io.kadedb.parser.ast.TransactionMode;
import io.kadedb.planner.api.PlannedStatement;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A session in the process of its database. */
public final class LocalSession implements Session {
    /** Runs of one statement that loses conflicts. */
    static final int MAX_ATTEMPTS = 10;

    private static final long MAX_PAUSE_MICROS = 50_000;

    private final String id;
    private final Services services;
    private final SessionSettings settings = new SessionSettings();
    private final StatementRunner runner;
    private final FailureReport failures;
    private final Set<CancelToken> running = ConcurrentHashMap.newKeySet();
    private final List<ActiveTransaction> reading = new ArrayList<>();
    private final List<Notice> notices = new ArrayList<>();
    private @Nullable ActiveTransaction block;
    private boolean failed;
    private boolean autocommit = true;
    private volatile boolean closed;

    public LocalSession(String id, Services services, Principal principal) {
        this.id = id;
        this.services = services;
        this.runner = new StatementRunner(services, principal, settings, notices::add);
        this.failures = new FailureReport(id);
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public String database() {
        return services.database();
    }

    @Override
    public List<ParsedStatement> parse(String text) {
        return guarded(() -> services.reader().read(text));
    }

    @Override
    public Description describe(ParsedStatement parsed) {
        return guarded(() -> {
            checkNotFailed();
            List<String> text = textColumns(parsed.statement());
            if (!text.isEmpty()) {
                return new Description(
                        List.of(),
                        true,
                        CompletedPortal.rows("", text, List.of()).columns());
            }
            return isControl(parsed.statement())
                    ? new Description(List.of(), false, List.of())
                    : read(transaction -> describe(runner.plan(parsed, transaction)));
        });
    }

    private static Description describe(PlannedStatement planned) {
        return switch (planned) {
            case PlannedStatement.Query query -> new Description(query.parameterTypes(), true, query.columns());
            case PlannedStatement.Modification change ->
                new Description(change.parameterTypes(), change.returns(), change.columns());
            case PlannedStatement.Definition definition -> new Description(List.of(), false, List.of());
            case PlannedStatement.CreateTableAs create -> new Description(create.parameterTypes(), false, List.of());
        };
    }

    private static List<String> textColumns(Statement statement) {
        return switch (statement) {
            case Statement.Explain explain -> List.of("QUERY PLAN");
            case Statement.ShowVariable show -> SettingStatements.columns(show);
            case Statement.ShowTables show -> CatalogStatements.TABLES;
            case Statement.ShowSchemas show -> CatalogStatements.SCHEMAS;
            case Statement.Describe describe -> CatalogStatements.COLUMNS;
            default -> List.of();
        };
    }

    private static boolean isControl(Statement statement) {
        return statement instanceof Statement.Begin
                || statement instanceof Statement.Commit
                || statement instanceof Statement.Rollback
                || statement instanceof Statement.SetTransaction
                || statement instanceof Statement.SetVariable
                || statement instanceof Statement.ResetVariable;
    }

    @Override
    public CancelToken newToken(long timeoutMillis) {
        long setting = settings.statementTimeoutMillis();
        long earlier = timeoutMillis == 0 ? setting : setting == 0 ? timeoutMillis : Math.min(setting, timeoutMillis);
        return CancelToken.withTimeout(services.clock(), earlier);
    }

    @Override
    public Portal execute(ParsedStatement statement, List<? extends @Nullable Object> parameters, CancelToken token) {
        running.add(token);
        boolean goesOn = false;
        try {
            Portal portal = guarded(() -> dispatch(statement, parameters, token));
            goesOn = portal instanceof QueryPortal;
            return portal;
        } finally {
            if (!goesOn) {
                running.remove(token);
            }
        }
    }

    private Portal dispatch(ParsedStatement parsed, List<? extends @Nullable Object> parameters, CancelToken token) {
        Statement statement = parsed.statement();
        boolean ends = statement instanceof Statement.Commit || statement instanceof Statement.Rollback;
        if (!ends) {
            checkNotFailed();
        }
        return switch (statement) {
            case Statement.Begin begin -> begin(begin.mode());
            case Statement.Commit commit -> endBlock(true);
            case Statement.Rollback rollback -> endBlock(false);
            case Statement.SetTransaction set -> SettingStatements.setTransaction(set, settings, block != null);
            case Statement.SetVariable set -> SettingStatements.set(set, settings, block != null, notices::add);
            case Statement.ResetVariable reset -> SettingStatements.reset(reset, settings);
            case Statement.ShowVariable show -> SettingStatements.show(show, settings);
            case Statement.ShowTables show ->
                read(transaction -> CatalogStatements.showTables(show, transaction.catalog()));
            case Statement.ShowSchemas show ->
                read(transaction -> CatalogStatements.showSchemas(transaction.catalog()));
            case Statement.Describe describe ->
                read(transaction -> CatalogStatements.describe(describe, transaction.catalog(), settings.searchPath()));
            default -> runInTransaction(parsed, parameters, token);
        };
    }

    private Portal runInTransaction(
            ParsedStatement parsed, List<? extends @Nullable Object> parameters, CancelToken token) {
        if (block == null && !autocommit) {
            startBlock(TransactionMode.UNSPECIFIED);
        }
        ActiveTransaction current = block;
        if (current != null) {
            current.detachPortals();
            return runner.run(parsed, new StatementRunner.Run(current, parameters, token, blockOwner(current, token)));
        }
        for (int attempt = 1; ; attempt++) {
            try {
                return runAlone(parsed, parameters, token);
            } catch (KadeException e) {
                if (e.code() != ErrorCode.SERIALIZATION_FAILURE || attempt == MAX_ATTEMPTS) {
                    throw e;
                }
                pause(attempt);
                token.checkpoint();
            }
        }
    }

    /** Runs a statement as a transaction of its own; that of a query ends with its portal. */
    private Portal runAlone(ParsedStatement parsed, List<? extends @Nullable Object> parameters, CancelToken token) {
        settings.set(Setting.TRANSACTION_READ_ONLY, settings.value(Setting.DEFAULT_TRANSACTION_READ_ONLY), true);
        ActiveTransaction alone = newTransaction();
        boolean handedOver = false;
        try {
            Portal portal =
                    runner.run(parsed, new StatementRunner.Run(alone, parameters, token, aloneOwner(alone, token)));
            if (portal instanceof QueryPortal) {
                handedOver = true;
            } else {
                alone.commit();
            }
            return portal;
        } finally {
            settings.endTransaction(true);
            if (!handedOver) {
                reading.remove(alone);
                alone.close();
            }
        }
    }

    /** Waits longer the more often a statement has lost; a random part keeps the losers from meeting again. */
    private void pause(int attempt) {
        long most = Math.min(MAX_PAUSE_MICROS, 500L << attempt);
        LockSupport.parkNanos(1_000 * services.random().generator().nextLong(most / 2, most));
    }

    private QueryPortal.PortalOwner blockOwner(ActiveTransaction transaction, CancelToken token) {
        return new QueryPortal.PortalOwner() {
            @Override
            public void ended(QueryPortal portal) {
                running.remove(token);
                transaction.closed(portal);
            }

            @Override
            public RuntimeException failed(QueryPortal portal, Throwable failure) {
                running.remove(token);
                transaction.closed(portal);
                if (block == transaction) {
                    failed = true;
                }
                return failures.of(failure);
            }
        };
    }

    private QueryPortal.PortalOwner aloneOwner(ActiveTransaction transaction, CancelToken token) {
        reading.add(transaction);
        return new QueryPortal.PortalOwner() {
            @Override
            public void ended(QueryPortal portal) {
                running.remove(token);
                reading.remove(transaction);
                transaction.closed(portal);
                transaction.close();
            }

            @Override
            public RuntimeException failed(QueryPortal portal, Throwable failure) {
                ended(portal);
                return failures.of(failure);
            }
        };
    }

    private ActiveTransaction newTransaction() {
        return new ActiveTransaction(services.store().begin(), services.clock().wallMicros());
    }

    /** Reads in the block, or in a transaction that ends at once. */
    private <T> T read(Function<ActiveTransaction, T> reading) {
        if (block != null) {
            return reading.apply(block);
        }
        try (ActiveTransaction transaction = newTransaction()) {
            return reading.apply(transaction);
        }
    }

    private void startBlock(TransactionMode mode) {
        block = newTransaction();
        settings.beginBlock();
        SettingStatements.beginTransaction(mode, settings);
    }

    private Portal begin(TransactionMode mode) {
        if (block != null) {
            notices.add(new Notice("25001", "there is already a transaction in progress"));
        } else {
            startBlock(mode);
        }
        return CompletedPortal.of("BEGIN", 0);
    }

    private Portal endBlock(boolean commit) {
        if (block == null) {
            notices.add(new Notice("25P01", "there is no transaction in progress"));
            return CompletedPortal.of(commit ? "COMMIT" : "ROLLBACK", 0);
        }
        boolean kept = commit && !failed;
        finish(block, kept);
        return CompletedPortal.of(kept ? "COMMIT" : "ROLLBACK", 0);
    }

    private void finish(ActiveTransaction ending, boolean commit) {
        boolean committed = false;
        try {
            if (commit) {
                ending.commit();
                committed = true;
            }
        } finally {
            block = null;
            failed = false;
            settings.endTransaction(committed);
            ending.close();
        }
    }

    private void checkNotFailed() {
        if (failed) {
            throw KadeException.of(
                            ErrorCode.IN_FAILED_SQL_TRANSACTION,
                            "the transaction has failed: statements are ignored until its end")
                    .hint("end it with ROLLBACK");
        }
    }

    @Override
    public void cancel() {
        running.forEach(CancelToken::cancel);
    }

    @Override
    public TransactionStatus status() {
        return block == null ? TransactionStatus.IDLE : failed ? TransactionStatus.FAILED : TransactionStatus.IN_BLOCK;
    }

    @Override
    public boolean autocommit() {
        return autocommit;
    }

    @Override
    public void setAutocommit(boolean on) {
        if (on && !autocommit) {
            commit();
        }
        autocommit = on;
    }

    @Override
    public void commit() {
        guarded(() -> {
            ActiveTransaction ending = block;
            if (ending != null) {
                boolean wasFailed = failed;
                finish(ending, !wasFailed);
                if (wasFailed) {
                    throw KadeException.of(
                                    ErrorCode.IN_FAILED_SQL_TRANSACTION,
                                    "the transaction had failed and was rolled back")
                            .hint("a statement of the transaction failed before the commit");
                }
            }
            return CompletedPortal.of("COMMIT", 0);
        });
    }

    @Override
    public void rollback() {
        guarded(() -> {
            if (block != null) {
                finish(block, false);
            }
            return CompletedPortal.of("ROLLBACK", 0);
        });
    }

    @Override
    public boolean readOnly() {
        return settings.flag(Setting.DEFAULT_TRANSACTION_READ_ONLY);
    }

    @Override
    public void setReadOnly(boolean on) {
        settings.set(Setting.DEFAULT_TRANSACTION_READ_ONLY, on ? "on" : "off", false);
    }

    @Override
    public String setting(String name) {
        return settings.shown(SessionSettings.find(name));
    }

    @Override
    public void set(String name, String value) {
        settings.set(SessionSettings.find(name), value, false);
    }

    @Override
    public ZoneId timeZone() {
        return settings.timeZone();
    }

    @Override
    public CatalogSnapshot catalog() {
        return guarded(() -> read(ActiveTransaction::catalog));
    }

    @Override
    public List<Notice> takeNotices() {
        List<Notice> taken = List.copyOf(notices);
        notices.clear();
        return taken;
    }

    /** The edge of the database: whatever fails inside leaves as a {@link KadeException}, and fails the block. */
    private <T> T guarded(Supplier<T> work) {
        if (closed) {
            throw KadeException.of(ErrorCode.CONNECTION_DOES_NOT_EXIST, "the session is closed");
        }
        try {
            return work.get();
        } catch (RuntimeException | Error e) {
            if (block != null) {
                failed = true;
            }
            throw failures.of(e);
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        cancel();
        List.copyOf(reading).forEach(ActiveTransaction::close);
        reading.clear();
        if (block != null) {
            finish(block, false);
        }
        runner.close();
    }
}
