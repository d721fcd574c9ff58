package io.kadedb.storage.transaction;

final class CipheredRocksStoreTest extends RocksStoreTest {
    @Override
    StoreConfig config() {
        return super.config().withTestCipher();
    }
}
