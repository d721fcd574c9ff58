package io.kadedb.storage.rocksdb;

import io.kadedb.storage.api.KeySpace;
import io.kadedb.storage.keyspace.KeySpaceContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class RocksKeySpaceTest extends KeySpaceContract {
    @TempDir
    @SuppressWarnings("NullAway")
    private Path directory;

    @Override
    protected KeySpace open() {
        return RocksKeySpace.open(directory);
    }
}
