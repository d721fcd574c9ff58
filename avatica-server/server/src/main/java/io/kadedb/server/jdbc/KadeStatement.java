package io.kadedb.server.jdbc;

import io.kadedb.common.error.KadeException;
import io.kadedb.jdbc.common.KeyRequest;
import io.kadedb.jdbc.common.TextStatement;
import io.kadedb.server.session.Portal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.apache.calcite.avatica.Meta;
import org.jspecify.annotations.Nullable;

/** A statement in the process of its database. */
final class KadeStatement extends TextStatement {
    private final KadeConnection owner;
    private final StatementResults results;
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
        this.results = new StatementResults(connection.session(), this.handle.id);
    }

    @Override
    protected void run(String sql, KeyRequest wanted) throws SQLException {
        text = sql;
        results.run(parse(sql, wanted), List.of(), sql, timeoutMillis());
    }

    private GeneratedKeys.Rewritten parse(String sql, KeyRequest wanted) throws SQLException {
        try {
            return GeneratedKeys.rewrite(
                    wanted, results.session(), results.session().parse(sql));
        } catch (KadeException e) {
            throw KadeErrors.of(e, sql);
        }
    }

    @Override
    protected @Nullable ResultSet next() {
        StatementResults.Outcome outcome = results.next();
        if (outcome == null) {
            return null;
        }
        Portal portal = outcome.portal();
        if (outcome.hasRows()) {
            return owner.resultSet(this, portal, text, maxRowCount);
        }
        updateCount = portal.updateCount();
        if (outcome.keys()) {
            keys.add(portal);
        }
        return null;
    }

    @Override
    protected void discard() {
        keys.close();
        keys = new GeneratedKeys.Rows();
        results.close();
    }

    @Override
    protected long[] runBatch(List<String> texts) throws SQLException {
        return SessionBatches.run(results.session(), texts, this::executeLargeUpdate);
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // it must not wait for what it cancels
    public void cancel() throws SQLException {
        checkOpen();
        results.cancel();
    }

    @Override
    public ResultSet getGeneratedKeys() throws SQLException {
        checkOpen();
        return owner.resultSet(this, keys, text, 0);
    }
}
