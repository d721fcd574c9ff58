package io.kadedb.server.jdbc;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ParsedStatement;
import io.kadedb.server.session.Portal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.Meta;
import org.jspecify.annotations.Nullable;

/** A statement in the process of its database. */
final class KadeStatement extends AvaticaStatement {
    private final KadeConnection owner;
    private final StatementResults results;
    private final List<String> batch = new ArrayList<>();
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

    private List<ParsedStatement> parse(String sql) throws SQLException {
        try {
            return results.session().parse(sql);
        } catch (KadeException e) {
            throw SqlErrors.of(e, sql);
        }
    }

    private void closeCurrent() {
        if (openResultSet != null) {
            openResultSet.close();
            openResultSet = null;
        }
        results.close();
        updateCount = -1;
    }

    /** Makes the next statement's outcome the current one. */
    private boolean advance() throws SQLException {
        Portal portal = results.next();
        openResultSet = null;
        updateCount = -1;
        if (portal == null) {
            return false;
        }
        if (portal.hasRows()) {
            openResultSet = owner.resultSet(this, portal, text, maxRowCount);
        } else {
            updateCount = portal.updateCount();
        }
        return openResultSet != null;
    }

    @Override
    public ResultSet executeQuery(String sql) throws SQLException {
        checkOpen();
        executeInternal(sql);
        ResultSet rows = openResultSet;
        if (rows == null) {
            throw SqlErrors.of(ErrorCode.WRONG_OBJECT_TYPE, "the statement gives no rows");
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
                    ErrorCode.WRONG_OBJECT_TYPE, "the statement gives rows: run it with executeQuery or execute");
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

    @Override
    public boolean execute(String sql, int autoGeneratedKeys) throws SQLException {
        owner.checkNoGeneratedKeys(autoGeneratedKeys);
        return execute(sql);
    }

    @Override
    public int executeUpdate(String sql, int autoGeneratedKeys) throws SQLException {
        owner.checkNoGeneratedKeys(autoGeneratedKeys);
        return executeUpdate(sql);
    }

    @Override
    protected void checkOpen() throws SQLException {
        if (isClosed()) {
            throw SqlErrors.closed("statement");
        }
    }

    @Override
    public synchronized void close() throws SQLException {
        if (!isClosed()) {
            results.close();
        }
        super.close();
    }
}
