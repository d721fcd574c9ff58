package io.kadedb.server.jdbc;

import io.kadedb.common.data.Batch;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Field;
import io.kadedb.jdbc.common.SqlErrors;
import io.kadedb.server.session.Portal;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Date;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.ZoneId;
import java.util.Calendar;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a statement, forward only. Batches are copied to arrays once, so that a getter is an array access. Belongs to
 * one thread.
 */
final class KadeResultSet extends ForwardResultSet {
    private final ResultOwner owner;
    private final @Nullable Portal portal;
    private final String text;
    private final ZoneId zone;
    private final long maxRows;
    private final ResultShape shape;
    private final FrameColumn[] columns;
    private @Nullable Map<String, Integer> ordinals;
    private int frameRows;
    private int row = -1;
    private long rowsBefore;
    private boolean ended;
    private boolean closed;
    private boolean wasNull;

    /** Whose result it is: a statement, which is told of its end. */
    interface ResultOwner {
        Statement statement();

        void resultClosed() throws SQLException;
    }

    /**
     * @param text of the statement, for errors
     * @param zone of the session when the statement began
     * @param maxRows 0 for all
     */
    KadeResultSet(ResultOwner owner, Portal portal, String text, ZoneId zone, long maxRows, ResultShape shape) {
        this.owner = owner;
        this.portal = portal;
        this.text = text;
        this.zone = zone;
        this.maxRows = maxRows;
        this.shape = shape;
        this.columns = shape.newFrame();
    }

    /**
     * Rows that are there already.
     *
     * @param frame holds them, and is left alone until the result set is closed
     */
    KadeResultSet(ResultOwner owner, String text, ZoneId zone, ResultShape shape, FrameColumn[] frame, int rows) {
        this.owner = owner;
        this.portal = null;
        this.text = text;
        this.zone = zone;
        this.maxRows = 0;
        this.shape = shape;
        this.columns = frame;
        this.frameRows = rows;
    }

    @Override
    public boolean next() throws SQLException {
        if (row + 1 < frameRows && (maxRows == 0 || rowsBefore + row + 1 < maxRows)) {
            row++;
            return true;
        }
        checkOpen();
        return nextFrame();
    }

    private boolean nextFrame() throws SQLException {
        if (ended) {
            return false;
        }
        rowsBefore += frameRows;
        frameRows = 0;
        row = -1;
        try {
            Batch batch = portal == null || (maxRows > 0 && rowsBefore >= maxRows) ? null : portal.next();
            if (batch == null) {
                end();
                return false;
            }
            for (int i = 0; i < columns.length; i++) {
                columns[i].load(batch.column(i));
            }
            frameRows = batch.length();
            row = 0;
            return true;
        } catch (KadeException e) {
            ended = true;
            throw KadeErrors.of(e, text);
        }
    }

    private void end() {
        ended = true;
        if (portal != null) {
            portal.close();
        }
    }

