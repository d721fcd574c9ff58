package io.kadedb.jdbc.common;

import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The rows of a statement, forward only, had frame by frame. Belongs to one thread. */
public abstract class FrameResultSet extends ScalarResultSet {
    private final ResultOwner owner;
    private final ZoneId zone;
    private final long maxRows;
    private final Column[] columns;
    private @Nullable Map<String, Integer> ordinals;
    private int frameRows;
    private int row = -1;
    private long rowsBefore;
    private boolean ended;
    private boolean closed;

    /**
     * @param zone of the session when the statement began
     * @param maxRows 0 for all
     * @param columns stand on the first frame
     * @param frameRows how many rows it has; 0 to fetch it when it is asked for
     */
    protected FrameResultSet(ResultOwner owner, ZoneId zone, long maxRows, Column[] columns, int frameRows) {
        this.owner = owner;
        this.zone = zone;
        this.maxRows = maxRows;
        this.columns = columns;
        this.frameRows = frameRows;
    }

    /**
     * Makes the columns stand on the next frame.
     *
     * @param offset how many rows there were before
     * @return its number of rows, -1 if there is none
     */
    protected abstract int fetch(long offset) throws SQLException;

    /** Lets go of rows that were not fetched; more than once at times. */
    protected abstract void release();

    /** Describes the columns. */
    protected abstract ResultSetMetaData describe();

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
        while (!ended) {
            rowsBefore += frameRows;
            frameRows = 0;
            row = -1;
            // What fails has ended.
            ended = true;
            int fetched = maxRows > 0 && rowsBefore >= maxRows ? -1 : fetch(rowsBefore);
            if (fetched < 0) {
                release();
                return false;
            }
            ended = false;
            frameRows = fetched;
            if (fetched > 0) {
                row = 0;
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() throws SQLException {
        if (!closed) {
            closed = true;
            ended = true;
            frameRows = 0;
            release();
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

    @Override
    Column column(int index) throws SQLException {
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
        return columns[index - 1];
    }

    @Override
    int row() {
        return row;
    }

    @Override
    ZoneId zone() {
        return zone;
    }

    @Override
    public int findColumn(String label) throws SQLException {
        Map<String, Integer> known = ordinals;
        if (known == null) {
            known = ordinals(describe());
            ordinals = known;
        }
        Integer ordinal = known.get(label.toLowerCase(Locale.ROOT));
        if (ordinal == null) {
            checkOpen();
            throw SqlErrors.of(SqlErrors.UNDEFINED_COLUMN, "the result has no column \"" + label + "\"");
        }
        return ordinal;
    }

    private static Map<String, Integer> ordinals(ResultSetMetaData columns) throws SQLException {
        Map<String, Integer> ordinals = new HashMap<>();
        for (int i = 1; i <= columns.getColumnCount(); i++) {
            ordinals.putIfAbsent(columns.getColumnLabel(i).toLowerCase(Locale.ROOT), i);
        }
        return ordinals;
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
        return describe();
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
        // A hint, which the statement's own is given for.
        int unused = StatementOptions.checkedFetchSize(rows);
    }
}
