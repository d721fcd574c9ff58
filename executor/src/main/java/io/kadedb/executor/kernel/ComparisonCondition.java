package io.kadedb.executor.kernel;

import static io.kadedb.common.data.ColumnVector.INT32;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.Layout;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** A comparison of two values of one type. A constant stands on the right. */
final class ComparisonCondition extends Condition {
    private final Comparison comparison;
    private final Node left;
    private final Node right;
    private final boolean keyed;
    private final Comparators.RowComparator order;
    private final DictionaryMatches matches = new DictionaryMatches();
    private final DictionaryMatches mismatches = new DictionaryMatches();
    private long[] leftKeys = new long[0];
    private long[] rightKeys = new long[0];

    private ComparisonCondition(Comparison comparison, Node left, Node right) {
        this.comparison = comparison;
        this.left = left;
        this.right = right;
        this.keyed = OrderKeys.has(left.type.layout());
        this.order = Comparators.values(left.type);
    }

    static Condition of(Comparison comparison, Node left, Node right) {
        assert left.type.layout() == right.type.layout() : left.type + " " + comparison + " " + right.type;
        return left.isConstant() && !right.isConstant()
                ? new ComparisonCondition(comparison.swapped(), right, left)
                : new ComparisonCondition(comparison, left, right);
    }

    @Override
    boolean isConstant() {
        return left.isConstant() && right.isConstant();
    }

    @Override
    boolean isStable() {
        return left.isStable() && right.isStable();
    }

    @Override
    int whenTrue(Batch batch, int @Nullable [] selection, int count, int[] out) {
        return compare(comparison, matches, batch, selection, count, out);
    }

    @Override
    int whenFalse(Batch batch, int @Nullable [] selection, int count, int[] out) {
        return compare(comparison.negated(), mismatches, batch, selection, count, out);
    }

    @Override
    void split(Batch batch, int @Nullable [] selection, int count, TruthRows into) {
        ColumnVector a = left.evaluate(batch, selection, count);
        ColumnVector b = right.evaluate(batch, selection, count);
        into.room(count);
        into.trueCount = matching(comparison, matches, a, b, selection, count, into.trues);
        int rest = into.notTrue(selection, count);
        into.falseCount = matching(comparison.negated(), mismatches, a, b, into.falses, rest, into.falses);
    }

    private int compare(
            Comparison wanted, DictionaryMatches known, Batch batch, int @Nullable [] selection, int count, int[] out) {
        ColumnVector a = left.evaluate(batch, selection, count);
        ColumnVector b = right.evaluate(batch, selection, count);
        return matching(wanted, known, a, b, selection, count, out);
    }

    private int matching(
            Comparison wanted,
            DictionaryMatches known,
            ColumnVector a,
            ColumnVector b,
            int @Nullable [] selection,
            int count,
            int[] out) {
        if (right.isConstant()) {
            if (b.isNull(0)) {
                return 0;
            }
            if (left.isConstant()) {
                boolean holds = !a.isNull(0) && wanted.holds(order.compare(a, 0, b, 0));
                return holds ? Selections.all(selection, count, out) : 0;
            }
            return withConstant(wanted, known, a, b, selection, count, out);
        }
        int kept;
        if (keyed && !a.isDictionary() && !b.isDictionary()) {
            if (leftKeys.length < count) {
                leftKeys = new long[Math.max(count, Batch.MAX_ROWS)];
                rightKeys = new long[leftKeys.length];
            }
            PairKernels.keys(a, selection, count, leftKeys);
            PairKernels.keys(b, selection, count, rightKeys);
            kept = PairKernels.select(wanted, leftKeys, rightKeys, selection, count, out);
            kept = dropNulls(a, out, kept);
            return dropNulls(b, out, kept);
        }
        kept = 0;
        for (int i = 0; i < count; i++) {
            int row = selection == null ? i : selection[i];
            if (!a.isNull(row) && !b.isNull(row) && wanted.holds(order.compare(a, row, b, row))) {
                out[kept++] = row;
            }
        }
        return kept;
    }

