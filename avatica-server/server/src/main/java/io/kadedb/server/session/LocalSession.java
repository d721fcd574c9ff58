package io.kadedb.server.session;

import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.control.CancelToken;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.security.Principal;
import io.kadedb.parser.ParsedStatement;
import io.kadedb.parser.ast.Statement;
import io.kadedb.parser.ast.TransactionMode;
import io.kadedb.storage.api.SessionLocks;
import io.kadedb.storage.api.SqlTransaction;
import java.io.InputStream;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A session in the process of its database. */
public final class LocalSession implements Session {
    private final String id;
    private final Principal principal;
    private final Services services;
    private final SessionSettings settings;
    private final PreparedStatements prepared;
    private final SessionLocks locks;
    private final StatementRunner runner;
    private final StatementPlans plans;
    private final SystemTime systemTime;
    private final FailureReport failures;
    private final Set<CancelToken> running = ConcurrentHashMap.newKeySet();
    private final Notices notices = new Notices();
    private final TransactionBlock block;
    private final SessionTransactions transactions;
    private final DatabaseStatements database;
    private final ReentrantLock gate = new ReentrantLock();
    private final IdleTimer idle;
    private Optional<CopyInput> input = Optional.empty();
    private volatile boolean terminated;
    private volatile boolean closed;

