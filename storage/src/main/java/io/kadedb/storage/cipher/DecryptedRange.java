package io.kadedb.storage.cipher;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.async.AsyncIterable;
import com.apple.foundationdb.async.AsyncIterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The rows of a range read, decrypted one by one as they are taken. */
record DecryptedRange(AsyncIterable<KeyValue> stored, EncryptionBoundary boundary) implements AsyncIterable<KeyValue> {
    @Override
    public CompletableFuture<List<KeyValue>> asList() {
        return stored.asList()
                .thenApply(rows -> rows.stream().map(boundary::plainRow).toList());
    }

    @Override
    public AsyncIterator<KeyValue> iterator() {
        AsyncIterator<KeyValue> rows = stored.iterator();
        return new AsyncIterator<>() {
            @Override
            public CompletableFuture<Boolean> onHasNext() {
                return rows.onHasNext();
            }

            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public KeyValue next() {
                return boundary.plainRow(rows.next());
            }

            @Override
            public void remove() {
                rows.remove();
            }

            @Override
            public void cancel() {
                rows.cancel();
            }
        };
    }
}
