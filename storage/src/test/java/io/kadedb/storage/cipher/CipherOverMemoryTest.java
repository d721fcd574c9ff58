package io.kadedb.storage.cipher;

import io.kadedb.storage.api.KeySpace;
import io.kadedb.storage.api.KeySpaceSettings;
import io.kadedb.storage.keyspace.KeySpaceContract;
import io.kadedb.storage.memory.MemoryKeySpace;

class CipherOverMemoryTest extends KeySpaceContract {
    @Override
    protected KeySpace open(KeySpaceSettings settings) {
        return CipheredKeySpaces.over(MemoryKeySpace::new, settings);
    }

    @Override
    protected boolean isDurable() {
        return false;
    }
}
