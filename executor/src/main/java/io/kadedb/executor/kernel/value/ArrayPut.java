package io.kadedb.executor.kernel.value;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.ArrayValue;
import io.kadedb.common.type.ArrayValue.Dimension;
import io.kadedb.common.type.SqlType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Assignment to elements and slices of arrays, by PostgreSQL's rules: NULL is an empty array, an array of one dimension
 * grows at both ends, others keep their bounds.
 */
final class ArrayPut {
    private ArrayPut() {}

    /** Arguments: the array, what the bounds are, the bounds, the value. */
    static RowFunction bind(List<SqlType> args, SqlType result) {
        ArrayArg array = new ArrayArg(0, args.getFirst());
        int last = args.size() - 1;
        boolean whole = args.get(last).isArray();
        ArrayArg source = new ArrayArg(last, whole ? args.get(last) : args.getFirst());
        return values -> {
            String bounds = Args.text(values, 1);
            ArrayValue old = values[0] == null ? ArrayValue.EMPTY : array.of(values);
            for (int i = 2; i < last; i++) {
                if (values[i] == null) {
                    throw KadeException.of(
                            ErrorCode.NULL_VALUE_NOT_ALLOWED, "array subscript in assignment must not be null");
                }
            }
            if (bounds.charAt(0) == 'e') {
                if (values[last] instanceof String text) {
                    values[last] = Casts.fit(text, result.element());
                }
                return ArrayFunctions.bytes(element(old, values), result);
            }
            ArrayValue items = source.nullable(values);
            return items == null
                    ? values[0]
                    : ArrayFunctions.bytes(slice(old, bounds.substring(1), values, items), result);
        };
    }

    private static ArrayValue element(ArrayValue array, @Nullable Object[] values) {
        int count = values.length - 3;
        Object value = values[values.length - 1];
        if (array.isEmpty()) {
            List<Dimension> shape = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                shape.add(new Dimension(1, Args.integer(values, 2 + i)));
            }
            return new ArrayValue(Collections.singletonList(value), shape);
        }
        if (array.dimensions().size() != count) {
            throw wrongNumber();
        }
        if (count == 1) {
            int place = Args.integer(values, 2);
            return within(array, place, place, Collections.singletonList(value));
        }
        int at = 0;
        for (int i = 0; i < count; i++) {
            Dimension dimension = array.dimensions().get(i);
            long place = Args.number(values, 2 + i) - dimension.lower();
            if (place < 0 || place >= dimension.length()) {
                throw outOfRange();
            }
            at = at * dimension.length() + (int) place;
        }
        List<@Nullable Object> elements = new ArrayList<>(array.elements());
        elements.set(at, value);
        return new ArrayValue(elements, array.dimensions());
    }

    /** An array of one dimension with these places replaced, and with NULLs between them and what there was. */
    private static ArrayValue within(ArrayValue array, int lower, int upper, List<@Nullable Object> items) {
        Dimension old = array.dimensions().getFirst();
        int first = Math.min(old.lower(), lower);
        long length = (long) Math.max(old.upper(), upper) - first + 1;
        if (length > ArrayValue.MAX_ELEMENTS) {
            throw KadeException.of(
                    ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                    "array size exceeds the maximum allowed (" + ArrayValue.MAX_ELEMENTS + ")");
        }
        List<@Nullable Object> elements = new ArrayList<@Nullable Object>(Collections.nCopies((int) length, null));
        for (int i = 0; i < array.size(); i++) {
            elements.set(old.lower() - first + i, array.elements().get(i));
        }
        for (int i = lower; i <= upper; i++) {
            elements.set(i - first, items.get(i - lower));
        }
        return new ArrayValue(elements, List.of(new Dimension((int) length, first)));
    }

    private static ArrayValue slice(ArrayValue array, String bounds, @Nullable Object[] values, ArrayValue items) {
        int count = bounds.length() / 2;
        List<Dimension> shape = array.dimensions();
        if (array.isEmpty() ? bounds.indexOf('-') >= 0 : shape.size() < count) {
            throw array.isEmpty()
                    ? KadeException.of(
                                    ErrorCode.ARRAY_SUBSCRIPT_ERROR,
                                    "array slice subscript must provide both boundaries")
                            .detail("When assigning to a slice of an empty array value, slice boundaries must be fully"
                                    + " specified.")
                    : wrongNumber();
        }
        int dimensions = array.isEmpty() ? count : shape.size();
        int[] lower = new int[dimensions];
        int[] upper = new int[dimensions];
        int next = 2;
        long span = 1;
        for (int i = 0; i < dimensions; i++) {
            char from = i < count ? bounds.charAt(2 * i) : '-';
            char to = i < count ? bounds.charAt(2 * i + 1) : '-';
            lower[i] = from == '-' ? shape.get(i).lower() : from == '1' ? 1 : Args.integer(values, next++);
            upper[i] = to == '-' ? shape.get(i).upper() : Args.integer(values, next++);
            long length = (long) upper[i] - lower[i] + 1;
            if (length < 1 && !array.isEmpty()) {
                throw KadeException.of(ErrorCode.ARRAY_SUBSCRIPT_ERROR, "upper bound cannot be less than lower bound");
            }
            if (dimensions > 1
                    && !array.isEmpty()
                    && (lower[i] < shape.get(i).lower()
                            || upper[i] > shape.get(i).upper())) {
                throw outOfRange();
            }
            span = Math.min(Integer.MAX_VALUE, span * Math.max(0, length));
        }
        if (items.size() < span) {
            throw KadeException.of(ErrorCode.ARRAY_SUBSCRIPT_ERROR, "source array too small");
        }
        if (array.isEmpty()) {
            List<Dimension> fresh = new ArrayList<>();
            for (int i = 0; i < dimensions && span > 0; i++) {
                fresh.add(new Dimension(upper[i] - lower[i] + 1, lower[i]));
            }
            return ArrayFunctions.checked(items.elements().subList(0, (int) span), fresh);
        }
        if (dimensions == 1) {
            return within(array, lower[0], upper[0], items.elements());
        }
        List<@Nullable Object> elements = new ArrayList<>(array.elements());
        fill(elements, shape, lower, upper, 0, 0, items.elements(), 0);
        return new ArrayValue(elements, shape);
    }

    /** Sets the places of a slice from one dimension on; the number of items taken so far. */
    private static int fill(
            List<@Nullable Object> elements,
            List<Dimension> shape,
            int[] lower,
            int[] upper,
            int depth,
            int at,
            List<@Nullable Object> items,
            int taken) {
        int count = taken;
        Dimension dimension = shape.get(depth);
        for (int i = lower[depth]; i <= upper[depth]; i++) {
            int place = at * dimension.length() + i - dimension.lower();
            if (depth == shape.size() - 1) {
                elements.set(place, items.get(count++));
            } else {
                count = fill(elements, shape, lower, upper, depth + 1, place, items, count);
            }
        }
        return count;
    }

    private static KadeException wrongNumber() {
        return KadeException.of(ErrorCode.ARRAY_SUBSCRIPT_ERROR, "wrong number of array subscripts");
    }

    private static KadeException outOfRange() {
        return KadeException.of(ErrorCode.ARRAY_SUBSCRIPT_ERROR, "array subscript out of range");
    }
}
