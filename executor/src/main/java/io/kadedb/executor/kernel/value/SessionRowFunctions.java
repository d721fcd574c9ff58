package io.kadedb.executor.kernel.value;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.executor.api.SessionFunctions;
import io.kadedb.planner.physical.ScalarFunction;
import io.kadedb.storage.api.AdvisoryLock;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Functions that ask the session. */
public final class SessionRowFunctions {
    private SessionRowFunctions() {}

    /** The function, or null when it is not one of these. */
    public static @Nullable RowFunction bind(ScalarFunction function, @Nullable SessionFunctions functions) {
        return switch (function) {
            case NEXTVAL -> values -> of(functions).nextval(text(values[0]));
            case CURRVAL -> values -> of(functions).currval(text(values[0]));
            case LASTVAL -> values -> of(functions).lastval();
            case SETVAL -> values -> setval(of(functions), values);
            case PG_GET_SERIAL_SEQUENCE -> values -> of(functions).serialSequence(text(values[0]), text(values[1]));
            case RANDOM ->
                values -> values.length == 0 ? (Object) of(functions).random() : between(of(functions), values);
            case SETSEED -> values -> seed(of(functions), values);
            case KADE_STATE -> values -> of(functions).systemState(text(values[0]));
            case CLOCK_TIMESTAMP -> values -> of(functions).clockMicros();
            case PG_ADVISORY_UNLOCK_ALL ->
                values -> {
                    of(functions).unlockAllAdvisory();
                    return "";
                };
            default -> function.isAdvisory() ? values -> advisory(function, of(functions), values) : null;
        };
    }

    /** What a function does is in its name. */
    private static Object advisory(ScalarFunction function, SessionFunctions functions, @Nullable Object[] values) {
        String name = function.sqlName();
        boolean pair = values.length == 2;
        long first = ((Number) Objects.requireNonNull(values[0])).longValue();
        long key = pair
                ? first << Integer.SIZE
                        | Integer.toUnsignedLong(((Number) Objects.requireNonNull(values[1])).intValue())
                : first;
        AdvisoryLock lock = new AdvisoryLock(key, pair, name.endsWith("_shared"), !name.contains("_xact"));
        if (name.contains("_unlock")) {
            return functions.unlock(lock);
        }
        boolean tries = name.contains("_try");
        boolean got = functions.lock(lock, !tries);
        return tries ? (Object) got : "";
    }

    private static SessionFunctions of(@Nullable SessionFunctions functions) {
        if (functions == null) {
            throw new IllegalStateException("no session to ask");
        }
        return functions;
    }

    private static String text(@Nullable Object value) {
        return (String) Objects.requireNonNull(value);
    }

    private static Object setval(SessionFunctions functions, @Nullable Object[] values) {
        boolean called = values.length < 3 || (Boolean) Objects.requireNonNull(values[2]);
        return functions.setval(text(values[0]), ((Number) Objects.requireNonNull(values[1])).longValue(), called);
    }

    /** A number between two, both of which may be drawn, with as many digits behind the point as they have. */
    private static Object between(SessionFunctions functions, @Nullable Object[] values) {
        BigDecimal low = Arithmetic.decimal(values[0]);
        BigDecimal high = Arithmetic.decimal(values[1]);
        if (low.compareTo(high) > 0) {
            throw KadeException.of(
                    ErrorCode.INVALID_PARAMETER_VALUE, "lower bound must be less than or equal to upper bound");
        }
        int scale = Math.max(low.scale(), high.scale());
        BigInteger least = low.setScale(scale, RoundingMode.UNNECESSARY).unscaledValue();
        BigInteger count = high.setScale(scale, RoundingMode.UNNECESSARY)
                .unscaledValue()
                .subtract(least)
                .add(BigInteger.ONE);
        // Two draws, since one has 53 bits.
        BigDecimal drawn = new BigDecimal(functions.random()).add(new BigDecimal(functions.random() * 0x1p-53));
        BigInteger chosen = drawn.multiply(new BigDecimal(count)).toBigInteger().min(count.subtract(BigInteger.ONE));
        return values[0] instanceof BigDecimal
                ? new BigDecimal(least.add(chosen), scale)
                : (Object) least.add(chosen).longValueExact();
    }

    private static Object seed(SessionFunctions functions, @Nullable Object[] values) {
        double seed = ((Number) Objects.requireNonNull(values[0])).doubleValue();
        if (!(seed >= -1 && seed <= 1)) {
            throw KadeException.of(
                    ErrorCode.INVALID_PARAMETER_VALUE, "setseed parameter " + seed + " is out of allowed range [-1,1]");
        }
        functions.setSeed(seed);
        return "";
    }
}
