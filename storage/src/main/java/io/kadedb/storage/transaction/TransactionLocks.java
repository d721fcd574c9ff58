package io.kadedb.storage.transaction;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.lock.LockMode;
import io.kadedb.common.lock.TableLockMode;
import io.kadedb.common.seam.Clock;
import io.kadedb.storage.api.AdvisoryLock;
import io.kadedb.storage.api.LockPolicy;
import io.kadedb.storage.api.RowLockMode;
import io.kadedb.storage.api.StatementControl;
import io.kadedb.storage.format.v1.KeyLayout;
import io.kadedb.storage.lock.LockOwner;
import io.kadedb.storage.lock.LockRequest;
import io.kadedb.storage.lock.LockSpan;
import io.kadedb.storage.lock.LockTable;
import io.kadedb.storage.table.KeyRange;
import io.kadedb.storage.table.StorageErrors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The locks of rows and tables of one transaction, and its waiting for them. A transaction that locks very many rows of a table gets the
 * range they span instead. Threads take turns.
 */
final class TransactionLocks {
    /** Rows of a table that are locked one by one. */
    static final int MAX_ROWS = 10_000;

    private static final long POLL_NANOS = 20_000_000;
    private static final KeyRange NOTHING = new KeyRange(new byte[0], new byte[0]);

    private final LockTable table;
    private final LockOwner owner;
    private final @Nullable OwnedSessionLocks session;
    private final LockWaiting waiting;
    private final Clock clock;
    private StatementControl control = StatementControl.unlimited();
    private Optional<LockRequest> request = Optional.empty();
    private @Nullable Rest restOfRows;
    private @Nullable AdvisoryLock wanted;
    /** Locks of the session that the running statement has got. */
    private final List<AdvisoryLock> got = new ArrayList<>(0);
    /** Locks of the session that are held for a statement that is to be run again, or was not. */
    private final List<AdvisoryLock> untaken = new ArrayList<>(0);

    /** Rows of all tables that locks were asked for. */
    private long asked;

    /** Rows that a statement has not got to when it had to wait. */
    private record Rest(TableDefinition table, List<Row> rows, RowLockMode mode, String why) {}

    TransactionLocks(LockTable table, LockWaiting waiting, String name) {
        this(table, waiting, name, null);
    }

    /** @param session whose locks are never in the way of these; null for none */
    TransactionLocks(LockTable table, LockWaiting waiting, String name, @Nullable OwnedSessionLocks session) {
        this.session = session;
        this.waiting = waiting;
        this.clock = waiting.clock();
        this.table = table;
        this.owner = session == null ? table.newOwner(name) : table.newOwner(name, session.group());
    }

    /** Fails when the running statement was cancelled or is past its deadline. */
    void checkpoint() {
        control.cancel().checkpoint();
    }

    /** What ends the waiting of the statement that begins. */
    void control(StatementControl next) {
        control = next;
        got.clear();
    }

    int mark() {
        return table.mark(owner);
    }

    /** Gives back what was locked since a mark; 0 for everything. */
    void release(int mark) {
        giveUp();
        table.release(owner, mark);
    }

    /** A key and how messages show its values. */
    record Row(byte[] key, Supplier<String> text) {}

    /** Locks rows, in order; see {@link #lock}. */
    void lockAll(TableDefinition rows, List<Row> keys, RowLockMode mode) {
        asked += keys.size();
        if (asked > MAX_ROWS && table.count(owner, rows.id()) + keys.size() > MAX_ROWS) {
            KeyRange span = NOTHING;
            for (LockSpan held : table.held(owner, rows.id())) {
                span = widened(span, held.begin());
            }
            for (Row row : keys) {
                span = widened(span, row.key);
            }
            lockRange(rows, span);
            return;
        }
        for (int i = 0; i < keys.size(); i++) {
            if (!isLocked(rows, keys.get(i), mode)) {
                throw pending(rows, keys.subList(i + 1, keys.size()), mode);
            }
        }
    }

