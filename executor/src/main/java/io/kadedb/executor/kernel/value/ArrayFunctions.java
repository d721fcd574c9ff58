package io.kadedb.executor.kernel.value;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.ArrayBytes;
import io.kadedb.common.type.ArrayValue;
import io.kadedb.common.type.ArrayValue.Dimension;
import io.kadedb.common.type.SqlType;
import io.kadedb.planner.physical.ScalarFunction;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Making arrays, and making arrays of arrays (PostgreSQL manual, 9.19). */
final class ArrayFunctions {
    private ArrayFunctions() {}

    static @Nullable RowFunction bind(ScalarFunction function, List<SqlType> args, SqlType result) {
        return switch (function) {
            case ARRAY -> args.getFirst().isArray() ? nested(args, result) : values -> array(values, result);
            case ARRAY_CAT -> {
                ArrayArg left = new ArrayArg(0, args.get(0));
                ArrayArg right = new ArrayArg(1, args.get(1));
                yield values -> {
                    ArrayValue a = left.nullable(values);
                    ArrayValue b = right.nullable(values);
                    return a == null || b == null ? (a == null ? values[1] : values[0]) : bytes(cat(a, b), result);
                };
            }
            case ARRAY_APPEND -> {
                ArrayArg array = new ArrayArg(0, args.get(0));
                yield values -> bytes(extended(array.nullable(values), values[1], false), result);
            }
            case ARRAY_PREPEND -> {
                ArrayArg array = new ArrayArg(1, args.get(1));
                yield values -> bytes(extended(array.nullable(values), values[0], true), result);
            }
            case ARRAY_REMOVE -> {
                ArrayArg array = new ArrayArg(0, args.get(0));
                yield values -> values[0] == null ? null : removed(array.of(values), values, result);
            }
            case ARRAY_REPLACE -> {
                ArrayArg array = new ArrayArg(0, args.get(0));
                yield values -> values[0] == null ? null : replaced(array.of(values), values, result);
            }
            case ARRAY_LEFT -> {
                ArrayArg array = new ArrayArg(0, args.get(0));
                yield values -> bytes(cut(array.of(values), Args.integer(values, 1)), result);
            }
            case ARRAY_REVERSE -> {
                ArrayArg array = new ArrayArg(0, args.get(0));
                yield values -> bytes(reversed(array.of(values)), result);
            }
            case ARRAY_SORT -> {
                ArrayArg array = new ArrayArg(0, args.get(0));
                yield values -> bytes(sorted(array.of(values), values), result);
            }
            case ARRAY_FILL -> values -> filled(values, result);
            case TRIM_ARRAY -> {
                ArrayArg array = new ArrayArg(0, args.get(0));
                yield values -> bytes(trimmed(array.of(values), Args.number(values, 1)), result);
            }
            default -> null;
        };
    }

    static ByteBuffer bytes(ArrayValue array, SqlType type) {
        return ArrayBytes.encode(array, type.element());
    }

    private static ByteBuffer array(@Nullable Object[] values, SqlType type) {
        return bytes(ArrayValue.of(values), type);
    }

    /** Arrays of the same shape as the parts of one with one more dimension. */
    private static RowFunction nested(List<SqlType> args, SqlType type) {
        List<ArrayArg> parts = new ArrayList<>();
        for (int i = 0; i < args.size(); i++) {
            parts.add(new ArrayArg(i, args.get(i)));
        }
        return values -> {
            List<ArrayValue> arrays = new ArrayList<>();
            for (ArrayArg part : parts) {
                ArrayValue array = part.nullable(values);
                if (array != null && !array.isEmpty()) {
                    arrays.add(array);
                }
            }
            if (arrays.isEmpty()) {
                return bytes(ArrayValue.EMPTY, type);
            }
            if (arrays.size() < values.length) {
                throw differentShapes();
            }
            return bytes(stacked(arrays), type);
        };
    }

    /**
     * Arrays that are not empty as the parts of one.
     *
     * @throws KadeException 2202E if they differ in shape
     */
    static ArrayValue stacked(List<ArrayValue> arrays) {
        List<Dimension> shape = arrays.getFirst().dimensions();
        if (shape.size() == ArrayValue.MAX_DIMENSIONS) {
            throw KadeException.of(
                    ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                    "number of array dimensions (" + (shape.size() + 1) + ") exceeds the maximum allowed ("
                            + ArrayValue.MAX_DIMENSIONS + ")");
        }
        List<@Nullable Object> elements = new ArrayList<>();
        for (ArrayValue array : arrays) {
            if (!array.dimensions().equals(shape)) {
                throw differentShapes();
            }
            elements.addAll(array.elements());
        }
        List<Dimension> all = new ArrayList<>(shape);
        all.addFirst(new Dimension(arrays.size(), 1));
        return checked(elements, all);
    }

