package io.kadedb.storage.transaction;

import io.kadedb.common.catalog.BucketRanges;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.storage.api.ChangedBuckets;
import io.kadedb.storage.format.v1.KeyLayout;
import io.kadedb.storage.table.KeyRange;

/** The changed buckets of continuous aggregates as a transaction sees them. */
record TransactionBuckets(TableTransaction transaction, BucketChanges changes) implements ChangedBuckets {
    @Override
    public BucketRanges of(TableDefinition view) {
        byte[] log = KeyLayout.changedBuckets(view.id());
        transaction.changes(view).reads().add(new KeyRange(log, KeyLayout.end(log)));
        return changes.of(view.id());
    }

    @Override
    public void computed(TableDefinition view, BucketRanges buckets) {
        changes.computed(view.id(), buckets);
        // Who changes the table meanwhile notes it: what was read for these rows need not be as it was.
        transaction.forgetReads();
    }

    @Override
    public void changed(TableDefinition view, BucketRanges buckets) {
        changes.changed(view.id(), buckets);
    }
}
