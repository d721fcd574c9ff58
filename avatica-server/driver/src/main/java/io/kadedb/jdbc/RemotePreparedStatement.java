package io.kadedb.jdbc;

import io.kadedb.jdbc.common.SqlErrors;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.avatica.AvaticaParameter;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.remote.Service;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/** A statement that was prepared on the server. */
final class RemotePreparedStatement extends BoundStatement {
    private static final Object UNSET = new Object();

    private final RemoteConnection owner;
    private final Outcomes outcomes;
    private final Meta.Signature described;
    private final @Nullable Object[] parameters;
    private final Keys keys;
    private final boolean keyed;
    private final List<List<TypedValue>> batch = new ArrayList<>();
    private int fetchSize;

    /** @param keyed whether the rows it gives are those of {@code getGeneratedKeys} */
    RemotePreparedStatement(
            RemoteConnection connection,
            Meta.StatementHandle handle,
            Meta.Signature signature,
            int type,
            int concurrency,
            int holdability,
            boolean keyed)
            throws SQLException {
        super(connection, handle, signature, type, concurrency, holdability);
        this.owner = connection;
        this.outcomes = new Outcomes(connection);
        this.keys = new Keys(connection);
        this.keyed = keyed;
        this.described = signature;
        this.parameters = new Object[signature.parameters.size()];
        Arrays.fill(parameters, UNSET);
    }

    @Override
    void bind(int index, @Nullable Object value) throws SQLException {
        checkOpen();
        if (index < 1 || index > parameters.length) {
            throw SqlErrors.of(
                    SqlErrors.UNDEFINED_PARAMETER,
                    "there is no parameter " + index + ": the statement takes " + parameters.length);
        }
        parameters[index - 1] = value;
    }

    @Override
    @Nullable
    Object parameter(int index) {
        return parameters[index - 1];
    }

