package io.kadedb.storage.memory;

import io.kadedb.storage.api.KeySpace;
import io.kadedb.storage.api.KeySpaceSettings;
import io.kadedb.storage.keyspace.KeySpaceContract;

class MemoryKeySpaceTest extends KeySpaceContract {
    @Override
    protected KeySpace open(KeySpaceSettings settings) {
        return new MemoryKeySpace(settings);
    }

    @Override
    protected boolean isDurable() {
        return false;
    }
}
