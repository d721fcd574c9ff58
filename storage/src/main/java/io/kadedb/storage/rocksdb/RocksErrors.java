package io.kadedb.storage.rocksdb;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** What RocksDB's errors mean to users. */
final class RocksErrors {
    private RocksErrors() {}

    static KadeException translate(String doing, Path directory, RocksDBException error) {
        Status status = error.getStatus();
        String message = error.getMessage() == null ? "unknown error" : error.getMessage();
        String what = "%s %s failed: %s".formatted(doing, directory, message);
        boolean full = status != null && status.getSubCode() == Status.SubCode.NoSpace;
        if (full || saysNoSpace(message)) {
            return KadeException.of(ErrorCode.DISK_FULL, what, error)
                    .hint("free some space on the disk and open the database again; nothing acknowledged is lost");
        }
        boolean corrupted = status != null && status.getCode() == Status.Code.Corruption;
        // A file that others refer to was removed, or the reference is damaged.
        if (corrupted || message.contains("No such file or directory")) {
            return KadeException.of(ErrorCode.DATA_CORRUPTED, what, error)
                    .hint("restore the directory from a backup; a file was changed or damaged outside the database");
        }
        return KadeException.of(ErrorCode.IO_ERROR, what, error);
    }

    static KadeException translate(String doing, Path directory, IOException error) {
        String what = "%s %s failed: %s".formatted(doing, directory, error);
        if (saysNoSpace(what)) {
            return KadeException.of(ErrorCode.DISK_FULL, what, error)
                    .hint("free some space on the disk and open the database again; nothing acknowledged is lost");
        }
        return KadeException.of(ErrorCode.IO_ERROR, what, error);
    }

    private static boolean saysNoSpace(String message) {
        return message.toLowerCase(Locale.ROOT).contains("no space left");
    }
}
