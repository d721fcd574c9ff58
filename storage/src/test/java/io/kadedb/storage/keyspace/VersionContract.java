package io.kadedb.storage.keyspace;

import static org.assertj.core.api.Assertions.assertThat;

import com.apple.foundationdb.FDBException;
import com.apple.foundationdb.Transaction;
import io.kadedb.storage.api.KeySpace;
import io.kadedb.storage.api.KeySpaceErrors;
import io.kadedb.storage.api.KeySpaceSettings;
import io.kadedb.storage.api.StagedWrites;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What the handle of a key space adds: versions as times, retention, native reads, bulk loads. */
abstract class VersionContract extends TransactionContract {
    private final ManualClock clock = new ManualClock();

    private KeySpaceSettings timed(Duration retention, Duration window) {
        return KeySpaceSettings.DEFAULT
                .withClock(clock)
                .withRetention(retention)
                .withTransactionWindow(window);
    }

    @Test
    void versionsAreTimes() {
        reopen(timed(Duration.ofHours(1), Duration.ofMinutes(5)));
        put("a", "at noon");
        long noon = clock.wallMicros();
        assertThat(space.currentVersion()).isEqualTo(noon);
        put("a", "the same moment");
        assertThat(space.currentVersion()).isEqualTo(noon + 1);
        clock.advance(Duration.ofMinutes(10));
        put("a", "later");
        assertThat(space.currentVersion()).isEqualTo(clock.wallMicros());
        clock.advance(Duration.ofMinutes(10));
        assertThat(asOf(noon)).isEqualTo("at noon");
        assertThat(asOf(noon + 60_000_000)).isEqualTo("the same moment");
        assertThat(asOf(clock.wallMicros())).isEqualTo("later");
    }

    @Test
    void aClockThatIsSetBackIsNotFollowed() {
        reopen(timed(Duration.ofHours(1), Duration.ofMinutes(5)));
        put("a", "before");
        long before = space.currentVersion();
        clock.advance(Duration.ofHours(-3));
        Transaction reader = space.database().createTransaction();
        assertThat(text(reader.get(key("a")).join())).isEqualTo("before");
        put("a", "after");
        assertThat(space.currentVersion()).isEqualTo(before + 1);
        space.collectGarbage();
        assertThat(asOf(before)).isEqualTo("before");
        reader.set(key("b"), key("lost"));
        assertCode(KeySpaceErrors.NOT_COMMITTED, () -> reader.commit().join());
        put("a", "last");
        assertThat(space.currentVersion()).isEqualTo(before + 2);
        clock.advance(Duration.ofHours(4));
        put("b", "on time");
        assertThat(space.currentVersion()).isEqualTo(clock.wallMicros());
        assertThat(asOf(before + 1)).isEqualTo("after");
    }

    private String asOf(long micros) {
        try (Transaction t = space.transactionAt(space.versionAsOf(micros))) {
            return text(t.get(key("a")).join());
        }
    }

    @Test
    void historyEndsWithTheRetention() {
        reopen(timed(Duration.ofMinutes(1), Duration.ofMinutes(1)));
        put("a", "1");
        long first = space.currentVersion();
        clock.advance(Duration.ofSeconds(30));
        put("a", "2");
        Transaction old = space.transactionAt(first);
        assertThat(text(old.get(key("a")).join())).isEqualTo("1");
        clock.advance(Duration.ofSeconds(50));
        put("b", "1");
        // The first version was current until fifty seconds ago, so a snapshot of a minute ago still reads at it.
        assertThat(text(old.get(key("a")).join())).isEqualTo("1");
        clock.advance(Duration.ofSeconds(50));
        put("b", "2");
        space.collectGarbage();
        assertCode(KeySpaceErrors.TRANSACTION_TOO_OLD, () -> old.get(key("a")).join());
        assertCode(
                KeySpaceErrors.TRANSACTION_TOO_OLD,
                () -> old.getRange(key("a"), key("b")).asList().join());
        assertCode(KeySpaceErrors.TRANSACTION_TOO_OLD, () -> space.transactionAt(first));
        assertThat(space.oldestVersion()).isGreaterThan(first);
        assertThat(value("a")).isEqualTo("2");
    }

    @Test
    void aQuietDatabaseStaysReadable() {
        reopen(timed(Duration.ofMinutes(1), Duration.ofMinutes(1)));
        put("a", "1");
        clock.advance(Duration.ofDays(1));
        // This snapshot is a day old in versions but was taken now.
        Transaction reader = db.createTransaction();
        assertThat(text(reader.get(key("a")).join())).isEqualTo("1");
        put("a", "2");
        clock.advance(Duration.ofSeconds(1));
        put("b", "2");
        space.collectGarbage();
        assertThat(text(reader.get(key("a")).join())).isEqualTo("1");
        reader.set(key("c"), key("1"));
        assertCode(KeySpaceErrors.NOT_COMMITTED, () -> reader.commit().join());
    }

