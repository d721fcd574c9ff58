package io.kadedb.executor.file;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import java.util.List;
import java.util.Map;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.IntervalUnit;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.FieldType;

/** Which Arrow type a column is written as, and which SQL type one that is read becomes. */
final class ArrowTypes {
    private static final String EXTENSION = ArrowType.ExtensionType.EXTENSION_METADATA_KEY_NAME;
    private static final String UUID = "arrow.uuid";
    private static final int DECIMAL_BITS = 128;
    private static final int UUID_BYTES = 16;
    private static final int UNSIGNED_LONG_DIGITS = 20;

    private ArrowTypes() {}

    static org.apache.arrow.vector.types.pojo.Field written(Field column) {
        Map<String, String> metadata = column.type().equals(SqlType.UUID)
                ? Map.of(EXTENSION, UUID, ArrowType.ExtensionType.EXTENSION_METADATA_KEY_METADATA, "")
                : Map.of();
        FieldType type = new FieldType(column.nullable(), type(column.type()), null, metadata);
        return new org.apache.arrow.vector.types.pojo.Field(column.name(), type, List.of());
    }

    private static ArrowType type(SqlType type) {
        return switch (type.id()) {
            case BOOLEAN -> ArrowType.Bool.INSTANCE;
            case SMALLINT -> new ArrowType.Int(16, true);
            case INTEGER -> new ArrowType.Int(32, true);
            case BIGINT -> new ArrowType.Int(64, true);
            case REAL -> new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE);
            case DOUBLE -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
            case DECIMAL -> new ArrowType.Decimal(type.precision(), type.scale(), DECIMAL_BITS);
            case TEXT, VARCHAR, CHAR -> ArrowType.Utf8.INSTANCE;
            case BYTEA -> ArrowType.Binary.INSTANCE;
            case DATE -> new ArrowType.Date(DateUnit.DAY);
            case TIME -> new ArrowType.Time(TimeUnit.MICROSECOND, 64);
            case TIMESTAMP -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, null);
            case TIMESTAMPTZ -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC");
            case INTERVAL -> new ArrowType.Interval(IntervalUnit.MONTH_DAY_NANO);
            case UUID -> new ArrowType.FixedSizeBinary(UUID_BYTES);
            default -> throw new IllegalArgumentException(type + " is written as text");
        };
    }

    /**
     * The column that values become.
     *
     * @param values the type of the values, which is that of the dictionary where there is one
     */
    static Field read(
            org.apache.arrow.vector.types.pojo.Field column,
            org.apache.arrow.vector.types.pojo.Field values,
            String file) {
        return new Field(column.getName(), sqlType(values, file), column.isNullable());
    }

    private static SqlType sqlType(org.apache.arrow.vector.types.pojo.Field field, String file) {
        return switch (field.getType()) {
            case ArrowType.Bool type -> SqlType.BOOLEAN;
            case ArrowType.Int type -> integer(type);
            case ArrowType.FloatingPoint type ->
                type.getPrecision() == FloatingPointPrecision.DOUBLE ? SqlType.DOUBLE : SqlType.REAL;
            case ArrowType.Decimal type -> {
                if (type.getPrecision() > SqlType.MAX_DECIMAL_PRECISION
                        || type.getScale() < 0
                        || type.getScale() > type.getPrecision()) {
                    throw unsupported(field, file);
                }
                yield SqlType.decimal(type.getPrecision(), type.getScale());
            }
            case ArrowType.Utf8 type -> SqlType.TEXT;
            case ArrowType.LargeUtf8 type -> SqlType.TEXT;
            case ArrowType.Utf8View type -> SqlType.TEXT;
            case ArrowType.Null type -> SqlType.TEXT;
            case ArrowType.Binary type -> SqlType.BYTEA;
            case ArrowType.LargeBinary type -> SqlType.BYTEA;
            case ArrowType.BinaryView type -> SqlType.BYTEA;
            case ArrowType.FixedSizeBinary type ->
                type.getByteWidth() == UUID_BYTES
                                && UUID.equals(field.getMetadata().get(EXTENSION))
                        ? SqlType.UUID
                        : SqlType.BYTEA;
            case ArrowType.Date type -> SqlType.DATE;
            case ArrowType.Time type -> SqlType.TIME;
            case ArrowType.Timestamp type -> type.getTimezone() == null ? SqlType.TIMESTAMP : SqlType.TIMESTAMPTZ;
            case ArrowType.Interval type -> SqlType.INTERVAL;
            case ArrowType.Duration type -> SqlType.INTERVAL;
            default -> throw unsupported(field, file);
        };
    }

    private static SqlType integer(ArrowType.Int type) {
        int bits = type.getBitWidth();
        if (type.getIsSigned()) {
            return bits <= 16 ? SqlType.SMALLINT : bits == 32 ? SqlType.INTEGER : SqlType.BIGINT;
        }
        return switch (bits) {
            case 8 -> SqlType.SMALLINT;
            case 16 -> SqlType.INTEGER;
            case 32 -> SqlType.BIGINT;
            default -> SqlType.decimal(UNSIGNED_LONG_DIGITS, 0);
        };
    }

    private static KadeException unsupported(org.apache.arrow.vector.types.pojo.Field field, String file) {
        return KadeException.of(
                ErrorCode.FEATURE_NOT_SUPPORTED,
                "column \"" + field.getName() + "\" of file \"" + file + "\" has the type " + field.getType()
                        + ", which is not read");
    }
}
