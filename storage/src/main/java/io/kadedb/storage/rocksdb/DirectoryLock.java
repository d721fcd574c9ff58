package io.kadedb.storage.rocksdb;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.seam.Disk;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Holds a directory for this process, and says who holds it when another does. The system drops it with the process. */
final class DirectoryLock implements AutoCloseable {
    /** The lock file; its text is the number of the process that holds it. */
    static final String FILE_NAME = "kadedb.lock";

    /** Closing any channel to a locked file may drop the lock, so a second try in this process must not open it. */
    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path directory;
    private final FileChannel channel;

    private DirectoryLock(Path directory, FileChannel channel) {
        this.directory = directory;
        this.channel = channel;
    }

    /**
     * Locks an existing directory.
     *
     * @param directory its real path, without links
     */
    static DirectoryLock acquire(Disk disk, Path directory) {
        if (!HELD_HERE.add(directory)) {
            throw inUse(directory, "this process (" + ProcessHandle.current().pid() + ")");
        }
        boolean locked = false;
        try {
            DirectoryLock lock = new DirectoryLock(directory, lockFile(disk, directory));
            locked = true;
            return lock;
        } catch (IOException e) {
            throw RocksErrors.translate("locking", directory, e);
        } finally {
            if (!locked) {
                HELD_HERE.remove(directory);
            }
        }
    }

    private static FileChannel lockFile(Disk disk, Path directory) throws IOException {
        FileChannel channel = disk.open(
                directory.resolve(FILE_NAME),
                StandardOpenOption.CREATE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            take(channel, directory);
            locked = true;
            return channel;
        } finally {
            if (!locked) {
                // An open channel would keep the lock.
                channel.close();
            }
        }
    }

    private static void take(FileChannel channel, Path directory) throws IOException {
        FileLock lock = channel.tryLock();
        if (lock == null) {
            String pid = owner(channel);
            throw inUse(directory, pid.isEmpty() ? "another process" : "process " + pid);
        }
        byte[] pid =
                "%-20d".formatted(ProcessHandle.current().pid()).getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        channel.write(ByteBuffer.wrap(pid), 0);
    }

    /** Whether the process that locked a directory has ended, whatever it left there. */
    static boolean isAbandoned(Disk disk, Path directory) throws IOException {
        Path file = directory.resolve(FILE_NAME);
        if (!disk.exists(file) || HELD_HERE.contains(directory.toRealPath())) {
            return false;
        }
        try (FileChannel channel = disk.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            if (channel.tryLock() == null) {
                return false;
            }
            // Killed before it said who it is, or known to be gone; one that lives may be about to move the directory.
            String pid = owner(channel);
            return pid.isEmpty()
                    || (pid.matches("\\d{1,18}")
                            && ProcessHandle.of(Long.parseLong(pid)).isEmpty());
        }
    }

    /** The number of the process that locked last; empty where that is not known. */
    private static String owner(FileChannel channel) throws IOException {
        ByteBuffer owner = ByteBuffer.allocate(20);
        channel.read(owner, 0);
        return new String(owner.array(), 0, owner.position(), java.nio.charset.StandardCharsets.US_ASCII).strip();
    }

    private static KadeException inUse(Path directory, String owner) {
        return KadeException.of(
                        ErrorCode.DATABASE_IN_USE, "the database in %s is open in %s".formatted(directory, owner))
                .hint("close it there, or connect to that process instead");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw RocksErrors.translate("unlocking", directory, e);
        } finally {
            HELD_HERE.remove(directory);
        }
    }
}
