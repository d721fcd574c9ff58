package io.kadedb.storage.memory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.apple.foundationdb.Database;
import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.Transaction;
import io.kadedb.storage.api.KeySpace;
import io.kadedb.storage.api.KeySpaceSettings;
import io.kadedb.storage.keyspace.EngineKeySpace;
import io.kadedb.storage.keyspace.ManualClock;
import io.kadedb.storage.keyspace.ResolvedWrites;
import io.kadedb.storage.keyspace.StackMachine;
import io.kadedb.storage.keyspace.VersionedStore;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Bugs of the kind that key spaces have had, each of which a program of the stack machine has to find. */
class PlantedKeySpaceBugTest {
    private static final int SEEDS = 20;

    enum Bug {
        NONE,
        /** A key that was just removed has the value that it had before. */
        TOMBSTONE_IGNORED,
        /** Versions are collected that snapshots may still read. */
        COLLECTED_TOO_FAR,
        /** A snapshot sees what the next commit wrote. */
        READS_ONE_VERSION_AHEAD,
        /** A scan ends a row early. */
        LAST_ROW_MISSED,
        /** Versions begin anew when a database is opened again, so that stamps are given twice. */
        VERSIONS_START_AGAIN,
        /** Reads of single keys are not checked at the commit. */
        KEY_CONFLICT_DROPPED,
        /** Reads of ranges are not. */
        RANGE_CONFLICT_DROPPED
    }

    /** A store with a bug, which survives its key space. */
    private record Faulty(Bug bug, MemoryStore inner) implements VersionedStore {
        private long at(long version) {
            return bug == Bug.READS_ONE_VERSION_AHEAD && version != NEWEST ? version + 1 : version;
        }

        @Override
        public byte @Nullable [] get(byte[] key, long version) {
            byte[] value = inner.get(key, at(version));
            return value == null && bug == Bug.TOMBSTONE_IGNORED ? inner.get(key, at(version) - 1) : value;
        }

        @Override
        public @Nullable MemorySegment get(byte[] key, long version, SegmentAllocator allocator) {
            return inner.get(key, at(version), allocator);
        }

        @Override
        public List<@Nullable MemorySegment> getAll(List<byte[]> keys, long version, SegmentAllocator allocator) {
            return inner.getAll(keys, at(version), allocator);
        }

        @Override
        public Rows scan(byte[] begin, byte[] end, long version, int maxRows, int maxBytes, boolean reverse) {
            Rows rows = inner.scan(begin, end, at(version), maxRows, maxBytes, reverse);
            return bug == Bug.LAST_ROW_MISSED && !rows.more() && rows.rows().size() > 1
                    ? new Rows(rows.rows().subList(0, rows.rows().size() - 1), false)
                    : rows;
        }

        @Override
        public MemorySegment concatenate(
                byte[] begin, byte[] end, long version, long sizeHint, SegmentAllocator allocator) {
            return inner.concatenate(begin, end, at(version), sizeHint, allocator);
        }

        @Override
        public long write(long version, ResolvedWrites writes) {
            return inner.write(version, writes);
        }

        @Override
        public void sync() {
            inner.sync();
        }

        @Override
        public void stage(List<KeyValue> rows) {
            inner.stage(rows);
        }

        @Override
        public void discard(byte[] begin, byte[] end) {
            inner.discard(begin, end);
        }

        @Override
        public boolean collect(long horizon, int budget) {
            return inner.collect(bug == Bug.COLLECTED_TOO_FAR ? inner.lastVersion() : horizon, budget);
        }

        @Override
        public long horizon() {
            return bug == Bug.COLLECTED_TOO_FAR ? 0 : inner.horizon();
        }

        @Override
        public long lastVersion() {
            return bug == Bug.VERSIONS_START_AGAIN ? 0 : inner.lastVersion();
        }

        @Override
        public long estimateBytes(byte[] begin, byte[] end) {
            return inner.estimateBytes(begin, end);
        }

        @Override
        public void close() {
            // It is opened again.
        }
    }

    private static final class FaultyKeySpace extends EngineKeySpace {
        private final Bug bug;

        FaultyKeySpace(Faulty store, KeySpaceSettings settings) {
            super(store, settings);
            this.bug = store.bug;
        }

        @Override
        public Database database() {
            Database database = super.database();
            return bug == Bug.KEY_CONFLICT_DROPPED || bug == Bug.RANGE_CONFLICT_DROPPED
                    ? proxy(Database.class, database, this::forgetful)
                    : database;
        }

        /** A transaction of which some reads are those of snapshots. */
        private @Nullable Object forgetful(Object target, Method method, Object @Nullable [] arguments)
                throws Throwable {
            Object result = call(target, method, arguments);
            return result instanceof Transaction transaction
                    ? proxy(Transaction.class, transaction, (same, called, given) -> {
                        boolean forgets = called.getName().equals(bug == Bug.KEY_CONFLICT_DROPPED ? "get" : "getRange");
                        return call(forgets ? transaction.snapshot() : same, called, given);
                    })
                    : result;
        }
    }

    private interface Call {
        @Nullable
        Object of(Object target, Method method, Object @Nullable [] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, T target, Call call) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> call.of(target, method, arguments)));
    }

    private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static boolean isFound(Bug bug, long seed) {
        ManualClock clock = new ManualClock();
        KeySpaceSettings settings = KeySpaceSettings.DEFAULT.withClock(clock);
        Faulty store = new Faulty(bug, new MemoryStore());
        StackMachine machine = new StackMachine(seed, clock, "counter/".getBytes(UTF_8), 0);
        try {
            for (int opening = 0; opening < 2; opening++) {
                try (KeySpace space = new FaultyKeySpace(store, settings)) {
                    machine.run(space, 1_000);
                    machine.endTransactions();
                }
            }
            return false;
        } catch (RuntimeException | AssertionError e) {
            // What it fails with depends on the bug.
            return true;
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyBugIsFound(Bug bug) {
        long found = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            found += isFound(bug, seed) ? 1 : 0;
        }
        if (bug == Bug.NONE) {
            assertThat(found).isZero();
        } else {
            assertThat(found).isPositive();
        }
    }
}
