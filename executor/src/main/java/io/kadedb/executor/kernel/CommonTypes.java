package io.kadedb.executor.kernel;

import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;

/**
 * The type two values are brought to before they are compared. Plans already cast both sides to one type; this keeps
 * differences of precision and scale from mattering.
 */
final class CommonTypes {
    private CommonTypes() {}

    static SqlType of(SqlType a, SqlType b) {
        if (a.equals(b) || b.id() == TypeId.NULL) {
            return a;
        }
        if (a.id() == TypeId.NULL) {
            return b;
        }
        if (a.isText() && b.isText()) {
            return SqlType.TEXT;
        }
        if (a.isText() || b.isText()) {
            return a.isText() ? b : a;
        }
        if (a.isNumeric() && b.isNumeric()) {
            return numeric(a, b);
        }
        // Dates, times and timestamps: the later one of the enum says more.
        return a.id().compareTo(b.id()) >= 0 ? a : b;
    }

    private static SqlType numeric(SqlType a, SqlType b) {
        if (isFloat(a) || isFloat(b)) {
            return a.id() == TypeId.REAL && b.id() == TypeId.REAL ? SqlType.REAL : SqlType.DOUBLE;
        }
        if (a.isInteger() && b.isInteger()) {
            return a.id().compareTo(b.id()) >= 0 ? a : b;
        }
        SqlType x = asDecimal(a);
        SqlType y = asDecimal(b);
        int scale = Math.max(x.scale(), y.scale());
        int digits = Math.max(x.precision() - x.scale(), y.precision() - y.scale());
        return SqlType.decimal(Math.min(SqlType.MAX_DECIMAL_PRECISION, digits + scale), scale);
    }

    static boolean isFloat(SqlType type) {
        return type.id() == TypeId.REAL || type.id() == TypeId.DOUBLE;
    }

    /** A decimal type that holds the values of an exact numeric type. */
    static SqlType asDecimal(SqlType type) {
        return switch (type.id()) {
            case SMALLINT -> SqlType.decimal(5, 0);
            case INTEGER -> SqlType.decimal(10, 0);
            case BIGINT -> SqlType.decimal(19, 0);
            default -> type;
        };
    }
}
