package io.kadedb.jdbc;

import io.kadedb.jdbc.common.JdbcSavepoint;
import io.kadedb.jdbc.common.SqlErrors;
import java.sql.Array;
import java.sql.ClientInfoStatus;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.AvaticaFactory;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.ConnectionPropertiesImpl;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.remote.Service;
import org.jspecify.annotations.Nullable;

/** A connection: a session of the server, which lasts as long as the channel to it. */
final class RemoteConnection extends AvaticaConnection {
    private static final String APPLICATION_NAME = "ApplicationName";
    private static final int MAX_TIMEOUT_SECONDS = Integer.MAX_VALUE / 1_000;

    private final Rpc rpc;
    private final AtomicInteger lastStatement = new AtomicInteger();
    private final AtomicInteger lastSavepoint = new AtomicInteger();
    private @Nullable SQLWarning warnings;

    RemoteConnection(Driver driver, AvaticaFactory factory, String url, Properties info, Channel channel) {
        super(driver, factory, url, info);
        this.rpc = new Rpc(channel, id);
    }

    @Override
    public Array createArrayOf(String typeName, Object[] elements) throws SQLException {
        checkOpen();
        return ArrayTexts.given(typeName, elements);
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

    void closeRows(int statement) throws SQLException {
        List<Object> unused = rpc.rows("close_rows", String.valueOf(statement));
    }

    void cancel(int statement) throws SQLException {
        rpc.channel().cancel(id, statement);
    }

    /** How many rows to ask for at once; 0 leaves it to the server. */
    int frameRows(AvaticaStatement statement, long maxRows) throws SQLException {
        int wanted = statement.getFetchSize();
        return maxRows > 0 && (wanted == 0 || maxRows < wanted) ? (int) Math.min(maxRows, 10_000) : wanted;
    }

    static int checkedFetchSize(int rows) throws SQLException {
        if (rows < 0) {
            throw SqlErrors.of(SqlErrors.INVALID_PARAMETER, "a fetch size cannot be " + rows + " rows");
        }
        return rows;
    }

    static long checkedTimeoutMillis(int seconds) throws SQLException {
        if (seconds < 0 || seconds > MAX_TIMEOUT_SECONDS) {
            throw SqlErrors.of(SqlErrors.INVALID_PARAMETER, "a time-out cannot be " + seconds + " seconds");
        }
        return seconds * 1_000L;
    }

    static int[] saturated(long[] counts) {
        return Arrays.stream(counts)
                .mapToInt(count -> count > Integer.MAX_VALUE ? Statement.SUCCESS_NO_INFO : (int) count)
                .toArray();
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
            throws SQLException {
        return (PreparedStatement) unwrapped(() -> {
            Meta.StatementHandle prepared = meta.prepare(handle, sql, -1);
            return factory.newPreparedStatement(this, prepared, prepared.signature, type, concurrency, holdability);
        });
    }

    private PreparedStatement prepareStatement(String sql, KeyRequest keys) throws SQLException {
        return (PreparedStatement) unwrapped(() -> {
            KeyRequest.Rewritten rewritten = keys.rewrite(rpc, sql);
            Meta.StatementHandle prepared = meta.prepare(handle, rewritten.text(), -1);
            return new RemotePreparedStatement(
                    this,
                    prepared,
                    prepared.signature,
                    ResultSet.TYPE_FORWARD_ONLY,
                    ResultSet.CONCUR_READ_ONLY,
                    getHoldability(),
                    rewritten.isKeyed(0));
        });
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int autoGeneratedKeys) throws SQLException {
        return prepareStatement(sql, KeyRequest.of(autoGeneratedKeys));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int[] columnIndexes) throws SQLException {
        return prepareStatement(sql, KeyRequest.of(columnIndexes));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, String[] columnNames) throws SQLException {
        return prepareStatement(sql, KeyRequest.of(columnNames));
    }

    @Override
    public String nativeSQL(String sql) {
        return sql;
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
    public Savepoint setSavepoint() throws SQLException {
        return savepoint(JdbcSavepoint.numbered(lastSavepoint.incrementAndGet()));
    }

    @Override
    public Savepoint setSavepoint(String name) throws SQLException {
        return savepoint(JdbcSavepoint.named(name));
    }

    private Savepoint savepoint(JdbcSavepoint savepoint) throws SQLException {
        execute("savepoint " + savepoint.quoted());
        return savepoint;
    }

    @Override
    public void rollback(Savepoint savepoint) throws SQLException {
        execute("rollback to savepoint " + JdbcSavepoint.of(savepoint).quoted());
    }

    @Override
    public void releaseSavepoint(Savepoint savepoint) throws SQLException {
        execute("release savepoint " + JdbcSavepoint.of(savepoint).quoted());
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = createStatement()) {
            boolean unused = statement.execute(sql);
        }
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
    public void setCatalog(String catalog) throws SQLException {
        checkOpen();
        // A connection has one database; JDBC lets a driver without catalogs ignore this.
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
    public @Nullable SQLWarning getWarnings() throws SQLException {
        checkOpen();
        for (Object notice : rpc.rows("notices")) {
            SQLWarning warning =
                    new SQLWarning(String.valueOf(Frames.value(notice, 1)), String.valueOf(Frames.value(notice, 0)));
            if (warnings == null) {
                warnings = warning;
            } else {
                warnings.setNextWarning(warning);
            }
        }
        return warnings;
    }

    @Override
    public void clearWarnings() throws SQLException {
        checkOpen();
        List<Object> unused = rpc.rows("notices");
        warnings = null;
    }

    @Override
    public boolean isValid(int timeout) throws SQLException {
        return !isClosed() && rpc.channel().isAlive(checkedTimeoutMillis(timeout)) && !isClosed();
    }

    @Override
    public void setClientInfo(String name, @Nullable String value) throws SQLClientInfoException {
        if (!name.equals(APPLICATION_NAME)) {
            throw new SQLClientInfoException(
                    "there is no client info \"" + name + "\": only " + APPLICATION_NAME + " is known",
                    Map.of(name, ClientInfoStatus.REASON_UNKNOWN_PROPERTY));
        }
        try {
            checkOpen();
            List<Object> unused = rpc.rows("set", "application_name", value == null ? "" : value);
        } catch (SQLException e) {
            throw new SQLClientInfoException(e.getMessage(), e.getSQLState(), Map.of(), e);
        }
    }

    @Override
    public void setClientInfo(Properties properties) throws SQLClientInfoException {
        for (String name : properties.stringPropertyNames()) {
            setClientInfo(name, properties.getProperty(name));
        }
    }

    @Override
    public Properties getClientInfo() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty(APPLICATION_NAME, setting("application_name"));
        return properties;
    }

    /** A setting of the session. */
    String setting(String name) throws SQLException {
        checkOpen();
        return String.valueOf(Frames.value(rpc.rows("setting", name).get(0), 0));
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
    public Map<String, Class<?>> getTypeMap() throws SQLException {
        checkOpen();
        return new HashMap<>();
    }

    @Override
    public void abort(@Nullable Executor executor) throws SQLException {
        // The server ends the session, and what it runs, when its channel is gone.
        rpc.channel().close();
        close();
    }

    @Override
    protected void checkOpen() throws SQLException {
        if (isClosed()) {
            throw SqlErrors.of(SqlErrors.CONNECTION_CLOSED, "the connection is closed");
        }
    }

    @Override
    public void close() throws SQLException {
        if (isClosed()) {
            return;
        }
        try {
            for (AvaticaStatement statement : new ArrayList<>(statementMap.values())) {
                statement.close();
            }
            super.close();
        } finally {
            rpc.channel().close();
        }
    }
}
