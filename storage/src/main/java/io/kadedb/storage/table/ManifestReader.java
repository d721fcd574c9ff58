package io.kadedb.storage.table;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.ReadTransaction;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.protobuf.InvalidProtocolBufferException;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.storage.format.v1.KeyLayout;
import io.kadedb.storage.format.v1.Stamp;
import io.kadedb.storage.format.v1.proto.ManifestProto.FoldRecord;
import io.kadedb.storage.format.v1.proto.ManifestProto.HideRecord;
import io.kadedb.storage.format.v1.proto.ManifestProto.SegmentRecord;
import java.io.IOException;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** Loads manifests and keeps the latest ones. Thread-safe. */
public final class ManifestReader {
    private static final int KEPT = 4_096;

    private final ColumnCache columns;
    private final Cache<Identity, Manifest> known =
            Caffeine.newBuilder().maximumSize(KEPT).build();

    private record Identity(long tableId, long generation) {}

    ManifestReader(ColumnCache columns) {
        this.columns = columns;
    }

    /** The manifest as the transaction's snapshot has it. */
    Manifest read(ReadTransaction snapshot, TableDefinition table) {
        byte @Nullable [] generation = StorageErrors.join(snapshot.get(KeyLayout.generation(table.storageId())));
        if (generation == null) {
            return Manifest.EMPTY;
        }
        long version = Stamp.versionOf(generation);
        return known.get(new Identity(table.storageId(), version), key -> load(snapshot, table, version));
    }

    private Manifest load(ReadTransaction snapshot, TableDefinition table, long generation) {
        byte @Nullable [] fold = StorageErrors.join(snapshot.get(KeyLayout.fold(table.storageId())));
        List<Segment> segments = new ArrayList<>();
        for (KeyValue entry : range(snapshot, KeyLayout.segments(table.storageId()))) {
            segments.add(segment(table, entry.getValue()));
        }
        segments.sort(Comparator.comparing(Segment::minKey, Arrays::compareUnsigned));
        List<HideSet> hides = new ArrayList<>();
        for (KeyValue entry : range(snapshot, KeyLayout.hides(table.storageId()))) {
            hides.add(hideSet(table, entry.getValue()));
        }
        return new Manifest(generation, fold == null ? 0 : foldVersion(table, fold), segments, hides);
    }

    private static List<KeyValue> range(ReadTransaction snapshot, byte[] prefix) {
        return StorageErrors.join(
                snapshot.getRange(prefix, KeyLayout.end(prefix)).asList());
    }

    private static long foldVersion(TableDefinition table, byte[] value) {
        try {
            FoldRecord record = FoldRecord.parseFrom(value);
            checkMajor(table, record.getMajor());
            return record.getVersion();
        } catch (InvalidProtocolBufferException e) {
            throw corrupted(table, e);
        }
    }

    private static Segment segment(TableDefinition table, byte[] value) {
        try {
            SegmentRecord record = SegmentRecord.parser().parseFrom(value, Stamp.BYTES, value.length - Stamp.BYTES);
            checkMajor(table, record.getMajor());
            Stamp stamp = new Stamp(Stamp.versionOf(value), record.getSequence());
            return new Segment(table.qualifiedName(), table.storageId(), stamp, record);
        } catch (InvalidProtocolBufferException e) {
            throw corrupted(table, e);
        }
    }

    private HideSet hideSet(TableDefinition table, byte[] value) {
        try {
            HideRecord record = HideRecord.parser().parseFrom(value, Stamp.BYTES, value.length - Stamp.BYTES);
            checkMajor(table, record.getMajor());
            Stamp stamp = new Stamp(Stamp.versionOf(value), record.getSequence());
            // Its chunk lies where a segment of the same batch and number would keep its own.
            Segment place = new Segment(
                    table.qualifiedName(),
                    table.storageId(),
                    stamp,
                    SegmentRecord.newBuilder()
                            .setBatch(record.getBatch())
                            .setNumber(record.getNumber())
                            .build());
            return new HideSet(record, stamp, columns.withEncoded(place, record.getRowIds(), encoded -> {
                Roaring64Bitmap rowIds = new Roaring64Bitmap();
                try {
                    rowIds.deserialize(java.nio.ByteBuffer.wrap(encoded.toArray(ValueLayout.JAVA_BYTE)));
                } catch (IOException e) {
                    throw corrupted(table, e);
                }
                return rowIds;
            }));
        } catch (InvalidProtocolBufferException e) {
            throw corrupted(table, e);
        }
    }

    private static void checkMajor(TableDefinition table, int major) {
        if (major > KeyLayout.FORMAT_MAJOR) {
            throw KadeException.of(
                    ErrorCode.INCOMPATIBLE_FORMAT,
                    "table \"" + table.qualifiedName() + "\" is stored in format " + major
                            + ", this version of KadeDB reads up to " + KeyLayout.FORMAT_MAJOR);
        }
    }

    private static KadeException corrupted(TableDefinition table, Exception cause) {
        return KadeException.of(
                ErrorCode.DATA_CORRUPTED, "the manifest of table \"" + table.qualifiedName() + "\" is damaged", cause);
    }
}
