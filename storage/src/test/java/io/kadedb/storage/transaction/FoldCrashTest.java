package io.kadedb.storage.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.Transaction;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.api.KeySpace;
import io.kadedb.storage.api.SqlTransaction;
import io.kadedb.storage.format.v1.KeyLayout;
import io.kadedb.storage.memory.MemoryKeySpace;
import io.kadedb.storage.simulation.CrashingKeySpace;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A fold that ends at any of its changes, for good, leaves a table with the same rows, that folds again. */
final class FoldCrashTest {
    private static final int ROWS = 300;
    private static final List<SqlType> TYPES = List.of(SqlType.INTEGER, SqlType.TEXT);

    /** A table with segments, rows removed and changed by small and large statements, and deltas. */
    private static TableClient fill(TableStore store) {
        TableClient table = TableClient.create(store, "t", 1, TYPES.toArray(new SqlType[0]));
        try (SqlTransaction transaction = store.begin()) {
            table.insert(transaction, StoreContract.numbered(0, ROWS, 1));
            transaction.commit();
        }
        store.fold(table.table());
        try (SqlTransaction transaction = store.begin()) {
            List<List<@Nullable Object>> rows = table.rowsWithIds(transaction, List.of());
            table.delete(transaction, rows.subList(0, 120));
            table.update(transaction, rows.subList(120, 200), old -> StoreContract.row(old.get(0), "changed"));
            table.insert(transaction, StoreContract.numbered(ROWS, ROWS, 1));
            transaction.commit();
        }
        return table;
    }

    @Test
    void everyChangeOfAFold() {
        long changes = changesOfAFold();
        assertThat(changes).isGreaterThan(5);
        for (long crash = 0; crash < changes; crash++) {
            crashAt(crash);
        }
    }

    private static long changesOfAFold() {
        try (ArenaPool pool = new ArenaPool();
                KeySpace space = new MemoryKeySpace()) {
            CrashingKeySpace crashing = new CrashingKeySpace(space);
            try (TableStore store = new TableStore(crashing, StoreConfig.inMemory(pool))) {
                TableClient table = fill(store);
                long before = crashing.changes();
                store.fold(table.table());
                return crashing.changes() - before;
            }
        }
    }

    private static void crashAt(long change) {
        try (ArenaPool pool = new ArenaPool();
                KeySpace space = new MemoryKeySpace()) {
            CrashingKeySpace crashing = new CrashingKeySpace(space);
            TableClient table;
            List<List<@Nullable Object>> expected;
            try (TableStore store = new TableStore(crashing, StoreConfig.inMemory(pool))) {
                table = fill(store);
                expected = table.rows(store);
                crashing.crashAfter(change);
                assertThatThrownBy(() -> store.fold(table.table()))
                        .as("crash before change %d", change)
                        .isInstanceOf(KadeException.class)
                        .hasMessageContaining("the process died");
            }
            try (TableStore store = new TableStore(new CrashingKeySpace(space), StoreConfig.inMemory(pool))) {
                assertThat(table.rows(store))
                        .as("crash before change %d", change)
                        .isEqualTo(expected);
                assertThat(entries(space, KeyLayout.stagings())).isEmpty();
                try (SqlTransaction transaction = store.begin()) {
                    table.insert(transaction, StoreContract.row(-1L, "after"));
                    transaction.commit();
                }
                store.fold(table.table());
                assertThat(table.count(store)).isEqualTo(expected.size() + 1L);
                assertThat(entries(space, KeyLayout.rows(table.table().id())))
                        .as("crash before change %d", change)
                        .isEmpty();
            }
        }
    }

    private static List<KeyValue> entries(KeySpace space, byte[] prefix) {
        try (Transaction transaction = space.database().createTransaction()) {
            return transaction
                    .snapshot()
                    .getRange(prefix, KeyLayout.end(prefix))
                    .asList()
                    .join();
        }
    }
}
