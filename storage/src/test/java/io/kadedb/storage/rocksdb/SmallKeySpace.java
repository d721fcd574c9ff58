package io.kadedb.storage.rocksdb;

import io.kadedb.common.seam.Disk;
import io.kadedb.storage.api.KeySpace;
import io.kadedb.storage.api.KeySpaceSettings;
import java.nio.file.Path;
import java.time.Duration;

/** A key space in a directory whose logs and buffers are full soon, and which keeps no history. */
public final class SmallKeySpace {
    private static final RocksMemory MEMORY = new RocksMemory(8 << 20, 256 << 10);
    private static final long LOG_BYTES = 512 << 10;
    private static final KeySpaceSettings SETTINGS = KeySpaceSettings.DEFAULT.withRetention(Duration.ofMillis(20));

    private SmallKeySpace() {}

    /** Opens it as {@link RocksKeySpace#open(Path)} does. */
    public static KeySpace open(Path directory) {
        return RocksKeySpace.open(directory, SETTINGS, MEMORY, Disk.system(), LOG_BYTES);
    }
}