    static int dropNulls(ColumnVector vector, int[] rows, int count) {
        MemorySegment validity = Bitmaps.validity(vector);
        return validity == null ? count : Bitmaps.select(validity, true, rows, count, rows);
    }

    private int withConstant(
            Comparison wanted,
            DictionaryMatches known,
            ColumnVector a,
            ColumnVector constant,
            int @Nullable [] selection,
            int count,
            int[] out) {
        ColumnVector dictionary = a.dictionary();
        if (dictionary != null) {
            if (!right.isStable()) {
                known.forget();
            }
            byte[] flags = known.flags(dictionary, count);
            if (flags != null) {
                if (known.isNew()) {
                    int[] rows = new int[dictionary.length()];
                    known.remember(rows, plain(wanted, dictionary, constant, null, dictionary.length(), rows));
                }
                return known.select(a, selection, count, out);
            }
            return byRow(wanted, a, constant, selection, count, out);
        }
        return dropNulls(a, out, plain(wanted, a, constant, selection, count, out));
    }

    private int byRow(
            Comparison wanted, ColumnVector a, ColumnVector constant, int @Nullable [] rows, int count, int[] out) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int row = rows == null ? i : rows[i];
            if (!a.isNull(row) && wanted.holds(order.compare(a, row, constant, 0))) {
                out[kept++] = row;
            }
        }
        return kept;
    }

    /** Values of null rows are looked at too; the caller drops them. */
    private int plain(
            Comparison wanted, ColumnVector a, ColumnVector constant, int @Nullable [] rows, int count, int[] out) {
        if (keyed) {
            return range(wanted, a, RangeKernels.key(constant, 0), rows, count, out);
        }
        if (a.type().layout() == Layout.VARBYTES) {
            return text(wanted, a, constant, rows, count, out);
        }
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int row = rows == null ? i : rows[i];
            if (wanted.holds(order.compare(a, row, constant, 0))) {
                out[kept++] = row;
            }
        }
        return kept;
    }

    private static int range(Comparison wanted, ColumnVector a, long key, int @Nullable [] rows, int count, int[] out) {
        long least = least(a.type().layout());
        long most = most(a.type().layout());
        return switch (wanted) {
            case EQ -> RangeKernels.select(a, key, key, false, rows, count, out);
            case NE -> RangeKernels.select(a, key, key, true, rows, count, out);
            case LE -> RangeKernels.select(a, least, key, false, rows, count, out);
            case GT -> RangeKernels.select(a, least, key, true, rows, count, out);
            case GE -> RangeKernels.select(a, key, most, false, rows, count, out);
            case LT -> RangeKernels.select(a, key, most, true, rows, count, out);
        };
    }

    private static long least(Layout layout) {
        return layout == Layout.INT32 ? Integer.MIN_VALUE : Long.MIN_VALUE;
    }

    private static long most(Layout layout) {
        return layout == Layout.INT32 ? Integer.MAX_VALUE : Long.MAX_VALUE;
    }

    private static int text(
            Comparison wanted, ColumnVector a, ColumnVector constant, int @Nullable [] rows, int count, int[] out) {
        MemorySegment offsets = a.data();
        MemorySegment bytes = Values.bytesOf(a);
        MemorySegment wantedBytes = Values.bytesOf(constant);
        int from = constant.data().get(INT32, 0);
        int to = constant.data().get(INT32, 4);
        int kept = 0;
        if (wanted == Comparison.EQ || wanted == Comparison.NE) {
            boolean equal = wanted == Comparison.EQ;
            for (int i = 0; i < count; i++) {
                int row = rows == null ? i : rows[i];
                int start = offsets.get(INT32, 4L * row);
                int end = offsets.get(INT32, 4L * row + 4);
                if (TextKernels.equal(bytes, start, end, wantedBytes, from, to) == equal) {
                    out[kept++] = row;
                }
            }
            return kept;
        }
        for (int i = 0; i < count; i++) {
            int row = rows == null ? i : rows[i];
            int start = offsets.get(INT32, 4L * row);
            int end = offsets.get(INT32, 4L * row + 4);
            if (wanted.holds(TextKernels.compare(bytes, start, end, wantedBytes, from, to))) {
                out[kept++] = row;
            }
        }
        return kept;
    }
}
