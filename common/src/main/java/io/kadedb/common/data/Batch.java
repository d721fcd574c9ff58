package io.kadedb.common.data;

import java.util.List;

/**
 * Some rows of some columns: what moves between scan, operators and clients. A view, like its vectors: valid until its
 * producer is asked for the next one.
 *
 * @param length number of rows, at most {@link #MAX_ROWS}
 */
public record Batch(int length, List<ColumnVector> columns) {
    /** Rows of a batch in a pipeline: what fits the caches with a few columns. */
    public static final int MAX_ROWS = 2048;

    public Batch {
        columns = List.copyOf(columns);
        for (ColumnVector column : columns) {
            assert column.length() == length : column.type() + " has " + column.length() + " of " + length;
        }
    }

    public ColumnVector column(int index) {
        return columns.get(index);
    }
}
