package io.kadedb.jdbc;

import io.kadedb.jdbc.common.DriverConnection;
import io.kadedb.jdbc.common.Frames;
import io.kadedb.jdbc.common.KeyRequest;
import io.kadedb.jdbc.common.SqlErrors;
import io.kadedb.jdbc.common.StatementNotice;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.calcite.avatica.AvaticaFactory;
import org.apache.calcite.avatica.ConnectionPropertiesImpl;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.remote.Service;
import org.jspecify.annotations.Nullable;

/** A connection: a session of the server, which lasts as long as the channel to it. */
final class RemoteConnection extends DriverConnection {
    private final Rpc rpc;
    private final AtomicInteger lastStatement = new AtomicInteger();

    RemoteConnection(Driver driver, AvaticaFactory factory, String url, Properties info, Channel channel) {
        super(driver, factory, url, info);
        this.rpc = new Rpc(channel, id);
    }

    Rpc rpc() {
        return rpc;
    }

    /** Opens the session. */
    void open(Map<String, String> settings) throws SQLException {
        Service.OpenConnectionResponse unused = rpc.send(
                new Service.OpenConnectionRequest(id, new HashMap<>(settings)), Service.OpenConnectionResponse.class);
    }

    /** Work that may fail. */
    @FunctionalInterface
    interface Work {
        Object run() throws SQLException;
    }

    /** Frees something of the server; with the connection it was freed too. */
    void ignoringGone(Work work) {
        try {
            Object unused = work.run();
        } catch (SQLException e) {
            if (e.getSQLState() == null || !e.getSQLState().startsWith("08")) {
                throw new UncheckedSqlException(e);
            }
        }
    }

    private Object unwrapped(Work work) throws SQLException {
        checkOpen();
        try {
            return work.run();
        } catch (UncheckedSqlException e) {
            throw e.failure();
        }
    }

    private Meta.ConnectionProperties sync(Meta.ConnectionProperties changes) throws SQLException {
        return (Meta.ConnectionProperties) unwrapped(() -> meta.connectionSync(handle, changes));
    }

    /** A number for a statement that is not prepared: the server's own are positive. */
    int freeStatementId() {
        return -lastStatement.incrementAndGet();
    }

    boolean isPrepared(Meta.StatementHandle statement) {
        return statement.id > 0 && statementMap.get(statement.id) instanceof PreparedStatement;
    }

    /** Tells the server that rows are not wanted any more. */
    void closeRows(int statement) {
        try {
            List<Object> unused = rpc.rows("close_rows", String.valueOf(statement));
        } catch (SQLException e) {
            // They go with the session; whoever asks for more hears what is wrong with the connection.
            return;
        }
    }

    void cancel(int statement) throws SQLException {
        rpc.channel().cancel(id, statement);
    }

    @Override
    public long copyIn(String sql, InputStream rows) throws SQLException {
        checkOpen();
        CopiedInput input = new CopiedInput(rows);
        try {
            return rpc.copy(sql, input);
        } catch (SQLException e) {
            IOException failure = input.failure();
            throw failure == null
                    ? e
                    : SqlErrors.of(
                            SqlErrors.IO_ERROR, "the rows to copy cannot be read: " + failure.getMessage(), failure);
        }
    }

    @Override
    public void cancelCopy() throws SQLException {
        checkOpen();
        if (!cancelCopyOut()) {
            cancel(0);
        }
    }

    /** How many rows to ask for at once; 0 leaves it to the server. */
    int frameRows(Statement statement, long maxRows) throws SQLException {
        int wanted = statement.getFetchSize();
        return maxRows > 0 && (wanted == 0 || maxRows < wanted) ? (int) Math.min(maxRows, 10_000) : wanted;
    }

