package io.kadedb.storage.keyspace;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.seam.Clock;
import io.kadedb.storage.api.KeySpaceSettings;
import java.time.Duration;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Puts commits in order. One thread at a time checks a transaction for conflicts, gives it the next version and writes
 * it; then it waits outside the order, together with others, until its write is durable, and only then makes its version
 * the one that new transactions read at. So what is read is durable, and a transaction that saw another is behind it in
 * the log.
 */
final class Sequencer {
    /** Superseded versions removed at a time beyond twice the writes since the last time. */
    private static final int COLLECT_AT_LEAST = 32;
    /** What can be forgotten is looked for after so many writes, or so long. */
    private static final int SWEEP_WRITES = 256;

    private static final long SWEEP_MICROS = 1_000;

    /** Parts of the retention and of the window that are told apart. */
    private static final int SAMPLES = 256;

    private final VersionedStore store;
    private final Clock clock;
    private final Resolver resolver;
    private final Watches watches = new Watches();
    private final ReentrantLock order = new ReentrantLock();
    private final VersionTimes retained;
    private final VersionTimes window;
    private final HistoryLimit history;
    /** Guarded by itself, as what is collected is: to begin and end a reader must not wait for commits. */
    private final TreeMap<Long, Integer> pins = new TreeMap<>();

    private long retentionMicros;
    private long windowMicros;
    private long collected;
    private final AtomicLong durable;
    private long last;
    /** When the last commit took its version, and the last that looked for what can be forgotten, in microseconds. */
    private long now;

    private long swept;
    /** Writes since then. */
    private int unswept;

    private volatile @Nullable KadeException failure;

    /** What a transaction hands over to be committed. */
    record Commit(long readVersion, ConflictRanges reads, ConflictRanges writes, WriteBuffer buffer) {}

    Sequencer(VersionedStore store, KeySpaceSettings settings) {
        this.store = store;
        this.clock = settings.clock();
        this.retentionMicros = micros(settings.retention());
        this.windowMicros = micros(settings.transactionWindow());
        this.last = store.lastVersion();
        this.resolver = new Resolver(last, settings.conflictWindowBytes());
        this.retained = new VersionTimes(last, retentionMicros / SAMPLES);
        this.window = new VersionTimes(last, windowMicros / SAMPLES);
        this.history = new HistoryLimit(settings.historyBytes());
        this.durable = new AtomicLong(last);
    }

    /** Keeps more or less of the past from now on. */
    void keep(Duration retention, long historyBytes, Duration transactionWindow) {
        order.lock();
        try {
            retentionMicros = micros(retention);
            windowMicros = micros(transactionWindow);
            retained.setSpacing(retentionMicros / SAMPLES);
            window.setSpacing(windowMicros / SAMPLES);
            history.setBytes(historyBytes);
        } finally {
            order.unlock();
        }
    }

    private static long micros(Duration duration) {
        return duration.toNanos() / 1_000;
    }

    /** The version that new transactions read at. */
    long currentVersion() {
        return durable.get();
    }

    /** Commits a transaction and returns its version once it is durable. */
    long commit(Commit commit) {
        long version;
        ResolvedWrites writes;
        order.lock();
        try {
            version = next(commit.readVersion, commit.reads);
            writes = commit.buffer.resolve(store, version, commit.writes);
            write(version, writes, commit.writes);
        } finally {
            order.unlock();
        }
        publish(version, writes);
        return version;
    }

    /** Commits values, with the commit's stamp written into the beginning of each. */
    void commitStamped(long readVersion, byte[][] unchanged, byte[][] keys, byte[][] values) {
        ConflictRanges reads = ConflictRanges.ofKeys(unchanged);
        ConflictRanges written = ConflictRanges.ofKeys(keys);
        ResolvedWrites writes = new ResolvedWrites(keys, values);
        long version;
        order.lock();
        try {
            version = next(readVersion, reads);
            for (byte[] value : values) {
                Versionstamps.stamp(version, value);
            }
            write(version, writes, written);
        } finally {
            order.unlock();
        }
        publish(version, writes);
    }

    /** The version of a commit, if nothing stands in its way. */
    private long next(long readVersion, ConflictRanges reads) {
        ensureUsable();
        resolver.check(reads, readVersion);
        now = clock.wallMicros();
        return Math.max(last + 1, now);
    }

