package io.kadedb.storage.keyspace;

import java.util.Arrays;
import java.util.Comparator;

/** The order of keys, unsigned byte by byte, and their neighbours in it. */
public final class Keys {
    /** The order of keys. */
    public static final Comparator<byte[]> ORDER = Arrays::compareUnsigned;

    /** The key before all others. */
    public static final byte[] FIRST = {};

    /** The end of what users may write: the first key that they may not. */
    static final byte[] END = {(byte) 0xFF};

    private static final long HASH_FACTOR = 0xD6E8FEB86659FD93L;

    private Keys() {}

    public static int compare(byte[] left, byte[] right) {
        return Arrays.compareUnsigned(left, right);
    }

    /** The key right after this one: the same with a zero byte appended. */
    public static byte[] after(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    /** Whether {@code [begin, end)} holds one possible key only. */
    public static boolean isSingle(byte[] begin, byte[] end) {
        return end.length == begin.length + 1
                && end[begin.length] == 0
                && Arrays.equals(begin, 0, begin.length, end, 0, begin.length);
    }

    public static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    public static byte[] min(byte[] left, byte[] right) {
        return compare(left, right) <= 0 ? left : right;
    }

    public static byte[] max(byte[] left, byte[] right) {
        return compare(left, right) >= 0 ? left : right;
    }

    /** The first key that does not start with the prefix; {@link #END} for a prefix of nothing but 0xFF bytes. */
    public static byte[] endOfPrefix(byte[] prefix) {
        for (int i = prefix.length - 1; i >= 0; i--) {
            if (prefix[i] != (byte) 0xFF) {
                byte[] end = Arrays.copyOf(prefix, i + 1);
                end[i]++;
                return end;
            }
        }
        return END;
    }

    /**
     * A hash of a key. The one of arrays that Java has puts keys that differ in their last bytes only, as the keys of rows
     * do, into a few places. Plain steps, which are as good before the optimizing compiler has come.
     */
    public static int hash(byte[] bytes) {
        long hash = bytes.length * HASH_FACTOR;
        long word = 0;
        for (int i = 0; i < bytes.length; i++) {
            word = (word << Byte.SIZE) | (bytes[i] & 0xFF);
            if ((i & 7) == 7) {
                hash = mixed(hash ^ word);
            }
        }
        hash = mixed(hash ^ word);
        return (int) (hash ^ hash >>> 32);
    }

    /** Each step can be undone, so that words which differ stay different; the shifts bring high bits to where places are. */
    private static long mixed(long value) {
        long spread = (value ^ value >>> 32) * HASH_FACTOR;
        return (spread ^ spread >>> 29) * HASH_FACTOR;
    }
}
