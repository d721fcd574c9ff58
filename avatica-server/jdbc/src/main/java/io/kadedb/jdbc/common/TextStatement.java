package io.kadedb.jdbc.common;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.Meta;
import org.jspecify.annotations.Nullable;

/** A statement that runs texts. A text may be several statements, whose results are had one after the other. */
public abstract class TextStatement extends AvaticaStatement implements ResultOwner {
    private final DriverConnection owner;
    private final StatementOptions options = new StatementOptions();
    private final List<String> batch = new ArrayList<>();
    private KeyRequest wanted = KeyRequest.NONE;
    private @Nullable ResultSet current;

    /** Takes what Avatica's statements take. */
    protected TextStatement(
            DriverConnection connection,
            Meta.@Nullable StatementHandle handle,
            int type,
            int concurrency,
            int holdability) {
        super(connection, handle, type, concurrency, holdability);
        this.owner = connection;
    }

    /** Runs a text; what it gives is asked for with {@link #next}. */
    protected abstract void run(String sql, KeyRequest keys) throws SQLException;

    /**
     * Goes on to what the text's next statement gave.
     *
     * @return its rows; null if it gave a count, which is then {@code updateCount}, or if there are no more
     */
    protected abstract @Nullable ResultSet next() throws SQLException;

    /** Lets go of results nobody has looked at, and of generated keys. */
    protected abstract void discard() throws SQLException;

    /** Runs the texts of a batch. */
    protected abstract long[] runBatch(List<String> texts) throws SQLException;

    /** After how long a run is cancelled; 0 for never. */
    protected final long timeoutMillis() {
        return options.timeoutMillis();
    }

    @Override
    protected final void executeInternal(String sql) throws SQLException {
        closeCurrent();
        owner.begins(handle.id);
        run(sql, wanted);
        boolean unused = advance();
    }

    private void closeCurrent() throws SQLException {
        closeRows();
        discard();
        updateCount = -1;
    }

    private void closeRows() throws SQLException {
        ResultSet rows = current;
        current = null;
        if (rows != null) {
            rows.close();
        }
    }

    private boolean advance() throws SQLException {
        updateCount = -1;
        current = next();
        return current != null;
    }

    @Override
    public boolean execute(String sql) throws SQLException {
        checkOpen();
        executeInternal(sql);
        return current != null;
    }

    @Override
    public ResultSet executeQuery(String sql) throws SQLException {
        checkOpen();
        executeInternal(sql);
        ResultSet rows = current;
        if (rows == null) {
            throw SqlErrors.of(SqlErrors.WRONG_OBJECT_TYPE, "the statement gives no rows");
        }
        return rows;
    }

    @Override
    public long executeLargeUpdate(String sql) throws SQLException {
        checkOpen();
        executeInternal(sql);
        if (current != null) {
            closeCurrent();
            throw SqlErrors.of(
                    SqlErrors.WRONG_OBJECT_TYPE, "the statement gives rows: run it with executeQuery or execute");
        }
        return Math.max(0, updateCount);
    }

    @Override
    public @Nullable ResultSet getResultSet() throws SQLException {
        checkOpen();
        return current;
    }

    @Override
    public boolean getMoreResults(int ending) throws SQLException {
        checkOpen();
        if (ending == KEEP_CURRENT_RESULT) {
            throw SqlErrors.unsupported("keeping the current result");
        }
        closeRows();
        return advance();
    }

    @Override
    public void addBatch(String sql) throws SQLException {
        checkOpen();
        batch.add(sql);
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
        List<String> texts = List.copyOf(batch);
        batch.clear();
        closeCurrent();
        return texts.isEmpty() ? new long[0] : runBatch(texts);
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
        // There are no JDBC escapes to process.
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

    /** One execution of a text. */
    @FunctionalInterface
    private interface Execution<T> {
        T run() throws SQLException;
    }

    private <T> T wanting(KeyRequest keys, Execution<T> execution) throws SQLException {
        wanted = keys;
        try {
            return execution.run();
        } finally {
            wanted = KeyRequest.NONE;
        }
    }

    @Override
    public boolean execute(String sql, int autoGeneratedKeys) throws SQLException {
        return wanting(KeyRequest.of(autoGeneratedKeys), () -> execute(sql));
    }

    @Override
    public boolean execute(String sql, int[] columnIndexes) throws SQLException {
        return wanting(KeyRequest.of(columnIndexes), () -> execute(sql));
    }

    @Override
    public boolean execute(String sql, String[] columnNames) throws SQLException {
        return wanting(KeyRequest.of(columnNames), () -> execute(sql));
    }

    @Override
    public int executeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
        return wanting(KeyRequest.of(autoGeneratedKeys), () -> executeUpdate(sql));
    }

    @Override
    public int executeUpdate(String sql, int[] columnIndexes) throws SQLException {
        return wanting(KeyRequest.of(columnIndexes), () -> executeUpdate(sql));
    }

    @Override
    public int executeUpdate(String sql, String[] columnNames) throws SQLException {
        return wanting(KeyRequest.of(columnNames), () -> executeUpdate(sql));
    }

    @Override
    public long executeLargeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
        return wanting(KeyRequest.of(autoGeneratedKeys), () -> executeLargeUpdate(sql));
    }

    @Override
    public long executeLargeUpdate(String sql, int[] columnIndexes) throws SQLException {
        return wanting(KeyRequest.of(columnIndexes), () -> executeLargeUpdate(sql));
    }

    @Override
    public long executeLargeUpdate(String sql, String[] columnNames) throws SQLException {
        return wanting(KeyRequest.of(columnNames), () -> executeLargeUpdate(sql));
    }

    @Override
    protected void checkOpen() throws SQLException {
        if (isClosed()) {
            throw SqlErrors.closed("statement");
        }
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

    /** Makes rows of a catalog method the result; the statement ends with them. */
    final void gives(ResultSet rows) throws SQLException {
        current = rows;
        closeOnCompletion();
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
