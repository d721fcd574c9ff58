package io.kadedb.storage.transaction;

import io.kadedb.storage.format.v1.Stamp;
import io.kadedb.storage.table.PartitionRows;
import io.kadedb.storage.table.ScanFilter;
import io.kadedb.storage.table.StagedBatch;
import java.util.List;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * Removes whole partitions as a statement that is too large for deltas removes rows: a batch says which row ids are gone,
 * for the table and for each of its indexes. Nothing but row ids is read; the next fold removes the segments.
 */
final class PartitionDrop {
    private final TableChanges table;
    private final List<TableChanges> indexes;
    private final Stamp stamp;

    PartitionDrop(TableChanges table, List<TableChanges> indexes, int sequence) {
        this.table = table;
        this.indexes = indexes;
        this.stamp = Stamp.own(sequence);
    }

    /** Removes them, the first and the last too; gives the number of rows. */
    long run(long first, long last) {
        PartitionRows.Found found = new PartitionRows(table.view()).find(number -> number >= first && number <= last);
        if (found.rowIds().isEmpty()) {
            return 0;
        }
        ReadSet claimed = table.stagedKeys();
        claimed.add(found.spans());
        found.keys().forEach(claimed::add);
        hide(table, found.rowIds());
        for (TableChanges index : indexes) {
            // Which entries are theirs is not looked up.
            index.stagedKeys().add(new ScanFilter(index.table(), List.of()).keys());
            hide(index, found.rowIds());
        }
        table.droppedPartitions();
        return found.rowIds().getLongCardinality();
    }

    private void hide(TableChanges changes, Roaring64Bitmap rowIds) {
        StagedBatch batch = new StagedBatch(changes.storage(), changes.table());
        changes.addStaged(batch);
        batch.addHides(rowIds, stamp);
        changes.guard().lockRanges(changes, changes.stagedKeys());
        batch.makeDurable();
    }
}