    /**
     * Locks a row. If another transaction is in the way, takes a place in its line, which ends the statement with 40001:
     * its threads are not there for waiting. The session's waits in {@link #awaitPending}.
     *
     * @return false when the row is skipped
     */
    boolean lock(TableDefinition rows, Row row, RowLockMode mode, LockPolicy policy) {
        if (table.count(owner, rows.id()) >= MAX_ROWS) {
            byte[] prefix = KeyLayout.rows(rows.storageId());
            lockRange(rows, new KeyRange(prefix, KeyLayout.end(prefix)));
            return true;
        }
        switch (policy) {
            case WAIT -> lockAll(rows, List.of(row), mode);
            case NOWAIT -> {
                if (!table.tryLock(owner, LockSpan.key(rows.id(), row.key), mode)) {
                    throw KadeException.of(
                            ErrorCode.LOCK_NOT_AVAILABLE,
                            "could not obtain lock on row in relation \"" + rows.name() + "\"");
                }
            }
            case SKIP_LOCKED -> {
                return table.tryLock(owner, LockSpan.key(rows.id(), row.key), mode);
            }
        }
        return true;
    }

    /** Locks a row if nobody is in the way. */
    boolean tryLock(TableDefinition rows, byte[] key, RowLockMode mode) {
        asked++;
        return asked <= MAX_ROWS && table.tryLock(owner, LockSpan.key(rows.id(), key), mode);
    }

    /** As {@link #tryLock}, for a statement of one row. */
    boolean tryLockOne(TableDefinition rows, byte[] key, RowLockMode mode) {
        return table.tryLock(owner, LockSpan.key(rows.id(), key), mode);
    }

    /**
     * Locks a row, waiting for it in line.
     *
     * @param waiting what ends the waiting, asked for only when there is some
     */
    void await(TableDefinition rows, Row row, RowLockMode mode, Supplier<StatementControl> waiting) {
        if (tryLockOne(rows, row.key, mode)) {
            return;
        }
        control = waiting.get();
        try {
            if (!isLocked(rows, row, mode)) {
                await(rows);
            }
        } finally {
            giveUp();
            control = StatementControl.unlimited();
        }
    }

    /** Locks all keys of a range against everybody; waits as {@link #lock} does. */
    void lockRange(TableDefinition rows, KeyRange range) {
        LockSpan span = LockSpan.range(rows.id(), range.begin(), range.end());
        if (!isLocked(span, RowLockMode.UPDATE, () -> "many rows of table \"" + rows.name() + "\"")) {
            throw pending(rows, List.of(), RowLockMode.UPDATE);
        }
    }

    /** Locks a table as a whole; waits as {@link #lock} does, or fails with 55P03. */
    void lockTable(TableDefinition locked, TableLockMode mode, boolean wait) {
        LockSpan span = LockSpan.table(locked.id());
        String target = "table \"" + locked.name() + "\"";
        if (!wait) {
            if (!table.tryLock(owner, span, mode)) {
                throw KadeException.of(
                        ErrorCode.LOCK_NOT_AVAILABLE, "could not obtain lock on relation \"" + locked.name() + "\"");
            }
        } else if (!isLocked(span, mode, () -> target)) {
            throw pending(
                    new Rest(locked, List.of(), RowLockMode.UPDATE, target + " is locked by another transaction"));
        }
    }

    /** Notes that rows are added that need no locks of their own: the table as a whole may be locked. */
    void lockForNewRows(TableDefinition rows) {
        lockTable(rows, TableLockMode.ROW_EXCLUSIVE, true);
    }

    private boolean isLocked(TableDefinition rows, Row row, RowLockMode mode) {
        return isLocked(
                LockSpan.key(rows.id(), row.key),
                mode,
                () -> "a row of table \"" + rows.name() + "\" with key " + row.text.get());
    }

    private boolean isLocked(LockSpan span, LockMode mode, Supplier<String> target) {
        request = table.lock(owner, span, mode, target);
        return request.isEmpty();
    }

    private KadeException pending(TableDefinition rows, List<Row> rest, RowLockMode mode) {
        return pending(new Rest(
                rows,
                List.copyOf(rest),
                mode,
                "a row of table \"" + rows.name() + "\" is locked by another transaction"));
    }

    private KadeException pending(Rest rest) {
        restOfRows = rest;
        return KadeException.of(ErrorCode.SERIALIZATION_FAILURE, rest.why);
    }

    /**
     * Waits for the lock that ended the last statement, and for the others it would have asked for.
     *
     * @return whether there was one
     */
    boolean awaitPending() {
        AdvisoryLock advisory = wanted;
        if (advisory != null) {
            awaitAdvisory(advisory);
            return true;
        }
        Rest rest = restOfRows;
        if (rest == null) {
            return false;
        }
        try {
            await(rest.why);
            for (Row row : rest.rows) {
                if (!isLocked(rest.table, row, rest.mode)) {
                    await(rest.why);
                }
            }
        } finally {
            giveUp();
        }
        return true;
    }

