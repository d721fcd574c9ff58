package io.kadedb.server.session;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.TransactionMode;
import io.kadedb.storage.api.IsolationLevel;
import io.kadedb.storage.api.SessionLocks;
import io.kadedb.storage.api.SqlTransaction;
import io.kadedb.storage.api.TransactionOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The transaction block of a session, with its savepoints and settings. Belongs to the session's thread. */
final class TransactionBlock {
    private final String owner;
    private final SessionLocks locks;
    private final SeenCatalog catalog;
    private final Services services;
    private final SessionSettings settings;
    private final Consumer<ActiveTransaction> beforeCommit;
    private final List<NamedSavepoint> savepoints = new ArrayList<>();
    private volatile Optional<ActiveTransaction> current = Optional.empty();
    private boolean failed;

    private record NamedSavepoint(String name, SqlTransaction.Savepoint storage, SessionSettings.Mark settings) {}

    /**
     * A block.
     *
     * @param owner what the session's transactions are called in messages about locks
     * @param locks of the session, which are never in its transactions' way
     * @param beforeCommit is given a transaction that is about to be committed
     */
    TransactionBlock(
            String owner,
            SessionLocks locks,
            Services services,
            SessionSettings settings,
            Consumer<ActiveTransaction> beforeCommit) {
        this.beforeCommit = beforeCommit;
        this.owner = owner;
        this.locks = locks;
        this.catalog = new SeenCatalog(owner);
        this.services = services;
        this.settings = settings;
    }

    Optional<ActiveTransaction> current() {
        return current;
    }

    boolean isOpen() {
        return current.isPresent();
    }

    boolean isFailed() {
        return failed;
    }

    TransactionStatus status() {
        return isOpen() ? failed ? TransactionStatus.FAILED : TransactionStatus.IN_BLOCK : TransactionStatus.IDLE;
    }

    /**
     * Nothing but its end, or a way back to a savepoint, is accepted from now on. What was done since the last savepoint is
     * undone at once, so that nobody waits for its locks.
     *
     * @param cause takes what fails besides
     */
    void fail(Throwable cause) {
        if (!isOpen() || failed) {
            return;
        }
        failed = true;
        ActiveTransaction transaction = open();
        transaction.fails(true);
        try {
            transaction.abandonPortals();
            if (savepoints.isEmpty()) {
                transaction.storage().rollback();
            } else {
                transaction.storage().rollbackTo(savepoints.getLast().storage());
            }
        } catch (KadeException e) {
            cause.addSuppressed(e);
        }
    }

    void checkNotFailed() {
        if (failed) {
            throw KadeException.of(
                            ErrorCode.IN_FAILED_SQL_TRANSACTION,
                            "current transaction is aborted, commands ignored until end of transaction block")
                    .hint(
                            savepoints.isEmpty()
                                    ? "end it with ROLLBACK"
                                    : "end it with ROLLBACK, or go back with ROLLBACK TO SAVEPOINT");
        }
    }

    /** A transaction of its own for one statement, or that of a block. */
    ActiveTransaction newTransaction(IsolationLevel isolation) {
        return new ActiveTransaction(
                services.transactions(),
                owner,
                services.store().begin(new TransactionOptions(isolation, owner, Optional.of(locks))),
                catalog,
                services.clock().wallMicros());
    }

    void start(TransactionMode mode) {
        IsolationLevel isolation =
                mode.isolation().map(IsolationLevels::of).orElseGet(settings::defaultTransactionIsolation);
        current = Optional.of(newTransaction(isolation));
        settings.beginBlock();
        SettingStatements.beginTransaction(mode, settings);
    }

    /** Ends the block; what fails then has rolled it back. */
    void finish(boolean commit) {
        ActiveTransaction ending = open();
        boolean committed = false;
        try {
            if (commit) {
                ending.detachPortals();
                beforeCommit.accept(ending);
                ending.commit();
                committed = true;
            }
        } finally {
            current = Optional.empty();
            failed = false;
            savepoints.clear();
            settings.endTransaction(committed);
            ending.close();
        }
    }

    private ActiveTransaction open() {
        return current.orElseThrow(() -> new IllegalStateException("there is no block"));
    }

    /** Changes the isolation of the block before its first statement. */
    void setIsolation(IsolationLevel isolation) {
        open().storage().setIsolation(isolation);
    }

    Portal savepoint(Name name) {
        checkOpen("SAVEPOINT", name);
        ActiveTransaction transaction = open();
        transaction.detachPortals();
        savepoints.add(new NamedSavepoint(name.text(), transaction.storage().savepoint(), settings.mark()));
        return CompletedPortal.of("SAVEPOINT", 0);
    }

    Portal rollbackTo(Name name) {
        checkOpen("ROLLBACK TO SAVEPOINT", name);
        int at = find(name);
        ActiveTransaction transaction = open();
        if (failed) {
            transaction.abandonPortals();
        } else {
            transaction.detachPortals();
        }
        transaction.storage().rollbackTo(savepoints.get(at).storage());
        settings.restore(savepoints.get(at).settings());
        savepoints.subList(at + 1, savepoints.size()).clear();
        failed = false;
        transaction.fails(false);
        return CompletedPortal.of("ROLLBACK", 0);
    }

    Portal release(Name name) {
        checkOpen("RELEASE SAVEPOINT", name);
        int at = find(name);
        ActiveTransaction transaction = open();
        transaction.detachPortals();
        transaction.storage().release(savepoints.get(at).storage());
        savepoints.subList(at, savepoints.size()).clear();
        return CompletedPortal.of("RELEASE", 0);
    }

    /** Makes sure that there is one to be part of. */
    void checkOpen(String what, Name place) {
        if (!isOpen()) {
            throw KadeException.of(
                            ErrorCode.NO_ACTIVE_SQL_TRANSACTION, what + " can only be used in transaction blocks")
                    .at(place.position())
                    .hint("begin one with BEGIN");
        }
    }

    /** The newest savepoint of a name. */
    private int find(Name name) {
        for (int i = savepoints.size() - 1; i >= 0; i--) {
            if (savepoints.get(i).name().equals(name.text())) {
                return i;
            }
        }
        throw KadeException.of(ErrorCode.INVALID_SAVEPOINT, "savepoint \"" + name.text() + "\" does not exist")
                .at(name.position())
                .hint(NearNames.hint(
                                name.text(),
                                savepoints.stream().map(NamedSavepoint::name).toList())
                        .orElse(null));
    }
}
