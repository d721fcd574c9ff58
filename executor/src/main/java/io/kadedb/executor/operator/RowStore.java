package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Field;
import io.kadedb.executor.kernel.VectorBuilder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows kept in columns. Belongs to one thread while rows are added; may then be read by many. */
final class RowStore implements AutoCloseable {
    private static final int MOST_ROWS = 1 << 30;

    private final VectorBuilder[] builders;
    private ColumnVector @Nullable [] vectors;
    private int rows;

    RowStore(List<Field> fields, MemoryPool memory) {
        builders = new VectorBuilder[fields.size()];
        for (int i = 0; i < builders.length; i++) {
            builders[i] = new VectorBuilder(fields.get(i).type(), memory);
        }
    }

    int rows() {
        return rows;
    }

    int columns() {
        return builders.length;
    }

    void append(Batch batch, int @Nullable [] selection, int count) {
        checkRoom(count);
        vectors = null;
        for (int i = 0; i < builders.length; i++) {
            builders[i].append(batch.column(i), selection, count);
        }
        rows += count;
    }

    /** Adds all rows of another store of the same types. */
    void appendAll(RowStore other) {
        if (other.rows == 0) {
            return;
        }
        checkRoom(other.rows);
        vectors = null;
        for (int i = 0; i < builders.length; i++) {
            builders[i].append(other.column(i), null, other.rows);
        }
        rows += other.rows;
    }

    /** Begins a row that is written column by column. */
    void beginRow() {
        checkRoom(1);
        vectors = null;
        rows++;
    }

    /** Where a column is written after {@link #beginRow}. */
    VectorBuilder builder(int column) {
        return builders[column];
    }

    private void checkRoom(int more) {
        if ((long) rows + more > MOST_ROWS) {
            throw KadeException.of(
                    ErrorCode.OUT_OF_MEMORY, "more than " + MOST_ROWS + " rows in one hash table or sort");
        }
    }

    /** A column of all rows: the same object until rows are added. */
    ColumnVector column(int index) {
        ColumnVector[] built = vectors;
        if (built == null) {
            built = new ColumnVector[builders.length];
            for (int i = 0; i < built.length; i++) {
                built[i] = builders[i].build();
            }
            vectors = built;
        }
        return built[index];
    }

    /** All rows; more than a batch of a pipeline may have. */
    Batch all() {
        ColumnVector[] columns = new ColumnVector[builders.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = column(i);
        }
        return new Batch(rows, List.of(columns));
    }

    /**
     * Some rows without a copy.
     *
     * @param from a multiple of 8
     */
    Batch slice(int from, int count) {
        ColumnVector[] columns = new ColumnVector[builders.length];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = column(i).slice(from, count);
        }
        return new Batch(count, List.of(columns));
    }

    /** Forgets the rows, and keeps the memory. */
    void clear() {
        vectors = null;
        rows = 0;
        for (VectorBuilder builder : builders) {
            builder.clear();
        }
    }

    @Override
    public void close() {
        vectors = null;
        rows = 0;
        for (VectorBuilder builder : builders) {
            builder.close();
        }
    }
}
