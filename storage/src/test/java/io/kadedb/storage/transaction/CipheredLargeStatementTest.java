package io.kadedb.storage.transaction;

/** The same below a cipher, where keys are hashes and tables have no order. */
final class CipheredLargeStatementTest extends LargeStatementTest {
    @Override
    StoreConfig config(ArenaPool memory) {
        return super.config(memory).withTestCipher();
    }
}
