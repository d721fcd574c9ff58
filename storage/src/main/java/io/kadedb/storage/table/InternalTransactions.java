package io.kadedb.storage.table;

import com.apple.foundationdb.FDBException;
import com.apple.foundationdb.Transaction;
import io.kadedb.storage.api.KeySpace;
import io.kadedb.storage.api.KeySpaceErrors;
import java.util.concurrent.CompletionException;
import java.util.function.Function;

/** Small transactions of the store itself, whose work may be done twice. */
final class InternalTransactions {
    private static final int ATTEMPTS = 100;

    private InternalTransactions() {}

    /** Runs the work until it commits. */
    static <T> T commit(KeySpace keySpace, Function<Transaction, T> work) {
        for (int attempt = 1; ; attempt++) {
            try (Transaction transaction = keySpace.database().createTransaction()) {
                T result = work.apply(transaction);
                transaction.commit().join();
                return result;
            } catch (CompletionException | FDBException e) {
                boolean again = KeySpaceErrors.unwrap(e) instanceof FDBException known
                        && KeySpaceErrors.isRetryable(known.getCode());
                if (!again || attempt == ATTEMPTS) {
                    throw StorageErrors.translate(e);
                }
            }
        }
    }
}
