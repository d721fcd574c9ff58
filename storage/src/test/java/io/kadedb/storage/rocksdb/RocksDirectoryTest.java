package io.kadedb.storage.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** What happens around the files of a directory: locks, formats, damage, and a restart. */
class RocksDirectoryTest {
    @TempDir
    @SuppressWarnings("NullAway")
    private Path directory;

    private static void assertFails(ErrorCode code, ThrowingCallable action, String... words) {
        assertThatThrownBy(action)
                .isInstanceOfSatisfying(
                        KadeException.class, e -> assertThat(e.code()).isEqualTo(code))
                .satisfies(e -> List.of(words).forEach(word -> assertThat(e).hasMessageContaining(word)));
    }

    private static void put(RocksKeySpace space, String key, byte[] value) {
        space.database().run(t -> {
            t.set(key.getBytes(UTF_8), value);
            return true;
        });
    }

    @Test
    void aDirectoryIsOpenOnce() {
        try (RocksKeySpace first = RocksKeySpace.open(directory)) {
            put(first, "a", new byte[1]);
            assertFails(
                    ErrorCode.DATABASE_IN_USE,
                    () -> RocksKeySpace.open(directory.resolve("../" + directory.getFileName())),
                    "" + ProcessHandle.current().pid());
        }
        RocksKeySpace.open(directory).close();
    }

    @Test
    void otherFormatsAreRefused() throws IOException {
        RocksKeySpace.open(directory).close();
        Path format = directory.resolve(FormatFile.FILE_NAME);
        assertThat(format).hasContent("kadedb key space format 2");
        Files.writeString(format, "kadedb key space format 3\n");
        assertFails(
                ErrorCode.INCOMPATIBLE_FORMAT, () -> RocksKeySpace.open(directory), "format 3", "reads formats 1 to 2");
        Files.writeString(format, "something else");
        assertFails(ErrorCode.INCOMPATIBLE_FORMAT, () -> RocksKeySpace.open(directory));
        Files.writeString(format, "kadedb key space format 1\n");
        RocksKeySpace.open(directory).close();
        assertThat(format).hasContent("kadedb key space format 2");
    }

    @Test
    void aDirectoryOfSomethingElseIsLeftAlone() throws IOException {
        Files.writeString(directory.resolve("thesis.txt"), "mine");
        assertFails(ErrorCode.INCOMPATIBLE_FORMAT, () -> RocksKeySpace.open(directory), directory.toRealPath() + "");
        assertThat(directory.resolve("thesis.txt")).hasContent("mine");
    }

    @Test
    void aFileInPlaceOfADirectoryIsAnError() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "x");
        assertFails(ErrorCode.IO_ERROR, () -> RocksKeySpace.open(file), "file");
    }

    @Test
    void versionsGoOnAfterARestart() {
        long version;
        try (RocksKeySpace space = RocksKeySpace.open(directory)) {
            put(space, "a", new byte[] {1});
            put(space, "a", new byte[] {2});
            version = space.currentVersion();
        }
        try (RocksKeySpace space = RocksKeySpace.open(directory)) {
            assertThat(space.currentVersion()).isEqualTo(version);
            put(space, "a", new byte[] {3});
            assertThat(space.currentVersion()).isGreaterThan(version);
            try (var t = space.transactionAt(version)) {
                assertThat(t.get("a".getBytes(UTF_8)).join()).containsExactly(2);
            }
        }
    }

    @Test
    void whatIsOnlyInTheLogCanBeWrittenToFiles() throws IOException {
        try (RocksKeySpace space = RocksKeySpace.open(directory)) {
            put(space, "a", new byte[1]);
            assertThat(tables()).isEmpty();
            space.persist();
            assertThat(tables()).isNotEmpty();
        }
    }

    @Test
    void aChangedFileIsReported() throws IOException {
        try (RocksKeySpace space = RocksKeySpace.open(directory)) {
            for (int i = 0; i < 100; i++) {
                put(space, "key" + i, "some value that is long enough to be found".getBytes(UTF_8));
            }
        }
        // Opening again turns the log into a sorted file.
        RocksKeySpace.open(directory).close();
        for (Path file : tables()) {
            byte[] bytes = Files.readAllBytes(file);
            for (int i = 0; i < bytes.length / 2; i += 64) {
                bytes[i] ^= 0x55;
            }
            Files.write(file, bytes);
        }
        assertFails(ErrorCode.DATA_CORRUPTED, () -> {
            try (RocksKeySpace space = RocksKeySpace.open(directory)) {
                space.database().run(t -> t.get("key7".getBytes(UTF_8)).join());
            }
        });
    }

    @Test
    void aChangedLogIsReportedAndNotCutShort() throws IOException {
        writeLog();
        Path log = log();
        byte[] bytes = Files.readAllBytes(log);
        bytes[(LogFile.BLOCK_BYTES + end(bytes)) / 2] ^= 0x55;
        Files.write(log, bytes);
        assertFails(
                ErrorCode.DATA_CORRUPTED, () -> RocksKeySpace.open(directory).close());
    }

    @Test
    void aTornEndOfTheLogIsWhatACrashLeaves() throws IOException {
        writeLog();
        Path log = log();
        byte[] bytes = Files.readAllBytes(log);
        int end = end(bytes);
        Arrays.fill(bytes, end - 3, end, (byte) 0);
        Files.write(log, bytes);
        try (RocksKeySpace space = RocksKeySpace.open(directory)) {
            byte[] value =
                    space.database().run(t -> t.get("key50".getBytes(UTF_8)).join());
            assertThat(value).isNotNull();
        }
    }

    private Path log() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(CommitLog::isFile).findFirst().orElseThrow();
        }
    }

    /** Behind the last byte that is not zero. */
    private static int end(byte[] bytes) {
        int end = bytes.length;
        while (bytes[end - 1] == 0) {
            end--;
        }
        return end;
    }

    private void writeLog() {
        try (RocksKeySpace space = RocksKeySpace.open(directory)) {
            for (int i = 0; i < 100; i++) {
                put(space, "key" + i, "some value that is long enough to be found".getBytes(UTF_8));
            }
        }
    }

    private List<Path> tables() throws IOException {
        return files(".sst");
    }

    private List<Path> files(String ending) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }

    @Test
    void errorsOfRocksHaveTheirCodes() {
        assertThat(code(Status.Code.IOError, Status.SubCode.NoSpace)).isEqualTo(ErrorCode.DISK_FULL);
        assertThat(code(Status.Code.IOError, Status.SubCode.None)).isEqualTo(ErrorCode.IO_ERROR);
        assertThat(code(Status.Code.Corruption, Status.SubCode.None)).isEqualTo(ErrorCode.DATA_CORRUPTED);
    }

    private ErrorCode code(Status.Code code, Status.SubCode subCode) {
        RocksDBException error = new RocksDBException("it failed", new Status(code, subCode, null));
        return RocksErrors.translate("writing", directory, error).code();
    }

    @Test
    void aClosedKeySpaceSaysSo() {
        RocksKeySpace space = RocksKeySpace.open(directory);
        put(space, "a", new byte[1]);
        var transaction = space.database().createTransaction();
        space.close();
        space.close();
        assertFails(ErrorCode.ADMIN_SHUTDOWN, () -> put(space, "a", new byte[1]));
        assertThatThrownBy(() -> transaction.get("a".getBytes(UTF_8)).join())
                .hasRootCauseInstanceOf(KadeException.class);
    }
}