    @Test
    void pinsHoldBackCollection() {
        reopen(timed(Duration.ofMinutes(1), Duration.ofMinutes(1)));
        put("a", "1");
        try (KeySpace.Pin pin = space.pin(space.currentVersion())) {
            for (int i = 0; i < 10; i++) {
                clock.advance(Duration.ofMinutes(1));
                put("a", "later " + i);
            }
            space.collectGarbage();
            try (Transaction t = space.transactionAt(pin.version())) {
                assertThat(text(t.get(key("a")).join())).isEqualTo("1");
            }
        }
        long first = space.oldestVersion();
        put("a", "last");
        space.collectGarbage();
        assertThat(space.oldestVersion()).isGreaterThan(first);
    }

    @Test
    void historyIsBoundedInBytes() {
        reopen(timed(Duration.ofHours(1), Duration.ofMinutes(1)).withHistoryBytes(100_000));
        put("a", "first");
        long first = space.currentVersion();
        String large = "x".repeat(1_000);
        for (int i = 0; i < 50; i++) {
            put("b", large + i);
        }
        assertThat(asOf(first)).isEqualTo("first");
        for (int i = 0; i < 150; i++) {
            put("b", large + i);
        }
        space.collectGarbage();
        assertThat(space.oldestVersion()).isGreaterThan(first);
        assertCode(KeySpaceErrors.TRANSACTION_TOO_OLD, () -> space.pin(first).close());
        // What nobody overwrote stays.
        assertThat(value("a")).isEqualTo("first");
    }

    @Test
    void readersHoldBackCollectionOnlyForSoLong() {
        reopen(timed(Duration.ofHours(1), Duration.ofMinutes(1)).withHistoryBytes(100_000));
        put("a", "1");
        try (KeySpace.Pin pin = space.pin(space.currentVersion());
                Transaction reader = space.transactionAt(pin.version())) {
            String large = "x".repeat(1_000);
            for (int i = 0; i < 140; i++) {
                put("b", large + i);
            }
            assertThat(text(reader.get(key("a")).join())).isEqualTo("1");
            for (int i = 0; i < 140; i++) {
                put("b", large + i);
            }
            assertCode(
                    KeySpaceErrors.TRANSACTION_TOO_OLD,
                    () -> reader.get(key("a")).join());
        }
        assertThat(value("a")).isEqualTo("1");
    }

