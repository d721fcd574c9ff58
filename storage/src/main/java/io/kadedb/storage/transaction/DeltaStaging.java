package io.kadedb.storage.transaction;

import io.kadedb.common.type.SqlType;
import io.kadedb.storage.format.v1.ColumnBuffer;
import io.kadedb.storage.format.v1.Delta;
import io.kadedb.storage.format.v1.RowCodec;
import io.kadedb.storage.format.v1.RowLayout;
import io.kadedb.storage.format.v1.Stamp;
import io.kadedb.storage.table.StagedBatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** Turns the rows that many small statements of one transaction wrote into a staged batch, when they become too many. */
final class DeltaStaging {
    private final TableChanges changes;

    DeltaStaging(TableChanges changes) {
        this.changes = changes;
    }

    /** Stages the rows of a layer, all of them written before the sequence. */
    StagedBatch stage(ChangeLayer layer, int sequence) {
        Stamp stamp = Stamp.own(sequence);
        StagedBatch batch = new StagedBatch(changes.storage(), layer.table());
        RowLayout layout = RowLayout.of(layer.table());
        SegmentStaging segments = new SegmentStaging(batch, stamp);
        Roaring64Bitmap hidden = new Roaring64Bitmap();
        List<ColumnBuffer> columns = new ArrayList<>();
        layer.table().columns().forEach(column -> columns.add(new ColumnBuffer(column.type())));
        ColumnBuffer rowIds = new ColumnBuffer(SqlType.BIGINT);
        for (Map.Entry<byte[], Delta> entry : layer.rows().entrySet()) {
            Delta delta = entry.getValue();
            layer.stagedKeys().add(entry.getKey());
            hidden.add(delta.rowId());
            for (long former : delta.hides()) {
                if (!changes.isIndex() || !isGone(entry.getKey(), former, layer)) {
                    hidden.add(former);
                }
            }
            byte[] row = delta.row();
            if (row != null && changes.view().isLive(delta)) {
                RowCodec.decode(row, delta.rowOffset(), layout, new ArrayList<>(columns));
                rowIds.addFixed(delta.rowId(), 0);
            }
            if (SegmentStaging.isFull(columns, rowIds)) {
                flush(segments, columns, rowIds);
            }
        }
        flush(segments, columns, rowIds);
        try {
            segments.finish();
        } catch (SegmentStaging.DuplicateKeyException e) {
            throw repeated(e);
        }
        batch.addHides(hidden, stamp);
        batch.makeDurable();
        return batch;
    }

    /**
     * Whether something older says already that a row does not have a key of an index any more. Then it must not be hidden as
     * a whole: it may have another key since.
     */
    private boolean isGone(byte[] key, long rowId, ChangeLayer above) {
        for (ChangeLayer layer : changes.layers()) {
            if (layer.equals(above)) {
                break;
            }
            if (isAbout(layer.rows().get(key), rowId)) {
                return true;
            }
        }
        return isAbout(changes.view().storedDeltaAt(key), rowId);
    }

    private static boolean isAbout(@Nullable Delta delta, long rowId) {
        return delta != null
                && (delta.rowId() == rowId || LongStream.of(delta.hides()).anyMatch(hidden -> hidden == rowId));
    }

    private static void flush(SegmentStaging segments, List<ColumnBuffer> columns, ColumnBuffer rowIds) {
        if (rowIds.rows() > 0) {
            try {
                segments.add(columns, rowIds);
            } catch (SegmentStaging.DuplicateKeyException e) {
                throw repeated(e);
            }
            columns.forEach(ColumnBuffer::clear);
            rowIds.clear();
        }
    }

    /** The rows lay under different keys. */
    private static IllegalStateException repeated(SegmentStaging.DuplicateKeyException cause) {
        return new IllegalStateException("rows with one key", cause);
    }
}
