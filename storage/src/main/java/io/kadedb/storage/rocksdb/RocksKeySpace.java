package io.kadedb.storage.rocksdb;

import io.kadedb.common.error.KadeException;
import io.kadedb.common.seam.Disk;
import io.kadedb.storage.api.KeySpaceSettings;
import io.kadedb.storage.keyspace.EngineKeySpace;
import java.nio.file.Path;

/** A key space in a directory of one machine. What it has committed survives a crash of the process or the machine. */
public final class RocksKeySpace extends EngineKeySpace {
    private RocksKeySpace(RocksStore store, KeySpaceSettings settings) {
        super(store, settings);
    }

    /** Opens a directory with the default settings; see the other form. */
    public static RocksKeySpace open(Path directory) {
        return open(directory, KeySpaceSettings.DEFAULT, RocksMemory.DEFAULT, Disk.system());
    }

    /**
     * Opens a directory, making it first if there is none.
     *
     * @throws KadeException DATABASE_IN_USE when another process, or this one, has it open; INCOMPATIBLE_FORMAT when
     *     another version wrote it or it holds something else; DATA_CORRUPTED, DISK_FULL or IO_ERROR when reading fails
     */
    public static RocksKeySpace open(Path directory, KeySpaceSettings settings, RocksMemory memory, Disk disk) {
        return open(directory, settings, memory, disk, RocksStore.LOG_FILE_BYTES);
    }

    /** As the other form, with files of the log that have so many bytes. */
    static RocksKeySpace open(
            Path directory, KeySpaceSettings settings, RocksMemory memory, Disk disk, long logFileBytes) {
        return new RocksKeySpace(new RocksStore(RocksFiles.open(disk, directory, memory), logFileBytes), settings);
    }
}