    private void write(long version, ResolvedWrites writes, ConflictRanges written) {
        last = version;
        history.add(version, write(version, writes));
        resolver.record(version, written);
        window.add(version);
        retained.add(version);
        unswept += writes.size();
        if (unswept >= SWEEP_WRITES || now - swept >= SWEEP_MICROS) {
            swept = now;
            resolver.forgetUpTo(Math.min(window.currentAt(now - windowMicros), currentVersion()));
            store.collect(horizon(now), COLLECT_AT_LEAST + 2 * unswept);
            unswept = 0;
        }
    }

    /** Makes a version durable, and then the one to read at. */
    private void publish(long version, ResolvedWrites writes) {
        sync();
        long known = durable.get();
        while (known < version && !durable.compareAndSet(known, version)) {
            known = durable.get();
        }
        watches.written(writes);
    }

    /** Returns when nothing of the ranges was written after the version; fails as a commit would. */
    void validate(long readVersion, ConflictRanges reads) {
        order.lock();
        try {
            ensureUsable();
            resolver.check(reads, readVersion);
        } finally {
            order.unlock();
        }
    }

    private long write(long version, ResolvedWrites writes) {
        try {
            return store.write(version, writes);
        } catch (KadeException e) {
            failure = e;
            throw e;
        }
    }

    private void sync() {
        try {
            store.sync();
        } catch (KadeException e) {
            failure = e;
            throw e;
        }
    }

    /** After a failed write nobody knows what the log holds, so nothing more is accepted until it is read again. */
    void ensureUsable() {
        KadeException failed = failure;
        if (failed != null) {
            throw KadeException.of(
                            failed.code(), "the key space was closed after an error: " + failed.messageText(), failed)
                    .hint("what was acknowledged is safe; open the database again");
        }
    }

    void close() {
        order.lock();
        try {
            if (failure == null) {
                failure = KadeException.of(ErrorCode.ADMIN_SHUTDOWN, "the key space is closed");
            }
            watches.close();
        } finally {
            order.unlock();
        }
    }

    /**
     * What may be collected: nothing that is pinned, nor, from now on, anything that can be; unless there is so much of it
     * that memory or disk would run out.
     */
    private long horizon(long now) {
        long durableNow = currentVersion();
        long kept = Math.min(Math.max(retained.currentAt(now - retentionMicros), history.version()), durableNow);
        long keptAtMost = Math.min(history.versionDespiteReaders(), durableNow);
        synchronized (pins) {
            long wanted = pins.isEmpty() ? kept : Math.max(keptAtMost, Math.min(kept, pins.firstKey()));
            collected = Math.max(collected, wanted);
            return collected;
        }
    }

    /** Removes everything that may be removed now. */
    void collectGarbage() {
        boolean more = true;
        while (more) {
            order.lock();
            try {
                ensureUsable();
                more = store.collect(horizon(clock.wallMicros()), 1_024);
            } finally {
                order.unlock();
            }
        }
    }

    void discard(byte[] begin, byte[] end) {
        order.lock();
        try {
            ensureUsable();
            store.discard(begin, end);
        } finally {
            order.unlock();
        }
    }

    /** The version that shows the data as of a time: all that was committed by then is durable and readable. */
    long versionAsOf(long micros) {
        if (micros > currentVersion()) {
            long newest;
            order.lock();
            try {
                ensureUsable();
                newest = last;
            } finally {
                order.unlock();
            }
            if (newest > currentVersion()) {
                sync();
                durable.accumulateAndGet(newest, Math::max);
            }
        }
        return Math.min(micros, currentVersion());
    }

    /** Holds back the collection of a version; false when it is collected already. */
    boolean pin(long version) {
        synchronized (pins) {
            if (version < collected || version < store.horizon()) {
                return false;
            }
            pins.merge(version, 1, Integer::sum);
            return true;
        }
    }

    void unpin(long version) {
        synchronized (pins) {
            pins.computeIfPresent(version, (key, count) -> count == 1 ? null : count - 1);
        }
    }

    /** Registers a watch on a key whose value was as given; it is complete at once if the value is another by now. */
    void watch(Watches.Watch watch) {
        watches.add(watch);
        byte[] now = store.get(watch.key(), currentVersion());
        watches.check(watch, now);
    }
}
