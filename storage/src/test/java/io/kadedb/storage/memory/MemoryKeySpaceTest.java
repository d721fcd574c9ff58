package io.kadedb.storage.memory;

import io.kadedb.storage.api.KeySpace;
import io.kadedb.storage.keyspace.KeySpaceContract;

class MemoryKeySpaceTest extends KeySpaceContract {
    @Override
    protected KeySpace open() {
        return new MemoryKeySpace();
    }
}
