package io.kadedb.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.seam.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** The log without RocksDB: what is left of it after a crash is a beginning of what was written. */
class CommitLogTest {
    private static final byte[] KEY = {1};

    @TempDir
    @SuppressWarnings("NullAway")
    private Path directory;

    /** What RocksDB would have: batches applied, the first of them in files. */
    private static class Applied implements CommitLog.Memory, CommitLog.Apply {
        final List<byte[]> batches = new ArrayList<>();
        private long persisted;
        private long before;

        Applied() {}

        /** After a restart: what was persisted, and nothing else. */
        static Applied after(long persisted) {
            Applied applied = new Applied();
            applied.persisted = persisted;
            applied.before = persisted;
            return applied;
        }

        @Override
        public void to(byte[] batch) {
            batches.add(batch);
        }

        @Override
        public long persisted() {
            return persisted;
        }

        @Override
        public void persist(boolean wait) {
            persisted = before + batches.size();
        }
    }

    private CommitLog open(Applied applied, long fileBytes) throws RocksDBException {
        return CommitLog.open(Disk.system(), directory, applied, 0, fileBytes, applied);
    }

    private static void write(CommitLog log, int bytes, Applied applied) throws RocksDBException {
        BatchBytes batch = new BatchBytes();
        batch.put(0, KEY, new byte[bytes]);
        log.write(batch, applied);
    }

