package io.kadedb.storage.rocksdb;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.seam.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.rocksdb.RocksDBException;

/**
 * Reads the log after a start and applies what RocksDB's own files lack, in order. What a crash tears is the end of the
 * log, written last and acknowledged to nobody; anything else that is missing was damaged, and is reported.
 */
final class LogRecovery {
    private final Disk disk;
    private final Path directory;
    private final CommitLog.Apply target;
    private long last;

    /** A file as it was found. */
    private record Found(Path path, long first) {}

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
                long first = LogFile.first(LogFile.read(disk, path));
                if (first >= 0) {
                    files.add(new Found(path, first));
                }
            }
        }
        files.sort(Comparator.comparingLong(Found::first));
        for (Found file : files) {
            if (file.first > last + 1) {
                throw damaged(file.path, last + 1);
            }
            replay(file);
        }
        return all;
    }

    private void replay(Found file) throws IOException, RocksDBException {
        ByteBuffer bytes = LogFile.read(disk, file.path);
        int at = LogFile.BLOCK_BYTES;
        long number = file.first;
        while (LogRecord.isAt(bytes, at) && LogRecord.number(bytes, at) == number) {
            if (number > last) {
                target.to(LogRecord.batch(bytes, at));
                last = number;
            }
            at += LogRecord.bytes(LogRecord.batchBytes(bytes, at));
            number++;
        }
        if (number > last && isNeededAfter(bytes, at, number)) {
            throw damaged(file.path, number);
        }
    }

    /** Whether a later record says that the one missing here was on disk. */
    private static boolean isNeededAfter(ByteBuffer bytes, int from, long missing) {
        for (int at = from; at + LogRecord.HEADER_BYTES <= bytes.limit(); at += Long.BYTES) {
            if (LogRecord.durable(bytes, at) >= missing
                    && LogRecord.number(bytes, at) > missing
                    && LogRecord.isAt(bytes, at)) {
                return true;
            }
        }
        return false;
    }

    private static KadeException damaged(Path path, long number) {
        return KadeException.of(ErrorCode.DATA_CORRUPTED, "the log %s is damaged at record %d".formatted(path, number))
                .hint("restore the directory from a backup; a file was changed or damaged outside the database");
    }
}
