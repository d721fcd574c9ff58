package io.kadedb.executor.file;

import io.kadedb.common.type.Field;
import io.kadedb.common.type.Layout;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;

/** A column, which may be null, as the footer of a Parquet file tells it; the numbers are those of parquet.thrift. */
record ParquetElement(Field field) {
    static final int BOOLEAN = 0;
    static final int INT32 = 1;
    static final int INT64 = 2;
    static final int FLOAT = 4;
    static final int DOUBLE = 5;
    static final int BYTE_ARRAY = 6;
    static final int FIXED_LEN_BYTE_ARRAY = 7;

    private static final int OPTIONAL = 1;
    private static final int MICROS = 2;
    private static final int DECIMAL_BYTES = 16;

    /** The number of the physical type. */
    int physical() {
        return switch (field.type().layout()) {
            case BIT -> BOOLEAN;
            case INT16, INT32 -> INT32;
            case INT64 -> INT64;
            case FLOAT32 -> FLOAT;
            case FLOAT64 -> DOUBLE;
            case VARBYTES -> BYTE_ARRAY;
            case INT128, BYTES16 -> FIXED_LEN_BYTE_ARRAY;
            case INTERVAL -> throw new IllegalArgumentException("intervals are written as text");
        };
    }

    /** Whether the smallest and largest value of a chunk is told. */
    boolean hasBounds() {
        return physical() == INT32 || physical() == INT64;
    }

    /** Appends the structure SchemaElement to a list. */
    void write(ThriftWriter out) {
        SqlType type = field.type();
        out.beginItem().i32(1, physical());
        if (physical() == FIXED_LEN_BYTE_ARRAY) {
            out.i32(2, type.layout() == Layout.INT128 ? DECIMAL_BYTES : Layout.BYTES16.width());
        }
        out.i32(3, OPTIONAL).text(4, field.name());
        switch (type.id()) {
            case TEXT, VARCHAR, CHAR -> out.i32(6, 0).begin(10).begin(1).end().end();
            case DECIMAL -> {
                out.i32(6, 5).i32(7, type.scale()).i32(8, type.precision());
                out.begin(10).begin(5).i32(1, type.scale()).i32(2, type.precision());
                out.end().end();
            }
            case DATE -> out.i32(6, 6).begin(10).begin(6).end().end();
            case TIME -> {
                out.i32(6, 8).begin(10).begin(7);
                time(out, false);
                out.end().end();
            }
            case TIMESTAMP, TIMESTAMPTZ -> {
                boolean instant = type.id() == TypeId.TIMESTAMPTZ;
                if (instant) {
                    // The older name of the type is that of an instant.
                    out.i32(6, 10);
                }
                out.begin(10).begin(8);
                time(out, instant);
                out.end().end();
            }
            case SMALLINT -> {
                out.i32(6, 16).begin(10).begin(10).i8(1, 16).bool(2, true);
                out.end().end();
            }
            case UUID -> out.begin(10).begin(14).end().end();
            default -> {}
        }
        out.end();
    }

    private static void time(ThriftWriter out, boolean utc) {
        out.bool(1, utc).begin(2).begin(MICROS).end().end();
    }
}
