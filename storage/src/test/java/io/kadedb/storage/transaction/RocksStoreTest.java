package io.kadedb.storage.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.type.SqlType;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksStoreTest extends StoreContract {
    @TempDir
    Path directory;

    @Override
    StoreConfig config() {
        return StoreConfig.inDirectory(directory, pool);
    }

    @Test
    void survivesReopening() {
        TableClient t = table(1, SqlType.INTEGER, SqlType.TEXT);
        insert(t, row(1L, "a"));
        store.fold(t.table());
        insert(t, row(2L, "b"));
        store.close();
        open();
        assertThat(t.rows(store)).containsExactly(row(1L, "a"), row(2L, "b"));
        insert(t, row(3L, "c"));
        assertThat(t.rows(store)).hasSize(3);
    }

    @Test
    void oneProcessPerDirectory() {
        assertFails(ErrorCode.DATABASE_IN_USE, () -> Stores.open(config()).close());
    }
}
