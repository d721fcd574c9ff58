package io.kadedb.storage.transaction;

import io.kadedb.common.catalog.BucketLog;
import io.kadedb.common.catalog.BucketRanges;
import io.kadedb.common.catalog.BucketRanges.Range;
import io.kadedb.common.catalog.RangePartitioning;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.format.v1.ColumnBuffer;
import io.kadedb.storage.transaction.StatementSink.Kind;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.util.ArrayList;
import java.util.List;

/** Notes the buckets that the rows of a statement were in and are in now. Owned by one thread. */
final class BucketSink {
    private final BucketChanges changes;
    private final long view;
    private final RangePartitioning buckets;
    private final int ordinal;
    private final SqlType type;
    private final LongOpenHashSet numbers = new LongOpenHashSet();

    BucketSink(BucketChanges changes, TableDefinition table, BucketLog log) {
        this.changes = changes;
        this.view = log.view();
        this.buckets = log.buckets();
        this.ordinal = table.ordinalOfId(buckets.columnId());
        this.type = table.columns().get(ordinal).type();
    }

    void add(SentRows sent) {
        if (sent.kind() != Kind.DELETE) {
            add(sent.columns().get(ordinal), sent.rows());
        }
        if (sent.kind() != Kind.INSERT) {
            add(sent.old(ordinal), sent.rows());
        }
        if (!numbers.isEmpty()) {
            List<Range> ranges = new ArrayList<>(numbers.size());
            for (long number : numbers.toLongArray()) {
                ranges.add(new Range(number, number));
            }
            numbers.clear();
            changes.changed(view, BucketRanges.of(ranges));
        }
    }

    private void add(ColumnBuffer values, int rows) {
        for (int row = 0; row < rows; row++) {
            numbers.add(values.isNull(row) ? BucketRanges.OF_NULL : buckets.partition(type, values.low(row)));
        }
    }
}
