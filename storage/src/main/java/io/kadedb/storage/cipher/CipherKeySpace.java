package io.kadedb.storage.cipher;

import com.apple.foundationdb.Database;
import com.apple.foundationdb.DatabaseOptions;
import com.apple.foundationdb.EventKeeper;
import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.Transaction;
import io.kadedb.storage.api.KeySpace;
import io.kadedb.storage.api.KeySpaceErrors;
import io.kadedb.storage.api.KeySpaceLimits;
import io.kadedb.storage.api.SegmentReads;
import io.kadedb.storage.api.StagedWrites;
import io.kadedb.storage.keyspace.DatabaseOverloads;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A key space over another that sees ciphertext only. Where order and atomic mutations are to be had depends on the
 * {@link KeyMode} of the key's prefix; keys without a mode are PLAIN.
 */
public final class CipherKeySpace implements KeySpace {
    private final KeySpace inner;
    private final KeySpaceLimits limits;
    private final EncryptionBoundary boundary;
    private final Database database = new CipherDatabase();
    private final SegmentReads segments = new CipherSegments();

    /**
     * Puts a boundary over a key space.
     *
     * @param inner holds the ciphertext; its limits must be those of {@link #limitsBelow}, or wider
     * @param limits what programs are held to
     * @param modes prefixes that are not PLAIN; none may contain another
     */
    public CipherKeySpace(KeySpace inner, KeySpaceLimits limits, ValueCipher cipher, Map<byte[], KeyMode> modes) {
        this.inner = inner;
        this.limits = limits;
        this.boundary = new EncryptionBoundary(cipher, modes);
        if (inner.limits().valueBytes() < limitsBelow(limits, cipher).valueBytes()) {
            throw new IllegalArgumentException("the key space below has no room for encrypted values");
        }
    }

    /** The limits that a key space below needs. */
    public static KeySpaceLimits limitsBelow(KeySpaceLimits limits, ValueCipher cipher) {
        return limits.withValueOverhead(new EncryptionBoundary(cipher, Map.of()).overheadBytes(limits.keyBytes()));
    }

    @Override
    public Database database() {
        return database;
    }

    @Override
    public long currentVersion() {
        return inner.currentVersion();
    }

    @Override
    public long versionAsOf(long epochMicros) {
        return inner.versionAsOf(epochMicros);
    }

    @Override
    public long oldestVersion() {
        return inner.oldestVersion();
    }

    @Override
    public void validate(Transaction transaction) {
        if (!(transaction instanceof CipherTransaction own)) {
            throw new IllegalArgumentException("a transaction of another key space");
        }
        inner.validate(own.inner());
    }

    @Override
    public Pin pin(long version) {
        return inner.pin(version);
    }

    @Override
    public KeySpace stored() {
        return inner.stored();
    }

    @Override
    public SegmentReads segments() {
        return segments;
    }

    @Override
    public StagedWrites stage(byte[] prefix) {
        return new CipherStage(prefix.clone());
    }

    @Override
    public void discard(byte[] prefix) {
        boundary.checkRange(prefix, prefix);
        inner.discard(prefix);
    }

    @Override
    public void collectGarbage() {
        inner.collectGarbage();
    }

    @Override
    public void check(Runnable checkpoint, Consumer<String> problems) {
        inner.check(checkpoint, problems);
    }

    @Override
    public void persist() {
        inner.persist();
    }

    @Override
    public KeySpaceLimits limits() {
        return limits;
    }

    @Override
    public void close() {
        inner.close();
    }

    private final class CipherDatabase implements DatabaseOverloads {
        @Override
        public Transaction createTransaction(Executor executor) {
            Transaction transaction = inner.database().createTransaction(executor);
            return new CipherTransaction(this, transaction, boundary, limits);
        }

        @Override
        public Transaction createTransaction(Executor executor, @Nullable EventKeeper eventKeeper) {
            return createTransaction(executor);
        }

        @Override
        public DatabaseOptions options() {
            return inner.database().options();
        }
    }

    private final class CipherSegments implements SegmentReads {
        @Override
        public @Nullable MemorySegment read(byte[] key, long version, SegmentAllocator allocator) {
            byte[] storedKey = boundary.storedKey(key);
            // Ciphertext needs no native memory of its own.
            SegmentAllocator heap = (size, alignment) ->
                    MemorySegment.ofArray(new long[(int) ((size + 7) / 8)]).asSlice(0, size);
            MemorySegment stored = inner.segments().read(storedKey, version, heap);
            if (stored == null) {
                return null;
            }
            byte[] plain = boundary.plainValue(storedKey, stored.toArray(ValueLayout.JAVA_BYTE));
            return copy(List.of(plain), plain.length, allocator);
        }

        private MemorySegment copy(List<byte[]> values, long bytes, SegmentAllocator allocator) {
            MemorySegment target = allocator.allocate(bytes, Long.BYTES);
            long at = 0;
            for (byte[] value : values) {
                MemorySegment.copy(value, 0, target, ValueLayout.JAVA_BYTE, at, value.length);
                at += value.length;
            }
            return target;
        }

        @Override
        public List<@Nullable MemorySegment> readAll(List<byte[]> keys, long version, SegmentAllocator allocator) {
            List<@Nullable MemorySegment> values = new ArrayList<>(keys.size());
            for (byte[] key : keys) {
                values.add(read(key, version, allocator));
            }
            return values;
        }

        @Override
        public MemorySegment readConcatenated(
                byte[] begin, byte[] end, long version, long sizeHint, SegmentAllocator allocator) {
            List<byte[]> values = new ArrayList<>();
            long bytes = 0;
            try (Transaction transaction = transactionAt(version)) {
                for (KeyValue row : transaction.snapshot().getRange(begin, end)) {
                    values.add(row.getValue());
                    bytes += row.getValue().length;
                }
            }
            return copy(values, bytes, allocator);
        }
    }

    private final class CipherStage implements StagedWrites {
        private final StagedWrites stage;

        CipherStage(byte[] prefix) {
            boundary.checkRange(prefix, prefix);
            this.stage = inner.stage(prefix);
        }

        @Override
        public void set(byte[] key, byte[] value) {
            if (value.length > limits.valueBytes()) {
                throw KeySpaceErrors.VALUE_TOO_LARGE.exception();
            }
            stage.set(boundary.storedKey(key), boundary.storedValue(key, value));
        }

        @Override
        public void set(byte[] key, MemorySegment value) {
            set(key, value.toArray(ValueLayout.JAVA_BYTE));
        }

        @Override
        public void makeDurable() {
            stage.makeDurable();
        }

        @Override
        public long bytes() {
            return stage.bytes();
        }

        @Override
        public void close() {
            stage.close();
        }
    }
}
