package io.kadedb.storage.transaction;

final class MemoryStoreTest extends StoreContract {
    @Override
    StoreConfig config() {
        return StoreConfig.inMemory(pool);
    }
}
