package io.kadedb.storage.backup;

import static java.util.Objects.requireNonNull;

import io.kadedb.common.seam.Disk;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The hidden files that backups are written to, beside their places. Each is locked by the process that writes it, so that
 * the next backup to the place can remove what killed processes have left.
 */
final class BackupDrafts {
    private static final String SUFFIX = ".part";
    /** A file that is closed loses the locks that the process has on it by other channels, so these are left alone. */
    private static final Set<Path> WRITTEN_HERE = ConcurrentHashMap.newKeySet();

    private BackupDrafts() {}

    /** A new draft for a place, not there yet. */
    static Path of(Path place) {
        return place.resolveSibling(prefix(place) + UUID.randomUUID() + SUFFIX);
    }

    private static String prefix(Path place) {
        return "." + place.getFileName() + ".";
    }

    /** Creates a draft and locks it. */
    static FileChannel create(Disk disk, Path draft) throws IOException {
        WRITTEN_HERE.add(draft);
        boolean created = false;
        try {
            FileChannel channel = disk.open(draft, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
            locks(channel);
            created = true;
            return channel;
        } finally {
            if (!created) {
                WRITTEN_HERE.remove(draft);
            }
        }
    }

    /** A draft is written no more: it is removed or has its place. */
    static void ended(Path draft) {
        WRITTEN_HERE.remove(draft);
    }

    /** Removes the drafts for a place that no process writes. */
    static void removeAbandoned(Disk disk, Path place) throws IOException {
        for (Path file : disk.list(requireNonNull(place.getParent()))) {
            String name = requireNonNull(file.getFileName()).toString();
            if (name.startsWith(prefix(place)) && name.endsWith(SUFFIX) && isAbandoned(disk, file)) {
                disk.delete(file);
            }
        }
    }

    private static boolean isAbandoned(Disk disk, Path draft) throws IOException {
        if (WRITTEN_HERE.contains(draft)) {
            return false;
        }
        try (FileChannel channel = disk.open(draft, StandardOpenOption.WRITE)) {
            return locks(channel);
        }
    }

    /** Whether a file is locked now. Where the file system has no locks nobody can tell whose a draft is, and it stays. */
    private static boolean locks(FileChannel channel) {
        try {
            return channel.tryLock() != null;
        } catch (IOException e) {
            return false;
        }
    }
}
