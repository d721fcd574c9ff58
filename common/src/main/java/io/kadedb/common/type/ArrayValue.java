package io.kadedb.common.type;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A value of an array type. An empty array has no dimensions.
 *
 * @param elements row by row, of the classes that literals have; null for NULL
 * @param dimensions from the outermost; the product of their lengths is the number of elements
 */
public record ArrayValue(List<@Nullable Object> elements, List<Dimension> dimensions) {
    /** How many dimensions an array may have, as in PostgreSQL. */
    public static final int MAX_DIMENSIONS = 6;
    /** How many elements an array may have. */
    public static final int MAX_ELEMENTS = 134_217_727;

    public static final ArrayValue EMPTY = new ArrayValue(List.of(), List.of());

    /**
     * One dimension.
     *
     * @param length positive
     * @param lower the subscript of the first
     */
    public record Dimension(int length, int lower) {
        public int upper() {
            return lower + length - 1;
        }
    }

    // Not the compact form: the compiler leaves the annotation of its first parameter's argument out of the class file.
    public ArrayValue(List<@Nullable Object> elements, List<Dimension> dimensions) {
        long product = dimensions.isEmpty() ? 0 : 1;
        for (Dimension dimension : dimensions) {
            product *= dimension.length();
        }
        if (product != elements.size()) {
            throw new IllegalArgumentException(elements.size() + " elements in " + dimensions);
        }
        this.elements = Collections.unmodifiableList(elements);
        this.dimensions = List.copyOf(dimensions);
    }

    /** One dimension whose subscripts begin with 1. */
    public static ArrayValue of(List<? extends @Nullable Object> elements) {
        return elements.isEmpty()
                ? EMPTY
                : new ArrayValue(Collections.unmodifiableList(elements), List.of(new Dimension(elements.size(), 1)));
    }

    /** One dimension whose subscripts begin with 1. */
    public static ArrayValue of(@Nullable Object... elements) {
        return of(Arrays.asList(elements));
    }

    public boolean isEmpty() {
        return elements.isEmpty();
    }

    public boolean hasNull() {
        for (Object element : elements) {
            if (element == null) {
                return true;
            }
        }
        return false;
    }

    /** How many elements there are over all dimensions. */
    public int size() {
        return elements.size();
    }

    /** Whether subscripts of its only dimension begin with 1. */
    boolean isPlain() {
        return dimensions.isEmpty()
                || (dimensions.size() == 1 && dimensions.getFirst().lower() == 1);
    }
}
