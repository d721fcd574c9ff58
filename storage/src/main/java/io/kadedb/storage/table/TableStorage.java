package io.kadedb.storage.table;

import com.apple.foundationdb.Transaction;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.storage.api.IndexExpressions;
import io.kadedb.storage.api.KeySpace;
import io.kadedb.storage.format.v1.KeyHash;
import java.util.function.Function;

/**
 * What everything that reads or writes tables works with. Thread-safe.
 *
 * @param memory that decoded columns and batches lie in
 * @param columns the cache of decoded columns
 * @param hash stands for keys of tables with mode BUCKETED
 * @param structure is told of commits that change more than rows
 * @param expressions computes what indexes are over
 */
public record TableStorage(
        KeySpace keySpace,
        MemoryPool memory,
        ColumnCache columns,
        ManifestReader manifests,
        Sequences sequences,
        KeyHash hash,
        StructureClock structure,
        IndexExpressions expressions) {
    /** Storage with caches of its own. */
    public static TableStorage over(
            KeySpace keySpace, MemoryPool memory, long cacheBytes, KeyHash hash, IndexExpressions expressions) {
        ColumnCache columns = new ColumnCache(keySpace, memory, cacheBytes);
        return new TableStorage(
                keySpace,
                memory,
                columns,
                new ManifestReader(columns),
                new Sequences(keySpace),
                hash,
                new StructureClock(),
                expressions);
    }

    /** Runs a small internal transaction until it commits, and gives what it returned. */
    public <T> T commit(Function<Transaction, T> work) {
        return structure.changing(() -> InternalTransactions.commit(keySpace, work));
    }
}
