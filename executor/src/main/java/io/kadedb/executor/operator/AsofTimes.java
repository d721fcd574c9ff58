package io.kadedb.executor.operator;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.type.Layout;
import io.kadedb.executor.memory.Native;
import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.ScalarFunction;
import it.unimi.dsi.fastutil.ints.IntArrays;
import it.unimi.dsi.fastutil.ints.IntComparator;

/**
 * The rows of an ASOF join's right side by key and, for each key, by time: the rows of key {@code k} are those at places
 * {@code starts[k]} to {@code starts[k + 1]}. Rows without a time are left out. Built by one thread, then read by all.
 */
final class AsofTimes implements AutoCloseable {
    private static final int CHECKPOINT_ROWS = 1 << 16;

    private final JoinTable table;
    private final boolean hasKeys;
    private final int timeColumn;
    private final ScalarFunction comparison;
    /** Whether times are words, so that none but those are looked at. */
    private final boolean inWords;
    /** For each key int32 the place of its first row. */
    private final NativeArray starts;
    /** For each place int32 the row. */
    private final NativeArray rows;
    /** For each place int64 the time. */
    private final NativeArray words;

    AsofTimes(JoinTable table, boolean hasKeys, PhysicalPlan.AsofJoin join, MemoryPool memory) {
        this.table = table;
        this.hasKeys = hasKeys;
        this.timeColumn = join.rightTime();
        this.comparison = join.comparison();
        this.inWords = isWord(join.right().output().get(timeColumn).type().layout());
        this.starts = new NativeArray(memory);
        this.rows = new NativeArray(memory);
        this.words = new NativeArray(memory);
    }

    /** Whether values of a layout are loaded as words in their order. */
    static boolean isWord(Layout layout) {
        return switch (layout) {
            case BIT, INT16, INT32, INT64, FLOAT32, FLOAT64 -> true;
            case INT128, INTERVAL, BYTES16, VARBYTES -> false;
        };
    }

    /** Loads values that {@link #isWord} is true of; those of NULLs are undefined. */
    static void load(ColumnVector times, int @org.jspecify.annotations.Nullable [] selection, int count, long[] out) {
        Layout layout = times.type().layout();
        if (layout != Layout.FLOAT32 && layout != Layout.FLOAT64) {
            Columns.loadLongs(times, selection, count, out);
            return;
        }
        double[] values = new double[count];
        Columns.loadDoubles(times, selection, count, values);
        for (int i = 0; i < count; i++) {
            out[i] = SortWords.ofDouble(values[i]);
        }
    }

    /** Sorts the rows of the table, when all are there and grouped. */
    void sort(QueryRun run) {
        int n = table.rows.rows();
        int keys = hasKeys ? table.keyCount() : 1;
        starts.ensure(4L * (keys + 1));
        rows.ensure(4L * n);
        words.ensure(inWords ? 8L * n : 0);
        ColumnVector times = table.rows.column(timeColumn);
        int placed = 0;
        int checked = 0;
        int[] part = new int[16];
        for (int key = 0; key < keys; key++) {
            Native.putInt(starts.address() + 4L * key, placed);
            int from = first(key);
            int to = first(key + 1);
            part = IntArrays.ensureCapacity(part, to - from, 0);
            int count = 0;
            for (int place = from; place < to; place++) {
                int row = row(place);
                part[count] = row;
                count += times.isNull(row) ? 0 : 1;
            }
            sort(times, part, count);
            for (int i = 0; i < count; i++) {
                Native.putInt(rows.address() + 4L * (placed + i), part[i]);
            }
            if (inWords) {
                write(times, part, count, placed);
            }
            placed += count;
            if (placed - checked >= CHECKPOINT_ROWS || key % CHECKPOINT_ROWS == 0) {
                run.checkpoint();
                checked = placed;
            }
        }
        Native.putInt(starts.address() + 4L * keys, placed);
    }

    /** The place in the table where the rows of a key begin. */
    private int first(int key) {
        if (!hasKeys) {
            return key == 0 ? 0 : table.rows.rows();
        }
        return table.unique() ? key : table.start(key);
    }

    private int row(int place) {
        return hasKeys && !table.unique() ? table.row(place) : place;
    }

    /** Stable, so that rows in the order of time cost one look at each. */
    private void sort(ColumnVector times, int[] part, int count) {
        IntComparator order = (a, b) -> RowOrder.compareValues(times, a, times, b);
        for (int i = 1; i < count; i++) {
            if (order.compare(part[i - 1], part[i]) > 0) {
                IntArrays.mergeSort(part, 0, count, order);
                return;
            }
        }
    }

    private void write(ColumnVector times, int[] part, int count, int placed) {
        long[] loaded = new long[Math.min(count, CHECKPOINT_ROWS)];
        int[] some = new int[loaded.length];
        for (int from = 0; from < count; from += loaded.length) {
            int length = Math.min(loaded.length, count - from);
            System.arraycopy(part, from, some, 0, length);
            load(times, some, length, loaded);
            for (int i = 0; i < length; i++) {
                Native.putLong(words.address() + 8L * (placed + from + i), loaded[i]);
            }
        }
    }

    /** The rows, and their keys. */
    JoinTable table() {
        return table;
    }

    /** Whether {@link #find(int, long)} is to be asked, not {@link #find(int, ColumnVector, int)}. */
    boolean inWords() {
        return inWords;
    }

    /** The row of a key that is nearest to a time, -1 if there is none. */
    int find(int key, long time) {
        int from = Native.getInt(starts.address() + 4L * key);
        int to = Native.getInt(starts.address() + 4L * key + 4);
        boolean withEqual = countsEqual();
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            long word = Native.getLong(words.address() + 8L * middle);
            if (word < time || (withEqual && word == time)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return beside(low, from, to);
    }

    /** The same for the time of a row of the left side. */
    int find(int key, ColumnVector times, int row) {
        ColumnVector own = table.rows.column(timeColumn);
        int from = Native.getInt(starts.address() + 4L * key);
        int to = Native.getInt(starts.address() + 4L * key + 4);
        boolean withEqual = countsEqual();
        int low = from;
        int high = to;
        while (low < high) {
            int middle = (low + high) >>> 1;
            int order = RowOrder.compareValues(own, Native.getInt(rows.address() + 4L * middle), times, row);
            if (order < 0 || (withEqual && order == 0)) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return beside(low, from, to);
    }

    /** Whether equal times are before the place looked for. */
    private boolean countsEqual() {
        return comparison == ScalarFunction.GE || comparison == ScalarFunction.LT;
    }

    /** The row before or behind the end of those that are earlier. */
    private int beside(int end, int from, int to) {
        boolean before = comparison == ScalarFunction.GE || comparison == ScalarFunction.GT;
        int place = before ? end - 1 : end;
        return place >= from && place < to ? Native.getInt(rows.address() + 4L * place) : -1;
    }

    @Override
    public void close() {
        starts.close();
        rows.close();
        words.close();
    }
}
