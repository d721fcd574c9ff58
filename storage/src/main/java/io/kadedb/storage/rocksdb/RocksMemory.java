package io.kadedb.storage.rocksdb;

/**
 * How much memory an engine in a directory may use beside the Java heap.
 *
 * @param blockCacheBytes for blocks that were read
 * @param writeBufferBytes for each of the few write buffers
 */
public record RocksMemory(long blockCacheBytes, long writeBufferBytes) {
    /** 256 MB to read, 64 MB for each buffer to write. */
    public static final RocksMemory DEFAULT = new RocksMemory(256L << 20, 64L << 20);

    public RocksMemory {
        if (blockCacheBytes < 1 || writeBufferBytes < 1) {
            throw new IllegalArgumentException("memory must be positive");
        }
    }
}
