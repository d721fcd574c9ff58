package io.kadedb.storage.transaction;

import static io.kadedb.storage.transaction.StoreContract.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.api.KeySpaceSettings;
import io.kadedb.storage.api.SqlTransaction;
import io.kadedb.storage.keyspace.ManualClock;
import io.kadedb.storage.memory.MemoryKeySpace;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How far back a store can be read. */
final class HistoryTest {
    private static final long MICROS_PER_MINUTE = 60_000_000;

    private final ArenaPool pool = new ArenaPool();
    private final ManualClock clock = new ManualClock();
    private MemoryKeySpace space;
    private TableStore store;
    private TableClient table;

    // JUnit sets the fields before each test.
    @SuppressWarnings("NullAway.Init")
    HistoryTest() {}

    @BeforeEach
    void open() {
        space = new MemoryKeySpace(KeySpaceSettings.DEFAULT.withClock(clock).withHistoryBytes(1_000_000));
        store = new TableStore(space, StoreConfig.inMemory(pool));
        clock.advance(Duration.ofMinutes(1));
        table = TableClient.create(store, "t", 1, SqlType.INTEGER, SqlType.TEXT);
    }

    @AfterEach
    void close() {
        store.close();
        pool.close();
    }

    private void write(String text) {
        try (SqlTransaction transaction = store.begin()) {
            List<List<@Nullable Object>> rows = table.rowsWithIds(transaction, List.of());
            if (rows.isEmpty()) {
                table.insert(transaction, row(1L, text));
            } else {
                table.update(transaction, rows, old -> row(1L, text));
            }
            transaction.commit();
        }
    }

    private List<List<@Nullable Object>> asOf(long time) {
        try (SqlTransaction transaction = store.begin()) {
            transaction.readAsOf(time);
            return table.rows(transaction);
        }
    }

    @Test
    void timesBetweenCommitsAndWithinTheRetentionAreRead() {
        write("0");
        long begin = clock.wallMicros();
        for (int i = 1; i <= 90; i++) {
            clock.advance(Duration.ofMinutes(1));
            write(Integer.toString(i));
            store.fold(table.table());
        }
        space.collectGarbage();
        for (int i = 31; i <= 90; i++) {
            assertThat(asOf(begin + i * MICROS_PER_MINUTE + 1)).containsExactly(row(1L, Integer.toString(i)));
        }
        assertThatExceptionOfType(KadeException.class)
                .isThrownBy(() -> asOf(begin + 20 * MICROS_PER_MINUTE))
                .withMessage("the data of 2027-01-15T08:21:00Z is no longer kept")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.SNAPSHOT_TOO_OLD))
                .satisfies(e -> assertThat(e.hint().orElseThrow())
                        .startsWith("the oldest time that can be read is 2027-01-15T08:3"));
    }

    @Test
    void theTimeBeforeTheDatabaseIsRefused() {
        assertThatExceptionOfType(KadeException.class)
                .isThrownBy(() -> asOf(1))
                .withMessage("the database was not there yet at 1970-01-01T00:00:00.000001Z")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.SNAPSHOT_TOO_OLD));
    }

    @Test
    void aReaderThatHoldsTooMuchHistoryIsToldAndOthersGoOn() {
        write("first");
        try (SqlTransaction reader = store.begin()) {
            assertThat(table.rows(reader)).containsExactly(row(1L, "first"));
            for (int i = 0; i < 300; i++) {
                write("x".repeat(10_000) + i);
            }
            assertThatExceptionOfType(KadeException.class)
                    .isThrownBy(() -> table.lookup(reader, row(1L)))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.SNAPSHOT_TOO_OLD));
        }
        write("last");
        assertThat(table.rows(store)).containsExactly(row(1L, "last"));
    }
}
