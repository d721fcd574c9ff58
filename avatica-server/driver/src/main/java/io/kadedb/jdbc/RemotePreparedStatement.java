package io.kadedb.jdbc;

import io.kadedb.jdbc.common.PreparedText;
import io.kadedb.jdbc.common.TaggedValues;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.remote.Service;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/** A statement that was prepared on the server. */
final class RemotePreparedStatement extends PreparedText<List<TypedValue>> {
    private final RemoteConnection owner;
    private final Outcomes outcomes;
    private final Keys keys;
    private final boolean keyed;

    /** @param keyed whether the rows it gives are those of {@code getGeneratedKeys} */
    RemotePreparedStatement(
            RemoteConnection connection,
            Meta.StatementHandle handle,
            int type,
            int concurrency,
            int holdability,
            boolean keyed)
            throws SQLException {
        super(
                connection,
                handle,
                handle.signature,
                type,
                concurrency,
                holdability,
                !handle.signature.columns.isEmpty() && !keyed);
        this.owner = connection;
        this.outcomes = new Outcomes(connection);
        this.keys = new Keys(connection);
        this.keyed = keyed;
    }

    @Override
    protected @Nullable ResultSet run() throws SQLException {
        byte[] call = call(bound());
        keys.clear();
        closeCurrent();
        owner.begins(handle.id);
        Rpc.PreparedAnswer answer =
                owner.rpc().execute(call, described().columns.size(), timeoutMillis());
        CompactResult compact = answer.compact();
        return compact != null ? take(compact) : take(answer.results());
    }

    /** The run to ask for: statement, rows of the first frame, parameters. */
    private byte[] call(@Nullable Object[] parameters) throws SQLException {
        TaggedValues call = new TaggedValues();
        call.putInt(handle.id);
        call.putInt(owner.frameRows(this, maxRowCount));
        call.putInt(parameters.length);
        for (int i = 0; i < parameters.length; i++) {
            Object value = parameters[i];
            call.put(
                    value == null
                            ? null
                            : ParameterEncoder.plain(
                                    i, value, described().parameters.get(i).typeName));
        }
        return call.toBytes();
    }

    private @Nullable ResultSet take(CompactResult result) {
        List<Object> rows = result.rows();
        if (rows != null && !keyed) {
            return RemoteResultSet.of(this, owner, handle.id, described(), new Meta.Frame(0, true, rows), maxRowCount);
        }
        updateCount = result.updateCount();
        if (rows != null) {
            keys.add(described(), rows);
        }
        return null;
    }

    private @Nullable ResultSet take(List<Service.ResultSetResponse> results) throws SQLException {
        outcomes.take(results);
        Service.ResultSetResponse result = outcomes.next();
        if (result == null) {
            return null;
        }
        if (result.signature != null && !keyed) {
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
        outcomes.close();
    }

    @Override
    public ResultSet getGeneratedKeys() throws SQLException {
        checkOpen();
        return keys.resultSet(this);
    }

    @Override
    protected List<TypedValue> member() throws SQLException {
        return ParameterEncoder.encode(Arrays.asList(bound()), described().parameters);
    }

    @Override
    protected long[] runBatch(List<List<TypedValue>> members) throws SQLException {
        keys.clear();
        if (keyed) {
            return KeyedBatch.run(owner, members, this::update);
        }
        return owner.rpc()
                .send(
                        new Service.ExecuteBatchRequest(owner.id, handle.id, members),
                        timeoutMillis(),
                        Service.ExecuteBatchResponse.class)
                .updateCounts;
    }

    private long update(List<TypedValue> values) throws SQLException {
        closeCurrent();
        Service.ExecuteResponse response = owner.rpc()
                .send(
                        new Service.ExecuteRequest(
                                new Meta.StatementHandle(owner.id, handle.id, null),
                                values,
                                owner.frameRows(this, maxRowCount)),
                        timeoutMillis(),
                        Service.ExecuteResponse.class);
        // Its rows are keys.
        ResultSet unused = take(response.results);
        return Math.max(0, updateCount);
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // it must not wait for what it cancels
    public void cancel() throws SQLException {
        checkOpen();
        owner.cancel(handle.id);
    }
}
