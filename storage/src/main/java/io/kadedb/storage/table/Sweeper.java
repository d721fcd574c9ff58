package io.kadedb.storage.table;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.Transaction;
import com.apple.foundationdb.tuple.Tuple;
import io.kadedb.storage.format.v1.KeyLayout;
import io.kadedb.storage.format.v1.Stamp;
import java.nio.ByteBuffer;
import java.util.List;

/** Removes column chunks that nothing refers to: never published, or replaced and out of every reader's sight. */
public final class Sweeper {
    private static final int ROUND = 1_000;

    private final TableStorage storage;

    public Sweeper(TableStorage storage) {
        this.storage = storage;
    }

    /** Removes what an earlier process staged and did not publish. Only before anything is staged by this one. */
    public void sweepStaged() {
        for (KeyValue entry : entries(KeyLayout.stagings())) {
            long batch = Tuple.fromBytes(
                            entry.getKey(),
                            KeyLayout.stagings().length,
                            entry.getKey().length - KeyLayout.stagings().length)
                    .getLong(0);
            long tableId = ByteBuffer.wrap(entry.getValue()).getLong();
            storage.keySpace().discard(KeyLayout.batchData(tableId, batch));
            clear(entry.getKey());
        }
    }

    /** Removes what was replaced before the oldest version that can be read. */
    public void sweepGarbage() {
        long oldest = storage.keySpace().oldestVersion();
        for (KeyValue entry : entries(KeyLayout.garbages())) {
            if (Stamp.versionOf(entry.getValue()) <= oldest) {
                storage.keySpace().discard(KeyLayout.garbagePrefix(entry.getKey()));
                clear(entry.getKey());
            }
        }
    }

    private List<KeyValue> entries(byte[] prefix) {
        try (Transaction transaction = storage.keySpace().database().createTransaction()) {
            return StorageErrors.join(transaction
                    .snapshot()
                    .getRange(prefix, KeyLayout.end(prefix), ROUND)
                    .asList());
        }
    }

    private void clear(byte[] key) {
        storage.commit(transaction -> {
            transaction.clear(key);
            return true;
        });
    }
}
