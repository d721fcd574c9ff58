package io.kadedb.storage.transaction;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.storage.format.v1.KeyEncoding;
import io.kadedb.storage.format.v1.KeyLayout;
import io.kadedb.storage.format.v1.Stamp;
import io.kadedb.storage.table.KeyRange;
import io.kadedb.storage.table.Segment;
import io.kadedb.storage.table.StagedBatch;
import io.kadedb.storage.table.UniqueCheck;
import io.kadedb.storage.transaction.StatementSink.Kind;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** Writes the rows of a large statement as a batch that is published with the commit. */
final class StagedStatement {
    private final TableChanges changes;
    private final TableDefinition table;
    private final Kind kind;
    private final Stamp stamp;
    private final StagedBatch batch;
    private final SegmentStaging segments;
    private final KeyEncoding keys;
    private final Roaring64Bitmap hidden = new Roaring64Bitmap();
    private byte @Nullable [] least;
    private byte @Nullable [] greatest;

    StagedStatement(TableChanges changes, Kind kind, Stamp stamp) {
        this.changes = changes;
        this.table = changes.table();
        this.kind = kind;
        this.stamp = stamp;
        if (kind == Kind.INSERT && !table.hasPrimaryKey()) {
            changes.addsRows();
        }
        this.batch = new StagedBatch(changes.storage(), table);
        changes.addStaged(batch);
        this.segments = new SegmentStaging(batch, stamp);
        this.keys = new KeyEncoding(table, changes.storage().hash());
    }

    void add(SentRows sent) {
        if (kind != Kind.INSERT) {
            for (int row = 0; row < sent.rows(); row++) {
                hidden.addLong(sent.oldIds().low(row));
                if (keys.isOrdered()) {
                    span(keys.ordered(sent.oldKey(), row));
                }
            }
        }
        if (kind != Kind.DELETE) {
            try {
                segments.add(sent.columns(), sent.newIds());
            } catch (SegmentStaging.DuplicateKeyException e) {
                throw changes.duplicate(e.key(), e.row());
            }
        }
    }

    private void span(byte[] ordered) {
        if (least == null || Arrays.compareUnsigned(ordered, least) < 0) {
            least = ordered;
        }
        if (greatest == null || Arrays.compareUnsigned(ordered, greatest) > 0) {
            greatest = ordered;
        }
    }

    void finish() {
        try {
            segments.finish();
        } catch (SegmentStaging.DuplicateKeyException e) {
            throw changes.duplicate(e.key(), e.row());
        }
        if (!hidden.isEmpty()) {
            batch.addHides(hidden, stamp);
        }
        claimKeys();
        changes.guard().lockRanges(changes, changes.stagedKeys());
        batch.makeDurable();
        if (changes.hasUniqueKey() && kind != Kind.DELETE) {
            UniqueCheck check = new UniqueCheck(changes.view(), batch, hidden, changes.pending());
            check.firstDuplicate().ifPresent(duplicate -> {
                throw changes.duplicate(duplicate, 0);
            });
        }
    }

    /** Adds the spans of keys to the conflicts: of each segment, and of what was replaced or removed. */
    private void claimKeys() {
        if (kind == Kind.INSERT && !table.hasPrimaryKey()) {
            // The keys are row ids that nobody else gets.
            return;
        }
        if (!keys.isOrdered()) {
            changes.stagedKeys().add(new KeyRange(keys.begin(), keys.end()));
            return;
        }
        for (Segment segment : batch.segments()) {
            claim(segment.firstKey(), segment.lastKey());
        }
        if (least != null && greatest != null) {
            claim(least, greatest);
        }
    }

    private void claim(byte[] first, byte[] last) {
        byte[] end = KeyLayout.concat(keys.logical(last), new byte[1]);
        changes.stagedKeys().add(new KeyRange(keys.logical(first), end));
    }
}