    private List<Path> logs() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(CommitLog::isFile).sorted().toList();
        }
    }

    @Test
    void batchesComeBackInOrder() throws Exception {
        Applied first = new Applied();
        try (CommitLog log = open(first, 1 << 20)) {
            for (int size : new int[] {1, 100, 5_000, 300_000, 7}) {
                write(log, size, first);
                log.sync();
            }
        }
        Applied second = new Applied();
        open(second, 1 << 20).close();
        assertThat(second.batches).usingRecursiveComparison().isEqualTo(first.batches);
        assertThat(second.persisted).isEqualTo(5);
    }

    /** RocksDB may show what a flush wrote a moment after it has said that the flush is done. */
    @Test
    void whatWasPersistedMayBeSeenLater() throws Exception {
        Applied first = new Applied();
        try (CommitLog log = open(first, 1 << 20)) {
            write(log, 100, first);
            log.sync();
        }
        Applied second = new Applied() {
            private int asked;

            @Override
            public long persisted() {
                return asked++ < 3 ? 0 : super.persisted();
            }
        };
        open(second, 1 << 20).close();
        assertThat(second.batches).hasSize(1);
    }

    @Test
    void whatFollowsAFailureSaysWhatFailed() throws Exception {
        Applied applied = new Applied();
        try (CommitLog log = open(applied, 1 << 20)) {
            write(log, 100, applied);
            BatchBytes batch = new BatchBytes();
            batch.put(0, KEY, new byte[10]);
            assertThatThrownBy(() -> log.write(batch, bytes -> {
                        throw new RocksDBException(
                                "no room", new Status(Status.Code.IOError, Status.SubCode.NoSpace, "no room"));
                    }))
                    .isInstanceOf(RocksDBException.class);
            assertThatThrownBy(() -> write(log, 100, applied))
                    .isInstanceOfSatisfying(
                            KadeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DISK_FULL));
        }
    }

    @Test
    void filesAreUsedAgain() throws Exception {
        long seed = Long.getLong("kadedb.seed", 5);
        Random random = new Random(seed);
        Applied applied = new Applied();
        List<byte[]> all = new ArrayList<>();
        for (int round = 0; round < 20; round++) {
            try (CommitLog log = open(applied, 32 << 10)) {
                for (int i = 0; i < 50; i++) {
                    write(log, random.nextInt(2_000), applied);
                    if (random.nextInt(3) == 0) {
                        log.sync();
                    }
                    if (random.nextInt(20) == 0) {
                        applied.persist(true);
                    }
                }
            }
            all.addAll(applied.batches.subList(
                    (int) Math.min(applied.batches.size(), all.size() - applied.before), applied.batches.size()));
            assertThat(logs()).as("seed %d", seed).hasSizeLessThan(20);
            // A restart: what is not persisted has to come from the log.
            long persisted = applied.persisted;
            applied = Applied.after(persisted);
            open(applied, 32 << 10).close();
            assertThat(applied.batches)
                    .as("seed %d, round %d", seed, round)
                    .usingRecursiveComparison()
                    .isEqualTo(all.subList((int) persisted, all.size()));
        }
    }

    @Test
    void aRecordLargerThanAFileHasOneOfItsOwn() throws Exception {
        Applied first = new Applied();
        try (CommitLog log = open(first, 16 << 10)) {
            write(log, 10, first);
            write(log, 3_000_000, first);
            write(log, 10, first);
            log.sync();
        }
        Applied second = new Applied();
        open(second, 16 << 10).close();
        assertThat(second.batches).usingRecursiveComparison().isEqualTo(first.batches);
    }

    /** Any beginning of the blocks of the last write may have reached the disk, or any choice of them. */
    @Test
    void whatACrashLeavesIsABeginning() throws Exception {
        long seed = Long.getLong("kadedb.seed", 9);
        Random random = new Random(seed);
        Applied first = new Applied();
        int synced = 40;
        byte[] before;
        byte[] after;
        try (CommitLog log = open(first, 1 << 20)) {
            for (int i = 0; i < synced; i++) {
                write(log, random.nextInt(3_000), first);
                log.sync();
            }
            before = Files.readAllBytes(logs().getFirst());
            for (int i = 0; i < 30; i++) {
                write(log, random.nextInt(3_000), first);
            }
            log.sync();
            after = Files.readAllBytes(logs().getFirst());
        }
        for (int trial = 0; trial < 60; trial++) {
            byte[] torn = before.clone();
            for (int block = 0; block < after.length / 512; block++) {
                if (random.nextInt(4) > 0) {
                    int length = Math.max(0, Math.min(512, torn.length - block * 512));
                    System.arraycopy(after, block * 512, torn, Math.min(torn.length, block * 512), length);
                }
            }
            for (Path log : logs()) {
                Files.delete(log);
            }
            Files.write(directory.resolve("kadedb.log.1"), torn);
            Applied second = new Applied();
            open(second, 1 << 20).close();
            assertThat(second.batches).as("seed %d", seed).hasSizeGreaterThanOrEqualTo(synced);
            assertThat(second.batches)
                    .usingRecursiveComparison()
                    .isEqualTo(first.batches.subList(0, second.batches.size()));
        }
    }

    @Test
    void aMissingFileIsReported() throws Exception {
        Applied first = new Applied();
        try (CommitLog log = open(first, 16 << 10)) {
            for (int i = 0; i < 30; i++) {
                write(log, 2_000, first);
                log.sync();
            }
        }
        assertThat(logs()).hasSizeGreaterThan(3);
        Files.delete(logs().get(1));
        assertThatThrownBy(() -> open(new Applied(), 16 << 10))
                .isInstanceOfSatisfying(
                        KadeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_CORRUPTED));
    }

    @Test
    void anInterruptedThreadWritesOn() throws Exception {
        Applied first = new Applied();
        try (CommitLog log = open(first, 1 << 20)) {
            for (int i = 0; i < 50; i++) {
                Thread.currentThread().interrupt();
                write(log, 100, first);
                log.sync();
                assertThat(Thread.interrupted()).isTrue();
            }
        }
        Applied second = new Applied();
        open(second, 1 << 20).close();
        assertThat(second.batches).hasSize(50);
    }

    @Test
    void threadsShareFlushes() throws Exception {
        Applied first = new Applied();
        int threads = 4;
        try (CommitLog log = open(first, 64 << 10)) {
            CountDownLatch done = new CountDownLatch(threads);
            List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
            for (int t = 0; t < threads; t++) {
                Thread.ofPlatform().start(() -> {
                    try {
                        for (int i = 0; i < 200; i++) {
                            write(log, 200 + i, first);
                            log.sync();
                        }
                    } catch (RocksDBException | RuntimeException e) {
                        failures.add(e);
                    } finally {
                        done.countDown();
                    }
                });
            }
            done.await();
            assertThat(failures).isEmpty();
        }
        Applied second = new Applied();
        open(second, 64 << 10).close();
        assertThat(second.batches).usingRecursiveComparison().isEqualTo(first.batches);
    }

    @Test
    void anInterruptedThreadGoesOnInAnotherFile() throws Exception {
        Applied first = new Applied();
        try (CommitLog log = open(first, 16 << 10)) {
            for (int i = 0; i < 30; i++) {
                Thread.currentThread().interrupt();
                write(log, 2_000, first);
                assertThat(Thread.interrupted()).isTrue();
            }
        }
        assertThat(logs()).hasSizeGreaterThan(3);
        Thread.currentThread().interrupt();
        Applied second = new Applied();
        open(second, 16 << 10).close();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(second.batches).hasSize(30);
    }

    @Test
    void aThreadInterruptedAtAnyTimeWritesOn() throws Exception {
        Applied first = new Applied();
        List<Throwable> failures = java.util.Collections.synchronizedList(new ArrayList<>());
        try (CommitLog log = open(first, 16 << 10)) {
            Thread writer = Thread.ofPlatform().start(() -> {
                try {
                    for (int i = 0; i < 100; i++) {
                        write(log, 2_000, first);
                        log.sync();
                    }
                } catch (RocksDBException | RuntimeException e) {
                    failures.add(e);
                }
            });
            while (!writer.join(Duration.ofMillis(1))) {
                writer.interrupt();
            }
        }
        assertThat(failures).isEmpty();
        Applied second = new Applied();
        open(second, 16 << 10).close();
        assertThat(second.batches).usingRecursiveComparison().isEqualTo(first.batches);
    }

    /** Behind what a crash left of the last write may lie what the file held before, with the numbers that would follow. */
    @Test
    void recordsOfAnEarlierLifeAreNotApplied() throws Exception {
        byte[] before = fileOf(3);
        byte[] now = fileOf(1);
        int end =
                LogFile.BLOCK_BYTES + LogRecord.bytes(LogRecord.batchBytes(ByteBuffer.wrap(now), LogFile.BLOCK_BYTES));
        System.arraycopy(before, end, now, end, 8 << 10);
        Files.write(logs().getFirst(), now);
        Applied second = new Applied();
        open(second, 1 << 20).close();
        assertThat(second.batches).hasSize(1);
    }

    private byte[] fileOf(int records) throws IOException, RocksDBException {
        for (Path log : logs()) {
            Files.delete(log);
        }
        Applied applied = new Applied();
        try (CommitLog log = open(applied, 1 << 20)) {
            for (int i = 0; i < records; i++) {
                write(log, 2_000, applied);
            }
        }
        return Files.readAllBytes(logs().getFirst());
    }

    /** Otherwise a later batch would get the same number, and a start would take the first for it. */
    @Test
    void aBatchThatFailsHalfwayIsTheLast() throws Exception {
        Applied first = new Applied();
        try (CommitLog log = open(first, 1 << 20)) {
            write(log, 10, first);
            log.sync();
            BatchBytes batch = new BatchBytes();
            batch.put(0, KEY, KEY);
            assertThatThrownBy(() -> log.write(batch, bytes -> {
                        throw new StackOverflowError();
                    }))
                    .isInstanceOf(StackOverflowError.class);
            assertThatThrownBy(() -> write(log, 10, first)).isInstanceOf(KadeException.class);
        }
        Applied second = new Applied();
        open(second, 1 << 20).close();
        assertThat(second.batches).usingRecursiveComparison().isEqualTo(first.batches);
    }

    @Test
    void aFileThatCannotBeLeftIsTheLast() throws Exception {
        class Failing extends Applied {
            private boolean fails;

            @Override
            public long persisted() {
                if (fails) {
                    throw new IllegalStateException();
                }
                return super.persisted();
            }
        }

        Failing first = new Failing();
        try (CommitLog log = open(first, 16 << 10)) {
            write(log, 10_000, first);
            first.fails = true;
            assertThatThrownBy(() -> write(log, 10_000, first)).isInstanceOf(IllegalStateException.class);
            first.fails = false;
            assertThatThrownBy(() -> write(log, 10_000, first)).isInstanceOf(KadeException.class);
        }
        Applied second = new Applied();
        open(second, 16 << 10).close();
        assertThat(second.batches).usingRecursiveComparison().isEqualTo(first.batches);
    }

    @Test
    void damageWhereAllIsPersistedHidesNothingBehindIt() throws Exception {
        Applied first = new Applied();
        try (CommitLog log = open(first, 1 << 20)) {
            for (int i = 0; i < 10; i++) {
                write(log, 100, first);
                log.sync();
            }
        }
        flip(LogFile.BLOCK_BYTES + 200);
        assertDamaged(Applied.after(3));
    }

    @Test
    void aDamagedHeaderIsReported() throws Exception {
        Applied first = new Applied();
        try (CommitLog log = open(first, 1 << 20)) {
            write(log, 100, first);
        }
        flip(0);
        assertDamaged(new Applied());
    }

    private void flip(int at) throws IOException {
        Path path = logs().getFirst();
        byte[] bytes = Files.readAllBytes(path);
        bytes[at] ^= 1;
        Files.write(path, bytes);
    }

    private void assertDamaged(Applied applied) {
        assertThatThrownBy(() -> open(applied, 1 << 20))
                .isInstanceOfSatisfying(
                        KadeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_CORRUPTED));
    }

    @Test
    void filesOfOthersStay() throws Exception {
        Path other = Files.createFile(directory.resolve("kadedb.log.old"));
        open(new Applied(), 1 << 20).close();
        assertThat(other).exists();
        assertThat(logs()).doesNotContain(other);
    }

    @Test
    void aRecordIsReadAsItWasWritten() {
        ByteBuffer bytes = LogFile.buffer(4096);
        LogRecord.write(bytes, 99, 7, 5, new byte[] {1, 2, 3});
        assertThat(bytes.position()).isEqualTo(LogRecord.bytes(3));
        bytes.flip();
        assertThat(LogRecord.isAt(bytes, 99, 0)).isTrue();
        assertThat(LogRecord.number(bytes, 0)).isEqualTo(7);
        assertThat(LogRecord.durable(bytes, 0)).isEqualTo(5);
        assertThat(LogRecord.batch(bytes, 0)).containsExactly(1, 2, 3);
        // A record of another life of the file is none.
        assertThat(LogRecord.isAt(bytes, 98, 0)).isFalse();
        bytes.put(LogRecord.HEADER_BYTES, (byte) 9);
        assertThat(LogRecord.isAt(bytes, 99, 0)).isFalse();
    }
}
