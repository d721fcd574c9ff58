package io.kadedb.storage.transaction;

import io.kadedb.common.type.SqlType;
import io.kadedb.storage.api.SqlTransaction;
import java.nio.file.Path;

/** Loads rows until it is killed: what a crash test starts. */
final class LoadingProcess {
    static final int SETTLED = 1_000;

    private LoadingProcess() {}

    public static void main(String[] arguments) {
        try (ArenaPool pool = new ArenaPool();
                TableStore store = (TableStore) Stores.open(StoreConfig.inDirectory(Path.of(arguments[0]), pool))) {
            TableClient table = TableClient.create(store, "t", 1, SqlType.INTEGER, SqlType.TEXT);
            try (SqlTransaction transaction = store.begin()) {
                table.insert(transaction, StoreContract.numbered(0, SETTLED, 1));
                transaction.commit();
            }
            try (SqlTransaction transaction = store.begin()) {
                transaction.beginStatement();
                var sink = transaction.insert(table.table());
                for (int part = 0; ; part++) {
                    sink.accept(Values.batch(
                            java.util.List.of(SqlType.INTEGER, SqlType.TEXT),
                            StoreContract.numbered(SETTLED + part * 2_000, 2_000, 1)));
                    if (part == 150) {
                        System.out.println("loading");
                    }
                }
            }
        }
    }
}
