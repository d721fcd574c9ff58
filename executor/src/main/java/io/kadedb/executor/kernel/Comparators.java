package io.kadedb.executor.kernel;

import static io.kadedb.common.data.ColumnVector.FLOAT32;
import static io.kadedb.common.data.ColumnVector.FLOAT64;
import static io.kadedb.common.data.ColumnVector.INT16;
import static io.kadedb.common.data.ColumnVector.INT32;
import static io.kadedb.common.data.ColumnVector.INT64;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.json.Jsonb;
import io.kadedb.common.json.JsonbKey;
import io.kadedb.common.type.Layout;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;

/** Orders rows of vectors of one type, for sorting and merging. Stateless. */
public final class Comparators {
    private Comparators() {}

    /** Compares row {@code i} of one vector with row {@code j} of another of the same type. */
    @FunctionalInterface
    public interface RowComparator {
        int compare(ColumnVector a, int i, ColumnVector b, int j);
    }

    /** The order of a sort key: by value, descending or not, with NULLs first or last. */
    public static RowComparator of(SqlType type, boolean descending, boolean nullsFirst) {
        RowComparator values = values(type);
        int sign = descending ? -1 : 1;
        int nullBefore = nullsFirst ? -1 : 1;
        return (a, i, b, j) -> {
            boolean aNull = a.isNull(i);
            boolean bNull = b.isNull(j);
            if (aNull || bNull) {
                return aNull == bNull ? 0 : aNull ? nullBefore : -nullBefore;
            }
            int order = values.compare(a, i, b, j);
            return sign < 0 ? Integer.compare(0, order) : order;
        };
    }

    /** The ascending order of values that are not NULL; dictionary vectors are looked up. */
    public static RowComparator values(SqlType type) {
        RowComparator plain = type.id() == TypeId.JSONB ? Comparators::documents : plain(type.layout());
        return (a, i, b, j) -> {
            ColumnVector aDictionary = a.dictionary();
            ColumnVector bDictionary = b.dictionary();
            if (aDictionary == null && bDictionary == null) {
                return plain.compare(a, i, b, j);
            }
            return plain.compare(
                    aDictionary == null ? a : aDictionary,
                    aDictionary == null ? i : Gather.code(a.data(), i),
                    bDictionary == null ? b : bDictionary,
                    bDictionary == null ? j : Gather.code(b.data(), j));
        };
    }

    private static RowComparator plain(Layout layout) {
        return switch (layout) {
            case BIT -> (a, i, b, j) -> Boolean.compare(ColumnVector.bit(a.data(), i), ColumnVector.bit(b.data(), j));
            case INT16 ->
                (a, i, b, j) ->
                        Short.compare(a.data().get(INT16, 2L * i), b.data().get(INT16, 2L * j));
            case INT32 ->
                (a, i, b, j) ->
                        Integer.compare(a.data().get(INT32, 4L * i), b.data().get(INT32, 4L * j));
            case INT64 ->
                (a, i, b, j) ->
                        Long.compare(a.data().get(INT64, 8L * i), b.data().get(INT64, 8L * j));
            case FLOAT32 ->
                (a, i, b, j) -> Long.compare(
                        OrderKeys.of(a.data().get(FLOAT32, 4L * i)),
                        OrderKeys.of(b.data().get(FLOAT32, 4L * j)));
            case FLOAT64 ->
                (a, i, b, j) -> Long.compare(
                        OrderKeys.of(a.data().get(FLOAT64, 8L * i)),
                        OrderKeys.of(b.data().get(FLOAT64, 8L * j)));
            case INT128 ->
                (a, i, b, j) -> Int128.compare(
                        a.data().get(INT64, 16L * i + 8),
                        a.data().get(INT64, 16L * i),
                        b.data().get(INT64, 16L * j + 8),
                        b.data().get(INT64, 16L * j));
            case INTERVAL -> Comparators::intervals;
            case BYTES16 -> Comparators::bytes16;
            case VARBYTES -> TextKernels::compare;
        };
    }

    private static int documents(ColumnVector a, int i, ColumnVector b, int j) {
        return JsonbKey.compare(Jsonb.of(Values.bytes(a, i)), Jsonb.of(Values.bytes(b, j)));
    }

    private static int intervals(ColumnVector a, int i, ColumnVector b, int j) {
        return OrderKeys.compareIntervals(
                a.data().get(INT32, 16L * i),
                a.data().get(INT32, 16L * i + 4),
                a.data().get(INT64, 16L * i + 8),
                b.data().get(INT32, 16L * j),
                b.data().get(INT32, 16L * j + 4),
                b.data().get(INT64, 16L * j + 8));
    }

    private static int bytes16(ColumnVector a, int i, ColumnVector b, int j) {
        int order = Long.compareUnsigned(
                Long.reverseBytes(a.data().get(INT64, 16L * i)),
                Long.reverseBytes(b.data().get(INT64, 16L * j)));
        return order != 0
                ? order
                : Long.compareUnsigned(
                        Long.reverseBytes(a.data().get(INT64, 16L * i + 8)),
                        Long.reverseBytes(b.data().get(INT64, 16L * j + 8)));
    }
}
