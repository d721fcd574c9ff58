package io.kadedb.storage.rocksdb;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.seam.Disk;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/**
 * Reads the log after a start and applies what RocksDB's own files lack, in order. What a crash tears is the end of the
 * log, written last and acknowledged to nobody; anything else that is missing was damaged, and is reported.
 */
final class LogRecovery {
    private static final String RESTORE =
            "restore the directory from a backup; a file was changed or damaged outside the database";

    private final Disk disk;
    private final Path directory;
    private final CommitLog.Apply target;
    private long last;

    /** A file as it was found. */
    private record Found(Path path, LogFile.Header header) {}

    /**
     * A recovery.
     *
     * @param applied the last record that is in RocksDB's files
     */
    LogRecovery(Disk disk, Path directory, long applied, CommitLog.Apply target) {
        this.disk = disk;
        this.directory = directory;
        this.last = applied;
        this.target = target;
    }

    /** The number of the last record, which may not have been in the log. */
    long last() {
        return last;
    }

    /** Applies the records, and gives the files, which nobody needs any more once RocksDB has written them down. */
    List<Path> run() throws IOException, RocksDBException {
        List<Found> files = new ArrayList<>();
        List<Path> all = new ArrayList<>();
        for (Path path : disk.list(directory)) {
            if (CommitLog.isFile(path)) {
                all.add(path);
                LogFile.Header header = header(path);
                if (header != null) {
                    files.add(new Found(path, header));
                }
            }
        }
        files.sort(Comparator.comparingLong(file -> file.header.first()));
        for (Found file : files) {
            if (file.header.first() > last + 1) {
                throw damaged(file.path, last + 1);
            }
            replay(file);
        }
        return all;
    }

    private LogFile.@Nullable Header header(Path path) throws IOException {
        ByteBuffer bytes = LogFile.read(disk, path);
        try {
            return LogFile.header(bytes);
        } catch (StreamCorruptedException e) {
            throw KadeException.of(ErrorCode.DATA_CORRUPTED, "the log %s is damaged at its begin".formatted(path), e)
                    .hint(RESTORE);
        }
    }

    private void replay(Found file) throws IOException, RocksDBException {
        ByteBuffer bytes = LogFile.read(disk, file.path);
        int at = LogFile.BLOCK_BYTES;
        long number = file.header.first();
        long life = file.header.life();
        while (LogRecord.isAt(bytes, life, at) && LogRecord.number(bytes, at) == number) {
            if (number > last) {
                target.to(LogRecord.batch(bytes, at));
                last = number;
            }
            at += LogRecord.bytes(LogRecord.batchBytes(bytes, at));
            number++;
        }
        if (isNeededAfter(bytes, life, at, number)) {
            throw damaged(file.path, number);
        }
    }

    /** Whether a later record, not applied, says that the one missing here was on disk. */
    private boolean isNeededAfter(ByteBuffer bytes, long life, int from, long missing) {
        long applied = Math.max(missing, last);
        for (int at = from; at + LogRecord.HEADER_BYTES <= bytes.limit(); at += Long.BYTES) {
            long number = LogRecord.number(bytes, at);
            long durable = LogRecord.durable(bytes, at);
            // Cheap and first, so that few of the bytes of batches are taken for records.
            boolean plausible = number - missing <= (at - from) / LogRecord.LEAST_BYTES + 1 && durable < number;
            if (plausible && durable >= missing && number > applied && LogRecord.isAt(bytes, life, at)) {
                return true;
            }
        }
        return false;
    }

    private static KadeException damaged(Path path, long number) {
        return KadeException.of(ErrorCode.DATA_CORRUPTED, "the log %s is damaged at record %d".formatted(path, number))
                .hint(RESTORE);
    }
}