    @Override
    public void close() throws SQLException {
        if (!closed) {
            closed = true;
            end();
            owner.resultClosed();
        }
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    void checkOpen() throws SQLException {
        if (closed) {
            throw SqlErrors.closed("result set");
        }
    }

    /** The column, or null when its value in the current row is NULL. */
    private @Nullable FrameColumn present(int index) throws SQLException {
        if (index < 1 || index > columns.length) {
            checkOpen();
            throw SqlErrors.of(
                    SqlErrors.INVALID_COLUMN_REFERENCE,
                    "there is no column " + index + ": the result has " + columns.length);
        }
        if (row < 0 || row >= frameRows || ended) {
            checkOpen();
            throw SqlErrors.of(SqlErrors.WRONG_STATE, "the result set is not on a row: call next() first");
        }
        FrameColumn column = columns[index - 1];
        wasNull = column.isNull(row);
        return wasNull ? null : column;
    }

    @Override
    public int findColumn(String label) throws SQLException {
        Map<String, Integer> known = ordinals;
        if (known == null) {
            known = new HashMap<>();
            List<Field> fields = shape.columns();
            for (int i = 0; i < fields.size(); i++) {
                known.putIfAbsent(fields.get(i).name().toLowerCase(Locale.ROOT), i + 1);
            }
            ordinals = known;
        }
        Integer ordinal = known.get(label.toLowerCase(Locale.ROOT));
        if (ordinal == null) {
            checkOpen();
            throw SqlErrors.of(SqlErrors.UNDEFINED_COLUMN, "the result has no column \"" + label + "\"");
        }
        return ordinal;
    }

    @Override
    public boolean wasNull() {
        return wasNull;
    }

    @Override
    public @Nullable String getString(int index) throws SQLException {
        FrameColumn column = present(index);
        return column == null ? null : ValueText.of(column, row, zone);
    }

    @Override
    public @Nullable String getString(String label) throws SQLException {
        return getString(findColumn(label));
    }

    @Override
    public boolean getBoolean(int index) throws SQLException {
        FrameColumn column = present(index);
        return column != null && CellValues.bool(column, row);
    }

    @Override
    public boolean getBoolean(String label) throws SQLException {
        return getBoolean(findColumn(label));
    }

    @Override
    public byte getByte(int index) throws SQLException {
        FrameColumn column = present(index);
        return column == null
                ? 0
                : (byte) CellValues.within(CellValues.integer(column, row), Byte.MIN_VALUE, Byte.MAX_VALUE);
    }

    @Override
    public byte getByte(String label) throws SQLException {
        return getByte(findColumn(label));
    }

    @Override
    public short getShort(int index) throws SQLException {
        FrameColumn column = present(index);
        return column == null
                ? 0
                : (short) CellValues.within(CellValues.integer(column, row), Short.MIN_VALUE, Short.MAX_VALUE);
    }

    @Override
    public short getShort(String label) throws SQLException {
        return getShort(findColumn(label));
    }

    @Override
    public int getInt(int index) throws SQLException {
        FrameColumn column = present(index);
        return column == null
                ? 0
                : (int) CellValues.within(CellValues.integer(column, row), Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    @Override
    public int getInt(String label) throws SQLException {
        return getInt(findColumn(label));
    }

    @Override
    public long getLong(int index) throws SQLException {
        FrameColumn column = present(index);
        return column == null ? 0 : CellValues.integer(column, row);
    }

    @Override
    public long getLong(String label) throws SQLException {
        return getLong(findColumn(label));
    }

    @Override
    public float getFloat(int index) throws SQLException {
        FrameColumn column = present(index);
        return column == null ? 0 : (float) CellValues.floating(column, row);
    }

    @Override
    public float getFloat(String label) throws SQLException {
        return getFloat(findColumn(label));
    }

    @Override
    public double getDouble(int index) throws SQLException {
        FrameColumn column = present(index);
        return column == null ? 0 : CellValues.floating(column, row);
    }

    @Override
    public double getDouble(String label) throws SQLException {
        return getDouble(findColumn(label));
    }

    @Override
    public @Nullable BigDecimal getBigDecimal(int index) throws SQLException {
        FrameColumn column = present(index);
        return column == null ? null : CellValues.decimal(column, row);
    }

    @Override
    public @Nullable BigDecimal getBigDecimal(String label) throws SQLException {
        return getBigDecimal(findColumn(label));
    }

    @Override
    public byte @Nullable [] getBytes(int index) throws SQLException {
        FrameColumn column = present(index);
        return column == null ? null : CellValues.bytes(column, row, zone);
    }

    @Override
    public byte @Nullable [] getBytes(String label) throws SQLException {
        return getBytes(findColumn(label));
    }

    @Override
    public @Nullable Date getDate(int index) throws SQLException {
        FrameColumn column = present(index);
        return column == null ? null : CellValues.date(column, row, ZoneId.systemDefault());
    }

    @Override
    public @Nullable Date getDate(String label) throws SQLException {
        return getDate(findColumn(label));
    }

    @Override
    public @Nullable Time getTime(int index) throws SQLException {
        FrameColumn column = present(index);
        return column == null ? null : CellValues.time(column, row, ZoneId.systemDefault());
    }

    @Override
    public @Nullable Time getTime(String label) throws SQLException {
        return getTime(findColumn(label));
    }

    @Override
    public @Nullable Timestamp getTimestamp(int index) throws SQLException {
        FrameColumn column = present(index);
        return column == null ? null : CellValues.timestamp(column, row, ZoneId.systemDefault());
    }

    @Override
    public @Nullable Timestamp getTimestamp(String label) throws SQLException {
        return getTimestamp(findColumn(label));
    }

    @Override
    public @Nullable Date getDate(int index, Calendar calendar) throws SQLException {
        FrameColumn column = present(index);
        return column == null ? null : CellValues.date(column, row, zoneOf(calendar));
    }

    @Override
    public @Nullable Date getDate(String label, Calendar calendar) throws SQLException {
        return getDate(findColumn(label), calendar);
    }

    @Override
    public @Nullable Time getTime(int index, Calendar calendar) throws SQLException {
        FrameColumn column = present(index);
        return column == null ? null : CellValues.time(column, row, zoneOf(calendar));
    }

    @Override
    public @Nullable Time getTime(String label, Calendar calendar) throws SQLException {
        return getTime(findColumn(label), calendar);
    }

    @Override
    public @Nullable Timestamp getTimestamp(int index, Calendar calendar) throws SQLException {
        FrameColumn column = present(index);
        return column == null ? null : CellValues.timestamp(column, row, zoneOf(calendar));
    }

    @Override
    public @Nullable Timestamp getTimestamp(String label, Calendar calendar) throws SQLException {
        return getTimestamp(findColumn(label), calendar);
    }

    @Override
    public @Nullable Object getObject(int index) throws SQLException {
        FrameColumn column = present(index);
        return column == null ? null : CellValues.object(column, row, zone);
    }

    @Override
    @SuppressWarnings("NullAway") // JDBC gives null for NULL
    public Array getArray(int index) throws SQLException {
        FrameColumn column = present(index);
        if (column != null && !column.type().isArray()) {
            throw SqlErrors.of(
                    SqlErrors.DATATYPE_MISMATCH, "a value of type " + column.type() + " cannot be read as an array");
        }
        return column == null ? null : (Array) CellValues.object(column, row, zone);
    }

    @Override
    public @Nullable Object getObject(String label) throws SQLException {
        return getObject(findColumn(label));
    }

    @Override
    @SuppressWarnings("NullAway") // JDBC gives null for NULL
    public <T> T getObject(int index, Class<T> wanted) throws SQLException {
        FrameColumn column = present(index);
        return column == null ? null : CellValues.object(column, row, zone, wanted);
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

    @Override
    public boolean isBeforeFirst() throws SQLException {
        checkOpen();
        return row < 0 && !ended;
    }

    @Override
    public boolean isAfterLast() throws SQLException {
        checkOpen();
        return ended && rowsBefore > 0;
    }

    @Override
    public boolean isFirst() throws SQLException {
        return getRow() == 1;
    }

    @Override
    public int getRow() throws SQLException {
        checkOpen();
        return row < 0 || ended ? 0 : Math.toIntExact(rowsBefore + row + 1);
    }

    @Override
    public ResultSetMetaData getMetaData() throws SQLException {
        checkOpen();
        return shape.metaData();
    }

    @Override
    public Statement getStatement() throws SQLException {
        checkOpen();
        return owner.statement();
    }

    @Override
    public int getType() throws SQLException {
        return getStatement().getResultSetType();
    }

    @Override
    public int getConcurrency() throws SQLException {
        return getStatement().getResultSetConcurrency();
    }

    @Override
    public int getHoldability() throws SQLException {
        return getStatement().getResultSetHoldability();
    }

    @Override
    public int getFetchSize() throws SQLException {
        return getStatement().getFetchSize();
    }

    @Override
    public void setFetchSize(int rows) throws SQLException {
        checkOpen();
        if (rows < 0) {
            throw SqlErrors.of(SqlErrors.INVALID_PARAMETER, "a fetch size cannot be " + rows + " rows");
        }
        // A hint, of which rows in this process need none.
    }
}
