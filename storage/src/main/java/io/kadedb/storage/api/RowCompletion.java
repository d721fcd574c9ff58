package io.kadedb.storage.api;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.Batch;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Computes what the store does not: defaults and generated columns of rows that referential actions change. Holds the rows
 * to CHECK constraints.
 */
@FunctionalInterface
public interface RowCompletion {
    /**
     * Completes rows.
     *
     * @param defaulted ordinals of columns that take their defaults
     * @param rows give other columns first, then all columns of the table; types of those may be others that can be stored
     * @param completed takes the rows in order, in batches that are valid until it returns
     * @throws io.kadedb.common.error.KadeException 23514 for a row that violates a CHECK constraint, and whatever an
     *     expression fails with
     */
    void complete(TableDefinition table, Set<Integer> defaulted, Batch rows, Consumer<Batch> completed);

    /** For stores whose tables have nothing to be computed. */
    static RowCompletion none() {
        return (table, defaulted, rows, completed) -> completed.accept(rows);
    }
}
