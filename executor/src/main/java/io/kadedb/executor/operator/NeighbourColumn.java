package io.kadedb.executor.operator;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.executor.kernel.Values;
import io.kadedb.executor.kernel.VectorBuilder;
import org.jspecify.annotations.Nullable;

/** lag and lead: the value some rows away in the partition. */
final class NeighbourColumn implements WindowColumn {
    private final WindowCursor cursor;
    private final int direction;
    private final ColumnVector value;
    private final @Nullable ColumnVector distance;
    private final @Nullable ColumnVector otherwise;

    /**
     * @param direction 1 for lead, -1 for lag
     * @param distance null for 1
     * @param otherwise what stands for rows that are not in the partition; null for NULL
     */
    NeighbourColumn(
            WindowOrder order,
            int direction,
            ColumnVector value,
            @Nullable ColumnVector distance,
            @Nullable ColumnVector otherwise) {
        this.cursor = new WindowCursor(order);
        this.direction = direction;
        this.value = value;
        this.distance = distance;
        this.otherwise = otherwise;
    }

    @Override
    public void append(int from, int count, VectorBuilder out) {
        for (int row = from; row < from + count; row++) {
            cursor.moveTo(row);
            Long away = distance == null ? Long.valueOf(1) : (Long) Values.get(distance, row);
            if (away == null) {
                out.appendNull();
                continue;
            }
            long target = row + direction * away;
            if (target >= cursor.partitionStart() && target < cursor.partitionEnd()) {
                out.append(value, (int) target);
            } else if (otherwise != null) {
                out.append(otherwise, row);
            } else {
                out.appendNull();
            }
        }
    }
}
