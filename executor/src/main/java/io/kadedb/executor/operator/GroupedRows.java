package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.memory.Native;
import io.kadedb.planner.physical.PhysicalPlan.SortKey;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of groups, kept until they can be sorted: what aggregates need for which order matters. */
final class GroupedRows implements AutoCloseable {
    private final MemoryPool memory;
    private final List<Field> fields = new ArrayList<>();
    private final List<SortKey> order = new ArrayList<>();
    /** The group, then the columns. */
    private final RowStore rows;

    private final NativeArray groupVector;
    private int @Nullable [] sorted;
    private int groups;
    private int[] starts = new int[0];

    /**
     * @param columns what is kept of each row
     * @param orderBy with ordinals of the columns
     */
    GroupedRows(List<Field> columns, List<SortKey> orderBy, MemoryPool memory) {
        this.memory = memory;
        fields.add(new Field("group", SqlType.INTEGER, false));
        fields.addAll(columns);
        this.rows = new RowStore(fields, memory);
        this.groupVector = new NativeArray(memory);
        order.add(new SortKey(0, false, false));
        orderBy.forEach(key -> order.add(new SortKey(key.column() + 1, key.descending(), key.nullsFirst())));
    }

    void resize(int newGroups) {
        groups = newGroups;
        sorted = null;
    }

    void add(int @Nullable [] groupOf, ColumnVector[] columns, int @Nullable [] selection, int count) {
        int length = columns[0].length();
        groupVector.ensure(4L * Math.max(Batch.MAX_ROWS, length));
        for (int i = 0; i < count; i++) {
            Native.putInt(groupVector.address() + 4L * Columns.row(selection, i), groupOf == null ? 0 : groupOf[i]);
        }
        ColumnVector[] all = new ColumnVector[columns.length + 1];
        all[0] = Native.ints(groupVector.address(), length);
        System.arraycopy(columns, 0, all, 1, columns.length);
        rows.append(new Batch(length, List.of(all)), selection, count);
        sorted = null;
    }

    void merge(GroupedRows from, int[] sources, int[] targets, int count) {
        int[] others = from.sorted();
        int[] chosen = new int[Batch.MAX_ROWS];
        int[] groupOf = new int[Batch.MAX_ROWS];
        int n = 0;
        for (int i = 0; i < count; i++) {
            for (int at = from.starts[sources[i]]; at < from.starts[sources[i] + 1]; at++) {
                chosen[n] = others[at];
                groupOf[n++] = targets[i];
                if (n == chosen.length) {
                    take(from, chosen, groupOf, n);
                    n = 0;
                }
            }
        }
        take(from, chosen, groupOf, n);
    }

    private void take(GroupedRows from, int[] chosen, int[] groupOf, int n) {
        try (RowStore part = new RowStore(fields, memory)) {
            part.append(from.rows.all(), chosen, n);
            ColumnVector[] columns = new ColumnVector[part.columns() - 1];
            for (int c = 0; c < columns.length; c++) {
                columns[c] = part.column(c + 1);
            }
            add(groupOf, columns, null, n);
        }
    }

    /** The rows by group and order; {@link #start} says where each group is. */
    synchronized int[] sorted() {
        int[] known = sorted;
        if (known == null) {
            known = RowOrder.sort(rows.all(), order);
            starts = new int[groups + 1];
            ColumnVector group = rows.column(0);
            for (int row : known) {
                starts[Native.getInt(group.data().address() + 4L * row) + 1]++;
            }
            for (int g = 0; g < groups; g++) {
                starts[g + 1] += starts[g];
            }
            sorted = known;
        }
        return known;
    }

    /** Where a group begins among the sorted rows; for the number of groups, where the last one ends. */
    int start(int group) {
        return starts[group];
    }

    /** A column of all rows, unsorted. */
    ColumnVector column(int index) {
        return rows.column(index + 1);
    }

    @Override
    public void close() {
        rows.close();
        groupVector.close();
    }
}
