package io.kadedb.storage.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kadedb.common.control.CancelToken;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.api.SqlTransaction;
import java.io.BufferedReader;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Restores that are killed, and files of RocksDB that change outside the database. */
final class OperationsCrashTest {
    @TempDir
    private Path folder;

    private static TableClient filled(TableStore store, int rows) {
        TableClient table = TableClient.create(store, "t", 1, SqlType.INTEGER, SqlType.TEXT);
        try (SqlTransaction transaction = store.begin()) {
            List<List<@Nullable Object>> values = new ArrayList<>();
            for (long key = 1; key <= rows; key++) {
                values.add(StoreContract.row(key, "text " + key * key * 7_919));
            }
            table.insert(transaction, values);
            transaction.commit();
        }
        return table;
    }

    /** A directory is there as a whole or not at all, whenever its restore is killed. */
    @Test
    void killedRestoreLeavesNoHalfDatabase() throws Exception {
        long seed = Long.getLong("kadedb.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        Path backup = folder.resolve("backup");
        try (ArenaPool pool = new ArenaPool();
                TableStore store = (TableStore) Stores.open(StoreConfig.inMemory(pool))) {
            filled(store, 50_000);
            store.backup(backup, "test", CancelToken.unbounded());
        }
        for (int round = 0; round < 3; round++) {
            Path place = Files.createDirectories(folder.resolve("round" + round));
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "--add-modules",
                            "jdk.incubator.vector",
                            "--add-opens=java.base/java.nio=ALL-UNNAMED",
                            "--enable-native-access=ALL-UNNAMED",
                            "--sun-misc-unsafe-memory-access=allow",
                            "-cp",
                            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                            RestoringProcess.class.getName(),
                            backup.toString(),
                            place.toString())
                    .redirectErrorStream(true)
                    .start();
            try (BufferedReader said = process.inputReader(StandardCharsets.UTF_8)) {
                String line = said.readLine();
                while (line != null && !line.equals("begun 1")) {
                    line = said.readLine();
                }
                // Somewhere within one of the restores that follow.
                LockSupport.parkNanos(random.nextLong(1, 200_000_000));
            } finally {
                process.destroyForcibly().waitFor();
            }
            if (round == 0) {
                assertBeginsAgain(backup, place, seed);
            }
            int whole = 0;
            try (Stream<Path> left = Files.list(place)) {
                for (Path each : left.sorted().toList()) {
                    boolean draft = each.getFileName().toString().startsWith(".");
                    if (draft && isBare(each)) {
                        continue;
                    }
                    if (draft && !Files.exists(each.resolve("kadedb.format"))) {
                        assertThatExceptionOfType(KadeException.class)
                                .as("kadedb.seed=%d, %s", seed, each)
                                .isThrownBy(() -> rows(each));
                    } else {
                        assertThat(rows(each))
                                .as("kadedb.seed=%d, %s", seed, each)
                                .isEqualTo(50_000);
                        whole++;
                    }
                }
            }
            assertThat(whole).isPositive();
        }
    }

    /** A restore that was killed is begun again, and what it left is gone. */
    private static void assertBeginsAgain(Path backup, Path place, long seed) throws Exception {
        Path next = place;
        for (int i = 0; Files.exists(next); i++) {
            next = place.resolve("restored" + i);
        }
        String prefix = "." + next.getFileName() + ".";
        Stores.restore(backup, next, CancelToken.unbounded());
        try (Stream<Path> left = Files.list(place)) {
            assertThat(left.filter(each -> each.getFileName().toString().startsWith(prefix))
                            .filter(each -> Files.exists(each.resolve("kadedb.lock"))))
                    .as("kadedb.seed=%d", seed)
                    .isEmpty();
        }
        assertThat(rows(next)).isEqualTo(50_000);
    }

    /** Whether nothing was restored yet: a new database may be made in an empty directory. */
    private static boolean isBare(Path directory) throws Exception {
        try (Stream<Path> files = Files.list(directory)) {
            return files.allMatch(file -> file.endsWith("kadedb.lock"));
        }
    }

    private static long rows(Path directory) {
        try (ArenaPool pool = new ArenaPool();
                TableStore store = (TableStore) Stores.open(StoreConfig.inDirectory(directory, pool))) {
            Checks.assertSound(store);
            return Checks.all(store).stream()
                    .filter(result -> result.kind().equals("table"))
                    .mapToLong(result -> result.rows())
                    .sum();
        }
    }

    /** A changed byte of any file of tables is named, by the check or by who opens the directory. */
    @Test
    void changedByteOfAFileIsNamed() throws Exception {
        Path directory = folder.resolve("database");
        Path backup = folder.resolve("backup");
        try (ArenaPool pool = new ArenaPool();
                TableStore store = (TableStore) Stores.open(StoreConfig.inMemory(pool))) {
            filled(store, 20_000);
            store.backup(backup, "test", CancelToken.unbounded());
        }
        // A restored database has all in files.
        Stores.restore(backup, directory, CancelToken.unbounded());
        File[] tables = directory.toFile().listFiles((in, name) -> name.endsWith(".sst"));
        assertThat(tables).isNotEmpty();
        for (File table : tables) {
            byte[] content = Files.readAllBytes(table.toPath());
            byte[] changed = content.clone();
            changed[changed.length / 3] ^= 0x10;
            Files.write(table.toPath(), changed);
            List<String> damages = new ArrayList<>();
            try (ArenaPool pool = new ArenaPool();
                    TableStore store = (TableStore) Stores.open(StoreConfig.inDirectory(directory, pool))) {
                damages.addAll(Checks.damages(store));
            } catch (KadeException e) {
                damages.add(e.getMessage());
            }
            assertThat(damages).anyMatch(damage -> damage.contains(table.getName()));
            Files.write(table.toPath(), content);
        }
    }
}
