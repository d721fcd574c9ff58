package io.kadedb.storage.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.Transaction;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.format.v1.KeyLayout;
import io.kadedb.storage.memory.MemoryKeySpace;
import org.junit.jupiter.api.Test;

final class CorruptionTest {
    @Test
    void changedByteIsFoundAndNamed() {
        findAndNameAChangedByte();
    }

    static void findAndNameAChangedByte() {
        try (ArenaPool pool = new ArenaPool();
                MemoryKeySpace keySpace = new MemoryKeySpace();
                TableStore store = new TableStore(keySpace, StoreConfig.inMemory(pool))) {
            TableClient table = TableClient.create(store, "t", 1, SqlType.INTEGER, SqlType.TEXT);
            try (var transaction = store.begin()) {
                table.insert(transaction, StoreContract.row(1L, "a"), StoreContract.row(2L, "b"));
                transaction.commit();
            }
            store.fold(table.table());
            try (Transaction damage = keySpace.database().createTransaction()) {
                byte[] data = KeyLayout.tableData(table.table().id());
                for (KeyValue entry : damage.getRange(data, KeyLayout.end(data))) {
                    byte[] value = entry.getValue();
                    value[value.length / 2] ^= 4;
                    damage.set(entry.getKey(), value);
                }
                damage.commit().join();
            }
            assertThatExceptionOfType(KadeException.class)
                    .isThrownBy(() -> table.rows(store))
                    .withMessageContaining("segment")
                    .withMessageContaining("public.t")
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.DATA_CORRUPTED));
        }
    }
}
