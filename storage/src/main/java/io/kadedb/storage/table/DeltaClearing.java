package io.kadedb.storage.table;

import com.apple.foundationdb.FDBException;
import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.Transaction;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.storage.api.KeySpaceErrors;
import io.kadedb.storage.format.v1.KeyLayout;
import io.kadedb.storage.format.v1.Stamp;
import java.util.List;
import java.util.concurrent.CompletionException;

/**
 * Removes deltas that a fold has settled. Only tidies up: readers ignore them. So a round that meets a user's write is
 * given up, and no user fails because of it, since the removals are no write conflicts.
 */
final class DeltaClearing {
    private static final int ROUND = 2_000;

    private final TableStorage storage;

    DeltaClearing(TableStorage storage) {
        this.storage = storage;
    }

    /** Removes a table's deltas of a version and older. */
    void clear(TableDefinition table, long version) {
        byte[] prefix = KeyLayout.rows(table.storageId());
        byte[] from = prefix;
        byte[] end = KeyLayout.end(prefix);
        boolean more = true;
        while (more) {
            try (Transaction transaction = storage.keySpace().database().createTransaction()) {
                List<KeyValue> entries = StorageErrors.join(
                        transaction.snapshot().getRange(from, end, ROUND).asList());
                more = entries.size() == ROUND;
                if (more) {
                    from = KeyLayout.concat(entries.getLast().getKey(), new byte[1]);
                }
                boolean any = false;
                for (KeyValue entry : entries) {
                    if (Stamp.versionOf(entry.getValue()) <= version) {
                        any = true;
                        transaction.addReadConflictKey(entry.getKey());
                        transaction.options().setNextWriteNoWriteConflictRange();
                        transaction.clear(entry.getKey());
                    }
                }
                if (any) {
                    transaction.commit().join();
                }
            } catch (CompletionException | FDBException e) {
                if (!KeySpaceErrors.NOT_COMMITTED.matches(e)) {
                    throw StorageErrors.translate(e);
                }
            }
        }
    }
}
