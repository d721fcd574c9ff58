package io.kadedb.storage.memory;

import io.kadedb.storage.keyspace.Keys;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A key by its bytes, for maps without an order. */
final class HashedKey {
    private final byte[] bytes;
    private final int hash;

    HashedKey(byte[] bytes) {
        this.bytes = bytes;
        this.hash = Keys.hash(bytes);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof HashedKey key && hash == key.hash && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
