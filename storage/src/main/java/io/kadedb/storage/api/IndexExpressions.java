package io.kadedb.storage.api;

import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.error.KadeException;

/** Computes what the entries of indexes are made of besides columns: expressions, and which rows are in the index. */
@FunctionalInterface
public interface IndexExpressions {
    /** Makes ready to compute {@link IndexDefinition#computed()}. */
    Evaluation open(TableDefinition table, IndexDefinition index);

    /**
     * Computes for one index. Owned by one thread.
     *
     * <p>Rows are given by the columns {@link IndexDefinition#computedFrom()}, at most {@link Batch#MAX_ROWS} at a time.
     */
    interface Evaluation extends AutoCloseable {
        /**
         * Finds the rows that are in the index.
         *
         * @param chosen takes their numbers in ascending order, room for all
         * @return how many there are
         */
        int choose(Batch rows, int[] chosen);

        /**
         * The values of an expression of the key for the rows chosen; others are undefined.
         *
         * @param expression its place among the expressions
         * @return valid until the next call; may be dictionary-encoded
         * @throws KadeException whatever the expression fails with
         */
        ColumnVector compute(int expression, Batch rows, int[] chosen, int count);

        @Override
        void close();
    }

    /** For stores whose indexes are over columns alone. */
    static IndexExpressions none() {
        return (table, index) -> {
            throw KadeException.internal("nothing computes the expressions of index " + index.name(), null);
        };
    }
}
