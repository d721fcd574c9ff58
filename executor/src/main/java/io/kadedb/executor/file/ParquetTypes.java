package io.kadedb.executor.file;

import dev.hardwood.metadata.LogicalType;
import dev.hardwood.metadata.RepetitionType;
import dev.hardwood.schema.ColumnSchema;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;

/** Which SQL type a Parquet column becomes. */
final class ParquetTypes {
    private static final int UNSIGNED_LONG_DIGITS = 20;

    private ParquetTypes() {}

    static Field field(ColumnSchema column, String file) {
        if (column.maxRepetitionLevel() > 0 || column.fieldPath().elements().size() > 1) {
            throw unsupported(column, file, "is nested");
        }
        return new Field(column.name(), type(column, file), column.repetitionType() != RepetitionType.REQUIRED);
    }

    private static SqlType type(ColumnSchema column, String file) {
        LogicalType logical = column.logicalType();
        if (logical instanceof LogicalType.DecimalType decimal) {
            if (decimal.precision() > SqlType.MAX_DECIMAL_PRECISION) {
                throw unsupported(column, file, "has more than 38 digits");
            }
            return SqlType.decimal(decimal.precision(), decimal.scale());
        }
        return switch (column.type()) {
            case BOOLEAN -> SqlType.BOOLEAN;
            case INT32 ->
                switch (logical) {
                    case LogicalType.DateType date -> SqlType.DATE;
                    case LogicalType.TimeType time -> SqlType.TIME;
                    case LogicalType.IntType integer ->
                        integer.isSigned()
                                ? integer.bitWidth() <= 16 ? SqlType.SMALLINT : SqlType.INTEGER
                                : integer.bitWidth() < 32 ? SqlType.INTEGER : SqlType.BIGINT;
                    case null, default -> SqlType.INTEGER;
                };
            case INT64 ->
                switch (logical) {
                    case LogicalType.TimestampType timestamp ->
                        timestamp.isAdjustedToUTC() ? SqlType.TIMESTAMPTZ : SqlType.TIMESTAMP;
                    case LogicalType.TimeType time -> SqlType.TIME;
                    case LogicalType.IntType integer ->
                        integer.isSigned() ? SqlType.BIGINT : SqlType.decimal(UNSIGNED_LONG_DIGITS, 0);
                    case null, default -> SqlType.BIGINT;
                };
            case FLOAT -> SqlType.REAL;
            case DOUBLE -> SqlType.DOUBLE;
            case BYTE_ARRAY ->
                switch (logical) {
                    case LogicalType.StringType text -> SqlType.TEXT;
                    case LogicalType.EnumType text -> SqlType.TEXT;
                    case LogicalType.JsonType text -> SqlType.TEXT;
                    case null, default -> SqlType.BYTEA;
                };
            case FIXED_LEN_BYTE_ARRAY ->
                switch (logical) {
                    case LogicalType.UuidType uuid -> SqlType.UUID;
                    case LogicalType.IntervalType interval -> SqlType.INTERVAL;
                    case null, default -> SqlType.BYTEA;
                };
            case INT96 -> throw unsupported(column, file, "has the retired type INT96");
        };
    }

    private static KadeException unsupported(ColumnSchema column, String file, String why) {
        return KadeException.of(
                ErrorCode.FEATURE_NOT_SUPPORTED, "column \"" + column.name() + "\" of file \"" + file + "\" " + why);
    }

    /** What times and timestamps of the column are divided by, or if negative multiplied, to be microseconds. */
    static long microsDivisor(ColumnSchema column) {
        LogicalType.TimeUnit unit = switch (column.logicalType()) {
            case LogicalType.TimestampType timestamp -> timestamp.unit();
            case LogicalType.TimeType time -> time.unit();
            case null, default -> LogicalType.TimeUnit.MICROS;
        };
        return switch (unit) {
            case MILLIS -> -1_000;
            case MICROS -> 1;
            case NANOS -> 1_000;
        };
    }
}
