package io.kadedb.storage.table;

import io.kadedb.storage.format.v1.KeyLayout;
import io.kadedb.storage.format.v1.Stamp;
import io.kadedb.storage.format.v1.proto.ManifestProto.ChunkRecord;
import io.kadedb.storage.format.v1.proto.ManifestProto.SegmentRecord;
import io.kadedb.storage.format.v1.proto.ManifestProto.ShreddedRecord;
import it.unimi.dsi.fastutil.ints.Int2ObjectOpenHashMap;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** A column segment as the manifest records it: immutable rows, sorted by key, and which of them are gone. */
public final class Segment {
    /** The most rows of a segment. */
    public static final int MAX_ROWS = 65_536;
    /** The chunk of the row ids. */
    static final int ROW_IDS = 0;
    /** The chunk of the distinct sketches, one for each column in the order of the record. */
    static final int SKETCHES = -1;
    /** The first of the chunks of shredded paths, which count downwards. */
    static final int FIRST_SHREDDED = -2;

    private final String table;
    private final long tableId;
    private final Stamp stamp;
    private final SegmentRecord record;
    private final byte[] minKey;
    private final byte[] maxKey;
    private final Int2ObjectOpenHashMap<ChunkRecord> chunks = new Int2ObjectOpenHashMap<>();
    private final @Nullable RoaringBitmap deleted;

    Segment(String table, long tableId, Stamp stamp, SegmentRecord record) {
        this.table = table;
        this.tableId = tableId;
        this.stamp = stamp;
        this.record = record;
        this.minKey = record.getMinKey().toByteArray();
        this.maxKey = record.getMaxKey().toByteArray();
        for (ChunkRecord chunk : record.getColumnsList()) {
            chunks.put(chunk.getColumnId(), chunk);
        }
        this.deleted =
                record.getDeletedRows() == 0 ? null : bitmap(record.getDeleted().toByteArray());
    }

    private static RoaringBitmap bitmap(byte[] bytes) {
        RoaringBitmap bitmap = new RoaringBitmap();
        try {
            bitmap.deserialize(java.nio.ByteBuffer.wrap(bytes));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bitmap;
    }

    public SegmentRecord record() {
        return record;
    }

    public Stamp stamp() {
        return stamp;
    }

    long batch() {
        return record.getBatch();
    }

    int number() {
        return record.getNumber();
    }

    /** Rows stored, those that are gone included. */
    public int rows() {
        return record.getRows();
    }

    public int liveRows() {
        return record.getRows() - record.getDeletedRows();
    }

    /** The partition that all its rows are in; empty in a table that has none. */
    public OptionalLong partition() {
        return record.hasPartition() ? OptionalLong.of(record.getPartition()) : OptionalLong.empty();
    }

    /** Bytes of its chunks. */
    long bytes() {
        long bytes = (long) record.getRowIds().getBytes() + record.getSketches().getBytes();
        for (ChunkRecord chunk : record.getColumnsList()) {
            bytes += chunk.getBytes();
        }
        for (ShreddedRecord path : record.getShreddedList()) {
            bytes += path.getValues().getBytes() + path.getOthers().getBytes();
        }
        return bytes;
    }

    long minRowId() {
        return record.getMinRowId();
    }

    long maxRowId() {
        return record.getMaxRowId();
    }

    public byte[] firstKey() {
        return minKey;
    }

    public byte[] lastKey() {
        return maxKey;
    }

    byte[] minKey() {
        return minKey;
    }

    byte[] maxKey() {
        return maxKey;
    }

    @Nullable
    RoaringBitmap deleted() {
        return deleted;
    }

    /** The record of a column; empty for a column that is younger than the segment. */
    Optional<ChunkRecord> chunk(int columnId) {
        return Optional.ofNullable(chunks.get(columnId));
    }

    /** The column of a path of keys in the documents of a column, if it has one. */
    Optional<ShreddedRecord> shredded(int columnId, List<String> keys) {
        for (ShreddedRecord path : record.getShreddedList()) {
            if (path.getColumnId() == columnId && path.getKeysList().equals(keys)) {
                return Optional.of(path);
            }
        }
        return Optional.empty();
    }

    byte[] dataPrefix() {
        return KeyLayout.segmentData(tableId, batch(), number());
    }

    /** Whether a key lies between the first and the last. */
    boolean covers(byte[] orderedKey) {
        return Arrays.compareUnsigned(minKey, orderedKey) <= 0 && Arrays.compareUnsigned(orderedKey, maxKey) <= 0;
    }

    boolean overlaps(Segment other) {
        return Arrays.compareUnsigned(minKey, other.maxKey) <= 0 && Arrays.compareUnsigned(other.minKey, maxKey) <= 0;
    }

    /** Whether row ids are consecutive in the order of the rows, so that positions need no lookup. */
    boolean isDense() {
        return record.getRowIdsSorted() && maxRowId() - minRowId() == rows() - 1;
    }

    boolean isRowIdSorted() {
        return record.getRowIdsSorted();
    }

    /** For messages: table and segment. */
    String name() {
        return batch() + "." + number() + " of table \"" + table + "\"";
    }
}
