package io.kadedb.storage.format.v1;

import io.kadedb.common.type.SqlType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;

/** Columns of random values in the shapes that encodings look for. */
public final class RandomValues {
    /** One of every type a column can have. */
    public static final List<SqlType> TYPES = List.of(
            SqlType.BOOLEAN,
            SqlType.SMALLINT,
            SqlType.INTEGER,
            SqlType.BIGINT,
            SqlType.REAL,
            SqlType.DOUBLE,
            SqlType.decimal(12, 2),
            SqlType.decimal(38, 5),
            SqlType.TEXT,
            SqlType.varchar(40),
            SqlType.character(10),
            SqlType.BYTEA,
            SqlType.DATE,
            SqlType.TIME,
            SqlType.TIMESTAMP,
            SqlType.TIMESTAMPTZ,
            SqlType.INTERVAL,
            SqlType.UUID);

    /** The shapes that {@link #shaped} knows. */
    static final int SHAPES = 6;

    private RandomValues() {}

    /** Values of all magnitudes, a share of them NULL. */
    public static ColumnBuffer column(SqlType type, int rows, double nulls, SplittableRandom random) {
        ColumnBuffer column = new ColumnBuffer(type);
        for (int i = 0; i < rows; i++) {
            if (random.nextDouble() < nulls) {
                column.addNull();
            } else {
                add(column, random.nextLong() >> random.nextInt(64), random);
            }
        }
        return column;
    }

    /** Values in one of several shapes: constant, few, ascending, in runs, narrow, any. */
    static ColumnBuffer shaped(SqlType type, int rows, double nulls, int shape, SplittableRandom random) {
        ColumnBuffer column = new ColumnBuffer(type);
        long base = random.nextLong() >> random.nextInt(64);
        long value = base;
        for (int i = 0; i < rows; i++) {
            value = switch (shape) {
                case 0 -> base;
                case 1 -> base + random.nextInt(7);
                case 2 -> value + random.nextInt(3);
                case 3 -> random.nextInt(50) == 0 ? random.nextLong() : value;
                case 4 -> base + random.nextInt(1 << (1 + random.nextInt(20)));
                default -> random.nextLong();
            };
            if (random.nextDouble() < nulls) {
                column.addNull();
            } else {
                add(column, value, shape == 5 ? random : new SplittableRandom(value));
            }
        }
        return column;
    }

    private static void add(ColumnBuffer column, long bits, SplittableRandom random) {
        switch (column.type().layout()) {
            case BIT -> column.addFixed(bits & 1, 0);
            case INT16 -> {
                short narrow = (short) bits;
                column.addFixed(narrow, 0);
            }
            case INT32 -> {
                int narrow = (int) bits;
                column.addFixed(narrow, 0);
            }
            case INT64 -> column.addFixed(bits, 0);
            case FLOAT32 -> column.addFixed(Float.floatToRawIntBits((float) bits / 3), 0);
            case FLOAT64 -> column.addFixed(Double.doubleToRawLongBits(special(bits, random)), 0);
            case INT128 -> column.addFixed(bits, random.nextBoolean() ? bits >> 63 : random.nextLong() >> 4);
            case INTERVAL ->
                column.addFixed(
                        (long) random.nextInt(-50, 50) << 32 | (random.nextInt(-20, 20) & 0xFFFF_FFFFL), bits >> 8);
            case BYTES16 -> column.addFixed(bits, random.nextLong());
            case VARBYTES -> {
                String text =
                        random.nextInt(10) == 0 ? "" : Long.toString(bits, 36) + (random.nextInt(3) == 0 ? "\0é" : "");
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                column.addVarbytes(bytes, 0, bytes.length);
            }
        }
    }

    private static double special(long bits, SplittableRandom random) {
        return switch (random.nextInt(20)) {
            case 0 -> Double.NaN;
            case 1 -> -0.0;
            case 2 -> Double.POSITIVE_INFINITY;
            case 3 -> Double.NEGATIVE_INFINITY;
            default -> bits / 7.0;
        };
    }
}
