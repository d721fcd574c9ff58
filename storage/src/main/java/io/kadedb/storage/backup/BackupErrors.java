package io.kadedb.storage.backup;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import java.io.IOException;
import java.util.Locale;

/** Failures of files of backups as users see them. */
final class BackupErrors {
    private BackupErrors() {}

    static KadeException failed(String doing, Object file, IOException cause) {
        String what = doing + " \"" + file + "\" failed: " + cause;
        return what.toLowerCase(Locale.ROOT).contains("no space left")
                ? KadeException.of(ErrorCode.DISK_FULL, what, cause)
                        .hint("free some space on the disk, or name a file on another")
                : KadeException.of(ErrorCode.IO_ERROR, what, cause);
    }

    static KadeException damaged(Object file, String how) {
        return KadeException.of(ErrorCode.DATA_CORRUPTED, "the backup \"" + file + "\" is damaged: " + how)
                .hint("use another backup; nothing was restored");
    }
}
