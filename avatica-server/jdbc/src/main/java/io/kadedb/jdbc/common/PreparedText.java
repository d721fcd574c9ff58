package io.kadedb.jdbc.common;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.Meta;
import org.jspecify.annotations.Nullable;

/**
 * A statement that was prepared: one text, run any number of times.
 *
 * @param <M> the values of a member of a batch
 */
public abstract class PreparedText<M> extends BoundStatement implements ResultOwner {
    private final DriverConnection owner;
    private final StatementOptions options = new StatementOptions();
    private final List<M> batch = new ArrayList<>();
    private final boolean givesRows;
    private @Nullable ResultSet current;

    /**
     * Takes what Avatica's statements take.
     *
     * @param givesRows whether its rows are its result
     */
    protected PreparedText(
            DriverConnection connection,
            Meta.StatementHandle handle,
            Meta.Signature described,
            int type,
            int concurrency,
            int holdability,
            boolean givesRows)
            throws SQLException {
        super(connection, handle, described, type, concurrency, holdability);
        this.owner = connection;
        this.givesRows = givesRows;
    }

    /**
     * Runs the statement with the values that are bound.
     *
     * @return its rows; null if it gave a count, which is then {@code updateCount}
     */
    protected abstract @Nullable ResultSet run() throws SQLException;

    /** Lets go of what a run left beside its rows. */
    protected abstract void discard() throws SQLException;

    /** The values that are bound, for a batch. */
    protected abstract M member() throws SQLException;

    /** Runs the members of a batch. */
    protected abstract long[] runBatch(List<M> members) throws SQLException;

    /** After how long a run is cancelled; 0 for never. */
    protected final long timeoutMillis() {
        return options.timeoutMillis();
    }

    /** Closes the rows of the last run, and what it left. */
    protected final void closeCurrent() throws SQLException {
        closeRows();
        discard();
        updateCount = -1;
    }

    /** Closes the rows of the last run. */
    protected final void closeRows() throws SQLException {
        ResultSet rows = current;
        current = null;
        if (rows != null) {
            rows.close();
        }
    }

    @Override
    public boolean execute() throws SQLException {
        checkOpen();
        current = run();
        return current != null;
    }

    @Override
    public ResultSet executeQuery() throws SQLException {
        checkOpen();
        ResultSet rows = givesRows ? run() : null;
        if (rows == null) {
            throw SqlErrors.of(SqlErrors.WRONG_OBJECT_TYPE, "the statement gives no rows");
        }
        current = rows;
        return rows;
    }

    @Override
    public long executeLargeUpdate() throws SQLException {
        checkOpen();
        if (givesRows) {
            throw SqlErrors.of(
                    SqlErrors.WRONG_OBJECT_TYPE, "the statement gives rows: run it with executeQuery or execute");
        }
        current = run();
        return updateCount;
    }

    @Override
    public @Nullable ResultSet getResultSet() throws SQLException {
        checkOpen();
        return current;
    }

    @Override
    public boolean getMoreResults(int ending) throws SQLException {
        checkOpen();
        closeCurrent();
        return false;
    }

    @Override
    public void addBatch() throws SQLException {
        checkOpen();
        batch.add(member());
    }

    @Override
    public void clearBatch() throws SQLException {
        checkOpen();
        batch.clear();
    }

    @Override
    public int[] executeBatch() throws SQLException {
        return Batches.saturated(executeLargeBatch());
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        checkOpen();
        List<M> members = List.copyOf(batch);
        batch.clear();
        closeCurrent();
        return members.isEmpty() ? new long[0] : runBatch(members);
    }

    @Override
    public @Nullable ResultSetMetaData getMetaData() throws SQLException {
        checkOpen();
        return givesRows ? new ResultColumns(described().columns) : null;
    }

    @Override
    public int getFetchSize() throws SQLException {
        return options.fetchSize();
    }

    @Override
    public void setFetchSize(int rows) throws SQLException {
        checkOpen();
        options.fetchSize(rows);
    }

    @Override
    public int getQueryTimeout() throws SQLException {
        checkOpen();
        return options.timeoutSeconds();
    }

    @Override
    public void setQueryTimeout(int seconds) throws SQLException {
        checkOpen();
        options.timeoutSeconds(seconds);
    }

    @Override
    public void setEscapeProcessing(boolean enable) throws SQLException {
        checkOpen();
    }

    @Override
    public void setPoolable(boolean poolable) throws SQLException {
        checkOpen();
    }

    @Override
    public @Nullable SQLWarning getWarnings() throws SQLException {
        checkOpen();
        return owner.warningsOf(handle.id);
    }

    @Override
    public Statement statement() {
        return this;
    }

    @Override
    public void resultClosed() throws SQLException {
        if (closeOnCompletion) {
            close();
        }
    }

    @Override
    public synchronized void close() throws SQLException {
        if (!isClosed()) {
            closeRows();
            discard();
        }
        super.close();
    }
}