    private void checkBound() throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            if (parameters[i] == UNSET) {
                throw SqlErrors.of(SqlErrors.UNDEFINED_PARAMETER, "parameter " + (i + 1) + " was not set");
            }
        }
    }

    private List<TypedValue> bound() throws SQLException {
        checkBound();
        return ParameterEncoder.encode(Arrays.asList(parameters), described.parameters);
    }

    private boolean givesRows() {
        return !described.columns.isEmpty() && !keyed;
    }

    private void run() throws SQLException {
        checkOpen();
        checkBound();
        keys.clear();
        closeCurrent();
        Rpc.PreparedAnswer answer = owner.rpc().execute(call(), described.columns.size(), outcomes.timeoutMillis());
        CompactResult compact = answer.compact();
        if (compact != null) {
            take(compact);
        } else {
            take(answer.results());
        }
    }

    /** The run to ask for: statement, rows of the first frame, parameters. */
    private byte[] call() throws SQLException {
        TaggedValues call = new TaggedValues();
        call.putInt(handle.id);
        call.putInt(owner.frameRows(this, maxRowCount));
        call.putInt(parameters.length);
        for (int i = 0; i < parameters.length; i++) {
            Object value = parameters[i];
            call.put(value == null ? null : ParameterEncoder.plain(i, value, described.parameters.get(i).typeName));
        }
        return call.toBytes();
    }

    private void take(CompactResult result) throws SQLException {
        List<Object> rows = result.rows();
        if (rows == null) {
            updateCount = result.updateCount();
        } else if (keyed) {
            updateCount = result.updateCount();
            keys.add(described, rows);
        } else {
            openResultSet =
                    new RemoteResultSet(this, owner, handle.id, described, new Meta.Frame(0, true, rows), maxRowCount);
        }
    }

    private void run(List<TypedValue> values) throws SQLException {
        closeCurrent();
        Service.ExecuteResponse response = owner.rpc()
                .send(
                        new Service.ExecuteRequest(
                                new Meta.StatementHandle(owner.id, handle.id, null),
                                values,
                                owner.frameRows(this, maxRowCount)),
                        outcomes.timeoutMillis(),
                        Service.ExecuteResponse.class);
        take(response.results);
    }

    private void take(List<Service.ResultSetResponse> results) throws SQLException {
        outcomes.take(results);
        Service.ResultSetResponse result = outcomes.next();
        if (result == null) {
            return;
        }
        if (result.signature == null) {
            updateCount = result.updateCount;
        } else if (keyed) {
            updateCount = result.updateCount;
            keys.add(result);
        } else {
            openResultSet = new RemoteResultSet(
                    this, owner, result.statementId, result.signature, result.firstFrame, maxRowCount);
        }
    }

    private void closeCurrent() throws SQLException {
        if (openResultSet != null) {
            openResultSet.close();
            openResultSet = null;
        }
        outcomes.close();
        updateCount = -1;
    }

    @Override
    public boolean execute() throws SQLException {
        run();
        return openResultSet != null;
    }

    @Override
    public ResultSet executeQuery() throws SQLException {
        checkOpen();
        if (!givesRows()) {
            throw SqlErrors.of(SqlErrors.WRONG_OBJECT_TYPE, "the statement gives no rows");
        }
        run();
        return openResultSet;
    }

    @Override
    public long executeLargeUpdate() throws SQLException {
        checkOpen();
        if (givesRows()) {
            throw SqlErrors.of(
                    SqlErrors.WRONG_OBJECT_TYPE, "the statement gives rows: run it with executeQuery or execute");
        }
        run();
        return updateCount;
    }

    private long update(List<TypedValue> values) throws SQLException {
        run(values);
        return Math.max(0, updateCount);
    }

    @Override
    public ResultSet getGeneratedKeys() throws SQLException {
        checkOpen();
        return keys.resultSet(this);
    }

    @Override
    public boolean getMoreResults(int current) throws SQLException {
        checkOpen();
        closeCurrent();
        return false;
    }

    @Override
    public void addBatch() throws SQLException {
        checkOpen();
        batch.add(bound());
    }

    @Override
    public void clearBatch() throws SQLException {
        checkOpen();
        batch.clear();
    }

    @Override
    public int[] executeBatch() throws SQLException {
        return RemoteConnection.saturated(executeLargeBatch());
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        checkOpen();
        List<List<TypedValue>> members = new ArrayList<>(batch);
        batch.clear();
        closeCurrent();
        keys.clear();
        if (members.isEmpty()) {
            return new long[0];
        }
        if (keyed) {
            return KeyedBatch.run(owner, members, this::update);
        }
        return owner.rpc()
                .send(
                        new Service.ExecuteBatchRequest(owner.id, handle.id, members),
                        outcomes.timeoutMillis(),
                        Service.ExecuteBatchResponse.class)
                .updateCounts;
    }

    @Override
    public void clearParameters() throws SQLException {
        checkOpen();
        Arrays.fill(parameters, UNSET);
    }

    @Override
    public @Nullable ResultSetMetaData getMetaData() throws SQLException {
        checkOpen();
        return givesRows() ? new RemoteResultSetMetaData(described.columns) : null;
    }

    @Override
    protected AvaticaParameter getParameter(int index) throws SQLException {
        if (index < 1 || index > described.parameters.size()) {
            throw SqlErrors.of(
                    SqlErrors.UNDEFINED_PARAMETER,
                    "there is no parameter " + index + ": the statement takes " + described.parameters.size());
        }
        return described.parameters.get(index - 1);
    }

    @Override
    public int getFetchSize() throws SQLException {
        // The constructor of the class above asks before this one's has run.
        return fetchSize;
    }

    @Override
    public void setFetchSize(int rows) throws SQLException {
        checkOpen();
        fetchSize = RemoteConnection.checkedFetchSize(rows);
    }

    @Override
    public int getQueryTimeout() throws SQLException {
        checkOpen();
        return Math.toIntExact(outcomes.timeoutMillis() / 1_000);
    }

    @Override
    public void setQueryTimeout(int seconds) throws SQLException {
        checkOpen();
        outcomes.timeoutMillis(RemoteConnection.checkedTimeoutMillis(seconds));
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized") // it must not wait for what it cancels
    public void cancel() throws SQLException {
        checkOpen();
        owner.cancel(handle.id);
    }

    @Override
    public void setEscapeProcessing(boolean enable) throws SQLException {
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
    protected void checkOpen() throws SQLException {
        if (isClosed()) {
            throw SqlErrors.closed("statement");
        }
    }
}
