package io.kadedb.storage.transaction;

import io.kadedb.storage.api.SqlTransaction;
import java.nio.file.Path;

/** Draws values of a sequence and says each one, until it is killed: what a crash test starts. */
final class DrawingProcess {
    private DrawingProcess() {}

    public static void main(String[] arguments) {
        try (ArenaPool pool = new ArenaPool();
                TableStore store = (TableStore) Stores.open(StoreConfig.inDirectory(Path.of(arguments[0]), pool));
                SqlTransaction transaction = store.begin()) {
            while (true) {
                System.out.println(transaction.sequences().next(SequenceTest.sequence(transaction.catalog())));
            }
        }
    }
}