    public LocalSession(String id, Services services, Principal principal) {
        this.id = id;
        this.principal = principal;
        this.services = services;
        this.settings = new SessionSettings(services.store()::setting);
        this.prepared = new PreparedStatements(services.reader());
        this.locks = services.store().sessionLocks(id);
        this.runner = new StatementRunner(
                id, running, services, principal, settings, prepared, notices, this::isAlone, new OwnBlock(), locks);
        this.plans = runner.plans();
        this.systemTime = new SystemTime(services, settings, prepared, runner);
        this.failures = new FailureReport(id);
        this.block = new TransactionBlock(id, locks, services, settings, this::beforeCommit);
        this.transactions =
                new SessionTransactions(services, settings, block, runner, systemTime, failures, running, gate);
        this.database = new DatabaseStatements(services, principal, settings, transactions, runner, gate);
        this.idle = new IdleTimer(services.scheduler(), gate, this::terminate);
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
            block.checkNotFailed();
            List<String> text = StatementKinds.textColumns(parsed.statement());
            if (!text.isEmpty()) {
                return new Description(
                        List.of(),
                        true,
                        CompletedPortal.rows("", text, List.of()).columns());
            }
            if (parsed.statement() instanceof Statement.Check) {
                return new Description(List.of(), true, CheckRows.COLUMNS);
            }
            if (parsed.statement() instanceof Statement.BackupDatabase) {
                return new Description(List.of(), true, BackupRow.COLUMNS);
            }
            return StatementKinds.isControl(parsed.statement())
                    ? new Description(List.of(), false, List.of())
                    : describeInTime(parsed);
        });
    }

    /** By the catalog of the time that the statement says, unless that is not known yet. */
    private Description describeInTime(ParsedStatement parsed) {
        if (parsed.parameterCount() > 0 || !systemTime.isSaidBy(parsed.statement())) {
            return transactions.read(transaction -> describe(parsed, transaction));
        }
        return transactions.readInPast(parsed, newToken(0), past -> describe(parsed, past));
    }

    private Description describe(ParsedStatement parsed, ActiveTransaction transaction) {
        if (!(parsed.statement() instanceof Statement.Execute execute)) {
            return StatementKinds.describe(plans.plan(parsed, transaction));
        }
        ParsedStatement found = prepared.find(execute, plans.basis(transaction));
        Description within = StatementKinds.describe(plans.plan(found, transaction));
        return new Description(List.of(), within.hasRows(), within.columns());
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

    @Override
    public Portal copyIn(ParsedStatement statement, InputStream rows, CancelToken token) {
        return guarded(() -> {
            if (!(statement.statement() instanceof Statement.CopyFrom copy
                    && copy.file().isEmpty())) {
                throw KadeException.of(
                        ErrorCode.WRONG_OBJECT_TYPE,
                        "rows are sent for COPY .. FROM STDIN, and for no other statement");
            }
            notices.begins(Notice.NO_STATEMENT);
            try (CopyInput sent = new CopyInput(rows)) {
                if (CopyRunner.isReadFromFile(copy)) {
                    sent.keep(token);
                }
                input = Optional.of(sent);
                plans.files().sends(sent.file());
                return execute(statement, List.of(), token);
            } finally {
                input = Optional.empty();
                plans.files().sends(Optional.empty());
            }
        });
    }

    @Override
    public @Nullable DirectRead directRead(ParsedStatement statement) {
        return plans.directRead(statement);
    }

    @Override
    public @Nullable DirectWrite directWrite(ParsedStatement statement) {
        return plans.directWrite(statement);
    }

    /** The block, as statements that run directly see it. */
    private final class OwnBlock implements DirectSession.Block {
        @Override
        public <T> @Nullable T run(BooleanSupplier possible, Function<SqlTransaction, T> work) {
            gate.lock();
            try {
                idle.stop();
                if (terminated || closed) {
                    return null;
                }
                transactions.beginUnlessAutocommit();
                if (!block.isOpen() || block.isFailed()) {
                    return null;
                }
                ActiveTransaction current = block.current().orElseThrow();
                if (current.hasOpenPortals()) {
                    // What they have left may take long to copy, and may fail: the general way is ready for that.
                    return null;
                }
                return possible.getAsBoolean() ? work.apply(current.storage()) : null;
            } catch (RuntimeException | Error e) {
                block.fail(e);
                throw failures.of(e);
            } finally {
                if (block.isOpen()) {
                    idle.start(settings.idleInTransactionTimeoutMillis());
                }
                gate.unlock();
            }
        }
    }

    /** Whether a statement would be a transaction of its own. Asked without the gate: only this thread begins blocks. */
    private boolean isAlone() {
        return transactions.autocommit() && !block.isOpen() && !terminated && !closed;
    }

    private Portal dispatch(ParsedStatement parsed, List<? extends @Nullable Object> parameters, CancelToken token) {
        Statement statement = parsed.statement();
        if (!StatementKinds.endsFailure(statement)) {
            block.checkNotFailed();
        }
        return switch (statement) {
            case Statement.Begin begin -> begin(begin.mode(), parsed, token);
            case Statement.Commit commit -> endBlock(true);
            case Statement.Rollback rollback -> endBlock(false);
            case Statement.Savepoint set -> {
                transactions.beginUnlessAutocommit();
                yield block.savepoint(set.name());
            }
            case Statement.LockTables lock -> {
                transactions.beginUnlessAutocommit();
                block.checkOpen("LOCK TABLE", lock.tables().getFirst().last());
                yield transactions.run(parsed, parameters, token, input);
            }
            case Statement.RollbackTo back -> block.rollbackTo(back.savepoint());
            case Statement.Release release -> block.release(release.savepoint());
            case Statement.SetTransaction set -> {
                checkReadOnly(set.mode());
                transactions.beginUnlessAutocommit();
                Portal done = SettingStatements.setTransaction(set, settings, block);
                set.mode().asOf().ifPresent(asOf -> transactions.readAsOf(asOf, parsed, token));
                yield done;
            }
            case Statement.SetVariable set -> SettingStatements.set(set, settings, block, notices);
            case Statement.AlterSystem alter -> {
                if (block.isOpen()) {
                    throw KadeException.of(
                            ErrorCode.ACTIVE_SQL_TRANSACTION, "ALTER SYSTEM cannot run inside a transaction block");
                }
                services.checkOwner(principal);
                yield SettingStatements.alter(alter, services.store());
            }
            case Statement.ResetVariable reset -> SettingStatements.reset(reset, settings);
            case Statement.Prepare prepare -> prepared.prepare(parsed, prepare, transactions.read(plans::basis));
            case Statement.Deallocate deallocate -> prepared.deallocate(deallocate);
            case Statement.DiscardAll discard -> discardAll();
            case Statement.DiscardTemporary discard -> discardTemporary();
            case Statement.ShowVariable show -> SettingStatements.show(show, settings);
            case Statement.ShowTables show ->
                transactions.read(transaction -> CatalogStatements.showTables(show, transaction.catalog()));
            case Statement.ShowSchemas show ->
                transactions.read(transaction -> CatalogStatements.showSchemas(transaction.catalog()));
            case Statement.ShowLocks show -> database.showLocks();
            case Statement.Check check -> database.check(check, token);
            case Statement.Checkpoint checkpoint -> database.checkpoint(token);
            case Statement.BackupDatabase backup -> database.backup(backup, token);
            case Statement.ShowCreateTable show ->
                transactions.read(transaction ->
                        CatalogStatements.showCreate(show, transaction.catalog(), settings.searchPath()));
            case Statement.ShowCreateGraph show ->
                transactions.read(transaction ->
                        CatalogStatements.showCreate(show, transaction.catalog(), settings.searchPath()));
            case Statement.Describe describe ->
                transactions.read(transaction -> CatalogStatements.describe(
                        describe, transaction.catalog(), transaction.catalog().withTemporary(settings.searchPath())));
            default -> transactions.run(parsed, parameters, token, input);
        };
    }

    private void beforeCommit(ActiveTransaction transaction) {
        transactions.beforeCommit(transaction);
    }

    private Portal discardTemporary() {
        if (block.isOpen()) {
            TemporaryTables.drop(block.current().orElseThrow());
        } else {
            TemporaryTables.drop(services.store(), id);
        }
        return CompletedPortal.of("DISCARD TEMP", 0);
    }

    /** The session as it was at first. */
    private Portal discardAll() {
        if (block.isOpen()) {
            throw KadeException.of(
                    ErrorCode.ACTIVE_SQL_TRANSACTION, "DISCARD ALL cannot run inside a transaction block");
        }
        prepared.clear();
        TemporaryTables.drop(services.store(), id);
        settings.resetAll();
        runner.resetFunctions();
        locks.unlockAll();
        return CompletedPortal.of("DISCARD ALL", 0);
    }

    private static void checkReadOnly(TransactionMode mode) {
        if (mode.asOf().isPresent() && mode.readOnly().filter(on -> !on).isPresent()) {
            throw KadeException.of(ErrorCode.SYNTAX_ERROR, "AS OF SYSTEM TIME specified with READ WRITE mode")
                    .at(mode.asOf().get().position());
        }
    }

    private Portal begin(TransactionMode mode, ParsedStatement parsed, CancelToken token) {
        if (block.isOpen()) {
            notices.accept(new Notice("25001", "there is already a transaction in progress"));
            return CompletedPortal.of("BEGIN", 0);
        }
        checkReadOnly(mode);
        block.start(mode);
        boolean begun = false;
        try {
            mode.asOf().ifPresent(asOf -> transactions.readAsOf(asOf, parsed, token));
            begun = true;
        } finally {
            if (!begun) {
                block.finish(false);
            }
        }
        return CompletedPortal.of("BEGIN", 0);
    }

    private Portal endBlock(boolean commit) {
        if (!block.isOpen()) {
            notices.accept(new Notice("25P01", "there is no transaction in progress"));
            return CompletedPortal.of(commit ? "COMMIT" : "ROLLBACK", 0);
        }
        boolean kept = commit && !block.isFailed();
        block.finish(kept);
        return CompletedPortal.of(kept ? "COMMIT" : "ROLLBACK", 0);
    }

    @Override
    public void cancel() {
        running.forEach(CancelToken::cancel);
    }

    @Override
    public TransactionStatus status() {
        return block.status();
    }

    @Override
    public boolean autocommit() {
        return transactions.autocommit();
    }

    @Override
    public void setAutocommit(boolean on) {
        if (on && !transactions.autocommit()) {
            commit();
        }
        transactions.setAutocommit(on);
    }

    @Override
    public void commit() {
        guarded(() -> {
            if (block.isOpen()) {
                boolean wasFailed = block.isFailed();
                block.finish(!wasFailed);
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
            if (block.isOpen()) {
                block.finish(false);
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
        return guarded(() -> transactions.read(ActiveTransaction::catalog));
    }

    @Override
    public void begins(int statement) {
        notices.begins(statement);
    }

    @Override
    public List<Notice> takeNotices() {
        return notices.take();
    }

    /** The edge of the database: whatever fails inside leaves as a {@link KadeException}, and fails the block. */
    private <T> T guarded(Supplier<T> work) {
        gate.lock();
        try {
            idle.stop();
            checkAlive();
            return work.get();
        } catch (RuntimeException | Error e) {
            block.fail(e);
            throw failures.of(e);
        } finally {
            if (block.isOpen()) {
                idle.start(settings.idleInTransactionTimeoutMillis());
            }
            gate.unlock();
        }
    }

    private void checkAlive() {
        if (terminated) {
            terminated = false;
            closed = true;
            throw KadeException.of(
                            ErrorCode.IDLE_IN_TRANSACTION_SESSION_TIMEOUT,
                            "terminating connection due to idle-in-transaction timeout")
                    .hint("idle_in_transaction_session_timeout is the setting; the transaction was rolled back");
        }
        if (closed) {
            throw KadeException.of(ErrorCode.CONNECTION_DOES_NOT_EXIST, "the session is closed");
        }
    }

    /** Ends the session because its block was left idle. */
    private void terminate() {
        if (block.isOpen() && !closed) {
            terminated = true;
            block.finish(false);
            locks.unlockAll();
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        // Whatever runs ends soon, and with it its hold of the gate.
        cancel();
        gate.lock();
        try {
            closed = true;
            idle.stop();
            transactions.close();
            if (block.isOpen()) {
                block.finish(false);
            }
            if (runner.hasTemporary()) {
                TemporaryTables.drop(services.store(), id);
            }
            runner.close();
            locks.close();
        } finally {
            gate.unlock();
        }
    }
}