    @Override
    protected PreparedStatement prepare(String sql, KeyRequest keys, int type, int concurrency, int holdability)
            throws SQLException {
        return (PreparedStatement) unwrapped(() -> {
            RewrittenText text = RewrittenText.of(rpc, sql, keys);
            Meta.StatementHandle prepared = meta.prepare(handle, text.text(), -1);
            return new RemotePreparedStatement(this, prepared, type, concurrency, holdability, text.isKeyed(0));
        });
    }

    @Override
    public void setAutoCommit(boolean on) throws SQLException {
        Meta.ConnectionProperties unused = sync(new ConnectionPropertiesImpl().setAutoCommit(on));
    }

    @Override
    public boolean getAutoCommit() throws SQLException {
        return sync(new ConnectionPropertiesImpl()).isAutoCommit();
    }

    @Override
    public void commit() throws SQLException {
        Object unused = unwrapped(() -> {
            meta.commit(handle);
            return handle;
        });
    }

    @Override
    public void rollback() throws SQLException {
        Object unused = unwrapped(() -> {
            meta.rollback(handle);
            return handle;
        });
    }

    @Override
    public void setReadOnly(boolean on) throws SQLException {
        Meta.ConnectionProperties unused = sync(new ConnectionPropertiesImpl().setReadOnly(on));
    }

    @Override
    public boolean isReadOnly() throws SQLException {
        return sync(new ConnectionPropertiesImpl()).isReadOnly();
    }

    @Override
    public String getCatalog() throws SQLException {
        return sync(new ConnectionPropertiesImpl()).getCatalog();
    }

    @Override
    public void setSchema(String schema) throws SQLException {
        Meta.ConnectionProperties unused = sync(new ConnectionPropertiesImpl().setSchema(schema));
    }

    @Override
    public String getSchema() throws SQLException {
        return sync(new ConnectionPropertiesImpl()).getSchema();
    }

    @Override
    public void setTransactionIsolation(int level) throws SQLException {
        if (level == Connection.TRANSACTION_NONE) {
            throw SqlErrors.unsupported("a connection without transactions");
        }
        Meta.ConnectionProperties unused = sync(new ConnectionPropertiesImpl().setTransactionIsolation(level));
    }

    @Override
    public int getTransactionIsolation() throws SQLException {
        return sync(new ConnectionPropertiesImpl()).getTransactionIsolation();
    }

    @Override
    protected List<StatementNotice> takeWarnings() throws SQLException {
        List<StatementNotice> taken = new ArrayList<>();
        for (Object notice : rpc.rows("notices")) {
            taken.add(new StatementNotice(
                    Integer.parseInt(String.valueOf(Frames.value(notice, 2))),
                    String.valueOf(Frames.value(notice, 0)),
                    String.valueOf(Frames.value(notice, 1))));
        }
        return taken;
    }

    @Override
    public boolean isValid(int timeout) throws SQLException {
        return !isClosed() && rpc.channel().isAlive(checkedTimeoutMillis(timeout)) && !isClosed();
    }

    @Override
    protected String setting(String name) throws SQLException {
        checkOpen();
        return String.valueOf(Frames.value(rpc.rows("setting", name).get(0), 0));
    }

    @Override
    protected void set(String name, String value) throws SQLException {
        checkOpen();
        List<Object> unused = rpc.rows("set", name, value);
    }

    @Override
    public void setNetworkTimeout(@Nullable Executor executor, int milliseconds) throws SQLException {
        checkOpen();
        if (milliseconds < 0) {
            throw SqlErrors.of(SqlErrors.INVALID_PARAMETER, "a time-out cannot be " + milliseconds + " milliseconds");
        }
        rpc.channel().networkTimeout(milliseconds);
    }

    @Override
    public int getNetworkTimeout() throws SQLException {
        checkOpen();
        return rpc.channel().networkTimeout();
    }

    @Override
    public void abort(@Nullable Executor executor) throws SQLException {
        // The server ends the session, and what it runs, when its channel is gone.
        rpc.channel().close();
        close();
    }

    @Override
    protected void closeSession() {
        rpc.channel().close();
    }
}
