package io.kadedb.storage.cipher;

import io.kadedb.common.seam.Disk;
import io.kadedb.storage.api.KeySpace;
import io.kadedb.storage.api.KeySpaceSettings;
import io.kadedb.storage.keyspace.KeySpaceContract;
import io.kadedb.storage.rocksdb.RocksKeySpace;
import io.kadedb.storage.rocksdb.RocksMemory;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class CipherOverRocksTest extends KeySpaceContract {
    @TempDir
    @SuppressWarnings("NullAway")
    private Path directory;

    @Override
    protected KeySpace open(KeySpaceSettings settings) {
        return CipheredKeySpaces.over(
                below -> RocksKeySpace.open(directory, below, RocksMemory.DEFAULT, Disk.system()), settings);
    }

    @Override
    protected boolean isDurable() {
        return true;
    }
}