    private static KadeException differentShapes() {
        return KadeException.of(
                ErrorCode.ARRAY_SUBSCRIPT_ERROR,
                "multidimensional arrays must have array expressions with matching dimensions");
    }

    static ArrayValue checked(List<@Nullable Object> elements, List<Dimension> dimensions) {
        if (elements.size() > ArrayValue.MAX_ELEMENTS) {
            throw tooLarge();
        }
        return elements.isEmpty() ? ArrayValue.EMPTY : new ArrayValue(elements, dimensions);
    }

    private static KadeException tooLarge() {
        return KadeException.of(
                ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                "array size exceeds the maximum allowed (" + ArrayValue.MAX_ELEMENTS + ")");
    }

    private static ArrayValue cat(ArrayValue a, ArrayValue b) {
        if (a.isEmpty() || b.isEmpty()) {
            return a.isEmpty() ? b : a;
        }
        List<Dimension> left = a.dimensions();
        List<Dimension> right = b.dimensions();
        int difference = left.size() - right.size();
        if (Math.abs(difference) > 1) {
            throw incompatible("Arrays of " + left.size() + " and " + right.size()
                    + " dimensions are not compatible for concatenation.");
        }
        List<Dimension> outer = difference >= 0 ? left : right;
        boolean fits = lengths(left, difference > 0 || difference == 0 ? 1 : 0)
                .equals(lengths(right, difference < 0 || difference == 0 ? 1 : 0));
        if (!fits) {
            throw incompatible(
                    difference == 0
                            ? "Arrays with differing element dimensions are not compatible for concatenation."
                            : "Arrays with differing dimensions are not compatible for concatenation.");
        }
        List<Dimension> all = new ArrayList<>(outer);
        int length = (difference >= 0 ? left.getFirst().length() : 1)
                + (difference <= 0 ? right.getFirst().length() : 1);
        all.set(0, new Dimension(length, outer.getFirst().lower()));
        List<@Nullable Object> elements = new ArrayList<>(a.elements());
        elements.addAll(b.elements());
        return checked(elements, all);
    }

    private static List<Integer> lengths(List<Dimension> dimensions, int from) {
        return dimensions.stream().skip(from).map(Dimension::length).toList();
    }

    private static KadeException incompatible(String detail) {
        return KadeException.of(ErrorCode.ARRAY_SUBSCRIPT_ERROR, "cannot concatenate incompatible arrays")
                .detail(detail);
    }

    private static ArrayValue extended(@Nullable ArrayValue array, @Nullable Object element, boolean front) {
        if (array == null || array.isEmpty()) {
            return ArrayValue.of(Collections.singletonList(element));
        }
        if (array.dimensions().size() > 1) {
            throw KadeException.of(ErrorCode.DATA_EXCEPTION, "argument must be empty or one-dimensional array");
        }
        List<@Nullable Object> elements = new ArrayList<>(array.size() + 1);
        elements.addAll(array.elements());
        elements.add(front ? 0 : elements.size(), element);
        return checked(
                elements,
                List.of(new Dimension(
                        elements.size(), array.dimensions().getFirst().lower())));
    }

    static boolean same(@Nullable Object a, @Nullable Object b) {
        return (a == null || b == null) ? (a == null && b == null) : ValueOrder.compare(a, b) == 0;
    }

    private static ByteBuffer removed(ArrayValue array, @Nullable Object[] values, SqlType type) {
        if (array.dimensions().size() > 1) {
            throw Failures.unsupported("removing elements from multidimensional arrays is not supported");
        }
        List<@Nullable Object> kept = new ArrayList<>();
        for (Object element : array.elements()) {
            if (!same(element, values[1])) {
                kept.add(element);
            }
        }
        return kept.isEmpty()
                ? bytes(ArrayValue.EMPTY, type)
                : bytes(
                        new ArrayValue(
                                kept,
                                List.of(new Dimension(
                                        kept.size(),
                                        array.dimensions().getFirst().lower()))),
                        type);
    }

    private static ByteBuffer replaced(ArrayValue array, @Nullable Object[] values, SqlType type) {
        List<@Nullable Object> elements = new ArrayList<>(array.elements());
        elements.replaceAll(element -> same(element, values[1]) ? values[2] : element);
        return bytes(new ArrayValue(elements, array.dimensions()), type);
    }

    private static ArrayValue cut(ArrayValue array, int length) {
        List<@Nullable Object> elements = new ArrayList<>(array.elements());
        elements.replaceAll(element -> element instanceof String text && text.codePointCount(0, text.length()) > length
                ? text.substring(0, text.offsetByCodePoints(0, length))
                : element);
        return new ArrayValue(elements, array.dimensions());
    }

    private static ArrayValue reversed(ArrayValue array) {
        return array.isEmpty() ? array : joined(array, parts(array).reversed());
    }

