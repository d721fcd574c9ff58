package io.kadedb.executor.kernel.value;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.ArrayValue;
import io.kadedb.common.type.ArrayValue.Dimension;
import io.kadedb.common.type.SqlType;
import io.kadedb.planner.physical.ScalarFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Elements, parts and sizes of arrays. */
final class ArrayReading {
    private ArrayReading() {}

    static @Nullable RowFunction bind(ScalarFunction function, List<SqlType> args, SqlType result) {
        ArrayArg array = new ArrayArg(0, args.getFirst());
        return switch (function) {
            case SUBSCRIPT -> values -> element(array.of(values), values);
            case SLICE -> values -> ArrayFunctions.bytes(slice(array.of(values), values), result);
            case ARRAY_LENGTH -> values -> size(array.of(values), values, Size.LENGTH);
            case ARRAY_LOWER -> values -> size(array.of(values), values, Size.LOWER);
            case ARRAY_UPPER -> values -> size(array.of(values), values, Size.UPPER);
            case ARRAY_NDIMS ->
                values -> {
                    int count = array.of(values).dimensions().size();
                    return count == 0 ? null : (long) count;
                };
            case ARRAY_DIMS -> values -> dimensions(array.of(values));
            case CARDINALITY -> values -> (long) array.of(values).size();
            case ARRAY_POSITION -> values -> values[0] == null ? null : position(array.of(values), values);
            case ARRAY_POSITIONS ->
                values -> values[0] == null ? null : ArrayFunctions.bytes(positions(array.of(values), values), result);
            default -> null;
        };
    }

    private enum Size {
        LENGTH,
        LOWER,
        UPPER
    }

    private static @Nullable Object element(ArrayValue array, @Nullable Object[] values) {
        List<Dimension> dimensions = array.dimensions();
        if (dimensions.size() != values.length - 1) {
            return null;
        }
        int at = 0;
        for (int i = 0; i < dimensions.size(); i++) {
            Dimension dimension = dimensions.get(i);
            long place = Args.number(values, i + 1) - dimension.lower();
            if (place < 0 || place >= dimension.length()) {
                return null;
            }
            at = at * dimension.length() + (int) place;
        }
        return array.elements().get(at);
    }

    /** The second argument has two characters for each dimension, see {@code ArrayBuilder}. */
    private static ArrayValue slice(ArrayValue array, @Nullable Object[] values) {
        String bounds = Args.text(values, 1);
        List<Dimension> dimensions = array.dimensions();
        if (bounds.length() / 2 > dimensions.size()) {
            return ArrayValue.EMPTY;
        }
        int[] from = new int[dimensions.size()];
        List<Dimension> shape = new ArrayList<>();
        int next = 2;
        for (int i = 0; i < dimensions.size(); i++) {
            Dimension dimension = dimensions.get(i);
            char lowerBound = 2 * i < bounds.length() ? bounds.charAt(2 * i) : '-';
            char upperBound = 2 * i < bounds.length() ? bounds.charAt(2 * i + 1) : '-';
            long lower = dimension.lower();
            if (lowerBound != '-') {
                lower = Math.max(lower, lowerBound == '1' ? 1 : Args.number(values, next++));
            }
            long upper = dimension.upper();
            if (upperBound != '-') {
                upper = Math.min(upper, Args.number(values, next++));
            }
            if (upper < lower) {
                return ArrayValue.EMPTY;
            }
            from[i] = (int) (lower - dimension.lower());
            shape.add(new Dimension((int) (upper - lower + 1), 1));
        }
        List<@Nullable Object> elements = new ArrayList<>();
        collect(array, 0, 0, from, shape, elements);
        return new ArrayValue(elements, shape);
    }

    private static void collect(
            ArrayValue array, int depth, int at, int[] from, List<Dimension> shape, List<@Nullable Object> out) {
        for (int i = 0; i < shape.get(depth).length(); i++) {
            int place = at * array.dimensions().get(depth).length() + from[depth] + i;
            if (depth == shape.size() - 1) {
                out.add(array.elements().get(place));
            } else {
                collect(array, depth + 1, place, from, shape, out);
            }
        }
    }

    private static @Nullable Object size(ArrayValue array, @Nullable Object[] values, Size size) {
        long number = Args.number(values, 1);
        if (number < 1 || number > array.dimensions().size()) {
            return null;
        }
        Dimension dimension = array.dimensions().get((int) number - 1);
        return switch (size) {
            case LENGTH -> (long) dimension.length();
            case LOWER -> (long) dimension.lower();
            case UPPER -> (long) dimension.upper();
        };
    }

    private static @Nullable String dimensions(ArrayValue array) {
        return array.isEmpty()
                ? null
                : array.dimensions().stream()
                        .map(dimension -> "[" + dimension.lower() + ":" + dimension.upper() + "]")
                        .collect(Collectors.joining());
    }

    private static void checkFlat(ArrayValue array) {
        if (array.dimensions().size() > 1) {
            throw Failures.unsupported("searching for elements in multidimensional arrays is not supported");
        }
    }

    private static @Nullable Object position(ArrayValue array, @Nullable Object[] values) {
        checkFlat(array);
        if (array.isEmpty()) {
            return null;
        }
        int lower = array.dimensions().getFirst().lower();
        long first = lower;
        if (values.length > 2) {
            if (values[2] == null) {
                throw KadeException.of(ErrorCode.NULL_VALUE_NOT_ALLOWED, "initial position must not be null");
            }
            first = Math.max(first, Args.number(values, 2));
        }
        for (long place = first - lower; place < array.size(); place++) {
            if (ArrayFunctions.same(array.elements().get((int) place), values[1])) {
                return place + lower;
            }
        }
        return null;
    }

    private static ArrayValue positions(ArrayValue array, @Nullable Object[] values) {
        checkFlat(array);
        List<@Nullable Object> places = new ArrayList<>();
        for (int i = 0; i < array.size(); i++) {
            if (ArrayFunctions.same(array.elements().get(i), values[1])) {
                places.add((long) i + array.dimensions().getFirst().lower());
            }
        }
        return ArrayValue.of(places);
    }
}
