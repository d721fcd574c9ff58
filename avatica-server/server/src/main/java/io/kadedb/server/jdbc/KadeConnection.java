package io.kadedb.server.jdbc;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ParsedStatement;
import io.kadedb.server.OpenNodes;
import io.kadedb.server.session.Notice;
import io.kadedb.server.session.Portal;
import io.kadedb.server.session.Session;
import io.kadedb.server.session.TransactionStatus;
import java.sql.ClientInfoStatus;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.AvaticaParameter;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.MetaImpl;
import org.jspecify.annotations.Nullable;

/** A connection: a session of a node in this process. */
final class KadeConnection extends AvaticaConnection {
    private static final String APPLICATION_NAME = "ApplicationName";
    private static final int MAX_TIMEOUT_SECONDS = Integer.MAX_VALUE / 1_000;

    private final OpenNodes.Lease lease;
    private final Session session;
    private @Nullable SQLWarning warnings;

    KadeConnection(
            KadeDriver driver,
            KadeFactory factory,
            String url,
            Properties info,
            OpenNodes.Lease lease,
            Session session) {
        super(driver, factory, url, info);
        this.lease = lease;
        this.session = session;
    }

    Session session() {
        return session;
    }

    /** A session's work, its errors in JDBC's form. */
    private <T> T call(Supplier<T> work) throws SQLException {
        checkOpen();
        try {
            return work.get();
        } catch (KadeException e) {
            throw SqlErrors.of(e, "");
        }
    }

    private void run(Runnable work) throws SQLException {
        Boolean done = call(() -> {
            work.run();
            return true;
        });
        assert done;
    }

    KadeResultSet resultSet(AvaticaStatement statement, Portal portal, String text, long maxRows) throws SQLException {
        return new KadeResultSet(
                statement, portal, text, session.timeZone(), maxRows, signature(text, List.of(), portal.columns()));
    }

    private static Meta.Signature signature(String text, List<SqlType> parameters, List<Field> columns) {
        List<AvaticaParameter> described = new ArrayList<>();
        for (int i = 0; i < parameters.size(); i++) {
            SqlType type = parameters.get(i);
            described.add(new AvaticaParameter(
                    JdbcType.signed(type),
                    JdbcType.precision(type),
                    JdbcType.scale(type),
                    JdbcType.number(type),
                    JdbcType.name(type),
                    JdbcType.javaClass(type).getName(),
                    "?" + (i + 1)));
        }
        List<ColumnMetaData> labels = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            labels.add(MetaImpl.columnMetaData(
                    columns.get(i).name(),
                    i,
                    JdbcType.avatica(columns.get(i).type()),
                    columns.get(i).nullable()));
        }
        return new Meta.Signature(
                labels, text, described, Map.of(), Meta.CursorFactory.ARRAY, Meta.StatementType.SELECT);
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
            throws SQLException {
        return prepareStatement(sql, type, concurrency, holdability, GeneratedKeys.NONE);
    }

    private PreparedStatement prepareStatement(
            String sql, int type, int concurrency, int holdability, GeneratedKeys keys) throws SQLException {
        checkOpen();
        try {
            List<ParsedStatement> statements = session.parse(sql);
            if (statements.size() != 1) {
                throw KadeException.of(
                        ErrorCode.SYNTAX_ERROR,
                        "a prepared statement is one statement, and this text has " + statements.size());
            }
            GeneratedKeys.Rewritten statement = keys.rewrite(session, statements);
            Session.Description description =
                    session.describe(statement.statements().getFirst());
            Meta.Signature signature = signature(sql, description.parameters(), description.columns());
            return new KadePreparedStatement(
                    this,
                    meta.createStatement(handle),
                    new KadePreparedStatement.Prepared(statement, sql, description, signature),
                    type,
                    concurrency,
                    holdability);
        } catch (KadeException e) {
            throw SqlErrors.of(e, sql);
        }
    }

    private PreparedStatement prepareStatement(String sql, GeneratedKeys keys) throws SQLException {
        return prepareStatement(sql, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY, getHoldability(), keys);
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int autoGeneratedKeys) throws SQLException {
        return prepareStatement(sql, GeneratedKeys.of(autoGeneratedKeys));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, int[] columnIndexes) throws SQLException {
        return prepareStatement(sql, GeneratedKeys.of(columnIndexes));
    }

