package io.kadedb.storage.check;

import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.RangePartitioning;
import io.kadedb.common.catalog.RowStorage;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.format.v1.ColumnBuffer;
import io.kadedb.storage.format.v1.ColumnDecoder;
import io.kadedb.storage.format.v1.ColumnEncoder;
import io.kadedb.storage.format.v1.DistinctSketch;
import io.kadedb.storage.format.v1.EncodedColumn;
import io.kadedb.storage.format.v1.KeyEncoding;
import io.kadedb.storage.format.v1.KeyLayout;
import io.kadedb.storage.format.v1.ValueOrder;
import io.kadedb.storage.format.v1.proto.ManifestProto.ChunkRecord;
import io.kadedb.storage.format.v1.proto.ManifestProto.SegmentRecord;
import io.kadedb.storage.table.Segment;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.RoaringBitmap;

/** A segment against its record: each chunk is read, and what the record says of its values is found out anew. */
final class SegmentCheck {
    private static final int ROW_IDS = 0;
    private static final int SKETCHES = -1;

    private final CheckSnapshot snapshot;
    private final TableDefinition table;
    private final SegmentRecord record;
    private final byte[] data;
    private final String name;
    private final Problems problems;

    /** The keys' columns, and the row ids under {@link TableDefinition#ROW_ID}, as far as they can be read. */
    private final Map<Integer, ColumnBuffer> kept = new HashMap<>();

    private final Map<Integer, EncodedColumn> measured = new HashMap<>();

    SegmentCheck(CheckSnapshot snapshot, TableDefinition table, SegmentRecord record, Problems problems) {
        this.snapshot = snapshot;
        this.table = table;
        this.record = record;
        this.data = KeyLayout.segmentData(table.storageId(), record.getBatch(), record.getNumber());
        this.name = "segment " + record.getBatch() + "." + record.getNumber();
        this.problems = problems;
    }

    void run() {
        int rows = record.getRows();
        if (rows < 1 || rows > Segment.MAX_ROWS) {
            problems.add(name + " has " + rows + " rows, of 1 to " + Segment.MAX_ROWS + " that are possible");
            return;
        }
        problems.guard("the deleted rows of " + name, this::deleted);
        Set<Integer> known = new HashSet<>();
        for (int ordinal = 0; ordinal < table.columns().size(); ordinal++) {
            ColumnDefinition column = table.columns().get(ordinal);
            known.add(column.id());
            ChunkRecord chunk = chunk(column.id());
            if (chunk != null) {
                int place = ordinal;
                problems.guard(title(column), () -> column(place, column, chunk));
            }
        }
        for (RowStorage.DroppedColumn dropped : table.rows().dropped()) {
            known.add(dropped.id());
        }
        for (ChunkRecord chunk : record.getColumnsList()) {
            if (!known.contains(chunk.getColumnId())) {
                problems.add(name + " has a chunk of column " + chunk.getColumnId() + ", which the table never had");
            } else if (table.columns().stream().noneMatch(column -> column.id() == chunk.getColumnId())) {
                problems.guard("a dropped column of " + name, () -> readOnly(chunk));
            }
        }
        new ShreddedCheck(table, record, name, problems, this::values).run();
        problems.guard("the row ids of " + name, this::rowIds);
        problems.guard("the sketches of " + name, this::sketches);
        problems.guard("the keys of " + name, this::keys);
    }

    private String title(ColumnDefinition column) {
        return column.name().isEmpty() ? "the tie-breaks of " + name : "column \"" + column.name() + "\" of " + name;
    }

    private @Nullable ChunkRecord chunk(int id) {
        for (ChunkRecord chunk : record.getColumnsList()) {
            if (chunk.getColumnId() == id) {
                return chunk;
            }
        }
        return null;
    }

