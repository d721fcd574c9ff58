package io.kadedb.storage.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kadedb.common.catalog.CatalogChange;
import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.SequenceDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.api.SqlTransaction;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sequences in a directory: what is drawn stays drawn, whatever becomes of transactions and processes. */
final class SequenceTest {
    @TempDir
    Path directory;

    static SequenceDefinition sequence(CatalogSnapshot catalog) {
        return catalog.sequence("public", "s").orElseThrow();
    }

    private static SequenceDefinition definition(long increment, long min, long max, boolean cycle) {
        return new SequenceDefinition(
                0,
                "public",
                "s",
                "ada",
                0,
                increment > 0 ? min : max,
                SqlType.BIGINT,
                increment > 0 ? min : max,
                increment,
                min,
                max,
                1,
                cycle,
                Optional.empty(),
                Optional.empty());
    }

    private TableStore open(ArenaPool pool) {
        return (TableStore) Stores.open(StoreConfig.inDirectory(directory, pool));
    }

    @BeforeEach
    void create() {
        try (ArenaPool pool = new ArenaPool();
                TableStore store = open(pool)) {
            apply(store, new CatalogChange.CreateSequence(definition(1, 1, Long.MAX_VALUE, false)));
        }
    }

    private static void apply(TableStore store, CatalogChange change) {
        try (SqlTransaction transaction = store.begin()) {
            transaction.apply(change);
            transaction.commit();
        }
    }

    private static long next(TableStore store) {
        try (SqlTransaction transaction = store.begin()) {
            return transaction.sequences().next(sequence(transaction.catalog()));
        }
    }

    @Test
    void anOrderlyEndLeavesNoGap() {
        for (int run = 0; run < 3; run++) {
            try (ArenaPool pool = new ArenaPool();
                    TableStore store = open(pool)) {
                for (int i = 1; i <= 100; i++) {
                    assertThat(next(store)).isEqualTo(100L * run + i);
                }
            }
        }
    }

    @Test
    void aKilledProcessLeavesGapsButNoValueTwice() throws Exception {
        Set<Long> drawn = new HashSet<>();
        for (int enough : new int[] {1, 40, 5_000}) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "--enable-native-access=ALL-UNNAMED",
                            "--add-modules",
                            "jdk.incubator.vector",
                            "--add-opens=java.base/java.nio=ALL-UNNAMED",
                            "-Xmx256m",
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            DrawingProcess.class.getName(),
                            directory.toString())
                    .start();
            try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
                for (int i = 0; i < enough; i++) {
                    assertThat(drawn.add(Long.parseLong(reader.readLine()))).isTrue();
                }
                // By its handle, which leaves its output open.
                assertThat(process.toHandle().destroyForcibly()).isTrue();
                // What it said before it died counts as well; the last line may be cut.
                String[] rest = reader.readAllAsString().split("\n", -1);
                for (int i = 0; i < rest.length - 1; i++) {
                    assertThat(drawn.add(Long.parseLong(rest[i]))).isTrue();
                }
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
        try (ArenaPool pool = new ArenaPool();
                TableStore store = open(pool)) {
            assertThat(next(store)).isGreaterThan(java.util.Collections.max(drawn));
        }
    }

    @Test
    void aRestartCanBeRolledBack() {
        try (ArenaPool pool = new ArenaPool();
                TableStore store = open(pool)) {
            assertThat(next(store)).isEqualTo(1);
            try (SqlTransaction transaction = store.begin()) {
                transaction.apply(new CatalogChange.ReplaceSequence(
                        sequence(transaction.catalog()).withFirst(1000), true));
                assertThat(transaction.sequences().next(sequence(transaction.catalog())))
                        .isEqualTo(1000);
                transaction.rollback();
            }
            assertThat(next(store)).isEqualTo(2);
            try (SqlTransaction transaction = store.begin()) {
                transaction.apply(new CatalogChange.ReplaceSequence(
                        sequence(transaction.catalog()).withFirst(1000), true));
                transaction.commit();
            }
            assertThat(next(store)).isEqualTo(1000);
        }
    }

    @Test
    void everyRangeIsWalkedToItsEnd() {
        try (ArenaPool pool = new ArenaPool();
                TableStore store = open(pool)) {
            walk(store, definition(3, 1, 10, false), 1, 4, 7, 10);
            walk(store, definition(-4, -10, -1, false), -1, -5, -9);
            walk(
                    store,
                    definition(Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE, false),
                    Long.MIN_VALUE,
                    -1,
                    Long.MAX_VALUE - 1);
            walk(store, definition(Long.MIN_VALUE, Long.MIN_VALUE, Long.MAX_VALUE, false), Long.MAX_VALUE, -1);
            walk(store, definition(1, Long.MAX_VALUE - 1, Long.MAX_VALUE, false), Long.MAX_VALUE - 1, Long.MAX_VALUE);
            walk(
                    store,
                    definition(1, 1, 5_000, false),
                    LongStream.rangeClosed(1, 5_000).toArray());
        }
    }

    private static void walk(TableStore store, SequenceDefinition wanted, long... values) {
        try (SqlTransaction transaction = store.begin()) {
            SequenceDefinition old = sequence(transaction.catalog());
            transaction.apply(new CatalogChange.ReplaceSequence(wanted.withIds(old.id(), 0), true));
            SequenceDefinition sequence = sequence(transaction.catalog());
            for (long value : values) {
                assertThat(transaction.sequences().next(sequence)).isEqualTo(value);
            }
            assertThatExceptionOfType(KadeException.class)
                    .isThrownBy(() -> transaction.sequences().next(sequence))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.SEQUENCE_LIMIT_EXCEEDED));
            transaction.rollback();
        }
    }
}
