package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.Layout;
import io.kadedb.executor.memory.Native;
import io.kadedb.planner.physical.PhysicalPlan.SortKey;
import it.unimi.dsi.fastutil.ints.IntArrays;
import it.unimi.dsi.fastutil.ints.IntComparator;
import java.lang.foreign.MemorySegment;
import java.util.List;

/**
 * Sorts row numbers by columns, stably. The first key is turned into a word a row, so that most comparisons are one of
 * two longs; only ties look at the columns.
 */
final class RowOrder implements IntComparator {
    private final ColumnVector[] columns;
    private final boolean[] descending;
    private final boolean[] nullsFirst;
    private final long[] words;
    /** Whether equal words mean equal first keys. */
    private final boolean exact;

    private RowOrder(Batch rows, List<SortKey> keys) {
        int n = keys.size();
        columns = new ColumnVector[n];
        descending = new boolean[n];
        nullsFirst = new boolean[n];
        for (int k = 0; k < n; k++) {
            columns[k] = DocumentKeys.ordered(rows.column(keys.get(k).column()));
            descending[k] = keys.get(k).descending();
            nullsFirst[k] = keys.get(k).nullsFirst();
        }
        words = new long[rows.length()];
        exact = n > 0 && firstWords(rows.length());
    }

    /** Compares rows by their numbers. */
    static IntComparator comparing(Batch rows, List<SortKey> keys) {
        return new RowOrder(rows, keys);
    }

    /** The numbers of all rows in the order of the keys. */
    static int[] sort(Batch rows, List<SortKey> keys) {
        int[] order = new int[rows.length()];
        for (int i = 0; i < order.length; i++) {
            order[i] = i;
        }
        if (!keys.isEmpty()) {
            IntArrays.mergeSort(order, new RowOrder(rows, keys));
        }
        return order;
    }

    /** Fills {@link #words}; NULLs take an end of the range, and share it with the values there: a tie then. */
    private boolean firstWords(int length) {
        ColumnVector column = columns[0];
        boolean wordIsExact = true;
        switch (column.type().layout()) {
            case BIT, INT16, INT32, INT64 -> Columns.loadLongs(column, null, length, words);
            case FLOAT32, FLOAT64 -> {
                double[] values = new double[length];
                Columns.loadDoubles(column, null, length, values);
                for (int i = 0; i < length; i++) {
                    words[i] = SortWords.ofDouble(values[i]);
                }
            }
            case VARBYTES -> {
                wordIsExact = false;
                bytesWords(column, length);
            }
            case INT128 -> {
                wordIsExact = false;
                for (int i = 0; i < length; i++) {
                    words[i] = Native.getLong(address(column, i) + 8);
                }
            }
            case BYTES16 -> {
                wordIsExact = false;
                for (int i = 0; i < length; i++) {
                    words[i] = SortWords.ofBytes(address(column, i), 8);
                }
            }
            case INTERVAL -> wordIsExact = false;
        }
        if (descending[0]) {
            for (int i = 0; i < length; i++) {
                words[i] = ~words[i];
            }
        }
        MemorySegment validity = column.validity();
        if (validity == null) {
            return wordIsExact;
        }
        for (int i = 0; i < length; i++) {
            if (column.isNull(i)) {
                words[i] = nullsFirst[0] ? Long.MIN_VALUE : Long.MAX_VALUE;
            }
        }
        return false;
    }

    private void bytesWords(ColumnVector column, int length) {
        for (int i = 0; i < length; i++) {
            if (!column.isNull(i)) {
                long at = address(column, i);
                words[i] = SortWords.ofBytes(at, comparedLength(column, i, at));
            }
        }
    }

    /** Where a value lies. */
    private static long address(ColumnVector column, int row) {
        int at = row;
        ColumnVector plain = column;
        ColumnVector dictionary = column.dictionary();
        if (dictionary != null) {
            at = Native.getInt(column.data().address() + 4L * row);
            plain = dictionary;
        }
        if (plain.type().layout() != Layout.VARBYTES) {
            return plain.data().address() + (long) plain.type().layout().width() * at;
        }
        MemorySegment bytes = plain.bytes();
        return (bytes == null ? 0 : bytes.address())
                + Native.getInt(plain.data().address() + 4L * at);
    }

    private static int length(ColumnVector column, int row) {
        int at = row;
        ColumnVector plain = column;
        ColumnVector dictionary = column.dictionary();
        if (dictionary != null) {
            at = Native.getInt(column.data().address() + 4L * row);
            plain = dictionary;
        }
        long offset = plain.data().address() + 4L * at;
        return Native.getInt(offset + 4) - Native.getInt(offset);
    }

    private static int comparedLength(ColumnVector column, int row, long address) {
        int length = length(column, row);
        return column.type().keepsBlanks() ? Native.lengthWithoutBlanks(address, length) : length;
    }

    @Override
    public int compare(int a, int b) {
        int order = Long.compare(words[a], words[b]);
        if (order != 0) {
            return order;
        }
        for (int k = exact ? 1 : 0; k < columns.length; k++) {
            order = compareKey(k, a, b);
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }

    private int compareKey(int k, int a, int b) {
        ColumnVector column = columns[k];
        if (column.validity() != null) {
            boolean aNull = column.isNull(a);
            boolean bNull = column.isNull(b);
            if (aNull || bNull) {
                return aNull == bNull ? 0 : aNull == nullsFirst[k] ? -1 : 1;
            }
        }
        int order = compareValues(column, a, column, b);
        return descending[k] ? -order : order;
    }

    private static int bit(ColumnVector column, int row) {
        ColumnVector dictionary = column.dictionary();
        return dictionary == null
                ? Native.getBit(column.data().address(), row)
                : Native.getBit(
                        dictionary.data().address(), Native.getInt(column.data().address() + 4L * row));
    }

    /** Compares values, which are not NULL, of two columns of one type. */
    static int compareValues(ColumnVector left, int a, ColumnVector right, int b) {
        Layout layout = left.type().layout();
        if (layout == Layout.BIT) {
            return bit(left, a) - bit(right, b);
        }
        long x = address(left, a);
        long y = address(right, b);
        return switch (layout) {
            case BIT -> 0;
            case INT16 -> Short.compare(Native.getShort(x), Native.getShort(y));
            case INT32 -> Integer.compare(Native.getInt(x), Native.getInt(y));
            case INT64 -> Long.compare(Native.getLong(x), Native.getLong(y));
            case FLOAT32 ->
                Long.compare(SortWords.ofDouble(Native.getFloat(x)), SortWords.ofDouble(Native.getFloat(y)));
            case FLOAT64 ->
                Long.compare(SortWords.ofDouble(Native.getDouble(x)), SortWords.ofDouble(Native.getDouble(y)));
            case INT128, INTERVAL, BYTES16 -> WideExtremeAccumulator.compare(layout, x, 16, y, 16);
            case VARBYTES -> Native.compare(x, comparedLength(left, a, x), y, comparedLength(right, b, y));
        };
    }
}