    /** The elements of each place of the first dimension. */
    private static List<List<@Nullable Object>> parts(ArrayValue array) {
        int length = array.dimensions().getFirst().length();
        int width = array.size() / length;
        List<List<@Nullable Object>> parts = new ArrayList<>(length);
        for (int i = 0; i < length; i++) {
            parts.add(array.elements().subList(i * width, (i + 1) * width));
        }
        return parts;
    }

    private static ArrayValue joined(ArrayValue array, List<List<@Nullable Object>> parts) {
        List<@Nullable Object> elements = new ArrayList<>(array.size());
        parts.forEach(elements::addAll);
        return new ArrayValue(elements, array.dimensions());
    }

    private static ArrayValue sorted(ArrayValue array, @Nullable Object[] values) {
        if (array.size() < 2) {
            return array;
        }
        boolean descending = values.length > 1 && Boolean.TRUE.equals(values[1]);
        boolean nullsFirst = values.length > 2 ? Boolean.TRUE.equals(values[2]) : descending;
        List<List<@Nullable Object>> parts = new ArrayList<>(parts(array));
        boolean flat = array.dimensions().size() == 1;
        parts.sort((a, b) -> {
            for (int i = 0; i < a.size(); i++) {
                Object x = a.get(i);
                Object y = b.get(i);
                int order;
                if (x == null || y == null) {
                    int nullLast = Boolean.compare(x == null, y == null);
                    order = flat ? (nullsFirst ? -nullLast : nullLast) : descending ? -nullLast : nullLast;
                } else {
                    order = descending ? ValueOrder.compare(y, x) : ValueOrder.compare(x, y);
                }
                if (order != 0) {
                    return order;
                }
            }
            return 0;
        });
        return joined(array, parts);
    }

    private static ByteBuffer filled(@Nullable Object[] values, SqlType type) {
        if (values[1] == null || (values.length > 2 && values[2] == null)) {
            throw KadeException.of(
                    ErrorCode.NULL_VALUE_NOT_ALLOWED, "dimension array or low bound array cannot be null");
        }
        List<Integer> lengths = bounds(values, 1);
        List<Integer> lowers = values.length > 2 ? bounds(values, 2) : Collections.nCopies(lengths.size(), 1);
        if (lowers.size() != lengths.size()) {
            throw KadeException.of(ErrorCode.ARRAY_SUBSCRIPT_ERROR, "wrong number of array subscripts")
                    .detail("Low bound array has different size than dimensions array.");
        }
        if (lengths.size() > ArrayValue.MAX_DIMENSIONS) {
            throw KadeException.of(
                    ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                    "number of array dimensions (" + lengths.size() + ") exceeds the maximum allowed ("
                            + ArrayValue.MAX_DIMENSIONS + ")");
        }
        long size = lengths.isEmpty() ? 0 : 1;
        List<Dimension> dimensions = new ArrayList<>();
        for (int i = 0; i < lengths.size(); i++) {
            size *= lengths.get(i);
            if (lengths.get(i) < 0 || size > ArrayValue.MAX_ELEMENTS) {
                throw tooLarge();
            }
            dimensions.add(new Dimension(lengths.get(i), lowers.get(i)));
        }
        return size == 0
                ? bytes(ArrayValue.EMPTY, type)
                : bytes(new ArrayValue(Collections.nCopies((int) size, values[0]), dimensions), type);
    }

    private static List<Integer> bounds(@Nullable Object[] values, int index) {
        ArrayValue array = ArrayBytes.decode((ByteBuffer) Args.value(values, index), SqlType.INTEGER);
        if (array.dimensions().size() > 1) {
            throw KadeException.of(ErrorCode.ARRAY_SUBSCRIPT_ERROR, "wrong number of array subscripts")
                    .detail("Dimension array must be one dimensional.");
        }
        if (array.hasNull()) {
            throw KadeException.of(ErrorCode.NULL_VALUE_NOT_ALLOWED, "dimension values cannot be null");
        }
        return array.elements().stream()
                .map(value -> ((Long) Objects.requireNonNull(value)).intValue())
                .toList();
    }

    private static ArrayValue trimmed(ArrayValue array, long count) {
        int length = array.isEmpty() ? 0 : array.dimensions().getFirst().length();
        if (count < 0 || count > length) {
            throw KadeException.of(
                    ErrorCode.ARRAY_SUBSCRIPT_ERROR, "number of elements to trim must be between 0 and " + length);
        }
        if (count == length) {
            return ArrayValue.EMPTY;
        }
        int kept = (int) (length - count);
        List<Dimension> dimensions = new ArrayList<>();
        array.dimensions().forEach(dimension -> dimensions.add(new Dimension(dimension.length(), 1)));
        dimensions.set(0, new Dimension(kept, 1));
        return new ArrayValue(array.elements().subList(0, array.size() / length * kept), dimensions);
    }
}
