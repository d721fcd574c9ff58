package io.kadedb.server.session;

import io.kadedb.common.catalog.BucketRanges;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.planner.api.StatisticsSource;
import io.kadedb.storage.api.SqlTransaction;
import io.kadedb.storage.api.TableStatistics;
import java.util.HashMap;
import java.util.Map;

/** What the planner of one statement asks of its transaction. Belongs to the session's thread. */
final class TransactionStatistics implements StatisticsSource {
    private final SqlTransaction storage;
    private final Map<Long, BucketRanges> changed = new HashMap<>();

    TransactionStatistics(SqlTransaction storage) {
        this.storage = storage;
    }

    @Override
    public Statistics of(TableDefinition table) {
        TableStatistics known = storage.statistics(table);
        return new Statistics(
                known.rows(),
                known.columns().stream()
                        .map(c -> new Column(c.distinct(), c.nullFraction(), c.min(), c.max()))
                        .toList());
    }

    @Override
    public BucketRanges changed(TableDefinition view) {
        return changed.computeIfAbsent(view.id(), id -> storage.buckets().of(view));
    }

    @Override
    public boolean wasAskedForChanges() {
        return !changed.isEmpty();
    }
}