    @Override
    public PreparedStatement prepareStatement(String sql, String[] columnNames) throws SQLException {
        return prepareStatement(sql, GeneratedKeys.of(columnNames));
    }

    long checkedTimeoutMillis(int seconds) throws SQLException {
        if (seconds < 0 || seconds > MAX_TIMEOUT_SECONDS) {
            throw SqlErrors.of(ErrorCode.INVALID_PARAMETER_VALUE, "a time-out cannot be " + seconds + " seconds");
        }
        return seconds * 1_000L;
    }

    @Override
    public String nativeSQL(String sql) {
        return sql;
    }

    @Override
    public void setAutoCommit(boolean on) throws SQLException {
        run(() -> session.setAutocommit(on));
    }

    @Override
    public boolean getAutoCommit() throws SQLException {
        return call(session::autocommit);
    }

    @Override
    public void commit() throws SQLException {
        checkBlock("commit");
        run(session::commit);
    }

    @Override
    public void rollback() throws SQLException {
        checkBlock("rollback");
        run(session::rollback);
    }

    private void checkBlock(String what) throws SQLException {
        checkOpen();
        if (session.autocommit() && session.status() == TransactionStatus.IDLE) {
            throw SqlErrors.of(
                    ErrorCode.NO_ACTIVE_SQL_TRANSACTION, "cannot " + what + ": the connection is in autocommit mode");
        }
    }

    @Override
    public void setReadOnly(boolean on) throws SQLException {
        run(() -> session.setReadOnly(on));
    }

    @Override
    public boolean isReadOnly() throws SQLException {
        return call(session::readOnly);
    }

    @Override
    public void setCatalog(String catalog) throws SQLException {
        checkOpen();
        // A connection has one database; JDBC lets a driver without catalogs ignore this.
    }

    @Override
    public String getCatalog() throws SQLException {
        return call(session::database);
    }

    @Override
    public void setSchema(String schema) throws SQLException {
        run(() -> session.set("search_path", schema));
    }

    @Override
    public String getSchema() throws SQLException {
        String path = call(() -> session.setting("search_path"));
        int comma = path.indexOf(',');
        return comma < 0 ? path : path.substring(0, comma).strip();
    }

    @Override
    public void setTransactionIsolation(int level) throws SQLException {
        checkOpen();
        // Serializable serves every level, as the standard allows.
        if (level == Connection.TRANSACTION_NONE) {
            throw SqlErrors.unsupported("a connection without transactions");
        }
    }

    @Override
    public int getTransactionIsolation() throws SQLException {
        checkOpen();
        return Connection.TRANSACTION_SERIALIZABLE;
    }

    @Override
    public @Nullable SQLWarning getWarnings() throws SQLException {
        checkOpen();
        for (Notice notice : session.takeNotices()) {
            SQLWarning warning = new SQLWarning(notice.message(), notice.sqlState());
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
        session.takeNotices();
        warnings = null;
    }

    @Override
    public boolean isValid(int timeout) throws SQLException {
        checkedTimeoutMillis(timeout);
        return !isClosed();
    }

    @Override
    public void setClientInfo(String name, String value) throws SQLClientInfoException {
        if (!name.equals(APPLICATION_NAME)) {
            throw new SQLClientInfoException(
                    "there is no client info \"" + name + "\": only " + APPLICATION_NAME + " is known",
                    Map.of(name, ClientInfoStatus.REASON_UNKNOWN_PROPERTY));
        }
        session.set("application_name", value);
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
        properties.setProperty(APPLICATION_NAME, call(() -> session.setting("application_name")));
        return properties;
    }

    @Override
    public void abort(Executor executor) throws SQLException {
        session.cancel();
        close();
    }

    @Override
    protected void checkOpen() throws SQLException {
        if (isClosed()) {
            throw SqlErrors.of(ErrorCode.CONNECTION_DOES_NOT_EXIST, "the connection is closed");
        }
    }

    @Override
    public void close() throws SQLException {
        if (isClosed()) {
            return;
        }
        try {
            for (AvaticaStatement statement : List.copyOf(statementMap.values())) {
                statement.close();
            }
            super.close();
            session.close();
        } catch (KadeException e) {
            throw SqlErrors.of(e, "");
        } finally {
            closeLease();
        }
    }

    private void closeLease() throws SQLException {
        try {
            lease.close();
        } catch (KadeException e) {
            throw SqlErrors.of(e, "");
        }
    }
}
