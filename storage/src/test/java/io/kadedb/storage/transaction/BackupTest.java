package io.kadedb.storage.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadedb.common.control.CancelToken;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.seam.Disk;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.api.BackupSummary;
import io.kadedb.storage.api.IsolationLevel;
import io.kadedb.storage.api.SqlTransaction;
import io.kadedb.storage.api.TransactionOptions;
import io.kadedb.storage.backup.DatabaseBackup;
import io.kadedb.storage.memory.MemoryKeySpace;
import io.kadedb.storage.rocksdb.RestoredDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Backups and what is restored of them. */
final class BackupTest {
    private static final String PROGRAM = "KadeDB test";

    @TempDir
    private Path folder;

    private ArenaPool pool;

    @BeforeEach
    void open() {
        pool = new ArenaPool();
    }

    @AfterEach
    void close() {
        pool.close();
    }

    private Path file() {
        return folder.resolve("backup");
    }

    private static BackupSummary backup(TableStore store, Path file) {
        return store.backup(file, PROGRAM, CancelToken.unbounded());
    }

    private static BackupSummary restore(Path file, Path directory) {
        return Stores.restore(file, directory, CancelToken.unbounded());
    }

    private TableStore opened(Path directory, boolean cipher) {
        StoreConfig config = StoreConfig.inDirectory(directory, pool);
        return (TableStore) Stores.open(cipher ? config.withTestCipher() : config);
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .sorted()
                    .toList();
        }
    }

    @SuppressWarnings("unchecked")
    private static void write(TableStore store, TableClient table, long from, long to) {
        try (SqlTransaction transaction = store.begin()) {
            List<List<@Nullable Object>> rows = new ArrayList<>();
            for (long key = from; key <= to; key++) {
                rows.add(StoreContract.row(key, key % 7 == 0 ? null : "text " + key * key));
            }
            table.insert(transaction, rows);
            transaction.commit();
        }
    }

    @ParameterizedTest
    @CsvSource({"false, false", "false, true", "true, false", "true, true"})
    void restoredDatabaseHasTheSameRows(boolean inDirectory, boolean cipher) throws IOException {
        long seed = Long.getLong("kadedb.seed", System.nanoTime());
        SplittableRandom random = new SplittableRandom(seed);
        StoreConfig config =
                inDirectory ? StoreConfig.inDirectory(folder.resolve("first"), pool) : StoreConfig.inMemory(pool);
        List<TableClient> tables = new ArrayList<>();
        List<List<List<@Nullable Object>>> rows = new ArrayList<>();
        BackupSummary written;
        try (TableStore store = (TableStore) Stores.open(cipher ? config.withTestCipher() : config)) {
            for (int i = 0; i < 4; i++) {
                TableClient table = TableClient.create(store, "t" + i, i % 2, SqlType.INTEGER, SqlType.TEXT);
                try (SqlTransaction transaction = store.begin()) {
                    table = i < 2 ? table : table.index(transaction, "i" + i, false, 1);
                    transaction.commit();
                }
                for (int from = 0, piece = 0; piece < 4; piece++) {
                    int count = random.nextInt(1, 3_000);
                    write(store, table, from + 1, from + count);
                    from += count;
                    if (random.nextBoolean()) {
                        store.fold(table.table());
                    }
                }
                tables.add(table);
                rows.add(table.rows(store));
            }
            written = backup(store, file());
            assertThat(written.fileBytes()).isEqualTo(Files.size(file()));
            write(store, tables.getFirst(), 100_000, 100_010);
        }
        Path restored = folder.resolve("restored");
        assertThat(restore(file(), restored)).isEqualTo(written);
        for (int again = 0; again < 2; again++) {
            try (TableStore store = opened(restored, cipher)) {
                for (int i = 0; i < tables.size(); i++) {
                    assertThat(tables.get(i).rows(store))
                            .as("kadedb.seed=%d, table %d", seed, i)
                            .hasSize(rows.get(i).size() + (i == 0 ? again : 0))
                            .containsAll(rows.get(i));
                }
                Checks.assertSound(store);
                long key = 500_000L + again;
                write(store, tables.getFirst(), key, key);
            }
        }
    }

    @Test
    void nothingBeforeTheBackupIsKnown() {
        TableClient table;
        long before;
        try (TableStore store = (TableStore) Stores.open(StoreConfig.inMemory(pool))) {
            table = TableClient.create(store, "t", 1, SqlType.INTEGER, SqlType.TEXT);
            write(store, table, 1, 10);
            try (SqlTransaction transaction = store.begin()) {
                before = transaction.readVersion();
            }
            write(store, table, 11, 20);
            backup(store, file());
        }
        restore(file(), folder.resolve("restored"));
        for (int again = 0; again < 2; again++) {
            try (TableStore store = opened(folder.resolve("restored"), false);
                    SqlTransaction past = store.begin(new TransactionOptions(IsolationLevel.SERIALIZABLE, "test"))) {
                assertThatExceptionOfType(KadeException.class)
                        .isThrownBy(() -> {
                            past.readAsOf(before);
                            table.rows(past);
                        })
                        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.SNAPSHOT_TOO_OLD));
                write(store, table, 30 + again, 30 + again);
            }
        }
    }

    /** Money moves between accounts; every state that is committed has the same sum. */
    @Test
    void backupsTakenWhileOthersWriteAreStatesThatWere() throws Exception {
        Path directory = folder.resolve("bank");
        long seed = Long.getLong("kadedb.seed", System.nanoTime());
        AtomicBoolean stop = new AtomicBoolean();
        try (TableStore store = opened(directory, false);
                ExecutorService threads = Executors.newFixedThreadPool(2)) {
            TableClient accounts = TableClient.create(store, "accounts", 1, SqlType.INTEGER, SqlType.INTEGER);
            try (SqlTransaction transaction = store.begin()) {
                List<List<@Nullable Object>> rows = new ArrayList<>();
                for (long key = 0; key < 100; key++) {
                    rows.add(StoreContract.row(key, 100L));
                }
                accounts.insert(transaction, rows);
                transaction.commit();
            }
            List<Future<?>> movers = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                SplittableRandom random = new SplittableRandom(seed + i);
                movers.add(threads.submit(() -> move(store, accounts, random, stop)));
            }
            try {
                for (int i = 0; i < 5; i++) {
                    if (i == 2) {
                        store.fold(accounts.table());
                    }
                    backup(store, folder.resolve("backup" + i));
                }
            } finally {
                stop.set(true);
            }
            for (Future<?> mover : movers) {
                mover.get();
            }
            for (int i = 0; i < 5; i++) {
                Path restored = folder.resolve("restored" + i);
                restore(folder.resolve("backup" + i), restored);
                try (TableStore copy = opened(restored, false)) {
                    assertThat(accounts.rows(copy).stream()
                                    .mapToLong(
                                            row -> ((Number) java.util.Objects.requireNonNull(row.get(1))).longValue())
                                    .sum())
                            .as("kadedb.seed=%d", seed)
                            .isEqualTo(10_000);
                    Checks.assertSound(copy);
                }
            }
        }
    }

    private static void move(TableStore store, TableClient accounts, SplittableRandom random, AtomicBoolean stop) {
        while (!stop.get()) {
            try (SqlTransaction transaction = store.begin()) {
                List<List<@Nullable Object>> all = accounts.rowsWithIds(transaction, List.of());
                int from = random.nextInt(all.size());
                int to = (from + 1 + random.nextInt(all.size() - 1)) % all.size();
                Object first = all.get(from).get(1);
                accounts.update(transaction, List.of(all.get(from), all.get(to)), row -> {
                    long amount = ((Number) java.util.Objects.requireNonNull(row.get(1))).longValue();
                    return StoreContract.row(
                            row.get(0), java.util.Objects.equals(row.get(0), first) ? amount - 1 : amount + 1);
                });
                transaction.commit();
            } catch (KadeException e) {
                if (e.code() != ErrorCode.SERIALIZATION_FAILURE && e.code() != ErrorCode.DEADLOCK_DETECTED) {
                    throw e;
                }
            }
        }
    }

    private byte[] small() throws IOException {
        try (TableStore store = (TableStore) Stores.open(StoreConfig.inMemory(pool))) {
            write(store, TableClient.create(store, "t", 1, SqlType.INTEGER, SqlType.TEXT), 1, 200);
            backup(store, file());
        }
        return Files.readAllBytes(file());
    }

    private KadeException refused(byte[] content) throws IOException {
        Path damaged = folder.resolve("damaged");
        Files.write(damaged, content);
        Path target = folder.resolve("target");
        KadeException refused = catchThrowableOfType(KadeException.class, () -> restore(damaged, target));
        assertThat(target).doesNotExist();
        assertThat(files()).containsExactly("backup", "damaged");
        return refused;
    }

    /** A backup that was killed leaves a draft that nobody has locked. */
    @Test
    void draftsOfKilledBackupsAreRemovedByTheNext() throws IOException {
        Path abandoned = folder.resolve("." + file().getFileName() + "." + UUID.randomUUID() + ".part");
        Path other = folder.resolve(".other." + UUID.randomUUID() + ".part");
        Path draft = folder.resolve("." + file().getFileName() + "." + UUID.randomUUID());
        for (Path file : List.of(abandoned, other, draft)) {
            Files.write(file, new byte[10]);
        }
        small();
        assertThat(abandoned).doesNotExist();
        assertThat(other).exists();
        assertThat(draft).exists();
    }

    @Test
    void backupThatIsCutOffIsRefused() throws IOException {
        byte[] whole = small();
        for (int length = 0; length < whole.length; length += length < 64 || length > whole.length - 80 ? 1 : 97) {
            KadeException e = refused(java.util.Arrays.copyOf(whole, length));
            assertThat(e).as("%d bytes of %d", length, whole.length).isNotNull();
            assertThat(e.code()).isIn(ErrorCode.DATA_CORRUPTED, ErrorCode.INCOMPATIBLE_FORMAT);
        }
        KadeException longer = refused(java.util.Arrays.copyOf(whole, whole.length + 1));
        assertThat(longer).hasMessageContaining("behind its end");
    }

    @Test
    void anyChangedBitIsFound() throws IOException {
        byte[] whole = small();
        for (int at = 0; at < whole.length; at += at < 64 || at > whole.length - 80 ? 1 : 31) {
            byte[] changed = whole.clone();
            changed[at] ^= (byte) (1 << at % 8);
            KadeException e = refused(changed);
            assertThat(e).as("byte %d of %d", at, whole.length).isNotNull();
            assertThat(e.code()).isIn(ErrorCode.DATA_CORRUPTED, ErrorCode.INCOMPATIBLE_FORMAT);
        }
    }

    @Test
    void laterFormatIsRefused() throws IOException {
        byte[] whole = small();
        ByteBuffer.wrap(whole).putInt(8, 2);
        assertThat(refused(whole))
                .hasMessageContaining("format 2; this version reads format 1")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INCOMPATIBLE_FORMAT));
    }

    @Test
    void directoryWithFilesIsLeftAlone() throws IOException {
        small();
        Path target = Files.createDirectories(folder.resolve("target"));
        Files.writeString(target.resolve("mine"), "mine");
        assertThatExceptionOfType(KadeException.class)
                .isThrownBy(() -> restore(file(), target))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.DUPLICATE_FILE));
        assertThat(target.resolve("mine")).hasContent("mine");
        Files.delete(target.resolve("mine"));
        restore(file(), target);
        try (TableStore store = opened(target, false)) {
            Checks.assertSound(store);
        }
    }

    /** Lets so many files be opened and then has no space. */
    private static final class FullDisk implements Disk {
        private final Disk disk = Disk.system();
        private final AtomicInteger left;

        FullDisk(int opens) {
            left = new AtomicInteger(opens);
        }

        @Override
        public FileChannel open(Path file, OpenOption... options) throws IOException {
            if (left.getAndDecrement() <= 0) {
                throw new IOException(file + ": No space left on device");
            }
            return disk.open(file, options);
        }

        @Override
        public void createDirectories(Path directory) throws IOException {
            disk.createDirectories(directory);
        }

        @Override
        public boolean exists(Path file) {
            return disk.exists(file);
        }

        @Override
        public List<Path> list(Path directory) throws IOException {
            return disk.list(directory);
        }

        @Override
        public void replace(Path from, Path to) throws IOException {
            if (left.getAndDecrement() <= 0) {
                throw new IOException(to + ": No space left on device");
            }
            disk.replace(from, to);
        }

        @Override
        public void delete(Path file) throws IOException {
            disk.delete(file);
        }
    }

    @Test
    void fullDiskLeavesNoBackup() throws IOException {
        try (MemoryKeySpace keySpace = new MemoryKeySpace()) {
            try (var transaction = keySpace.database().createTransaction()) {
                transaction.set(new byte[] {1}, new byte[] {1});
                transaction.commit().join();
            }
            for (int opens = 0; opens < 2; opens++) {
                DatabaseBackup backup = new DatabaseBackup(keySpace, new FullDisk(opens), CancelToken.unbounded());
                assertThatExceptionOfType(KadeException.class)
                        .isThrownBy(() -> backup.write(file(), PROGRAM))
                        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.DISK_FULL));
                assertThat(files()).isEmpty();
            }
        }
    }

    @Test
    void fullDiskLeavesNoDirectory() throws IOException {
        small();
        Path target = folder.resolve("target");
        for (int opens = 0; !Files.exists(target); opens++) {
            RestoredDirectory restored =
                    new RestoredDirectory(new FullDisk(opens), file(), target, CancelToken.unbounded());
            KadeException e = catchThrowableOfType(KadeException.class, restored::restore);
            if (!Files.exists(target)) {
                assertThat(e.code()).isIn(ErrorCode.DISK_FULL, ErrorCode.IO_ERROR);
                assertThat(files()).containsExactly("backup");
            }
        }
        try (TableStore store = opened(target, false)) {
            Checks.assertSound(store);
        }
    }
}
