package io.kadedb.storage.check;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.tuple.Tuple;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.storage.format.v1.ColumnBuffer;
import io.kadedb.storage.format.v1.Delta;
import io.kadedb.storage.format.v1.KeyEncoding;
import io.kadedb.storage.format.v1.KeyLayout;
import io.kadedb.storage.format.v1.RowCodec;
import io.kadedb.storage.format.v1.RowLayout;
import io.kadedb.storage.format.v1.Stamp;
import io.kadedb.storage.format.v1.proto.ManifestProto.FoldRecord;
import io.kadedb.storage.format.v1.proto.ManifestProto.HideRecord;
import io.kadedb.storage.format.v1.proto.ManifestProto.SegmentRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** What is stored of a table, or of an index: manifest, segments, hidden rows and deltas, each for itself. */
final class StructureCheck {
    private final CheckSnapshot snapshot;
    private final TableDefinition table;
    private final Problems problems;
    private final List<byte[]> data = new ArrayList<>();
    private long greatestRowId;
    private long greatestBatch;

    StructureCheck(CheckSnapshot snapshot, TableDefinition table, Problems problems) {
        this.snapshot = snapshot;
        this.table = table;
        this.problems = problems;
    }

    void run() {
        long id = table.storageId();
        problems.guard("the record of folds", () -> fold(snapshot.get(KeyLayout.fold(id))));
        problems.guard(
                "the manifest",
                () -> snapshot.forEach(
                        KeyLayout.segments(id), pair -> problems.guard("a segment's record", () -> segment(pair))));
        problems.guard(
                "the manifest",
                () -> snapshot.forEach(
                        KeyLayout.hides(id), pair -> problems.guard("a record of hidden rows", () -> hides(pair))));
        problems.guard("the generation of the manifest", () -> {
            byte @Nullable [] generation = snapshot.get(KeyLayout.generation(id));
            if (generation == null && !data.isEmpty()) {
                problems.add("the manifest has segments and no generation, so readers take it for empty");
            }
        });
        problems.guard("the deltas", this::deltas);
    }

    /** The prefixes of the data that the manifest refers to. */
    List<byte[]> data() {
        return data;
    }

    long greatestRowId() {
        return greatestRowId;
    }

    long greatestBatch() {
        return greatestBatch;
    }

    private void fold(byte @Nullable [] value) {
        if (value == null) {
            return;
        }
        try {
            FoldRecord record = FoldRecord.parseFrom(value);
            checkMajor(record.getMajor());
            if (record.getVersion() > snapshot.version()) {
                problems.add("the table is folded up to version " + record.getVersion() + ", which is to come");
            }
        } catch (InvalidProtocolBufferException e) {
            throw unreadable(e);
        }
    }

    private static KadeException unreadable(InvalidProtocolBufferException e) {
        return KadeException.of(ErrorCode.DATA_CORRUPTED, "it is no record", e);
    }

    private static void checkMajor(int major) {
        if (major < 1 || major > KeyLayout.FORMAT_MAJOR) {
            throw KadeException.of(ErrorCode.INCOMPATIBLE_FORMAT, "it has format " + major);
        }
    }

    private void checkStamp(String name, byte[] value) {
        if (Stamp.versionOf(value) > snapshot.version()) {
            problems.add(name + " was written at version " + Stamp.versionOf(value) + ", which is to come");
        }
    }

    private void checkPlace(String name, byte[] prefix, byte[] key, long batch, int number) {
        Tuple place = Tuple.fromBytes(key, prefix.length, key.length - prefix.length);
        if (place.size() != 2 || place.getLong(0) != batch || place.getLong(1) != number) {
            problems.add(name + " lies under the key of another");
        }
        data.add(KeyLayout.segmentData(table.storageId(), batch, number));
        greatestBatch = Math.max(greatestBatch, batch);
    }

    private void segment(KeyValue pair) {
        byte[] value = pair.getValue();
        SegmentRecord record;
        try {
            record = SegmentRecord.parser().parseFrom(value, Stamp.BYTES, value.length - Stamp.BYTES);
        } catch (InvalidProtocolBufferException e) {
            throw unreadable(e);
        }
        checkMajor(record.getMajor());
        String name = "segment " + record.getBatch() + "." + record.getNumber();
        checkStamp(name, value);
        checkPlace(name, KeyLayout.segments(table.storageId()), pair.getKey(), record.getBatch(), record.getNumber());
        greatestRowId = Math.max(greatestRowId, record.getMaxRowId());
        new SegmentCheck(snapshot, table, record, problems).run();
    }

    private void hides(KeyValue pair) {
        byte[] value = pair.getValue();
        HideRecord record;
        try {
            record = HideRecord.parser().parseFrom(value, Stamp.BYTES, value.length - Stamp.BYTES);
        } catch (InvalidProtocolBufferException e) {
            throw unreadable(e);
        }
        checkMajor(record.getMajor());
        String name = "hidden rows " + record.getBatch() + "." + record.getNumber();
        checkStamp(name, value);
        checkPlace(name, KeyLayout.hides(table.storageId()), pair.getKey(), record.getBatch(), record.getNumber());
        byte[] prefix = KeyLayout.segmentData(table.storageId(), record.getBatch(), record.getNumber());
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment bytes = snapshot.chunk(
                    KeyLayout.chunk(prefix, record.getRowIds().getColumnId()),
                    record.getRowIds().getBytes(),
                    arena);
            CRC32C checksum = new CRC32C();
            checksum.update(bytes.asByteBuffer());
            if (bytes.byteSize() != record.getRowIds().getBytes()
                    || (int) checksum.getValue() != record.getRowIds().getCrc32C()) {
                problems.add(name + " fail their checksum");
                return;
            }
            Roaring64Bitmap ids = new Roaring64Bitmap();
            try {
                ids.deserialize(ByteBuffer.wrap(bytes.toArray(ValueLayout.JAVA_BYTE)));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            if (ids.getLongCardinality() != record.getRows()) {
                problems.add(name + " are " + ids.getLongCardinality() + ", and say that they are " + record.getRows());
            }
        }
    }

    private void deltas() {
        KeyEncoding encoding = new KeyEncoding(table, snapshot.storage().hash());
        RowLayout layout = RowLayout.of(table);
        List<ColumnBuffer> columns = new ArrayList<>();
        table.columns().forEach(column -> columns.add(new ColumnBuffer(column.type(), 1)));
        ColumnBuffer rowId = new ColumnBuffer(io.kadedb.common.type.SqlType.BIGINT, 1);
        List<ColumnBuffer> key = new ArrayList<>();
        KeyEncoding.ordinals(table)
                .forEach(ordinal -> key.add(ordinal == TableDefinition.ROW_ID ? rowId : columns.get(ordinal)));
        List<@Nullable ColumnBuffer> targets = new ArrayList<>(columns);
        snapshot.forEach(KeyLayout.rows(table.storageId()), pair -> {
            problems.guard("a delta", () -> {
                Delta delta = Delta.decode(pair.getValue());
                checkStamp("a delta", pair.getValue());
                greatestRowId = Math.max(greatestRowId, delta.rowId());
                columns.forEach(ColumnBuffer::clear);
                rowId.clear();
                rowId.addFixed(delta.rowId(), 0);
                byte[] row = delta.row();
                if (row != null) {
                    RowCodec.decode(row, delta.rowOffset(), layout, targets);
                }
                if ((row != null || !table.hasPrimaryKey())
                        && !Arrays.equals(encoding.logical(key, 0), pair.getKey())) {
                    problems.add("the delta of row " + delta.rowId() + " lies under the key of another row");
                }
            });
        });
    }
}
