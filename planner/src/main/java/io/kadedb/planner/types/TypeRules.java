package io.kadedb.planner.types;

import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import java.util.Optional;

/** What follows when types meet: common types, results of arithmetic, and which conversions exist. */
public final class TypeRules {
    /** Digits after the point that a quotient or an average has at least. */
    public static final int MIN_QUOTIENT_SCALE = 16;

    private TypeRules() {}

    /** The type both convert to without being asked, for comparison, UNION, CASE and the like. */
    public static Optional<SqlType> common(SqlType a, SqlType b) {
        if (a.equals(b) || b.id() == TypeId.NULL) {
            return Optional.of(a);
        }
        if (a.id() == TypeId.NULL) {
            return Optional.of(b);
        }
        if (a.isArray() && b.isArray()) {
            return common(a.element(), b.element()).map(SqlType::array);
        }
        if (a.detail() != null || b.detail() != null) {
            return Optional.empty();
        }
        if (a.isNumeric() && b.isNumeric()) {
            return Optional.of(commonNumber(a, b));
        }
        if (a.isText() && b.isText()) {
            return Optional.of(commonText(a, b));
        }
        if (isDateTime(a) && isDateTime(b)) {
            return Optional.of(rank(a) >= rank(b) ? wide(a) : wide(b));
        }
        return a.id() == b.id() ? Optional.of(wide(a)) : Optional.empty();
    }

    private static SqlType wide(SqlType type) {
        return switch (type.id()) {
            case TIME -> SqlType.TIME;
            case TIMESTAMP -> SqlType.TIMESTAMP;
            case TIMESTAMPTZ -> SqlType.TIMESTAMPTZ;
            default -> type;
        };
    }

    /** Of char(n) with others the first decides. */
    private static SqlType commonText(SqlType a, SqlType b) {
        if (a.id() == TypeId.CHAR) {
            return a.equals(b) ? a : SqlType.BLANKED;
        }
        if (a.id() == b.id() && a.precision() != SqlType.UNSPECIFIED && b.precision() != SqlType.UNSPECIFIED) {
            return a.precision() >= b.precision() ? a : b;
        }
        return SqlType.TEXT;
    }

    private static SqlType commonNumber(SqlType a, SqlType b) {
        if (isFloat(a) || isFloat(b)) {
            return a.id() == TypeId.REAL && b.id() == TypeId.REAL ? SqlType.REAL : SqlType.DOUBLE;
        }
        if (a.id() == TypeId.DECIMAL || b.id() == TypeId.DECIMAL) {
            SqlType x = asDecimal(a);
            SqlType y = asDecimal(b);
            int scale = Math.max(x.scale(), y.scale());
            int whole = Math.max(x.precision() - x.scale(), y.precision() - y.scale());
            return capped(whole + scale, scale);
        }
        return rank(a) >= rank(b) ? a : b;
    }

    /** The decimal that holds every value of an exact type. */
    public static SqlType asDecimal(SqlType type) {
        return switch (type.id()) {
            case SMALLINT -> SqlType.decimal(5, 0);
            case INTEGER -> SqlType.decimal(10, 0);
            case BIGINT -> SqlType.decimal(19, 0);
            default -> type;
        };
    }

    public static boolean isFloat(SqlType type) {
        return type.id() == TypeId.REAL || type.id() == TypeId.DOUBLE;
    }

    public static boolean isDateTime(SqlType type) {
        return type.id() == TypeId.DATE || type.id() == TypeId.TIMESTAMP || type.id() == TypeId.TIMESTAMPTZ;
    }

    private static int rank(SqlType type) {
        return type.id().number();
    }

    /** A sum or difference of two numbers: exact, one digit more. */
    public static SqlType add(SqlType a, SqlType b) {
        SqlType common = commonNumber(a, b);
        if (common.id() != TypeId.DECIMAL) {
            return common;
        }
        return capped(common.precision() + 1, common.scale());
    }

    public static SqlType multiply(SqlType a, SqlType b) {
        SqlType common = commonNumber(a, b);
        if (common.id() != TypeId.DECIMAL) {
            return common;
        }
        SqlType x = asDecimal(a);
        SqlType y = asDecimal(b);
        return capped(x.precision() + y.precision(), x.scale() + y.scale());
    }

