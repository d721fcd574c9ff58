package io.kadedb.storage.api;

import io.kadedb.common.catalog.BucketRanges;
import io.kadedb.common.catalog.TableDefinition;

/**
 * The buckets of continuous aggregates whose rows are not those that their query gives now, as a transaction sees them. They
 * are noted by whoever changes rows of the table that the query reads, and committed with these rows.
 */
public interface ChangedBuckets {
    /** Those of an aggregate. That nobody changes others meanwhile is validated at commit, as what is read of tables. */
    BucketRanges of(TableDefinition view);

    /**
     * Says that an aggregate's stored rows of some buckets are those of its query at the transaction's snapshot. What the
     * running statement read for it is not validated at commit: buckets that others change meanwhile stay noted.
     */
    void computed(TableDefinition view, BucketRanges buckets);

    /** Says that an aggregate's stored rows of some buckets are not those of its query. */
    void changed(TableDefinition view, BucketRanges buckets);
}
