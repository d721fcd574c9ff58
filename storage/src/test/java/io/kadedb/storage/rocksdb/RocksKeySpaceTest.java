package io.kadedb.storage.rocksdb;

import io.kadedb.common.seam.Disk;
import io.kadedb.storage.api.KeySpace;
import io.kadedb.storage.api.KeySpaceSettings;
import io.kadedb.storage.keyspace.KeySpaceContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class RocksKeySpaceTest extends KeySpaceContract {
    @TempDir
    @SuppressWarnings("NullAway")
    private Path directory;

    @Override
    protected KeySpace open(KeySpaceSettings settings) {
        return RocksKeySpace.open(directory, settings, RocksMemory.DEFAULT, Disk.system());
    }

    @Override
    protected boolean isDurable() {
        return true;
    }
}
