package io.kadedb.storage.table;

import com.apple.foundationdb.MutationType;
import com.apple.foundationdb.Transaction;
import com.google.protobuf.ByteString;
import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.api.StagedWrites;
import io.kadedb.storage.format.v1.ColumnBuffer;
import io.kadedb.storage.format.v1.ColumnEncoder;
import io.kadedb.storage.format.v1.EncodedColumn;
import io.kadedb.storage.format.v1.KeyEncoding;
import io.kadedb.storage.format.v1.KeyLayout;
import io.kadedb.storage.format.v1.ShreddedPath;
import io.kadedb.storage.format.v1.Stamp;
import io.kadedb.storage.format.v1.proto.ManifestProto.ChunkRecord;
import io.kadedb.storage.format.v1.proto.ManifestProto.HideRecord;
import io.kadedb.storage.format.v1.proto.ManifestProto.SegmentRecord;
import io.kadedb.storage.format.v1.proto.ManifestProto.ShreddedRecord;
import it.unimi.dsi.fastutil.ints.IntArrayList;
import it.unimi.dsi.fastutil.ints.IntList;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * Segments and row ids to hide that are written ahead of their publication. Before anything is written, a record says so
 * durably; the transaction that publishes the batch removes it, and what still has one when the store is opened is
 * garbage. Owned by one thread.
 */
public final class StagedBatch {
    /** Parts of a chunk stay below the key space's limit for values, with room for what encryption adds. */
    private static final int PART_BYTES = 96_000;

    private final TableStorage storage;
    private final TableDefinition table;
    private final long batch;
    private final StagedWrites writes;
    private final KeyEncoding keys;
    private final Optional<RowPartitions> partitions;
    private final List<Segment> segments = new ArrayList<>();
    private final List<HideSet> hides = new ArrayList<>();
    private int next;

    /** Announces a batch for a table. */
    public StagedBatch(TableStorage storage, TableDefinition table) {
        this.storage = storage;
        this.table = table;
        this.batch = storage.sequences().next(Sequences.batches());
        this.keys = new KeyEncoding(table, storage.hash());
        this.partitions = RowPartitions.of(table);
        storage.commit(transaction -> {
            transaction.set(
                    KeyLayout.staging(batch),
                    ByteBuffer.allocate(Long.BYTES).putLong(table.storageId()).array());
            return batch;
        });
        this.writes = storage.keySpace().stage(KeyLayout.batchData(table.storageId(), batch));
    }

    public List<Segment> segments() {
        return segments;
    }

    List<HideSet> hides() {
        return hides;
    }

    long id() {
        return batch;
    }

    public TableDefinition table() {
        return table;
    }

    /**
     * Writes rows as a segment, or as one for each of their partitions.
     *
     * @param columns all columns of the table, sorted by key, at least one row
     * @param rowIds of the rows
     */
    public void addSegment(List<ColumnBuffer> columns, ColumnBuffer rowIds, Stamp stamp) {
        if (partitions.isEmpty()) {
            addSegment(columns, rowIds, stamp, OptionalLong.empty());
            return;
        }
        SortedMap<Long, IntList> places = new TreeMap<>();
        for (int row = 0; row < rowIds.rows(); row++) {
            places.computeIfAbsent(partitions.get().of(columns, row), key -> new IntArrayList())
                    .add(row);
        }
        places.forEach((partition, rows) -> {
            if (places.size() == 1) {
                addSegment(columns, rowIds, stamp, OptionalLong.of(partition));
            } else {
                int[] order = rows.toIntArray();
                List<ColumnBuffer> part =
                        columns.stream().map(column -> column.permute(order)).toList();
                addSegment(part, rowIds.permute(order), stamp, OptionalLong.of(partition));
            }
        });
    }

