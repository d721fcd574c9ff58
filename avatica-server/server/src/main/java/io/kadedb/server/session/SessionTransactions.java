package io.kadedb.server.session;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.control.CancelToken;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ParsedStatement;
import io.kadedb.parser.ast.AsOf;
import io.kadedb.parser.ast.TransactionMode;
import io.kadedb.storage.api.IsolationLevel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Finds each statement its transaction: the session's block, or one of its own that ends with the statement or with the
 * rows that it leaves to be read. Belongs to the session's thread.
 */
final class SessionTransactions {
    /** Runs of one statement that loses conflicts. */
    static final int MAX_ATTEMPTS = 10;

    private static final long MAX_PAUSE_MICROS = 50_000;

    private final Services services;
    private final SessionSettings settings;
    private final TransactionBlock block;
    private final StatementRunner runner;
    private final SystemTime systemTime;
    private final FailureReport failures;
    private final Set<CancelToken> running;
    private final ReentrantLock gate;
    private final List<ActiveTransaction> reading = new ArrayList<>();
    private boolean autocommit = true;

    /**
     * @param running what the session runs now
     * @param gate held while the session is used
     */
    SessionTransactions(
            Services services,
            SessionSettings settings,
            TransactionBlock block,
            StatementRunner runner,
            SystemTime systemTime,
            FailureReport failures,
            Set<CancelToken> running,
            ReentrantLock gate) {
        this.services = services;
        this.settings = settings;
        this.block = block;
        this.runner = runner;
        this.systemTime = systemTime;
        this.failures = failures;
        this.running = running;
        this.gate = gate;
    }

    boolean autocommit() {
        return autocommit;
    }

    void setAutocommit(boolean on) {
        autocommit = on;
    }

    /** Begins a block where each statement is to be part of one. */
    void beginUnlessAutocommit() {
        if (!block.isOpen() && !autocommit) {
            block.start(TransactionMode.UNSPECIFIED);
        }
    }

    /**
     * Runs a statement in the block or as a transaction of its own, which is run again when it loses conflicts.
     *
     * @param input what the client sends
     */
    Portal run(
            ParsedStatement parsed,
            List<? extends @Nullable Object> parameters,
            CancelToken token,
            Optional<CopyInput> input) {
        if (systemTime.isSaidBy(parsed.statement())) {
            return runInPast(parsed, parameters, token);
        }
        beginUnlessAutocommit();
        if (block.isOpen()) {
            ActiveTransaction current = block.current().orElseThrow();
            current.detachPortals();
            return runner.run(
                    parsed, new StatementRun(current, parameters, token, blockOwner(current, token), gate, input));
        }
        for (int attempt = 1; ; attempt++) {
            try {
                return runAlone(parsed, parameters, token, input);
            } catch (KadeException e) {
                boolean again = e.code() == ErrorCode.SERIALIZATION_FAILURE || e.code() == ErrorCode.DEADLOCK_DETECTED;
                if (!again
                        || attempt == MAX_ATTEMPTS
                        || input.filter(CopyInput::isBegun).isPresent()) {
                    throw e;
                }
                pause(attempt);
                token.checkpoint();
            }
        }
    }

    /** Runs a statement as a transaction of its own; that of a query ends with its portal. */
    private Portal runAlone(
            ParsedStatement parsed,
            List<? extends @Nullable Object> parameters,
            CancelToken token,
            Optional<CopyInput> input) {
        settings.beginTransaction();
        try {
            return apart(settings.defaultTransactionIsolation(), alone -> {
                alone.beAlone();
                Portal portal = runner.run(
                        parsed, new StatementRun(alone, parameters, token, aloneOwner(alone, token), gate, input));
                if (!(portal instanceof QueryPortal)) {
                    beforeCommit(alone);
                    runner.commitAlone(alone, token);
                }
                return portal;
            });
        } finally {
            settings.endTransaction(true);
        }
    }