    private void deleted() {
        RoaringBitmap deleted = new RoaringBitmap();
        if (record.getDeletedRows() > 0) {
            try {
                deleted.deserialize(ByteBuffer.wrap(record.getDeleted().toByteArray()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        if (deleted.getCardinality() != record.getDeletedRows()) {
            problems.add(name + " says that " + record.getDeletedRows() + " rows are gone, and names "
                    + deleted.getCardinality());
        }
        if (!deleted.isEmpty() && deleted.last() >= record.getRows()) {
            problems.add(name + " names row " + deleted.last() + " as gone, of " + record.getRows());
        }
    }

    /** The bytes of a chunk if they are whole; else its damage is noted. */
    private @Nullable MemorySegment bytes(ChunkRecord chunk, String title, Arena arena) {
        snapshot.checkpoint();
        MemorySegment bytes = snapshot.chunk(KeyLayout.chunk(data, chunk.getColumnId()), chunk.getBytes(), arena);
        if (bytes.byteSize() != chunk.getBytes()) {
            problems.add(title + " has " + bytes.byteSize() + " bytes of " + chunk.getBytes());
            return null;
        }
        CRC32C checksum = new CRC32C();
        checksum.update(bytes.asByteBuffer());
        if ((int) checksum.getValue() != chunk.getCrc32C()) {
            problems.add(title + " fails its checksum");
            return null;
        }
        return bytes;
    }

    private @Nullable ColumnBuffer values(ChunkRecord chunk, SqlType type, String title) {
        try (Arena arena = Arena.ofConfined();
                PooledMemory memory = new PooledMemory(snapshot.storage().memory())) {
            MemorySegment bytes = bytes(chunk, title, arena);
            if (bytes == null) {
                return null;
            }
            ColumnVector vector = ColumnDecoder.decode(type, bytes, memory);
            if (vector.length() != record.getRows()) {
                problems.add(title + " has " + vector.length() + " values for " + record.getRows() + " rows");
                return null;
            }
            ColumnBuffer values = new ColumnBuffer(type, vector.length());
            for (int row = 0; row < vector.length(); row++) {
                values.add(vector, row);
            }
            return values;
        }
    }

    private void readOnly(ChunkRecord chunk) {
        try (Arena arena = Arena.ofConfined()) {
            bytes(chunk, "dropped column " + chunk.getColumnId() + " of " + name, arena);
        }
    }

    private void column(int ordinal, ColumnDefinition column, ChunkRecord chunk) {
        String title = title(column);
        ColumnBuffer values = values(chunk, column.type(), title);
        if (values == null) {
            return;
        }
        EncodedColumn found = ColumnEncoder.encode(values);
        measured.put(column.id(), found);
        if (found.nulls() != chunk.getNulls()) {
            problems.add(title + " says that it has " + chunk.getNulls() + " NULLs, and has " + found.nulls());
        }
        if (!Arrays.equals(found.min(), chunk.hasMin() ? chunk.getMin().toByteArray() : null)) {
            problems.add(title + " says of another value that it is its least");
        }
        if (!Arrays.equals(found.max(), chunk.hasMax() ? chunk.getMax().toByteArray() : null)
                || found.maxIsPrefix() != chunk.getMaxIsPrefix()) {
            problems.add(title + " says of another value that it is its greatest");
        }
        if (KeyEncoding.ordinals(table).contains(ordinal)) {
            kept.put(ordinal, values);
        }
        table.partitioning()
                .filter(ranges -> ranges.columnId() == column.id())
                .ifPresent(ranges -> partition(ranges, column, values));
    }

    private void partition(RangePartitioning ranges, ColumnDefinition column, ColumnBuffer values) {
        for (int row = 0; row < values.rows(); row++) {
            long partition = ranges.partition(column.type(), values.low(row));
            if (!record.hasPartition() || partition != record.getPartition()) {
                problems.add(name + " says that it is of "
                        + (record.hasPartition() ? "partition " + record.getPartition() : "no partition")
                        + ", and has a row of partition " + partition);
                return;
            }
        }
    }

    private void rowIds() {
        ColumnBuffer ids = values(record.getRowIds(), SqlType.BIGINT, "row ids of " + name);
        if (ids == null) {
            return;
        }
        kept.put(TableDefinition.ROW_ID, ids);
        long min = Long.MAX_VALUE;
        long max = Long.MIN_VALUE;
        boolean sorted = true;
        for (int row = 0; row < ids.rows(); row++) {
            min = Math.min(min, ids.low(row));
            max = Math.max(max, ids.low(row));
            sorted &= row == 0 || ids.low(row) > ids.low(row - 1);
        }
        if (ids.nulls() > 0) {
            problems.add("row ids of " + name + " are NULL");
        }
        if (min != record.getMinRowId() || max != record.getMaxRowId()) {
            problems.add(name + " has row ids from " + min + " to " + max + ", and says from " + record.getMinRowId()
                    + " to " + record.getMaxRowId());
        }
        if (sorted != record.getRowIdsSorted()) {
            problems.add(name + " says the opposite of whether its row ids are in order");
        }
    }

    private void sketches() {
        byte[] stored;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = bytes(record.getSketches(), "sketches of " + name, arena);
            if (bytes == null) {
                return;
            }
            stored = bytes.toArray(ValueLayout.JAVA_BYTE);
        }
        if (record.getSketches().getColumnId() != SKETCHES || record.getRowIds().getColumnId() != ROW_IDS) {
            problems.add(name + " has its row ids or sketches in the wrong place");
        }
        if (stored.length != record.getColumnsCount() * DistinctSketch.REGISTERS) {
            problems.add("sketches of " + name + " are not as many as its columns");
            return;
        }
        for (int i = 0; i < record.getColumnsCount(); i++) {
            EncodedColumn found = measured.get(record.getColumns(i).getColumnId());
            int from = i * DistinctSketch.REGISTERS;
            if (found != null
                    && !Arrays.equals(
                            found.sketch().toBytes(),
                            Arrays.copyOfRange(stored, from, from + DistinctSketch.REGISTERS))) {
                problems.add("sketch " + (i + 1) + " of " + name + " is of other values");
            }
        }
    }

    private void keys() {
        List<ColumnBuffer> key = new ArrayList<>();
        for (int ordinal : KeyEncoding.ordinals(table)) {
            ColumnBuffer column = kept.get(ordinal);
            if (column == null) {
                // What is wrong with it is known already.
                return;
            }
            key.add(column);
        }
        KeyEncoding encoding = new KeyEncoding(table, snapshot.storage().hash());
        int last = record.getRows() - 1;
        if (!Arrays.equals(encoding.ordered(key, 0), record.getMinKey().toByteArray())
                || !Arrays.equals(
                        encoding.ordered(key, last), record.getMaxKey().toByteArray())) {
            problems.add(name + " does not begin and end with the keys that it says");
        }
        for (int row = 1; row <= last; row++) {
            if (ValueOrder.compare(key, row - 1, key, row) >= 0) {
                problems.add(name + " is not in the order of its keys: row " + row + " is not before row " + (row + 1));
                return;
            }
        }
    }
}
