package io.kadedb.server.jdbc;

import io.kadedb.common.control.CancelToken;
import io.kadedb.common.error.KadeException;
import io.kadedb.jdbc.common.PreparedText;
import io.kadedb.server.session.DirectRead;
import io.kadedb.server.session.DirectWrite;
import io.kadedb.server.session.Portal;
import io.kadedb.server.session.Session;
import io.kadedb.storage.api.LatestRows;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import org.apache.calcite.avatica.Meta;
import org.jspecify.annotations.Nullable;

/** A prepared statement in the process of its database; its session converts the parameters. */
final class KadePreparedStatement extends PreparedText<List<@Nullable Object>> {
    private final KadeConnection owner;
    private final StatementResults results;
    private final GeneratedKeys.Rewritten statement;
    private final String text;
    private ResultShape shape;
    private @Nullable DirectRead direct;
    private @Nullable DirectWrite directWrite;
    private final Supplier<CancelToken> tokens = this::newToken;
    private FrameColumn[] frame = {};
    private GeneratedKeys.Rows keys = new GeneratedKeys.Rows();

    KadePreparedStatement(
            KadeConnection connection,
            Meta.StatementHandle handle,
            Prepared prepared,
            int type,
            int concurrency,
            int holdability)
            throws SQLException {
        super(connection, handle, prepared.shape().signature(), type, concurrency, holdability, prepared.hasRows());
        this.owner = connection;
        this.results = new StatementResults(connection.session(), handle.id);
        this.statement = prepared.statement();
        this.text = prepared.text();
        this.shape = prepared.shape();
    }

    /** What preparing found out of the one statement. */
    record Prepared(
            GeneratedKeys.Rewritten statement, String text, Session.Description description, ResultShape shape) {
        /** Whether executing gives a result set. */
        boolean hasRows() {
            return description.hasRows() && statement.keyed().isEmpty();
        }
    }

    @Override
    protected @Nullable ResultSet run() throws SQLException {
        @Nullable Object[] values = bound();
        KadeResultSet known = readDirectly(values);
        if (known != null || writeDirectly(values)) {
            return known;
        }
        forgetKeys();
        return run(listed(values));
    }

    private static List<@Nullable Object> listed(@Nullable Object[] values) {
        List<@Nullable Object> listed = new ArrayList<>(values.length);
        Collections.addAll(listed, values);
        return listed;
    }

    private @Nullable ResultSet run(List<@Nullable Object> values) throws SQLException {
        checkOpen();
        closeCurrent();
        owner.begins(handle.id);
        results.run(statement, values, text, timeoutMillis());
        StatementResults.Outcome outcome = results.next();
        if (outcome == null) {
            return null;
        }
        Portal portal = outcome.portal();
        if (outcome.hasRows()) {
            shape = shape.with(text, portal.columns());
            knowDirectRead();
            return owner.resultSet(this, portal, shape, text, maxRowCount);
        }
        updateCount = portal.updateCount();
        knowDirectWrite();
        if (outcome.keys()) {
            keys.add(portal);
        }
        return null;
    }

    /** Reads the one row of a statement that does nothing else, if that can be had; null when it is to be run. */
    private @Nullable KadeResultSet readDirectly(@Nullable Object[] values) throws SQLException {
        DirectRead read = direct;
        if (read == null) {
            return null;
        }
        closeRows();
        LatestRows.Answer answer;
        try {
            answer = read.read(values);
        } catch (KadeException e) {
            throw KadeErrors.of(e, text);
        }
        if (answer == LatestRows.Answer.UNKNOWN) {
            return null;
        }
        updateCount = -1;
        int rows = 0;
        if (answer == LatestRows.Answer.FOUND) {
            rows = 1;
            for (int i = 0; i < frame.length; i++) {
                frame[i].load(read.row(), i);
            }
        }
        return new KadeResultSet(this, text, read.zone(), shape, frame, rows);
    }

    private void knowDirectRead() {
        DirectRead read = results.session().directRead(statement.statements().getFirst());
        if (read != null && read != direct) {
            shape = shape.with(text, read.columns());
            frame = shape.newFrame();
        }
        direct = read;
    }

    /** Writes the one row of a statement that does nothing else, if that can be done. */
    private boolean writeDirectly(@Nullable Object[] values) throws SQLException {
        DirectWrite write = directWrite;
        if (write == null) {
            return false;
        }
        try {
            long rows = write.run(values, tokens);
            if (rows == DirectWrite.UNKNOWN) {
                return false;
            }
            forgetKeys();
            updateCount = rows;
            return true;
        } catch (KadeException e) {
            throw KadeErrors.of(e, text);
        }
    }

    private CancelToken newToken() {
        return results.newToken(timeoutMillis());
    }

    private void knowDirectWrite() {
        boolean isOne = statement.statements().size() == 1 && statement.keyed().isEmpty();
        directWrite =
                isOne ? results.session().directWrite(statement.statements().getFirst()) : null;
    }

    private void forgetKeys() {
        if (!keys.isUnused()) {
            keys.close();
            keys = new GeneratedKeys.Rows();
        }
    }

    @Override
    public ResultSet getGeneratedKeys() throws SQLException {
        checkOpen();
        return owner.resultSet(this, keys, text, 0);
    }

    @Override
    protected void discard() {
        results.close();
    }

    @Override
    protected List<@Nullable Object> member() throws SQLException {
        return listed(bound());
    }

    @Override
    protected long[] runBatch(List<List<@Nullable Object>> members) throws SQLException {
        forgetKeys();
        return SessionBatches.run(results.session(), members, this::update);
    }

    private long update(List<@Nullable Object> values) throws SQLException {
        ResultSet rows = run(values);
        if (rows != null) {
            rows.close();
        }
        return Math.max(0, updateCount);
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // it must not wait for what it cancels
    public void cancel() throws SQLException {
        checkOpen();
        results.cancel();
    }
}
