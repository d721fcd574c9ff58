package io.kadedb.parser.ast;

import static org.apache.calcite.rel.type.RelDataType.PRECISION_NOT_SPECIFIED;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import java.util.Objects;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/**
 * The one mapping between our types and Calcite's.
 *
 * <p>TEXT is VARCHAR without a precision. INTERVAL, which has months, days and microseconds, borrows the type INTERVAL
 * DAY TO SECOND, so that Calcite's rules for date arithmetic apply; its values are never Calcite's.
 */
public final class SqlTypes {
    private static final SqlIntervalQualifier INTERVAL_QUALIFIER =
            new SqlIntervalQualifier(TimeUnit.DAY, 6, TimeUnit.SECOND, 6, SqlParserPos.ZERO);

    private SqlTypes() {}

    /** The type, not nullable. */
    public static RelDataType toRelDataType(RelDataTypeFactory factory, SqlType type) {
        return switch (type.id()) {
            case BOOLEAN -> factory.createSqlType(SqlTypeName.BOOLEAN);
            case SMALLINT -> factory.createSqlType(SqlTypeName.SMALLINT);
            case INTEGER -> factory.createSqlType(SqlTypeName.INTEGER);
            case BIGINT -> factory.createSqlType(SqlTypeName.BIGINT);
            case REAL -> factory.createSqlType(SqlTypeName.REAL);
            case DOUBLE -> factory.createSqlType(SqlTypeName.DOUBLE);
            case DECIMAL -> factory.createSqlType(SqlTypeName.DECIMAL, type.precision(), type.scale());
            case TEXT -> text(factory, SqlTypeName.VARCHAR, PRECISION_NOT_SPECIFIED);
            case VARCHAR -> text(factory, SqlTypeName.VARCHAR, type.precision());
            case CHAR -> text(factory, SqlTypeName.CHAR, type.precision());
            case BYTEA -> factory.createSqlType(SqlTypeName.VARBINARY, PRECISION_NOT_SPECIFIED);
            case DATE -> factory.createSqlType(SqlTypeName.DATE);
            case TIME -> factory.createSqlType(SqlTypeName.TIME, type.precision());
            case TIMESTAMP -> factory.createSqlType(SqlTypeName.TIMESTAMP, type.precision());
            case TIMESTAMPTZ -> factory.createSqlType(SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE, type.precision());
            case INTERVAL -> factory.createSqlIntervalType(INTERVAL_QUALIFIER);
            case UUID -> factory.createSqlType(SqlTypeName.UUID);
            case ARRAY -> factory.createArrayType(toRelDataType(factory, type.element(), true), -1);
            case ENUM, JSON, JSONB, JSONPATH, TSVECTOR, TSQUERY -> new OpaqueType(type, false);
            case NULL -> factory.createSqlType(SqlTypeName.NULL);
        };
    }

    public static RelDataType toRelDataType(RelDataTypeFactory factory, SqlType type, boolean nullable) {
        return factory.createTypeWithNullability(toRelDataType(factory, type), nullable);
    }

    private static RelDataType text(RelDataTypeFactory factory, SqlTypeName name, int precision) {
        return precision == SqlType.UNSPECIFIED
                ? factory.createSqlType(name, PRECISION_NOT_SPECIFIED)
                : factory.createSqlType(name, precision);
    }

    /** Our type for one of Calcite's; any interval is INTERVAL, a bare NULL is NULL. */
    public static SqlType fromRelDataType(RelDataType type) {
        if (type instanceof OpaqueType opaque) {
            return opaque.type();
        }
        if (type.getSqlTypeName() == SqlTypeName.ARRAY) {
            SqlType element = fromRelDataType(Objects.requireNonNull(type.getComponentType()));
            return element.isArray() ? element : SqlType.array(element);
        }
        SqlTypeName name = type.getSqlTypeName();
        int precision = type.getPrecision();
        return switch (name) {
            case BOOLEAN -> SqlType.BOOLEAN;
            case TINYINT, SMALLINT -> SqlType.SMALLINT;
            case INTEGER -> SqlType.INTEGER;
            case BIGINT -> SqlType.BIGINT;
            case REAL -> SqlType.REAL;
            case FLOAT, DOUBLE -> SqlType.DOUBLE;
            case DECIMAL -> SqlType.decimal(precision, type.getScale());
            case VARCHAR -> precision == PRECISION_NOT_SPECIFIED ? SqlType.TEXT : SqlType.varchar(precision);
            case CHAR -> precision == PRECISION_NOT_SPECIFIED ? SqlType.TEXT : SqlType.character(precision);
            case BINARY, VARBINARY -> SqlType.BYTEA;
            case DATE -> SqlType.DATE;
            case TIME -> fractional(TypeId.TIME, type);
            case TIMESTAMP -> fractional(TypeId.TIMESTAMP, type);
            case TIMESTAMP_WITH_LOCAL_TIME_ZONE, TIMESTAMP_TZ -> fractional(TypeId.TIMESTAMPTZ, type);
            case UUID -> SqlType.UUID;
            case NULL -> SqlType.NULL;
            default -> {
                if (SqlTypeName.INTERVAL_TYPES.contains(name)) {
                    yield SqlType.INTERVAL;
                }
                if (name == SqlTypeName.CURSOR) {
                    throw KadeException.of(
                                    ErrorCode.FEATURE_NOT_SUPPORTED, "set-returning functions are not allowed here")
                            .hint("call them in FROM, or in a select list outside of aggregates and conditions");
                }
                String shown = type.isStruct() ? "record" : type.toString();
                throw KadeException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "values of type " + shown + " are not built");
            }
        };
    }

    private static SqlType fractional(TypeId id, RelDataType type) {
        return new SqlType(id, type.getPrecision() == PRECISION_NOT_SPECIFIED ? 6 : type.getPrecision(), 0);
    }
}
