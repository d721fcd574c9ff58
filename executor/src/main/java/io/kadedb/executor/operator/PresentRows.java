package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.type.Field;
import io.kadedb.executor.memory.Native;
import java.util.ArrayList;
import java.util.List;

/** An aggregate's arguments without the rows it passes over, and where rows are among those left. */
final class PresentRows implements AutoCloseable {
    private final ColumnVector[] columns;
    private final int length;
    /** For each row, and the end, int32 rows kept before it; nothing if all are. */
    private final NativeArray kept;

    private final RowStore copies;

    /**
     * Drops the rows in which an argument is NULL.
     *
     * @param all arguments of all sorted rows
     * @param decisive which argument
     */
    PresentRows(ColumnVector[] all, int decisive, int rows, MemoryPool memory) {
        kept = new NativeArray(memory);
        List<Field> fields = new ArrayList<>();
        for (ColumnVector column : all) {
            fields.add(new Field("argument", column.type(), true));
        }
        copies = new RowStore(fields, memory);
        if (all[decisive].validity() == null) {
            columns = all.clone();
            length = rows;
            return;
        }
        kept.reset(4L * (rows + 1L));
        Batch batch = new Batch(rows, List.of(all));
        int[] present = new int[Batch.MAX_ROWS];
        int total = 0;
        for (int from = 0; from < rows; from += Batch.MAX_ROWS) {
            int count = 0;
            for (int row = from; row < Math.min(rows, from + Batch.MAX_ROWS); row++) {
                present[count] = row;
                count += all[decisive].isNull(row) ? 0 : 1;
                Native.putInt(kept.address() + 4L * (row + 1L), total + count);
            }
            copies.append(batch, present, count);
            total += count;
        }
        columns = new ColumnVector[all.length];
        for (int c = 0; c < columns.length; c++) {
            columns[c] = copies.column(c);
        }
        length = total;
    }

    ColumnVector[] columns() {
        return columns;
    }

    int length() {
        return length;
    }

    /** Rows kept before a row. */
    int before(int row) {
        return kept.capacity() == 0 ? row : Native.getInt(kept.address() + 4L * row);
    }

    @Override
    public void close() {
        copies.close();
        kept.close();
    }
}
