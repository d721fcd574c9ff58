package io.kadedb.executor.kernel.value;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Interval;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.planner.physical.ScalarFunction;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What recursive queries with SEARCH and CYCLE carry along. */
final class TraversalTexts {
    private static final BigInteger MIDDLE = BigInteger.ONE.shiftLeft(127);
    private static final BigInteger DAY = BigInteger.valueOf(86_400_000_000L);

    private TraversalTexts() {}

    static @Nullable RowFunction bind(ScalarFunction function, List<SqlType> args, ZoneId zone) {
        return switch (function) {
            case SORT_TEXT -> values -> sortText(Args.value(values, 0), args.getFirst());
            case ROW_TEXT -> values -> rowText(values, args, zone);
            default -> null;
        };
    }

    /** A text whose place among others, compared by code points, is the value's among others of its type. */
    private static String sortText(Object value, SqlType type) {
        return switch (value) {
            case Long number -> hex(number);
            case Double number -> {
                long bits = Double.doubleToLongBits(number + 0.0);
                yield hex(bits < 0 ? bits ^ Long.MAX_VALUE : bits);
            }
            case BigDecimal number -> wide(number.unscaledValue());
            case Boolean truth -> truth ? "1" : "0";
            case String text when !type.isIncomparable() -> text;
            case UUID id -> id.toString();
            case Interval span ->
                wide(BigInteger.valueOf(span.months())
                        .multiply(BigInteger.valueOf(30))
                        .add(BigInteger.valueOf(span.days()))
                        .multiply(DAY)
                        .add(BigInteger.valueOf(span.micros())));
            case ByteBuffer bytes
            when type.id() == TypeId.BYTEA -> {
                byte[] copy = new byte[bytes.remaining()];
                bytes.duplicate().get(copy);
                yield HexFormat.of().formatHex(copy);
            }
            default ->
                throw KadeException.of(
                        ErrorCode.FEATURE_NOT_SUPPORTED, "SEARCH by columns of type " + type + " is not supported yet");
        };
    }

    private static String hex(long value) {
        return HexFormat.of().toHexDigits(value ^ Long.MIN_VALUE);
    }

    private static String wide(BigInteger value) {
        String digits = value.add(MIDDLE).toString(16);
        return "0".repeat(32 - digits.length()) + digits;
    }

    /** As PostgreSQL writes rows: in parentheses, what could be misread in quotes. */
    private static String rowText(@Nullable Object[] values, List<SqlType> types, ZoneId zone) {
        StringBuilder row = new StringBuilder("(");
        for (int i = 0; i < values.length; i++) {
            row.append(i == 0 ? "" : ",");
            Object value = values[i];
            if (value == null) {
                continue;
            }
            String text = value instanceof Boolean truth ? truth ? "t" : "f" : ValueText.of(value, types.get(i), zone);
            boolean plain = !text.isEmpty()
                    && text.chars().noneMatch(c -> "\"\\(),".indexOf(c) >= 0 || Character.isWhitespace(c));
            row.append(plain ? text : "\"" + text.replace("\\", "\\\\").replace("\"", "\"\"") + "\"");
        }
        return row.append(')').toString();
    }
}