    private void addSegment(List<ColumnBuffer> columns, ColumnBuffer rowIds, Stamp stamp, OptionalLong partition) {
        int number = next++;
        byte[] prefix = KeyLayout.segmentData(table.storageId(), batch, number);
        int rows = rowIds.rows();
        SegmentRecord.Builder record = SegmentRecord.newBuilder()
                .setMajor(KeyLayout.FORMAT_MAJOR)
                .setBatch(batch)
                .setNumber(number)
                .setSequence(stamp.sequence())
                .setRows(rows);
        partition.ifPresent(record::setPartition);
        List<byte[]> sketches = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            ColumnDefinition column = table.columns().get(i);
            EncodedColumn encoded = ColumnEncoder.encode(columns.get(i));
            record.addColumns(bounds(encoded, chunk(prefix, column.id(), encoded.bytes())));
            sketches.add(encoded.sketch().toBytes());
        }
        shred(columns, prefix, record);
        record.setRowIds(
                chunk(prefix, Segment.ROW_IDS, ColumnEncoder.encode(rowIds).bytes()));
        byte[] sketchBytes = sketches.stream().reduce(new byte[0], KeyLayout::concat);
        record.setSketches(chunk(prefix, Segment.SKETCHES, sketchBytes));
        describeRowIds(record, rowIds);
        List<ColumnBuffer> key = keyColumns(columns, rowIds);
        record.setMinKey(ByteString.copyFrom(keys.ordered(key, 0)));
        record.setMaxKey(ByteString.copyFrom(keys.ordered(key, rows - 1)));
        segments.add(new Segment(table.qualifiedName(), table.storageId(), stamp, record.build()));
    }

    /** Writes the hot paths of documents as columns of their own. */
    private void shred(List<ColumnBuffer> columns, byte[] prefix, SegmentRecord.Builder record) {
        int chunkId = Segment.FIRST_SHREDDED;
        for (int i = 0; i < columns.size(); i++) {
            if (!columns.get(i).type().equals(SqlType.JSONB)) {
                continue;
            }
            for (ShreddedPath path : ShreddedPath.of(columns.get(i))) {
                EncodedColumn values = ColumnEncoder.encode(path.values());
                ShreddedRecord.Builder shredded = ShreddedRecord.newBuilder()
                        .setColumnId(table.columns().get(i).id())
                        .addAllKeys(path.keys())
                        .setType(ShreddedPath.number(path.type()))
                        .setValues(bounds(values, chunk(prefix, chunkId--, values.bytes())))
                        .setOtherRows(path.otherRows());
                if (path.otherRows() > 0) {
                    EncodedColumn others = ColumnEncoder.encode(path.others());
                    shredded.setOthers(bounds(others, chunk(prefix, chunkId--, others.bytes())));
                }
                record.addShredded(shredded);
            }
        }
    }

    /** The columns of the key in its order. */
    public List<ColumnBuffer> keyColumns(List<ColumnBuffer> columns, ColumnBuffer rowIds) {
        List<ColumnBuffer> key = new ArrayList<>();
        for (int ordinal : KeyEncoding.ordinals(table)) {
            key.add(ordinal == TableDefinition.ROW_ID ? rowIds : columns.get(ordinal));
        }
        return key;
    }

    private static void describeRowIds(SegmentRecord.Builder record, ColumnBuffer rowIds) {
        long min = rowIds.low(0);
        long max = min;
        boolean sorted = true;
        for (int i = 1; i < rowIds.rows(); i++) {
            long id = rowIds.low(i);
            sorted &= id > rowIds.low(i - 1);
            min = Math.min(min, id);
            max = Math.max(max, id);
        }
        record.setMinRowId(min).setMaxRowId(max).setRowIdsSorted(sorted);
    }

    private static ChunkRecord bounds(EncodedColumn encoded, ChunkRecord.Builder chunk) {
        chunk.setNulls(encoded.nulls()).setDistinct(encoded.sketch().estimate());
        byte[] min = encoded.min();
        byte[] max = encoded.max();
        if (min != null && max != null) {
            chunk.setMin(ByteString.copyFrom(min))
                    .setMax(ByteString.copyFrom(max))
                    .setMaxIsPrefix(encoded.maxIsPrefix());
        }
        return chunk.build();
    }

    private ChunkRecord.Builder chunk(byte[] prefix, int chunkId, byte[] bytes) {
        byte[] chunk = KeyLayout.chunk(prefix, chunkId);
        for (int part = 0; part * (long) PART_BYTES < bytes.length; part++) {
            int from = part * PART_BYTES;
            int to = Math.min(bytes.length, from + PART_BYTES);
            writes.set(KeyLayout.part(chunk, part), java.util.Arrays.copyOfRange(bytes, from, to));
        }
        CRC32C checksum = new CRC32C();
        checksum.update(bytes);
        return ChunkRecord.newBuilder()
                .setColumnId(chunkId)
                .setBytes(bytes.length)
                .setCrc32C((int) checksum.getValue());
    }

    /** Writes row ids that are gone, in all that was written before the stamp. */
    public void addHides(Roaring64Bitmap rowIds, Stamp stamp) {
        int number = next++;
        rowIds.runOptimize();
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(rowIds.serializedSizeInBytes()));
        try {
            rowIds.serialize(bytes);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        byte[] prefix = KeyLayout.segmentData(table.storageId(), batch, number);
        HideRecord record = HideRecord.newBuilder()
                .setMajor(KeyLayout.FORMAT_MAJOR)
                .setBatch(batch)
                .setNumber(number)
                .setSequence(stamp.sequence())
                .setRows(rowIds.getLongCardinality())
                .setRowIds(chunk(prefix, Segment.ROW_IDS, bytes.array()))
                .build();
        hides.add(new HideSet(record, stamp, rowIds));
    }

    /** Returns when all of it survives a crash. */
    public void makeDurable() {
        writes.makeDurable();
    }

    /** Makes it visible with the transaction, with the version of its commit. */
    public void publish(Transaction transaction) {
        for (Segment segment : segments) {
            write(
                    transaction,
                    KeyLayout.segment(table.storageId(), batch, segment.number()),
                    segment.record().toByteArray());
        }
        for (HideSet hide : hides) {
            write(
                    transaction,
                    KeyLayout.hide(table.storageId(), batch, hide.record().getNumber()),
                    hide.record().toByteArray());
        }
        ended(transaction);
    }

    /** Makes its segments visible as of an earlier version: for folds. */
    void publishAt(Transaction transaction, long version) {
        for (Segment segment : segments) {
            transaction.set(
                    KeyLayout.segment(table.storageId(), batch, segment.number()),
                    Stamp.stamped(version, segment.record().toByteArray()));
        }
        ended(transaction);
    }

    private void ended(Transaction transaction) {
        transaction.clear(KeyLayout.staging(batch));
        bumpGeneration(transaction, table.storageId());
    }

    /** Tells readers of cached manifests that there is a new one. Never a conflict. */
    static void bumpGeneration(Transaction transaction, long tableId) {
        write(transaction, KeyLayout.generation(tableId), new byte[0]);
    }

    private static void write(Transaction transaction, byte[] key, byte[] value) {
        transaction.options().setNextWriteNoWriteConflictRange();
        transaction.mutate(MutationType.SET_VERSIONSTAMPED_VALUE, key, Stamp.placeholder(value));
    }

    /** Ends the writing after publication. */
    public void close() {
        writes.close();
    }

    /** Removes what was written. */
    public void discard() {
        writes.close();
        storage.keySpace().discard(KeyLayout.batchData(table.storageId(), batch));
        storage.commit(transaction -> {
            transaction.clear(KeyLayout.staging(batch));
            return batch;
        });
    }
}
