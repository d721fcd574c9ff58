package io.kadedb.server.jdbc;

import io.kadedb.common.control.CancelToken;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.jdbc.common.DriverConnection;
import io.kadedb.jdbc.common.KeyRequest;
import io.kadedb.jdbc.common.ResultOwner;
import io.kadedb.jdbc.common.SqlErrors;
import io.kadedb.jdbc.common.StatementNotice;
import io.kadedb.parser.ParsedStatement;
import io.kadedb.server.OpenNodes;
import io.kadedb.server.session.Portal;
import io.kadedb.server.session.Session;
import io.kadedb.server.session.TransactionStatus;
import java.io.InputStream;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A connection: a session of a node in this process. */
final class KadeConnection extends DriverConnection {
    private final OpenNodes.Lease lease;
    private final Session session;
    private volatile @Nullable CancelToken copying;

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
            throw KadeErrors.of(e, "");
        }
    }

    private void run(Runnable work) throws SQLException {
        Boolean done = call(() -> {
            work.run();
            return true;
        });
        assert done;
    }

    KadeResultSet resultSet(ResultOwner statement, Portal portal, String text, long maxRows) {
        return resultSet(statement, portal, ResultShape.of(text, List.of(), portal.columns()), text, maxRows);
    }

    KadeResultSet resultSet(ResultOwner statement, Portal portal, ResultShape shape, String text, long maxRows) {
        return new KadeResultSet(statement, portal, text, session.timeZone(), maxRows, shape);
    }

    @Override
    protected PreparedStatement prepare(String sql, KeyRequest keys, int type, int concurrency, int holdability)
            throws SQLException {
        try {
            List<ParsedStatement> statements = session.parse(sql);
            if (statements.size() != 1) {
                throw KadeException.of(
                        ErrorCode.SYNTAX_ERROR,
                        "a prepared statement is one statement, and this text has " + statements.size());
            }
            GeneratedKeys.Rewritten statement = GeneratedKeys.rewrite(keys, session, statements);
            Session.Description description =
                    session.describe(statement.statements().getFirst());
            ResultShape shape = ResultShape.of(sql, description.parameters(), description.columns());
            return new KadePreparedStatement(
                    this,
                    meta.createStatement(handle),
                    new KadePreparedStatement.Prepared(statement, sql, description, shape),
                    type,
                    concurrency,
                    holdability);
        } catch (KadeException e) {
            throw KadeErrors.of(e, sql);
        }
    }

    @Override
    public long copyIn(String sql, InputStream rows) throws SQLException {
        checkOpen();
        try {
            List<ParsedStatement> statements = session.parse(sql);
            if (statements.size() != 1) {
                throw KadeException.of(
                        ErrorCode.SYNTAX_ERROR, "COPY is one statement, and this text has " + statements.size());
            }
            CancelToken token = session.newToken(0);
            copying = token;
            try (Portal portal = session.copyIn(statements.getFirst(), rows, token)) {
                return portal.updateCount();
            }
        } catch (KadeException e) {
            throw KadeErrors.of(e, sql);
        } finally {
            copying = null;
        }
    }

    @Override
    public void cancelCopy() throws SQLException {
        checkOpen();
        CancelToken token = copying;
        if (token != null) {
            token.cancel();
        } else {
            boolean _ = cancelCopyOut();
        }
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
            throw SqlErrors.of(SqlErrors.NO_TRANSACTION, "cannot " + what + ": the connection is in autocommit mode");
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
        run(() -> JdbcIsolation.set(session, level));
    }

    @Override
    public int getTransactionIsolation() throws SQLException {
        return call(() -> JdbcIsolation.of(session));
    }

    @Override
    protected List<StatementNotice> takeWarnings() {
        return session.takeNotices().stream()
                .map(notice -> new StatementNotice(notice.statement(), notice.sqlState(), notice.message()))
                .toList();
    }

    @Override
    protected String setting(String name) throws SQLException {
        return call(() -> session.setting(name));
    }

    @Override
    protected void set(String name, String value) throws SQLException {
        run(() -> session.set(name, value));
    }

    @Override
    public boolean isValid(int timeout) throws SQLException {
        long _ = checkedTimeoutMillis(timeout);
        return !isClosed();
    }

    @Override
    public void abort(Executor executor) throws SQLException {
        session.cancel();
        close();
    }

    @Override
    protected void closeSession() throws SQLException {
        try (lease) {
            session.close();
        } catch (KadeException e) {
            throw KadeErrors.of(e, "");
        }
    }
}