    /** Takes an advisory lock; waits as {@link #lock} does. */
    boolean lockAdvisory(AdvisoryLock lock, boolean wait) {
        LockOwner taker = advisoryOwner(lock);
        LockSpan span = OwnedSessionLocks.span(lock);
        RowLockMode mode = OwnedSessionLocks.mode(lock.shared());
        if (wait) {
            request = table.lock(taker, span, mode, () -> "advisory lock " + lock.text());
            if (request.isPresent()) {
                wanted = lock;
                throw KadeException.of(
                        ErrorCode.SERIALIZATION_FAILURE,
                        "advisory lock " + lock.text() + " is held by another transaction");
            }
        } else if (!table.tryLock(taker, span, mode)) {
            return false;
        }
        if (lock.ofSession() && session != null) {
            session.got(lock);
            got.add(lock);
        }
        return true;
    }

    private LockOwner advisoryOwner(AdvisoryLock lock) {
        if (!lock.ofSession()) {
            return owner;
        }
        OwnedSessionLocks known = session;
        if (known == null) {
            throw KadeException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "there is no session to hold an advisory lock");
        }
        return known.owner(lock.shared());
    }

    private void awaitAdvisory(AdvisoryLock lock) {
        try {
            await("advisory lock " + lock.text() + " is held by another transaction");
        } finally {
            giveUp();
        }
    }

    /** After a statement: what it has waited for is its session's only if it took it then. */
    void endStatement() {
        got.clear();
        OwnedSessionLocks known = session;
        if (known != null) {
            untaken.forEach(known::giveBackUnlessTaken);
        }
        untaken.clear();
    }

    /** After a statement that is undone, and perhaps run again: it gets its locks of the session anew. */
    void rollbackStatement() {
        OwnedSessionLocks known = session;
        if (known != null) {
            got.forEach(known::untake);
        }
        untaken.addAll(got);
        got.clear();
    }

    /** Leaves the line. */
    void giveUp() {
        if (wanted != null && wanted.ofSession()) {
            untaken.add(wanted);
        }
        wanted = null;
        if (request.isPresent()) {
            table.cancel(request.get());
            request = Optional.empty();
        }
        restOfRows = null;
    }

    private void await(TableDefinition rows) {
        await("a row of table \"" + rows.name() + "\" is locked by another transaction");
    }

    /** @param why of the waiting, for the error that ends it */
    private void await(String why) {
        if (request.isPresent()) {
            await(why, request.get());
            request = Optional.empty();
        }
    }

    /** The least range with a range and a key. */
    private static KeyRange widened(KeyRange known, byte[] key) {
        byte[] behind = KeyLayout.concat(key, new byte[1]);
        if (known.isEmpty()) {
            return new KeyRange(key, behind);
        }
        byte[] begin = Arrays.compareUnsigned(known.begin(), key) <= 0 ? known.begin() : key;
        byte[] end = Arrays.compareUnsigned(known.end(), behind) >= 0 ? known.end() : behind;
        return new KeyRange(begin, end);
    }

    private void await(String why, LockRequest pending) {
        long begin = clock.nanoTime();
        long limit = control.lockTimeoutMillis() == 0 ? Long.MAX_VALUE : control.lockTimeoutMillis() * 1_000_000;
        LockSleep sleep = new LockSleep(table, pending, waiting);
        long left = limit;
        while (!sleep.await(Math.max(0, Math.min(left, POLL_NANOS)))) {
            if (Thread.currentThread().isInterrupted()) {
                throw KadeException.of(ErrorCode.QUERY_CANCELED, "the statement was interrupted");
            }
            control.cancel().checkpoint();
            left = limit - (clock.nanoTime() - begin);
            if (left <= 0) {
                throw KadeException.of(ErrorCode.LOCK_NOT_AVAILABLE, "canceling statement due to lock timeout: " + why)
                        .hint("lock_timeout is " + control.lockTimeoutMillis() + " ms");
            }
        }
        try {
            pending.outcome().join();
        } catch (CompletionException e) {
            throw StorageErrors.translate(e);
        }
    }
}
