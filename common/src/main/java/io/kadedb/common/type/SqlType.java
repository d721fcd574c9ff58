package io.kadedb.common.type;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A SQL type without its nullability, which belongs to columns and expressions.
 *
 * <p>Text compares by Unicode code point ({@link #COLLATION_CODE_POINT}), which for UTF-8 is byte order.
 * TIMESTAMPTZ is an instant; the session's time zone only decides how it is read and shown.
 *
 * @param id which type
 * @param precision DECIMAL: total digits 1..38; VARCHAR and CHAR: code points; TIME and TIMESTAMP: fractional digits
 *     0..6; otherwise {@link #UNSPECIFIED}
 * @param scale DECIMAL: digits after the point; otherwise 0
 * @param detail ARRAY: its {@link TypeDetail.Element}; ENUM: its {@link TypeDetail.Labels}; otherwise null
 */
public record SqlType(
        TypeId id, int precision, int scale, @Nullable TypeDetail detail) {
    public static final int UNSPECIFIED = -1;
    public static final int MAX_DECIMAL_PRECISION = 38;
    /** DECIMALs up to this precision live in an int64. */
    public static final int MAX_LONG_DECIMAL_PRECISION = 18;
    /** The id of the only collation so far, as the catalog records it. */
    public static final int COLLATION_CODE_POINT = 1;

    public static final SqlType BOOLEAN = of(TypeId.BOOLEAN);
    public static final SqlType SMALLINT = of(TypeId.SMALLINT);
    public static final SqlType INTEGER = of(TypeId.INTEGER);
    public static final SqlType BIGINT = of(TypeId.BIGINT);
    public static final SqlType REAL = of(TypeId.REAL);
    public static final SqlType DOUBLE = of(TypeId.DOUBLE);
    public static final SqlType TEXT = of(TypeId.TEXT);
    /**
     * What {@code char(n)} of different lengths have in common, and one with constants: values lie in memory with the blanks
     * at their ends, which count in no comparison. No column of a table is of this type.
     */
    public static final SqlType BLANKED = new SqlType(TypeId.CHAR, 0, 0);

    public static final SqlType BYTEA = of(TypeId.BYTEA);
    public static final SqlType DATE = of(TypeId.DATE);
    public static final SqlType TIME = new SqlType(TypeId.TIME, 6, 0);
    public static final SqlType TIMESTAMP = new SqlType(TypeId.TIMESTAMP, 6, 0);
    public static final SqlType TIMESTAMPTZ = new SqlType(TypeId.TIMESTAMPTZ, 6, 0);
    public static final SqlType INTERVAL = of(TypeId.INTERVAL);
    public static final SqlType UUID = of(TypeId.UUID);
    /** {@code numeric} without a size: the columns of it have one scale, which is none that users asked for. */
    public static final SqlType NUMERIC = decimal(MAX_DECIMAL_PRECISION, 10);

    public static final SqlType NULL = of(TypeId.NULL);
    public static final SqlType JSON = of(TypeId.JSON);
    public static final SqlType JSONB = of(TypeId.JSONB);
    public static final SqlType JSONPATH = of(TypeId.JSONPATH);
    public static final SqlType TSVECTOR = of(TypeId.TSVECTOR);
    public static final SqlType TSQUERY = of(TypeId.TSQUERY);

    public SqlType {
        if (id == TypeId.DECIMAL
                && (precision < 1 || precision > MAX_DECIMAL_PRECISION || scale < 0 || scale > precision)) {
            throw new IllegalArgumentException("not a decimal type: " + precision + "," + scale);
        }
        if (id != TypeId.DECIMAL && scale != 0) {
            throw new IllegalArgumentException(id + " has no scale");
        }
        boolean whole = switch (id) {
            case ARRAY -> detail instanceof TypeDetail.Element;
            case ENUM -> detail instanceof TypeDetail.Labels;
            default -> detail == null;
        };
        if (!whole) {
            throw new IllegalArgumentException(id + " with " + detail);
        }
    }

    /** A type without a detail. */
    public SqlType(TypeId id, int precision, int scale) {
        this(id, precision, scale, null);
    }

    private static SqlType of(TypeId id) {
        return new SqlType(id, UNSPECIFIED, 0);
    }

    public static SqlType decimal(int precision, int scale) {
        return new SqlType(TypeId.DECIMAL, precision, scale);
    }

    public static SqlType varchar(int length) {
        return new SqlType(TypeId.VARCHAR, length, 0);
    }

    public static SqlType character(int length) {
        return new SqlType(TypeId.CHAR, length, 0);
    }

    /**
     * The array type of elements; arrays of any number of dimensions have one type.
     *
     * @throws IllegalArgumentException if the element is an array
     */
    public static SqlType array(SqlType element) {
        return new SqlType(TypeId.ARRAY, UNSPECIFIED, 0, new TypeDetail.Element(element));
    }

    public static SqlType enumeration(TypeDetail.Labels labels) {
        return new SqlType(TypeId.ENUM, UNSPECIFIED, 0, labels);
    }

    /**
     * A type that is only known by its name yet: what a parser makes of names that are not built in.
     *
     * @param schema empty where none is written
     */
    public static SqlType named(String schema, String name) {
        return enumeration(new TypeDetail.Labels(0, schema, name, List.of()));
    }

    /** Whether it, or its element, is only known by its name. */
    public boolean isUnresolved() {
        return switch (detail) {
            case TypeDetail.Labels labels -> labels.typeId() == 0;
            case TypeDetail.Element element -> element.type().isUnresolved();
            case null -> false;
        };
    }

    public boolean isArray() {
        return id == TypeId.ARRAY;
    }

    /**
     * The type of an array's elements.
     *
     * @throws IllegalStateException if it is not an array
     */
    public SqlType element() {
        if (detail instanceof TypeDetail.Element(SqlType element)) {
            return element;
        }
        throw new IllegalStateException(this + " has no elements");
    }

    /**
     * An enum's labels.
     *
     * @throws IllegalStateException if it is not an enum
     */
    public TypeDetail.Labels labels() {
        if (detail instanceof TypeDetail.Labels labels) {
            return labels;
        }
        throw new IllegalStateException(this + " has no labels");
    }

    /** The type of a column that a query's values of this type are kept in. */
    public SqlType ofColumn() {
        return switch (id) {
            case NULL -> TEXT;
            case CHAR -> keepsBlanks() ? of(TypeId.CHAR) : this;
            default -> this;
        };
    }

    /** Whether it is {@link #BLANKED}. */
    public boolean keepsBlanks() {
        return id == TypeId.CHAR && precision == 0;
    }

    /** How its values lie in memory. */
    public Layout layout() {
        return switch (id) {
            case BOOLEAN, NULL -> Layout.BIT;
            case SMALLINT -> Layout.INT16;
            case INTEGER, DATE -> Layout.INT32;
            case BIGINT, TIME, TIMESTAMP, TIMESTAMPTZ, ENUM -> Layout.INT64;
            case REAL -> Layout.FLOAT32;
            case DOUBLE -> Layout.FLOAT64;
            case DECIMAL -> precision <= MAX_LONG_DECIMAL_PRECISION ? Layout.INT64 : Layout.INT128;
            case TEXT, VARCHAR, CHAR, BYTEA, ARRAY, JSON, JSONB, JSONPATH, TSVECTOR, TSQUERY -> Layout.VARBYTES;
            case INTERVAL -> Layout.INTERVAL;
            case UUID -> Layout.BYTES16;
        };
    }

    public boolean isText() {
        return id == TypeId.TEXT || id == TypeId.VARCHAR || id == TypeId.CHAR;
    }

    /** Whether its values are kept and handed over as text: besides the text types json, jsonpath, tsvector and tsquery. */
    public boolean isWritten() {
        return isText() || id == TypeId.JSON || id == TypeId.JSONPATH || id == TypeId.TSVECTOR || id == TypeId.TSQUERY;
    }

    /** Whether its values are neither equal nor ordered, since they are kept as they were written. */
    public boolean isIncomparable() {
        return id == TypeId.JSON || id == TypeId.JSONPATH;
    }

    public boolean isJson() {
        return id == TypeId.JSON || id == TypeId.JSONB;
    }

    public boolean isInteger() {
        return id == TypeId.SMALLINT || id == TypeId.INTEGER || id == TypeId.BIGINT;
    }

    public boolean isNumeric() {
        return isInteger() || id == TypeId.DECIMAL || id == TypeId.REAL || id == TypeId.DOUBLE;
    }

    /** As PostgreSQL shows it: {@code numeric(12,2)}, {@code character varying(25)}. */
    @Override
    public String toString() {
        return switch (id) {
            case DECIMAL -> "numeric(" + precision + "," + scale + ")";
            case VARCHAR, CHAR -> precision <= 0 ? id.sqlName() : id.sqlName() + "(" + precision + ")";
            case ARRAY -> element() + "[]";
            case ENUM -> labels().name();
            default -> id.sqlName();
        };
    }
}
