package io.kadedb.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.Transaction;
import io.kadedb.storage.api.KeySpace;
import io.kadedb.storage.keyspace.Keys;
import io.kadedb.storage.keyspace.VersionedStore.Rows;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept of ranges is what a scan of RocksDB would find, at every version and beside writers. */
final class KeptRangesTest {
    private static final int KEYS = 400;
    private static final int STEPS = 4_000;
    private static final byte[] END = {(byte) 0xFF};

    @TempDir
    @SuppressWarnings("NullAway")
    private Path directory;

    private static byte[] key(int number) {
        return ByteBuffer.allocate(4).putInt(number).array();
    }

    @Test
    void readsRowsOnce() throws Exception {
        NavigableMap<byte[], byte[]> stored = new TreeMap<>(Keys.ORDER);
        for (int i = 0; i < KEYS; i++) {
            stored.put(key(i), key(-i));
        }
        int[] read = new int[1];
        KeptRanges kept = new KeptRanges(1 << 20);
        KeptRanges.Source source = source(stored, read);
        for (int round = 0; round < 50; round++) {
            for (int from = 0; from < KEYS; from += 1 + round) {
                Rows rows = kept.scan(key(from), END, 7, 100, 1 << 20, source);
                assertThat(rows).isNotNull();
                assertThat(rows.rows()).hasSize(Math.min(100, KEYS - from));
                assertThat(rows.rows().getFirst().getKey()).isEqualTo(key(from));
            }
        }
        assertThat(read[0]).isEqualTo(KEYS);
        assertThat(kept.scan(key(0), END, 6, 100, 1 << 20, source)).isNull();
        kept.forget(key(150));
        kept.scan(key(0), END, 7, KEYS, 1 << 20, source);
        assertThat(read[0]).isBetween(KEYS + 1, KEYS + 100);
    }

    @Test
    void keepsNoMoreThanItMay() throws Exception {
        NavigableMap<byte[], byte[]> stored = new TreeMap<>(Keys.ORDER);
        for (int i = 0; i < 100 * KEYS; i++) {
            stored.put(key(i), new byte[100]);
        }
        int[] read = new int[1];
        KeptRanges kept = new KeptRanges(100_000);
        for (int from = 0; from < 100 * KEYS; from += 50) {
            kept.scan(key(from), key(from + 50), 7, 100, 1 << 20, source(stored, read));
            assertThat(kept.bytes()).isLessThanOrEqualTo(100_000);
        }
        assertThat(kept.bytes()).isGreaterThan(50_000);
    }

    /** Every row was written at version 7. */
    private static KeptRanges.Source source(NavigableMap<byte[], byte[]> stored, int[] read) {
        return (begin, end, maxRows, maxBytes) -> {
            List<KeyValue> rows = new ArrayList<>();
            for (Map.Entry<byte[], byte[]> row :
                    stored.subMap(begin, true, end, false).entrySet()) {
                if (rows.size() == maxRows) {
                    return new KeptRanges.Found(rows, true, 7);
                }
                rows.add(new KeyValue(row.getKey(), row.getValue()));
                read[0]++;
            }
            return new KeptRanges.Found(rows, false, 7);
        };
    }

    @Test
    void findsWhatEachVersionHas() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        NavigableMap<Long, NavigableMap<byte[], byte[]>> versions = new TreeMap<>();
        NavigableMap<byte[], byte[]> now = new TreeMap<>(Keys.ORDER);
        try (KeySpace space = RocksKeySpace.open(directory)) {
            for (int step = 0; step < STEPS; step++) {
                if (versions.isEmpty() || random.nextInt(10) == 0) {
                    try (Transaction transaction = space.database().createTransaction()) {
                        change(transaction, now, random);
                        transaction.commit().join();
                        versions.put(transaction.getCommittedVersion(), new TreeMap<>(now));
                    }
                }
                var kept = random.nextInt(4) > 0
                        ? versions.lastEntry()
                        : versions.entrySet().stream()
                                .skip(random.nextInt(versions.size()))
                                .findFirst()
                                .orElseThrow();
                compare(space, kept.getKey(), kept.getValue(), random, "seed " + seed + ", step " + step);
            }
        }
    }

    private static void change(Transaction transaction, NavigableMap<byte[], byte[]> now, SplittableRandom random) {
        if (random.nextInt(8) == 0) {
            int from = random.nextInt(KEYS);
            int to = Math.min(KEYS, from + random.nextInt(40));
            transaction.clear(key(from), key(to));
            now.subMap(key(from), true, key(to), false).clear();
        }
        for (int i = 1 + random.nextInt(60); i > 0; i--) {
            byte[] key = key(random.nextInt(KEYS));
            if (random.nextInt(4) == 0) {
                transaction.clear(key);
                now.remove(key);
            } else {
                byte[] value = key(random.nextInt());
                transaction.set(key, value);
                now.put(key, value);
            }
        }
    }

    private static void compare(
            KeySpace space, long version, NavigableMap<byte[], byte[]> expected, SplittableRandom random, String what) {
        byte[] begin = key(random.nextInt(KEYS));
        byte[] end = random.nextBoolean() ? END : key(random.nextInt(KEYS) + 1);
        if (Keys.compare(begin, end) > 0) {
            return;
        }
        int limit = 1 + random.nextInt(80);
        try (Transaction transaction = space.database().createTransaction()) {
            transaction.setReadVersion(version);
            List<KeyValue> rows =
                    transaction.getRange(begin, end, limit).asList().join();
            List<KeyValue> wanted = expected.subMap(begin, true, end, false).entrySet().stream()
                    .limit(limit)
                    .map(row -> new KeyValue(row.getKey(), row.getValue()))
                    .toList();
            assertThat(rows).as(what).isEqualTo(wanted);
        }
    }

    @Test
    void readersSeeWholeCommits() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        try (KeySpace space = RocksKeySpace.open(directory);
                ExecutorService readers = Executors.newFixedThreadPool(3)) {
            writeAll(space, 0);
            List<Future<Long>> scans = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                int seed = i;
                scans.add(readers.submit(() -> scanUntil(space, done, seed)));
            }
            try {
                for (int number = 1; number < 300; number++) {
                    writeAll(space, number);
                }
            } finally {
                done.set(true);
            }
            for (Future<Long> scan : scans) {
                assertThat(scan.get()).isPositive();
            }
        }
    }

    private static void writeAll(KeySpace space, int number) {
        try (Transaction transaction = space.database().createTransaction()) {
            for (int i = 0; i < 60; i++) {
                transaction.set(key(i), key(number));
            }
            transaction.commit().join();
        }
    }

    /** All rows of a snapshot have the same value, and none is older than that of the snapshot before. */
    private static long scanUntil(KeySpace space, AtomicBoolean done, int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long scans = 0;
        int last = 0;
        do {
            try (Transaction transaction = space.database().createTransaction()) {
                int from = random.nextInt(30);
                List<KeyValue> rows = transaction
                        .snapshot()
                        .getRange(key(from), END, 30)
                        .asList()
                        .join();
                assertThat(rows).hasSize(30);
                int number = ByteBuffer.wrap(rows.getFirst().getValue()).getInt();
                assertThat(number).isGreaterThanOrEqualTo(last);
                assertThat(rows).allMatch(row -> ByteBuffer.wrap(row.getValue()).getInt() == number);
                last = number;
                scans++;
            }
        } while (!done.get());
        return scans;
    }
}
