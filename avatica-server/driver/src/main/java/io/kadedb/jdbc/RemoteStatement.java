package io.kadedb.jdbc;

import io.kadedb.jdbc.common.SqlErrors;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.remote.Service;
import org.jspecify.annotations.Nullable;

/** A statement that runs on the server. */
final class RemoteStatement extends AvaticaStatement {
    private final RemoteConnection owner;
    private final Outcomes outcomes;
    private final List<String> batch = new ArrayList<>();
    private final Keys keys;
    private KeyRequest wanted = KeyRequest.NONE;
    private KeyRequest.Rewritten running = new KeyRequest.Rewritten("", List.of());
    private int position;
    private int fetchSize;

    RemoteStatement(
            RemoteConnection connection,
            Meta.@Nullable StatementHandle handle,
            int type,
            int concurrency,
            int holdability) {
        super(connection, handle, type, concurrency, holdability);
        this.owner = connection;
        this.outcomes = new Outcomes(connection);
        this.keys = new Keys(connection);
    }

    @Override
    protected void executeInternal(String sql) throws SQLException {
        closeCurrent();
        keys.clear();
        running = wanted.rewrite(owner.rpc(), sql);
        position = -1;
        Service.ExecuteResponse response = owner.rpc()
                .send(
                        new Service.PrepareAndExecuteRequest(
                                owner.id,
                                handle.id,
                                running.text(),
                                maxRowCount == 0 ? -1 : maxRowCount,
                                owner.frameRows(this, maxRowCount)),
                        outcomes.timeoutMillis(),
                        Service.ExecuteResponse.class);
        outcomes.take(response.results);
        boolean unused = advance();
    }

    private void closeCurrent() throws SQLException {
        if (openResultSet != null) {
            openResultSet.close();
            openResultSet = null;
        }
        outcomes.close();
        updateCount = -1;
    }

    /** Makes the next outcome the current one. */
    private boolean advance() throws SQLException {
        Service.ResultSetResponse result = outcomes.next();
        openResultSet = null;
        updateCount = -1;
        if (result == null) {
            return false;
        }
        position++;
        if (result.signature == null || running.isKeyed(position)) {
            updateCount = result.updateCount;
            if (result.signature != null) {
                keys.add(result);
            }
            return false;
        }
        openResultSet =
                new RemoteResultSet(this, owner, result.statementId, result.signature, result.firstFrame, maxRowCount);
        return true;
    }

    @Override
    public boolean execute(String sql) throws SQLException {
        checkOpen();
        executeInternal(sql);
        return openResultSet != null;
    }

    @Override
    public ResultSet executeQuery(String sql) throws SQLException {
        checkOpen();
        executeInternal(sql);
        ResultSet rows = openResultSet;
        if (rows == null) {
            throw SqlErrors.of(SqlErrors.WRONG_OBJECT_TYPE, "the statement gives no rows");
        }
        return rows;
    }

    @Override
    public long executeLargeUpdate(String sql) throws SQLException {
        checkOpen();
        executeInternal(sql);
        if (openResultSet != null) {
            closeCurrent();
            throw SqlErrors.of(
                    SqlErrors.WRONG_OBJECT_TYPE, "the statement gives rows: run it with executeQuery or execute");
        }
        return Math.max(0, updateCount);
    }

    @Override
    public boolean getMoreResults(int current) throws SQLException {
        checkOpen();
        if (current == KEEP_CURRENT_RESULT) {
            throw SqlErrors.unsupported("keeping the current result");
        }
        if (openResultSet != null) {
            openResultSet.close();
        }
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
    public long[] executeLargeBatch() throws SQLException {
        checkOpen();
        List<String> texts = new ArrayList<>(batch);
        batch.clear();
        closeCurrent();
        if (texts.isEmpty()) {
            return new long[0];
        }
        return owner.rpc()
                .send(
                        new Service.PrepareAndExecuteBatchRequest(owner.id, handle.id, texts),
                        outcomes.timeoutMillis(),
                        Service.ExecuteBatchResponse.class)
                .updateCounts;
    }

    @Override
    public int[] executeBatch() throws SQLException {
        return RemoteConnection.saturated(executeLargeBatch());
    }

    @Override
    public int getFetchSize() throws SQLException {
        // The constructor of the class above asks before this one's has run.
        return fetchSize;
    }

    @Override
    public void setFetchSize(int rows) throws SQLException {
        checkOpen();
        fetchSize = RemoteConnection.checkedFetchSize(rows);
    }

    @Override
    public int getQueryTimeout() throws SQLException {
        checkOpen();
        return Math.toIntExact(outcomes.timeoutMillis() / 1_000);
    }

    @Override
    public void setQueryTimeout(int seconds) throws SQLException {
        checkOpen();
        outcomes.timeoutMillis(RemoteConnection.checkedTimeoutMillis(seconds));
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // it must not wait for what it cancels
    public void cancel() throws SQLException {
        checkOpen();
        owner.cancel(handle.id);
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
        return owner.getWarnings();
    }

    /** An execution that returns keys. */
    @FunctionalInterface
    private interface Execution<T> {
        T run() throws SQLException;
    }

    private <T> T returning(KeyRequest request, Execution<T> execution) throws SQLException {
        wanted = request;
        try {
            return execution.run();
        } finally {
            wanted = KeyRequest.NONE;
        }
    }

    @Override
    public boolean execute(String sql, int autoGeneratedKeys) throws SQLException {
        return returning(KeyRequest.of(autoGeneratedKeys), () -> execute(sql));
    }

    @Override
    public boolean execute(String sql, int[] columnIndexes) throws SQLException {
        return returning(KeyRequest.of(columnIndexes), () -> execute(sql));
    }

    @Override
    public boolean execute(String sql, String[] columnNames) throws SQLException {
        return returning(KeyRequest.of(columnNames), () -> execute(sql));
    }

    @Override
    public int executeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
        return returning(KeyRequest.of(autoGeneratedKeys), () -> executeUpdate(sql));
    }

    @Override
    public int executeUpdate(String sql, int[] columnIndexes) throws SQLException {
        return returning(KeyRequest.of(columnIndexes), () -> executeUpdate(sql));
    }

    @Override
    public int executeUpdate(String sql, String[] columnNames) throws SQLException {
        return returning(KeyRequest.of(columnNames), () -> executeUpdate(sql));
    }

    @Override
    public long executeLargeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
        return returning(KeyRequest.of(autoGeneratedKeys), () -> executeLargeUpdate(sql));
    }

    @Override
    public long executeLargeUpdate(String sql, int[] columnIndexes) throws SQLException {
        return returning(KeyRequest.of(columnIndexes), () -> executeLargeUpdate(sql));
    }

    @Override
    public long executeLargeUpdate(String sql, String[] columnNames) throws SQLException {
        return returning(KeyRequest.of(columnNames), () -> executeLargeUpdate(sql));
    }

    @Override
    public ResultSet getGeneratedKeys() throws SQLException {
        checkOpen();
        return keys.resultSet(this);
    }

    @Override
    protected void checkOpen() throws SQLException {
        if (isClosed()) {
            throw SqlErrors.closed("statement");
        }
    }
}
