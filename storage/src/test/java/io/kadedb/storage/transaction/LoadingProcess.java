package io.kadedb.storage.transaction;

import io.kadedb.common.type.SqlType;
import io.kadedb.storage.api.RowSink;
import io.kadedb.storage.api.SqlTransaction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Loads rows in one large statement, says where it stands and waits there to be killed: what a crash test starts. */
final class LoadingProcess {
    static final int SETTLED = 1_000;
    static final int LOADED = 300_000;
    private static final int PART = 2_000;

    /** Where a load may be when it is killed. */
    enum Stage {
        /** Rows are on disk, the statement has not ended. */
        WRITING,
        /** The statement has ended, all its rows are durable, nothing refers to them. */
        STAGED,
        /** The commit was acknowledged. */
        COMMITTED
    }

    private LoadingProcess() {}

    public static void main(String[] arguments) throws IOException {
        Stage stop = Stage.valueOf(arguments[1]);
        try (ArenaPool pool = new ArenaPool();
                TableStore store = (TableStore) Stores.open(StoreConfig.inDirectory(Path.of(arguments[0]), pool))) {
            TableClient table = TableClient.create(store, "t", 1, SqlType.INTEGER, SqlType.TEXT);
            try (SqlTransaction transaction = store.begin()) {
                table.insert(transaction, StoreContract.numbered(0, SETTLED, 1));
                transaction.commit();
            }
            try (SqlTransaction transaction = store.begin()) {
                transaction.beginStatement();
                RowSink sink = transaction.insert(table.table());
                for (int from = 0; from < LOADED; from += PART) {
                    sink.accept(Values.batch(
                            List.of(SqlType.INTEGER, SqlType.TEXT), StoreContract.numbered(SETTLED + from, PART, 1)));
                }
                reached(Stage.WRITING, stop);
                sink.finish();
                transaction.endStatement();
                reached(Stage.STAGED, stop);
                transaction.commit();
                reached(Stage.COMMITTED, stop);
            }
        }
    }

    private static void reached(Stage stage, Stage stop) throws IOException {
        if (stage == stop) {
            System.out.println(stage);
            while (System.in.read() >= 0) {
                // Until it is killed.
            }
        }
    }
}
