package io.kadedb.storage.keyspace;

import com.apple.foundationdb.KeyValue;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What an engine supplies: an ordered map that keeps several versions of each key. Reads may come from any number of
 * threads at any time and never wait for writes; {@link #write}, {@link #collect} and {@link #discard} come from one
 * thread at a time.
 *
 * <p>A read at version V sees, for each key, the newest write of a version at most V. Reads below the collected horizon
 * may see too little; the caller checks {@link #horizon()} <em>after</em> the read.
 */
public interface VersionedStore extends AutoCloseable {
    /** A read version that sees the newest writes, even those not yet synced. */
    long NEWEST = Long.MAX_VALUE >> 1;

    /** The value of a key, or null. The caller must not change the array. */
    byte @Nullable [] get(byte[] key, long version);

    /** The value of a key as native memory aligned to 8 bytes, or null. */
    @Nullable
    MemorySegment get(byte[] key, long version, SegmentAllocator allocator);

    /** The values of several keys, in the order of the keys. */
    List<@Nullable MemorySegment> getAll(List<byte[]> keys, long version, SegmentAllocator allocator);

    /**
     * Rows of {@code [begin, end)} in key order, or from the end backwards. Stops after {@code maxRows} rows or once
     * {@code maxBytes} are exceeded, whichever comes first, but not before the first row.
     */
    Rows scan(byte[] begin, byte[] end, long version, int maxRows, int maxBytes, boolean reverse);

    /** The values of {@code [begin, end)} one after another in native memory. */
    MemorySegment concatenate(byte[] begin, byte[] end, long version, long sizeHint, SegmentAllocator allocator);

    /**
     * Applies one transaction's writes in one step. Afterwards reads at this version see them; they survive a crash
     * once {@link #sync} has returned, in the order of their versions.
     *
     * @param version above that of all earlier writes
     * @return about how many bytes are kept for the versions that it superseded
     */
    long write(long version, ResolvedWrites writes);

    /** Returns when all writes that came before survive a crash. Any thread, also while others write. */
    void sync();

    /** Writes under an unpublished prefix, visible at every version. Any thread. */
    void stage(List<KeyValue> rows);

    /** Removes all versions of all keys in a range at once. */
    void discard(byte[] begin, byte[] end);

    /**
     * Raises the horizon and removes versions that no read at or above it can see.
     *
     * @param budget how many superseded versions to remove at most
     * @return whether there is more to remove
     */
    boolean collect(long horizon, int budget);

    /** The oldest version that reads see in full. */
    long horizon();

    /** The version of the newest write, from before a restart too; 0 when there was none. */
    long lastVersion();

    /** An estimate of the bytes of keys and values in a range. */
    long estimateBytes(byte[] begin, byte[] end);

    /** Checks what is kept, see {@link io.kadedb.storage.api.KeySpace#check}. Any thread. */
    default void check(Runnable checkpoint, Consumer<String> problems) {}

    /** See {@link io.kadedb.storage.api.KeySpace#persist}. Any thread. */
    default void persist() {}

    @Override
    void close();

    /**
     * A piece of a scan.
     *
     * @param rows in the order asked for
     * @param more whether rows of the range are left after these
     */
    record Rows(List<KeyValue> rows, boolean more) {
        /** No rows, and none left. */
        public static final Rows NONE = new Rows(List.of(), false);
    }
}
