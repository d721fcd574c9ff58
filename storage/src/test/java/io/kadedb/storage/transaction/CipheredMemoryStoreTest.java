package io.kadedb.storage.transaction;

final class CipheredMemoryStoreTest extends StoreContract {
    @Override
    StoreConfig config() {
        return StoreConfig.inMemory(pool).withTestCipher();
    }
}
