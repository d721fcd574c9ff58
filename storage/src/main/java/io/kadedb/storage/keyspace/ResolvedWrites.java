package io.kadedb.storage.keyspace;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What one transaction writes in the end: for each key its new value, or that it is removed. Each key occurs once. */
public final class ResolvedWrites {
    private byte[][] keys;
    private byte[] @Nullable [] values;
    private int size;

    ResolvedWrites(int expected) {
        this.keys = new byte[expected][];
        this.values = new byte[expected][];
    }

    /** Takes arrays of the same length, which nobody changes any more. */
    ResolvedWrites(byte[][] keys, byte[][] values) {
        this.keys = keys;
        this.values = values;
        this.size = keys.length;
    }

    void add(byte[] key, byte @Nullable [] value) {
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, Math.max(4, 2 * size));
            values = Arrays.copyOf(values, keys.length);
        }
        keys[size] = key;
        values[size++] = value;
    }

    public int size() {
        return size;
    }

    public byte[] key(int index) {
        return keys[index];
    }

    /** The new value, or null when the key is removed. */
    public byte @Nullable [] value(int index) {
        return values[index];
    }
}
