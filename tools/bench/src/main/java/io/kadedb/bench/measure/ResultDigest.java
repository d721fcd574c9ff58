package io.kadedb.bench.measure;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A checksum over every cell of a result, read through the JDBC getter of its type; it does not depend on the order of
 * rows. Exact numbers enter by value, whatever their scale (1.50 is 1.5). A column that the query marks as approximate
 * enters rounded half up to {@link #DIGITS} significant digits, after adding one part in 10^13 so that a binary and a
 * decimal representation of the same halfway value round alike.
 *
 * @param rows how many rows were read
 * @param checksum the sum of the rows' 64-bit hashes
 */
public record ResultDigest(long rows, long checksum) {
    /** Significant digits that approximate columns are compared by. */
    public static final int DIGITS = 10;

    private static final MathContext ROUNDING = new MathContext(DIGITS, RoundingMode.HALF_UP);
    private static final BigDecimal NUDGE = BigDecimal.ONE.add(new BigDecimal("1e-13"));
    private static final long PRIME = 0x100000001b3L;

    /**
     * Reads the rest of the result.
     *
     * @param approximate 1-based columns to round
     */
    public static ResultDigest of(ResultSet result, Set<Integer> approximate) throws SQLException {
        ResultSetMetaData metadata = result.getMetaData();
        int columns = metadata.getColumnCount();
        int[] types = new int[columns + 1];
        boolean[] rounded = new boolean[columns + 1];
        for (int column = 1; column <= columns; column++) {
            types[column] = metadata.getColumnType(column);
            rounded[column] = approximate.contains(column);
        }
        long rows = 0;
        long sum = columns;
        while (result.next()) {
            long hash = 0xcbf29ce484222325L;
            for (int column = 1; column <= columns; column++) {
                hash = hashCell(hash, result, column, types[column], rounded[column]);
            }
            sum += mix(hash);
            rows++;
        }
        return new ResultDigest(rows, sum);
    }

    /** The checksum as reports print it. */
    public String text() {
        return String.format("%016x", checksum);
    }

    private static long hashCell(long hash, ResultSet result, int column, int type, boolean rounded)
            throws SQLException {
        String text = cell(result, column, type, rounded);
        long next = hash;
        if (text == null) {
            next = (next ^ 0x1ffff) * PRIME;
        } else {
            for (int i = 0; i < text.length(); i++) {
                next = (next ^ text.charAt(i)) * PRIME;
            }
        }
        return (next ^ 0x10000) * PRIME;
    }

    /** The canonical text of a cell, or null for NULL. */
    static @Nullable String cell(ResultSet result, int column, int type, boolean rounded) throws SQLException {
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

    /** Spreads a row's hash so that rows which differ little do not cancel in the sum. */
    private static long mix(long hash) {
        long a = (hash ^ (hash >>> 32)) * 0xd6e8feb86659fd93L;
        long b = (a ^ (a >>> 32)) * 0xd6e8feb86659fd93L;
        return b ^ (b >>> 32);
    }
}
