package io.kadedb.server.jdbc;

import io.kadedb.common.error.KadeException;
import io.kadedb.jdbc.common.SqlErrors;
import io.kadedb.server.session.Portal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.Meta;
import org.jspecify.annotations.Nullable;

/** A statement in the process of its database. */
final class KadeStatement extends AvaticaStatement implements KadeResultSet.ResultOwner {
    private final KadeConnection owner;
    private final StatementResults results;
    private final List<String> batch = new ArrayList<>();
    private GeneratedKeys wanted = GeneratedKeys.NONE;
    private @Nullable KadeResultSet current;
    private GeneratedKeys.Rows keys = new GeneratedKeys.Rows();
    private String text = "";

    KadeStatement(
            KadeConnection connection,
            Meta.@Nullable StatementHandle handle,
            int type,
            int concurrency,
            int holdability) {
        super(connection, handle, type, concurrency, holdability);
        this.owner = connection;
        this.results = new StatementResults(connection.session());
    }

    @Override
    protected void executeInternal(String sql) throws SQLException {
        closeCurrent();
        text = sql;
        results.run(parse(sql), List.of(), sql);
        advance();
    }

    private GeneratedKeys.Rewritten parse(String sql) throws SQLException {
        try {
            return wanted.rewrite(results.session(), results.session().parse(sql));
        } catch (KadeException e) {
            throw KadeErrors.of(e, sql);
        }
    }

    private void closeCurrent() throws SQLException {
        if (current != null) {
            current.close();
            current = null;
        }
        keys.close();
        keys = new GeneratedKeys.Rows();
        results.close();
        updateCount = -1;
    }

    /** Makes the next statement's outcome the current one. */
    private boolean advance() throws SQLException {
        StatementResults.Outcome outcome = results.next();
        current = null;
        updateCount = -1;
        if (outcome == null) {
            return false;
        }
        Portal portal = outcome.portal();
        if (outcome.hasRows()) {
            current = owner.resultSet(this, portal, text, maxRowCount);
        } else {
            updateCount = portal.updateCount();
        }
        if (outcome.keys()) {
            keys.add(portal);
        }
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
    public boolean getMoreResults(int ending) throws SQLException {
        checkOpen();
        if (ending == KEEP_CURRENT_RESULT) {
            throw SqlErrors.unsupported("keeping the current result");
        }
        if (current != null) {
            current.close();
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
    public int[] executeBatch() throws SQLException {
        return Batches.saturated(this::executeLargeBatch);
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        checkOpen();
        List<String> texts = List.copyOf(batch);
        batch.clear();
        return Batches.run(results.session(), texts, this::executeLargeUpdate);
    }

    @Override
    public void setFetchSize(int rows) throws SQLException {
        super.setFetchSize(owner.checkedFetchSize(rows));
    }

    @Override
    public int getQueryTimeout() throws SQLException {
        checkOpen();
        return Math.toIntExact(results.timeoutMillis() / 1_000);
    }

    @Override
    public void setQueryTimeout(int seconds) throws SQLException {
        checkOpen();
        results.timeoutMillis(owner.checkedTimeoutMillis(seconds));
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // it must not wait for what it cancels
    public void cancel() throws SQLException {
        checkOpen();
        results.cancel();
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

    /** One execution of a statement's text. */
    @FunctionalInterface
    private interface Execution<T> {
        T run() throws SQLException;
    }

    private <T> T wanting(GeneratedKeys generated, Execution<T> execution) throws SQLException {
        wanted = generated;
        try {
            return execution.run();
        } finally {
            wanted = GeneratedKeys.NONE;
        }
    }

    @Override
    public boolean execute(String sql, int autoGeneratedKeys) throws SQLException {
        return wanting(GeneratedKeys.of(autoGeneratedKeys), () -> execute(sql));
    }

    @Override
    public boolean execute(String sql, int[] columnIndexes) throws SQLException {
        return wanting(GeneratedKeys.of(columnIndexes), () -> execute(sql));
    }

    @Override
    public boolean execute(String sql, String[] columnNames) throws SQLException {
        return wanting(GeneratedKeys.of(columnNames), () -> execute(sql));
    }

    @Override
    public int executeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
        return wanting(GeneratedKeys.of(autoGeneratedKeys), () -> executeUpdate(sql));
    }

    @Override
    public int executeUpdate(String sql, int[] columnIndexes) throws SQLException {
        return wanting(GeneratedKeys.of(columnIndexes), () -> executeUpdate(sql));
    }

    @Override
    public int executeUpdate(String sql, String[] columnNames) throws SQLException {
        return wanting(GeneratedKeys.of(columnNames), () -> executeUpdate(sql));
    }

    @Override
    public long executeLargeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
        return wanting(GeneratedKeys.of(autoGeneratedKeys), () -> executeLargeUpdate(sql));
    }

    @Override
    public long executeLargeUpdate(String sql, int[] columnIndexes) throws SQLException {
        return wanting(GeneratedKeys.of(columnIndexes), () -> executeLargeUpdate(sql));
    }

    @Override
    public long executeLargeUpdate(String sql, String[] columnNames) throws SQLException {
        return wanting(GeneratedKeys.of(columnNames), () -> executeLargeUpdate(sql));
    }

    @Override
    public ResultSet getGeneratedKeys() throws SQLException {
        checkOpen();
        return owner.resultSet(this, keys, text, 0);
    }

    @Override
    protected void checkOpen() throws SQLException {
        if (isClosed()) {
            throw SqlErrors.closed("statement");
        }
    }

    @Override
    public @Nullable ResultSet getResultSet() throws SQLException {
        checkOpen();
        return current;
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
            KadeResultSet rows = current;
            current = null;
            if (rows != null) {
                rows.close();
            }
            results.close();
        }
        super.close();
    }
}
