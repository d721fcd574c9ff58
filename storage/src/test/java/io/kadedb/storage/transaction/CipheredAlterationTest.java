package io.kadedb.storage.transaction;

final class CipheredAlterationTest extends AlterationInDirectoryTest {
    @Override
    StoreConfig config(ArenaPool memory) {
        return super.config(memory).withTestCipher();
    }
}
