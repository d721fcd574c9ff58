package io.kadedb.bench.measure;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/**
 * A cell in a form that two engines can be compared by, read through the JDBC getter of its type. Exact numbers stand for
 * their value, whatever their scale (1.50 is 1.5). Approximate ones are rounded half up to {@link #DIGITS} significant
 * digits, after adding one part in 10^13 so that a binary and a decimal representation of the same halfway value round
 * alike.
 */
public final class CanonicalCell {
    /** Significant digits that approximate numbers are compared by. */
    public static final int DIGITS = 10;

    private static final MathContext ROUNDING = new MathContext(DIGITS, RoundingMode.HALF_UP);
    private static final BigDecimal NUDGE = BigDecimal.ONE.add(new BigDecimal("1e-13"));

    private CanonicalCell() {}

    /**
     * The text of a cell, or null for NULL.
     *
     * @param type its {@link Types} constant
     * @param rounded whether the column is approximate; doubles always are
     */
    public static @Nullable String text(ResultSet result, int column, int type, boolean rounded) throws SQLException {
        return switch (type) {
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> {
                long value = result.getLong(column);
                yield result.wasNull()
                        ? null
                        : rounded ? number(BigDecimal.valueOf(value), true) : Long.toString(value);
            }
            case Types.DECIMAL, Types.NUMERIC -> {
                BigDecimal value = result.getBigDecimal(column);
                yield value == null ? null : number(value, rounded);
            }
            case Types.REAL, Types.FLOAT, Types.DOUBLE -> {
                double value = result.getDouble(column);
                yield result.wasNull() ? null : number(value);
            }
            case Types.DATE -> {
                Date value = result.getDate(column);
                yield value == null ? null : value.toLocalDate().toString();
            }
            case Types.BOOLEAN, Types.BIT -> {
                boolean value = result.getBoolean(column);
                yield result.wasNull() ? null : Boolean.toString(value);
            }
            case Types.CHAR, Types.VARCHAR, Types.LONGVARCHAR -> result.getString(column);
            default -> other(result.getObject(column), rounded);
        };
    }

    private static @Nullable String other(@Nullable Object value, boolean rounded) {
        return switch (value) {
            case null -> null;
            case BigInteger number -> number(new BigDecimal(number), rounded);
            case BigDecimal number -> number(number, rounded);
            default -> value.toString();
        };
    }

    /** Doubles are rounded whether the column is marked or not: they have no exact decimal value to agree on. */
    private static String number(double value) {
        return Double.isFinite(value) ? number(new BigDecimal(value), true) : Double.toString(value);
    }

    private static String number(BigDecimal value, boolean rounded) {
        if (value.signum() == 0) {
            return "0";
        }
        BigDecimal exact = rounded ? value.multiply(NUDGE).round(ROUNDING) : value;
        return exact.stripTrailingZeros().toPlainString();
    }
}
