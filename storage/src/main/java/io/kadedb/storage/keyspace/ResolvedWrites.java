package io.kadedb.storage.keyspace;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What one transaction writes in the end: for each key its new value, or that it is removed. Each key occurs once. */
public final class ResolvedWrites {
    private final List<byte[]> keys;
    private final List<byte @Nullable []> values;

    ResolvedWrites(int expected) {
        this.keys = new ArrayList<>(expected);
        this.values = new ArrayList<>(expected);
    }

    /** Takes lists of the same length, which nobody changes any more. */
    ResolvedWrites(List<byte[]> keys, List<byte @Nullable []> values) {
        this.keys = keys;
        this.values = values;
    }

    void add(byte[] key, byte @Nullable [] value) {
        keys.add(key);
        values.add(value);
    }

    public int size() {
        return keys.size();
    }

    public byte[] key(int index) {
        return keys.get(index);
    }

    /** The new value, or null when the key is removed. */
    public byte @Nullable [] value(int index) {
        return values.get(index);
    }
}