    /** A quotient: of integers an integer; of decimals with {@link #MIN_QUOTIENT_SCALE} digits or more. */
    public static SqlType divide(SqlType a, SqlType b) {
        SqlType common = commonNumber(a, b);
        if (common.id() != TypeId.DECIMAL) {
            return common;
        }
        int scale = Math.max(
                MIN_QUOTIENT_SCALE, Math.max(asDecimal(a).scale(), asDecimal(b).scale()));
        return SqlType.decimal(SqlType.MAX_DECIMAL_PRECISION, scale);
    }

    public static SqlType modulo(SqlType a, SqlType b) {
        return commonNumber(a, b);
    }

    public static SqlType sum(SqlType type) {
        return switch (type.id()) {
            case SMALLINT, INTEGER -> SqlType.BIGINT;
            case BIGINT -> SqlType.decimal(SqlType.MAX_DECIMAL_PRECISION, 0);
            case DECIMAL -> SqlType.decimal(SqlType.MAX_DECIMAL_PRECISION, type.scale());
            default -> type;
        };
    }

    public static SqlType average(SqlType type) {
        return switch (type.id()) {
            case SMALLINT, INTEGER, BIGINT, DECIMAL ->
                SqlType.decimal(SqlType.MAX_DECIMAL_PRECISION, Math.max(MIN_QUOTIENT_SCALE, type.scale()));
            case REAL -> SqlType.DOUBLE;
            default -> type;
        };
    }

    /** A decimal of at most 38 digits; when digits are short, whole ones are kept and the scale shrinks to 6 at least. */
    public static SqlType capped(int precision, int scale) {
        int excess = precision - SqlType.MAX_DECIMAL_PRECISION;
        if (excess <= 0) {
            return SqlType.decimal(Math.max(precision, Math.max(1, scale)), scale);
        }
        int kept = Math.max(scale - excess, Math.min(scale, 6));
        return SqlType.decimal(SqlType.MAX_DECIMAL_PRECISION, Math.min(kept, SqlType.MAX_DECIMAL_PRECISION));
    }

    /** Whether a value converts without being asked where the other type is expected (PostgreSQL: implicit cast). */
    public static boolean implicit(SqlType from, SqlType to) {
        if (from.isArray() && to.isArray()) {
            return implicit(from.element(), to.element());
        }
        if (from.id() == TypeId.NULL || (from.id() == to.id() && from.id() != TypeId.ENUM)) {
            return true;
        }
        if (from.id() == TypeId.ENUM && to.id() == TypeId.ENUM) {
            return from.labels().typeId() == to.labels().typeId();
        }
        if (from.isNumeric() && to.isNumeric()) {
            return numberRank(from) <= numberRank(to);
        }
        if (from.isText() && to.isText()) {
            return true;
        }
        return isDateTime(from) && isDateTime(to) && rank(from) <= rank(to);
    }

    /** The order in which numbers widen. */
    private static int numberRank(SqlType type) {
        return switch (type.id()) {
            case SMALLINT -> 1;
            case INTEGER -> 2;
            case BIGINT -> 3;
            case DECIMAL -> 4;
            case REAL -> 5;
            default -> 6;
        };
    }

    /** Whether a value may be stored into a column of the other type (PostgreSQL: assignment cast). */
    public static boolean assignable(SqlType from, SqlType to) {
        if (from.isArray() && to.isArray()) {
            return assignable(from.element(), to.element());
        }
        return implicit(from, to)
                || (from.isNumeric() && to.isNumeric())
                || (isDateTime(from) && isDateTime(to))
                || ((from.id() == TypeId.TIMESTAMP || from.id() == TypeId.TIMESTAMPTZ) && to.id() == TypeId.TIME)
                || (from.isJson() && to.isJson())
                || to.isText();
    }

    /** Whether CAST exists (PostgreSQL: explicit cast). */
    public static boolean castable(SqlType from, SqlType to) {
        if (from.isArray() && to.isArray()) {
            return castable(from.element(), to.element());
        }
        if (assignable(from, to) || from.isText()) {
            return true;
        }
        if (from.id() == TypeId.JSONB) {
            return to.isNumeric() || to.id() == TypeId.BOOLEAN;
        }
        if (from.id() == TypeId.BOOLEAN) {
            return to.id() == TypeId.INTEGER;
        }
        if (to.id() == TypeId.BOOLEAN) {
            return from.id() == TypeId.INTEGER;
        }
        return (from.id() == TypeId.TIME && to.id() == TypeId.INTERVAL)
                || (from.id() == TypeId.INTERVAL && to.id() == TypeId.TIME);
    }
}
