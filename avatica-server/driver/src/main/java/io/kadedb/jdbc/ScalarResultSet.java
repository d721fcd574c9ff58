package io.kadedb.jdbc;

import io.kadedb.jdbc.common.SqlErrors;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Date;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.ZoneId;
import java.util.Calendar;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.QueryState;
import org.jspecify.annotations.Nullable;

/** The getters of single values, over whatever holds the current row. */
abstract class ScalarResultSet extends ForwardResultSet {
    ScalarResultSet(AvaticaStatement statement, QueryState state, Meta.Signature signature, ResultSetMetaData metaData)
            throws SQLException {
        super(statement, state, signature, metaData);
    }

    /** The type of a column that exists, from 1. */
    abstract Kind kind(int index);

    /** The session's time zone when the statement began. */
    abstract ZoneId zone();

    /** The value in the current row; null for NULL, which {@code wasNull} then says. */
    abstract @Nullable Object present(int index) throws SQLException;

    private Array array(int index, Object value) throws SQLException {
        return ArrayTexts.read(
                (String) value, getMetaData().getColumnTypeName(index).substring(1));
    }

    @Override
    public @Nullable Array getArray(int index) throws SQLException {
        Object value = present(index);
        if (value != null && kind(index) != Kind.ARRAY) {
            throw SqlErrors.of(
                    SqlErrors.DATATYPE_MISMATCH,
                    "a value of type " + getMetaData().getColumnTypeName(index) + " cannot be read as an array");
        }
        return value == null ? null : array(index, value);
    }

    @Override
    public @Nullable Array getArray(String label) throws SQLException {
        return getArray(findColumn(label));
    }

    @Override
    public @Nullable String getString(int index) throws SQLException {
        Object value = present(index);
        return value == null ? null : CellText.of(kind(index), value, zone());
    }

    @Override
    public @Nullable String getString(String label) throws SQLException {
        return getString(findColumn(label));
    }

    @Override
    public boolean getBoolean(int index) throws SQLException {
        Object value = present(index);
        return value != null && CellValues.bool(kind(index), value);
    }

    @Override
    public boolean getBoolean(String label) throws SQLException {
        return getBoolean(findColumn(label));
    }

    @Override
    public byte getByte(int index) throws SQLException {
        Object value = present(index);
        return value == null
                ? 0
                : (byte) CellValues.within(CellValues.integer(kind(index), value), Byte.MIN_VALUE, Byte.MAX_VALUE);
    }

    @Override
    public byte getByte(String label) throws SQLException {
        return getByte(findColumn(label));
    }

    @Override
    public short getShort(int index) throws SQLException {
        Object value = present(index);
        return value == null
                ? 0
                : (short) CellValues.within(CellValues.integer(kind(index), value), Short.MIN_VALUE, Short.MAX_VALUE);
    }

    @Override
    public short getShort(String label) throws SQLException {
        return getShort(findColumn(label));
    }

    @Override
    public int getInt(int index) throws SQLException {
        Object value = present(index);
        return value == null
                ? 0
                : (int) CellValues.within(CellValues.integer(kind(index), value), Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    @Override
    public int getInt(String label) throws SQLException {
        return getInt(findColumn(label));
    }

    @Override
    public long getLong(int index) throws SQLException {
        Object value = present(index);
        return value == null ? 0 : CellValues.integer(kind(index), value);
    }

    @Override
    public long getLong(String label) throws SQLException {
        return getLong(findColumn(label));
    }

    @Override
    public float getFloat(int index) throws SQLException {
        Object value = present(index);
        return value == null ? 0 : (float) CellValues.floating(kind(index), value);
    }

    @Override
    public float getFloat(String label) throws SQLException {
        return getFloat(findColumn(label));
    }

    @Override
    public double getDouble(int index) throws SQLException {
        Object value = present(index);
        return value == null ? 0 : CellValues.floating(kind(index), value);
    }

    @Override
    public double getDouble(String label) throws SQLException {
        return getDouble(findColumn(label));
    }

    @Override
    public @Nullable BigDecimal getBigDecimal(int index) throws SQLException {
        Object value = present(index);
        return value == null ? null : CellValues.decimal(kind(index), value);
    }

    @Override
    public @Nullable BigDecimal getBigDecimal(String label) throws SQLException {
        return getBigDecimal(findColumn(label));
    }

    @Override
    public byte @Nullable [] getBytes(int index) throws SQLException {
        Object value = present(index);
        return value == null ? null : CellValues.bytes(kind(index), value, zone());
    }

    @Override
    public byte @Nullable [] getBytes(String label) throws SQLException {
        return getBytes(findColumn(label));
    }

    @Override
    public @Nullable Date getDate(int index) throws SQLException {
        Object value = present(index);
        return value == null ? null : CellValues.date(kind(index), value, ZoneId.systemDefault());
    }

    @Override
    public @Nullable Date getDate(String label) throws SQLException {
        return getDate(findColumn(label));
    }

    @Override
    public @Nullable Time getTime(int index) throws SQLException {
        Object value = present(index);
        return value == null ? null : CellValues.time(kind(index), value, ZoneId.systemDefault());
    }

    @Override
    public @Nullable Time getTime(String label) throws SQLException {
        return getTime(findColumn(label));
    }

    @Override
    public @Nullable Timestamp getTimestamp(int index) throws SQLException {
        Object value = present(index);
        return value == null ? null : CellValues.timestamp(kind(index), value, ZoneId.systemDefault());
    }

    @Override
    public @Nullable Timestamp getTimestamp(String label) throws SQLException {
        return getTimestamp(findColumn(label));
    }

    @Override
    public @Nullable Date getDate(int index, Calendar calendar) throws SQLException {
        Object value = present(index);
        return value == null ? null : CellValues.date(kind(index), value, zoneOf(calendar));
    }

    @Override
    public @Nullable Date getDate(String label, Calendar calendar) throws SQLException {
        return getDate(findColumn(label), calendar);
    }

    @Override
    public @Nullable Time getTime(int index, Calendar calendar) throws SQLException {
        Object value = present(index);
        return value == null ? null : CellValues.time(kind(index), value, zoneOf(calendar));
    }

    @Override
    public @Nullable Time getTime(String label, Calendar calendar) throws SQLException {
        return getTime(findColumn(label), calendar);
    }

    @Override
    public @Nullable Timestamp getTimestamp(int index, Calendar calendar) throws SQLException {
        Object value = present(index);
        return value == null ? null : CellValues.timestamp(kind(index), value, zoneOf(calendar));
    }

    @Override
    public @Nullable Timestamp getTimestamp(String label, Calendar calendar) throws SQLException {
        return getTimestamp(findColumn(label), calendar);
    }

    @Override
    public @Nullable Object getObject(int index) throws SQLException {
        Object value = present(index);
        return value == null
                ? null
                : kind(index) == Kind.ARRAY ? array(index, value) : CellValues.object(kind(index), value, zone());
    }

    @Override
    public @Nullable Object getObject(String label) throws SQLException {
        return getObject(findColumn(label));
    }

    @Override
    @SuppressWarnings("NullAway") // JDBC gives null for NULL
    public <T> T getObject(int index, Class<T> wanted) throws SQLException {
        Object value = present(index);
        return value == null ? null : CellValues.object(kind(index), value, zone(), wanted);
    }

    @Override
    public <T> T getObject(String label, Class<T> wanted) throws SQLException {
        return getObject(findColumn(label), wanted);
    }

    private static ZoneId zoneOf(@Nullable Calendar calendar) {
        return calendar == null
                ? ZoneId.systemDefault()
                : calendar.getTimeZone().toZoneId();
    }
}
