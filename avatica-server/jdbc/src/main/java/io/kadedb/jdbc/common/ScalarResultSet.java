package io.kadedb.jdbc.common;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.ZoneId;
import java.util.Calendar;
import org.jspecify.annotations.Nullable;

/** The getters of values, over the columns of whatever rows a result set stands on. */
abstract class ScalarResultSet extends ForwardResultSet {
    private boolean wasNull;

    /** A column, from 1; fails where there is none, or no current row. */
    abstract Column column(int index) throws SQLException;

    /** The current row of its columns. */
    abstract int row();

    /** The session's time zone when the statement began. */
    abstract ZoneId zone();

    /** The column, or null when its value in the current row is NULL. */
    private @Nullable Column present(int index) throws SQLException {
        Column column = column(index);
        wasNull = column.isNull(row());
        return wasNull ? null : column;
    }

    private long integer(int index, long least, long greatest) throws SQLException {
        Column column = present(index);
        return column == null ? 0 : CellValues.within(CellValues.integer(column, row()), least, greatest);
    }

    @Override
    public boolean wasNull() {
        return wasNull;
    }

    @Override
    public @Nullable String getString(int index) throws SQLException {
        Column column = present(index);
        return column == null ? null : CellText.of(column, row(), zone());
    }

    @Override
    public @Nullable String getString(String label) throws SQLException {
        return getString(findColumn(label));
    }

    @Override
    public boolean getBoolean(int index) throws SQLException {
        Column column = present(index);
        return column != null && CellValues.bool(column, row());
    }

    @Override
    public boolean getBoolean(String label) throws SQLException {
        return getBoolean(findColumn(label));
    }

    @Override
    public byte getByte(int index) throws SQLException {
        return (byte) integer(index, Byte.MIN_VALUE, Byte.MAX_VALUE);
    }

    @Override
    public byte getByte(String label) throws SQLException {
        return getByte(findColumn(label));
    }

    @Override
    public short getShort(int index) throws SQLException {
        return (short) integer(index, Short.MIN_VALUE, Short.MAX_VALUE);
    }

    @Override
    public short getShort(String label) throws SQLException {
        return getShort(findColumn(label));
    }

    @Override
    public int getInt(int index) throws SQLException {
        return (int) integer(index, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    @Override
    public int getInt(String label) throws SQLException {
        return getInt(findColumn(label));
    }

    @Override
    public long getLong(int index) throws SQLException {
        return integer(index, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    @Override
    public long getLong(String label) throws SQLException {
        return getLong(findColumn(label));
    }

    @Override
    public float getFloat(int index) throws SQLException {
        Column column = present(index);
        return column == null ? 0 : (float) CellValues.floating(column, row());
    }

    @Override
    public float getFloat(String label) throws SQLException {
        return getFloat(findColumn(label));
    }

    @Override
    public double getDouble(int index) throws SQLException {
        Column column = present(index);
        return column == null ? 0 : CellValues.floating(column, row());
    }

    @Override
    public double getDouble(String label) throws SQLException {
        return getDouble(findColumn(label));
    }

    @Override
    public @Nullable BigDecimal getBigDecimal(int index) throws SQLException {
        Column column = present(index);
        return column == null ? null : CellValues.decimal(column, row());
    }

    @Override
    public @Nullable BigDecimal getBigDecimal(String label) throws SQLException {
        return getBigDecimal(findColumn(label));
    }

    @Override
    public byte @Nullable [] getBytes(int index) throws SQLException {
        Column column = present(index);
        return column == null ? null : CellValues.bytes(column, row(), zone());
    }

    @Override
    public byte @Nullable [] getBytes(String label) throws SQLException {
        return getBytes(findColumn(label));
    }

    @Override
    public @Nullable Date getDate(int index) throws SQLException {
        Column column = present(index);
        return column == null ? null : CellValues.date(column, row(), ZoneId.systemDefault());
    }

    @Override
    public @Nullable Date getDate(String label) throws SQLException {
        return getDate(findColumn(label));
    }

    @Override
    public @Nullable Time getTime(int index) throws SQLException {
        Column column = present(index);
        return column == null ? null : CellValues.time(column, row(), ZoneId.systemDefault());
    }

    @Override
    public @Nullable Time getTime(String label) throws SQLException {
        return getTime(findColumn(label));
    }

    @Override
    public @Nullable Timestamp getTimestamp(int index) throws SQLException {
        Column column = present(index);
        return column == null ? null : CellValues.timestamp(column, row(), ZoneId.systemDefault());
    }

    @Override
    public @Nullable Timestamp getTimestamp(String label) throws SQLException {
        return getTimestamp(findColumn(label));
    }

    @Override
    public @Nullable Date getDate(int index, Calendar calendar) throws SQLException {
        Column column = present(index);
        return column == null ? null : CellValues.date(column, row(), zoneOf(calendar));
    }

    @Override
    public @Nullable Date getDate(String label, Calendar calendar) throws SQLException {
        return getDate(findColumn(label), calendar);
    }

    @Override
    public @Nullable Time getTime(int index, Calendar calendar) throws SQLException {
        Column column = present(index);
        return column == null ? null : CellValues.time(column, row(), zoneOf(calendar));
    }

    @Override
    public @Nullable Time getTime(String label, Calendar calendar) throws SQLException {
        return getTime(findColumn(label), calendar);
    }

    @Override
    public @Nullable Timestamp getTimestamp(int index, Calendar calendar) throws SQLException {
        Column column = present(index);
        return column == null ? null : CellValues.timestamp(column, row(), zoneOf(calendar));
    }

    @Override
    public @Nullable Timestamp getTimestamp(String label, Calendar calendar) throws SQLException {
        return getTimestamp(findColumn(label), calendar);
    }

    @Override
    public @Nullable Object getObject(int index) throws SQLException {
        Column column = present(index);
        return column == null ? null : CellValues.object(column, row(), zone());
    }

    @Override
    @SuppressWarnings("NullAway") // JDBC gives null for NULL
    public Array getArray(int index) throws SQLException {
        Column column = present(index);
        if (column != null && column.kind() != Kind.ARRAY) {
            throw SqlErrors.of(
                    SqlErrors.DATATYPE_MISMATCH,
                    "a value of type " + column.typeName() + " cannot be read as an array");
        }
        return column == null ? null : (Array) CellValues.object(column, row(), zone());
    }

    @Override
    public Array getArray(String label) throws SQLException {
        return getArray(findColumn(label));
    }

    @Override
    public @Nullable Object getObject(String label) throws SQLException {
        return getObject(findColumn(label));
    }

    @Override
    @SuppressWarnings("NullAway") // JDBC gives null for NULL
    public <T> T getObject(int index, Class<T> wanted) throws SQLException {
        Column column = present(index);
        return column == null ? null : CellValues.object(column, row(), zone(), wanted);
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
