package io.kadedb.jdbc;

import io.kadedb.jdbc.common.KeyRequest;
import io.kadedb.jdbc.common.TextStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.remote.Service;
import org.jspecify.annotations.Nullable;

/** A statement that runs on the server. */
final class RemoteStatement extends TextStatement {
    private final RemoteConnection owner;
    private final Outcomes outcomes;
    private final Keys keys;
    private RewrittenText running = new RewrittenText("", List.of());
    private int position;

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
    protected void run(String sql, KeyRequest wanted) throws SQLException {
        running = RewrittenText.of(owner.rpc(), sql, wanted);
        position = -1;
        Service.ExecuteResponse response = owner.rpc()
                .send(
                        new Service.PrepareAndExecuteRequest(
                                owner.id,
                                handle.id,
                                running.text(),
                                maxRowCount == 0 ? -1 : maxRowCount,
                                owner.frameRows(this, maxRowCount)),
                        timeoutMillis(),
                        Service.ExecuteResponse.class);
        outcomes.take(response.results);
    }

    @Override
    protected @Nullable ResultSet next() throws SQLException {
        Service.ResultSetResponse result = outcomes.next();
        if (result == null) {
            return null;
        }
        position++;
        if (result.signature != null && !running.isKeyed(position)) {
            return RemoteResultSet.of(
                    this, owner, result.statementId, result.signature, result.firstFrame, maxRowCount);
        }
        updateCount = result.updateCount;
        if (result.signature != null) {
            keys.add(result);
        }
        return null;
    }

    @Override
    protected void discard() {
        keys.clear();
        outcomes.close();
    }

    @Override
    protected long[] runBatch(List<String> texts) throws SQLException {
        return owner.rpc()
                .send(
                        new Service.PrepareAndExecuteBatchRequest(owner.id, handle.id, texts),
                        timeoutMillis(),
                        Service.ExecuteBatchResponse.class)
                .updateCounts;
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // it must not wait for what it cancels
    public void cancel() throws SQLException {
        checkOpen();
        owner.cancel(handle.id);
    }

    @Override
    public ResultSet getGeneratedKeys() throws SQLException {
        checkOpen();
        return keys.resultSet(this);
    }
}
