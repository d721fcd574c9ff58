package io.kadedb.executor.kernel.value;

import java.math.BigDecimal;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the arguments of strict functions. */
final class Args {
    private Args() {}

    static Object value(@Nullable Object[] args, int index) {
        return Objects.requireNonNull(args[index]);
    }

    static String text(@Nullable Object[] args, int index) {
        return (String) value(args, index);
    }

    static long number(@Nullable Object[] args, int index) {
        return ((Number) value(args, index)).longValue();
    }

    static int integer(@Nullable Object[] args, int index) {
        return Math.clamp(number(args, index), Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    static double real(@Nullable Object[] args, int index) {
        return ((Number) value(args, index)).doubleValue();
    }

    static BigDecimal decimal(@Nullable Object[] args, int index) {
        return Arithmetic.decimal(args[index]);
    }
}
