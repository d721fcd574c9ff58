package io.kadedb.storage.keyspace;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * The version of the last write of each of many keys, in key order. Kept in chunks of sorted arrays that know their
 * newest version, so that "was anything in this range written after V" looks at one number for each few hundred keys.
 */
final class RecentPoints {
    private static final int CHUNK_KEYS = 512;

    private final TreeMap<byte[], Chunk> chunks = new TreeMap<>(Keys.ORDER);

    private static final class Chunk {
        byte[][] keys = new byte[16][];
        long[] versions = new long[16];
        int size;
        long newest;

        int find(byte[] key) {
            return Arrays.binarySearch(keys, 0, size, key, Keys.ORDER);
        }

        void insert(int at, byte[] key, long version) {
            if (size == keys.length) {
                keys = Arrays.copyOf(keys, size * 2);
                versions = Arrays.copyOf(versions, size * 2);
            }
            System.arraycopy(keys, at, keys, at + 1, size - at);
            System.arraycopy(versions, at, versions, at + 1, size - at);
            keys[at] = key;
            versions[at] = version;
            size++;
        }

        void remove(int at) {
            size--;
            System.arraycopy(keys, at + 1, keys, at, size - at);
            System.arraycopy(versions, at + 1, versions, at, size - at);
        }

        Chunk splitUpperHalf() {
            int half = size / 2;
            Chunk upper = new Chunk();
            upper.keys = Arrays.copyOfRange(keys, half, half + CHUNK_KEYS);
            upper.versions = Arrays.copyOfRange(versions, half, half + CHUNK_KEYS);
            upper.size = size - half;
            upper.newest = newest;
            Arrays.fill(keys, half, size, null);
            size = half;
            return upper;
        }
    }

    /** The version of the last write of a key; 0 when none is remembered. */
    long lastWrite(byte[] key) {
        Map.Entry<byte[], Chunk> entry = chunks.floorEntry(key);
        if (entry == null) {
            return 0;
        }
        Chunk chunk = entry.getValue();
        int at = chunk.find(key);
        return at < 0 ? 0 : chunk.versions[at];
    }

    /** Whether a key of {@code [begin, end)} was written after a version. */
    boolean anyAfter(byte[] begin, byte[] end, long version) {
        byte[] firstChunk = chunks.floorKey(begin);
        Map<byte[], Chunk> covering = firstChunk == null ? chunks.headMap(end) : chunks.subMap(firstChunk, end);
        for (Chunk chunk : covering.values()) {
            if (chunk.newest <= version) {
                continue;
            }
            int from = position(chunk, begin);
            int to = position(chunk, end);
            for (int i = from; i < to; i++) {
                if (chunk.versions[i] > version) {
                    return true;
                }
            }
        }
        return false;
    }

    private static int position(Chunk chunk, byte[] key) {
        int at = chunk.find(key);
        return at < 0 ? -at - 1 : at;
    }

    void put(byte[] key, long version) {
        Map.Entry<byte[], Chunk> entry = chunks.floorEntry(key);
        if (entry == null) {
            // The first chunk is filed under the empty key, so that every key has a chunk at or before it.
            chunks.put(Keys.FIRST, new Chunk());
            entry = chunks.firstEntry();
        }
        Chunk chunk = entry.getValue();
        int at = chunk.find(key);
        chunk.newest = version;
        if (at >= 0) {
            chunk.versions[at] = version;
            return;
        }
        chunk.insert(-at - 1, key, version);
        if (chunk.size == CHUNK_KEYS) {
            Chunk upper = chunk.splitUpperHalf();
            chunks.put(upper.keys[0], upper);
        }
    }

    /** Forgets a key whose last write is of the given version. */
    void removeIf(byte[] key, long version) {
        Map.Entry<byte[], Chunk> entry = chunks.floorEntry(key);
        if (entry == null) {
            return;
        }
        Chunk chunk = entry.getValue();
        int at = chunk.find(key);
        if (at >= 0 && chunk.versions[at] == version) {
            chunk.remove(at);
            if (chunk.size == 0 && entry.getKey().length > 0) {
                chunks.remove(entry.getKey());
            }
        }
    }
}