    @Test
    void removedKeysAndOldVersionsAreCollected() {
        reopen(timed(Duration.ofMinutes(1), Duration.ofMinutes(1)));
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 200; i++) {
                put("k" + i, "round " + round);
            }
        }
        db.run(t -> {
            t.clear(key("k"), key("l"));
            return true;
        });
        assertThat(scan("k", "l")).isEmpty();
        put("k7", "again");
        clock.advance(Duration.ofMinutes(2));
        put("x", "1");
        clock.advance(Duration.ofMinutes(2));
        put("x", "2");
        space.collectGarbage();
        assertThat(scan("k", "z")).containsExactly("k7=again", "x=2");
    }

    @Test
    void transactionsOlderThanTheWindowCannotCommit() {
        reopen(timed(Duration.ofHours(1), Duration.ofMinutes(1)));
        put("a", "1");
        Transaction slow = db.createTransaction();
        assertThat(text(slow.get(key("a")).join())).isEqualTo("1");
        slow.set(key("b"), key("1"));
        for (int i = 0; i < 10; i++) {
            clock.advance(Duration.ofSeconds(20));
            put("c", "" + i);
        }
        assertCode(KeySpaceErrors.TRANSACTION_TOO_OLD, () -> slow.commit().join());
    }

    @Test
    void aFullConflictWindowShrinks() {
        reopen(KeySpaceSettings.DEFAULT.withConflictWindowBytes(10_000));
        Transaction slow = db.createTransaction();
        assertThat(slow.get(key("a")).join()).isNull();
        slow.set(key("b"), key("1"));
        for (int i = 0; i < 200; i++) {
            put("c" + i, "1");
        }
        assertCode(KeySpaceErrors.TRANSACTION_TOO_OLD, () -> slow.commit().join());
    }

    @Test
    void timeOutsEndTransactions() {
        reopen(timed(Duration.ofHours(1), Duration.ofHours(1)));
        Transaction t = db.createTransaction();
        t.options().setTimeout(1_000);
        assertThat(t.get(key("a")).join()).isNull();
        clock.advance(Duration.ofSeconds(2));
        assertCode(KeySpaceErrors.TRANSACTION_TIMED_OUT, () -> t.get(key("a")).join());
        assertCode(
                KeySpaceErrors.TRANSACTION_TIMED_OUT,
                () -> t.onError(new FDBException("conflict", 1020)).join());
    }

    @Test
    void nativeReadsSeeAVersion() {
        put("a", "first");
        put("b", "");
        long version = space.currentVersion();
        put("a", "second");
        try (Arena arena = Arena.ofConfined()) {
            assertThat(text(space.segments().read(key("a"), version, arena))).isEqualTo("first");
            List<@Nullable MemorySegment> values =
                    space.segments().readAll(List.of(key("none"), key("b"), key("a")), space.currentVersion(), arena);
            assertThat(values.get(0)).isNull();
            assertThat(text(values.get(1))).isEmpty();
            assertThat(text(values.get(2))).isEqualTo("second");
            MemorySegment second = values.get(2);
            assertThat(second != null && second.isNative() && second.address() % 8 == 0)
                    .isTrue();
            assertCode(
                    KeySpaceErrors.FUTURE_VERSION,
                    () -> space.segments().read(key("a"), space.currentVersion() + 1_000_000_000, arena));
        }
    }

    private static String text(@Nullable MemorySegment segment) {
        return segment == null ? "nothing" : text(segment.toArray(ValueLayout.JAVA_BYTE));
    }

    @Test
    void largeValuesAreReadWhole() {
        byte[] large = new byte[450_000];
        new Random(5).nextBytes(large);
        db.run(t -> {
            for (int i = 0; i * 100_000 < large.length; i++) {
                byte[] chunk = Arrays.copyOfRange(large, i * 100_000, Math.min((i + 1) * 100_000, large.length));
                t.set(key("chunk/" + i), chunk);
            }
            return true;
        });
        long version = space.currentVersion();
        db.run(t -> {
            t.set(key("chunk/1"), key("changed"));
            t.clear(key("chunk/3"));
            return true;
        });
        try (Arena arena = Arena.ofConfined()) {
            for (long hint : new long[] {0, 450_000, 1_000_000}) {
                assertThat(concatenated(version, hint, arena)).isEqualTo(large);
            }
            assertThat(concatenated(space.currentVersion(), 0, arena)).hasSize(100_000 + 7 + 100_000 + 50_000);
            assertThat(space.segments()
                            .readConcatenated(key("none"), key("nope"), version, 100, arena)
                            .byteSize())
                    .isZero();
        }
    }

    private byte[] concatenated(long version, long hint, Arena arena) {
        return space.segments()
                .readConcatenated(key("chunk/"), key("chunk0"), version, hint, arena)
                .toArray(ValueLayout.JAVA_BYTE);
    }

    @Test
    void bulkLoadsAreUnlimitedAndVisibleToOlderSnapshots() {
        put("a", "1");
        Transaction older = db.createTransaction();
        older.getReadVersion().join();
        put("a", "2");
        byte[] value = new byte[100_000];
        try (StagedWrites stage = space.stage(key("stage/1/"))) {
            for (int i = 0; i < 300; i++) {
                Arrays.fill(value, (byte) i);
                stage.set(key("stage/1/%03d".formatted(i)), MemorySegment.ofArray(value));
            }
            assertThat(stage.bytes()).isGreaterThan(30_000_000);
            assertCode(KeySpaceErrors.KEY_OUTSIDE_LEGAL_RANGE, () -> stage.set(key("other"), value));
            assertCode(KeySpaceErrors.VALUE_TOO_LARGE, () -> stage.set(key("stage/1/x"), new byte[100_001]));
            stage.makeDurable();
        }
        assertThat(older.getRange(key("stage/1/"), key("stage/10")).asList().join())
                .hasSize(300)
                .allSatisfy(row -> assertThat(row.getValue()).hasSize(100_000));
        db.run(t -> {
            t.set(key("published"), key("stage/1/"));
            t.clear(key("stage/1/000"));
            return true;
        });
        assertThat(scan("stage/", "stage0")).hasSize(299);
        space.discard(key("stage/"));
        assertThat(scan("stage/", "stage0")).isEmpty();
        assertThat(value("published")).isEqualTo("stage/1/");
        put("stage/x", "usable again");
        assertThat(scan("stage/", "stage0")).containsExactly("stage/x=usable again");
    }

    @Test
    void discardingTakesAllVersions() {
        put("p/1", "1");
        put("q/1", "1");
        long version = space.currentVersion();
        put("p/1", "2");
        space.discard(key("p/"));
        try (Transaction t = space.transactionAt(version)) {
            assertThat(texts(t.getRange(key("a"), key("z")).asList().join())).containsExactly("q/1=1");
        }
        List<String> seen = new ArrayList<>(scan("a", "z"));
        assertThat(seen).containsExactly("q/1=1");
    }
}
