package io.kadedb.storage.check;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.ReadTransaction;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.control.CancelToken;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.storage.api.IndexExpressions;
import io.kadedb.storage.api.KeySpace;
import io.kadedb.storage.format.v1.KeyHash;
import io.kadedb.storage.format.v1.KeyLayout;
import io.kadedb.storage.table.StorageErrors;
import io.kadedb.storage.table.TableStorage;
import io.kadedb.storage.table.TableView;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The version that is checked, with caches of its own, so that what is read comes from the key space. */
final class CheckSnapshot implements AutoCloseable {
    /** Decoded columns kept: some segments of a table with many columns. */
    private static final long CACHE_BYTES = 64L << 20;

    private static final int PIECE_ROWS = 256;

    private final KeySpace keySpace;
    private final KeySpace.Pin pin;
    private final ReadTransaction reads;
    private final TableStorage storage;
    private final CancelToken token;

    CheckSnapshot(KeySpace keySpace, MemoryPool memory, KeyHash hash, IndexExpressions expressions, CancelToken token) {
        this.keySpace = keySpace;
        this.token = token;
        this.pin = keySpace.pin(keySpace.currentVersion());
        this.reads = keySpace.readsAt(pin.version());
        this.storage = TableStorage.over(keySpace, memory, CACHE_BYTES, hash, expressions);
    }

    KeySpace keySpace() {
        return keySpace;
    }

    TableStorage storage() {
        return storage;
    }

    ReadTransaction reads() {
        return reads;
    }

    long version() {
        return pin.version();
    }

    void checkpoint() {
        token.checkpoint();
    }

    byte @Nullable [] get(byte[] key) {
        return StorageErrors.join(reads.get(key));
    }

    /** Gives all pairs of a range, which is read in pieces. */
    void forEach(byte[] begin, byte[] end, Consumer<KeyValue> pairs) {
        byte[] from = begin;
        while (from != null) {
            token.checkpoint();
            List<KeyValue> piece =
                    StorageErrors.join(reads.getRange(from, end, PIECE_ROWS).asList());
            piece.forEach(pairs);
            from = piece.size() < PIECE_ROWS
                    ? null
                    : KeyLayout.concat(piece.getLast().getKey(), new byte[1]);
        }
    }

    void forEach(byte[] prefix, Consumer<KeyValue> pairs) {
        forEach(prefix, KeyLayout.end(prefix), pairs);
    }

    /** The parts of a chunk, one after another. */
    MemorySegment chunk(byte[] chunk, long bytes, SegmentAllocator memory) {
        try {
            return keySpace.segments().readConcatenated(chunk, KeyLayout.end(chunk), version(), bytes, memory);
        } catch (com.apple.foundationdb.FDBException | java.util.concurrent.CompletionException e) {
            throw StorageErrors.translate(e);
        }
    }

    /** A table, or an index as one, as readers see it. */
    TableView view(TableDefinition table) {
        return new TableView(
                storage,
                table,
                reads,
                Collections.unmodifiableNavigableMap(new TreeMap<>(Arrays::compareUnsigned)),
                List.of());
    }

    @Override
    public void close() {
        storage.columns().close();
        pin.close();
    }
}
