package io.kadedb.storage.transaction;

class AlterationInMemoryTest extends AlterationContract {
    @Override
    StoreConfig config(ArenaPool memory) {
        return StoreConfig.inMemory(memory);
    }
}