    /** Works in a transaction apart from any block, which ends now unless a portal that is left to be read ends it. */
    Portal apart(IsolationLevel isolation, Function<ActiveTransaction, Portal> work) {
        ActiveTransaction own = block.newTransaction(isolation);
        boolean handedOver = false;
        try {
            Portal portal = work.apply(own);
            handedOver = portal instanceof QueryPortal;
            return portal;
        } finally {
            if (!handedOver) {
                reading.remove(own);
                own.close();
            }
        }
    }

    /**
     * Runs a query in a transaction of its own that reads the data of an earlier time, within a block too: what was then is
     * the same for all transactions.
     */
    private Portal runInPast(ParsedStatement parsed, List<? extends @Nullable Object> parameters, CancelToken token) {
        return apart(IsolationLevel.SERIALIZABLE, past -> {
            StatementRun run = new StatementRun(past, parameters, token, aloneOwner(past, token), gate);
            systemTime.apply(parsed, run);
            return runner.run(parsed, run);
        });
    }

    /** Works in a transaction that reads the data of the time that a statement says. */
    <T> T readInPast(ParsedStatement parsed, CancelToken token, Function<ActiveTransaction, T> work) {
        try (ActiveTransaction past = block.newTransaction(IsolationLevel.SERIALIZABLE)) {
            systemTime.apply(parsed, new StatementRun(past, List.of(), token, blockOwner(past, token), gate));
            return work.apply(past);
        }
    }

    /** Lets a block read as of a time before its first query. */
    void readAsOf(AsOf asOf, ParsedStatement parsed, CancelToken token) {
        ActiveTransaction current = block.current().orElseThrow();
        systemTime.apply(asOf, parsed, new StatementRun(current, List.of(), token, blockOwner(current, token), gate));
        settings.set(Setting.TRANSACTION_READ_ONLY, "on", true);
    }

    /** Reads in the block, or in a transaction that ends at once. */
    <T> T read(Function<ActiveTransaction, T> work) {
        if (block.isOpen()) {
            return work.apply(block.current().orElseThrow());
        }
        try (ActiveTransaction transaction = block.newTransaction(settings.defaultTransactionIsolation())) {
            return work.apply(transaction);
        }
    }

    /** Empties and removes temporary tables as their ON COMMIT says. */
    void beforeCommit(ActiveTransaction transaction) {
        if (!runner.hasTemporary() || settings.flag(Setting.TRANSACTION_READ_ONLY)) {
            return;
        }
        for (TableDefinition table : TemporaryTables.atCommit(transaction)) {
            String sql = "delete from pg_temp.\"" + table.name().replace("\"", "\"\"") + '"';
            CancelToken token = CancelToken.withTimeout(services.clock(), 0);
            runner.run(
                    services.reader().read(sql).getFirst(),
                    new StatementRun(transaction, List.of(), token, blockOwner(transaction, token), gate));
        }
    }

    /** Waits longer the more often a statement has lost; a random part keeps the losers from meeting again. */
    private void pause(int attempt) {
        long most = Math.min(MAX_PAUSE_MICROS, 500L << attempt);
        LockSupport.parkNanos(1_000 * services.random().generator().nextLong(most / 2, most));
    }

    /** Lets the block fail with a portal of it. */
    private QueryPortal.PortalOwner blockOwner(ActiveTransaction transaction, CancelToken token) {
        return new QueryPortal.PortalOwner() {
            @Override
            public void ended(QueryPortal portal) {
                running.remove(token);
                transaction.closed(portal);
            }

            @Override
            public RuntimeException failed(QueryPortal portal, Throwable failure) {
                ended(portal);
                if (block.current().filter(now -> now == transaction).isPresent()) {
                    block.fail(failure);
                }
                return failures.of(failure);
            }
        };
    }

    /** Ends a transaction with its portal. */
    QueryPortal.PortalOwner aloneOwner(ActiveTransaction transaction, CancelToken token) {
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

    /** Ends the transactions of rows that nobody will read. */
    void close() {
        List.copyOf(reading).forEach(ActiveTransaction::close);
        reading.clear();
    }
}
