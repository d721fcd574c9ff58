package io.kadedb.server.jdbc;

import io.kadedb.common.error.KadeException;
import io.kadedb.jdbc.common.Calendars;
import io.kadedb.jdbc.common.SqlErrors;
import io.kadedb.server.session.DirectRead;
import io.kadedb.server.session.DirectWrite;
import io.kadedb.server.session.Portal;
import io.kadedb.server.session.Session;
import io.kadedb.storage.api.LatestRows;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.avatica.AvaticaParameter;
import org.apache.calcite.avatica.AvaticaPreparedStatement;
import org.apache.calcite.avatica.Meta;
import org.jspecify.annotations.Nullable;

/** A prepared statement in the process of its database: parameters stay Java values until the session converts them. */
final class KadePreparedStatement extends AvaticaPreparedStatement implements KadeResultSet.ResultOwner {
    private static final Object UNSET = new Object();

    private final KadeConnection owner;
    private final StatementResults results;
    private final GeneratedKeys.Rewritten statement;
    private final String text;
    private final boolean hasRows;
    private final Session.Description description;
    private final @Nullable Object[] parameters;
    private ResultShape shape;
    private @Nullable DirectRead direct;
    private @Nullable DirectWrite directWrite;
    private FrameColumn[] frame = {};
    private final List<List<@Nullable Object>> batch = new ArrayList<>();
    private @Nullable KadeResultSet current;
    private GeneratedKeys.Rows keys = new GeneratedKeys.Rows();

    KadePreparedStatement(
            KadeConnection connection,
            Meta.StatementHandle handle,
            Prepared prepared,
            int type,
            int concurrency,
            int holdability)
            throws SQLException {
        super(connection, handle, prepared.shape().signature(), type, concurrency, holdability);
        this.owner = connection;
        this.results = new StatementResults(connection.session());
        this.statement = prepared.statement();
        this.text = prepared.text();
        this.hasRows = prepared.hasRows();
        this.description = prepared.description();
        this.shape = prepared.shape();
        this.parameters = new Object[prepared.description().parameters().size()];
        Arrays.fill(parameters, UNSET);
    }

    /** What preparing found out of the one statement. */
    record Prepared(
            GeneratedKeys.Rewritten statement, String text, Session.Description description, ResultShape shape) {
        /** Whether executing gives a result set. */
        boolean hasRows() {
            return description.hasRows() && statement.keyed().isEmpty();
        }
    }

    private void bind(int index, @Nullable Object value) throws SQLException {
        checkOpen();
        if (index < 1 || index > parameters.length) {
            throw SqlErrors.of(
                    SqlErrors.UNDEFINED_PARAMETER,
                    "there is no parameter " + index + ": the statement takes " + parameters.length);
        }
        parameters[index - 1] = value;
    }

    private List<@Nullable Object> bound() throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            if (parameters[i] == UNSET) {
                throw SqlErrors.of(SqlErrors.UNDEFINED_PARAMETER, "parameter " + (i + 1) + " was not set");
            }
        }
        List<@Nullable Object> values = new ArrayList<>();
        Collections.addAll(values, parameters);
        return values;
    }

    private void run(List<@Nullable Object> values) throws SQLException {
        checkOpen();
        closeCurrent();
        results.run(statement, values, text);
        StatementResults.Outcome outcome = results.next();
        if (outcome == null) {
            return;
        }
        Portal portal = outcome.portal();
        if (outcome.hasRows()) {
            shape = shape.with(text, portal.columns());
            current = owner.resultSet(this, portal, shape, text, maxRowCount);
            knowDirectWay();
        } else {
            updateCount = portal.updateCount();
            knowDirectWrite();
        }
        if (outcome.keys()) {
            keys.add(portal);
        }
    }

    /** Reads the one row of a statement that does nothing else, if that can be had; null when it is to be run. */
    private @Nullable KadeResultSet readDirectly() throws SQLException {
        DirectRead read = direct;
        if (read == null) {
            return null;
        }
        checkOpen();
        KadeResultSet before = current;
        if (before != null) {
            current = null;
            before.close();
        }
        LatestRows.Answer answer;
        try {
            answer = read.read(parameters);
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
        KadeResultSet result = new KadeResultSet(this, text, read.zone(), shape, frame, rows);
        current = result;
        return result;
    }

    private void knowDirectWay() {
        DirectRead read = results.session().directRead(statement.statements().getFirst());
        if (read != null && read != direct) {
            shape = shape.with(text, read.columns());
            frame = shape.newFrame();
        }
        direct = read;
    }

    /** Writes the one row of a statement that does nothing else, if that can be done; {@link DirectWrite#UNKNOWN} else. */
    private long writeDirectly() throws SQLException {
        DirectWrite write = directWrite;
        if (write == null) {
            return DirectWrite.UNKNOWN;
        }
        checkOpen();
        try {
            long rows = write.run(parameters, results::newToken);
            if (rows != DirectWrite.UNKNOWN) {
                forgetKeys();
                updateCount = rows;
            }
            return rows;
        } catch (KadeException e) {
            throw KadeErrors.of(e, text);
        }
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

    private void closeCurrent() throws SQLException {
        if (current != null) {
            current.close();
            current = null;
        }
        results.close();
        updateCount = -1;
    }

    @Override
    public boolean execute() throws SQLException {
        if (readDirectly() != null) {
            return true;
        }
        if (writeDirectly() != DirectWrite.UNKNOWN) {
            return false;
        }
        forgetKeys();
        run(bound());
        return current != null;
    }

    @Override
    public ResultSet executeQuery() throws SQLException {
        KadeResultSet known = readDirectly();
        if (known != null) {
            return known;
        }
        forgetKeys();
        if (!hasRows) {
            throw SqlErrors.of(SqlErrors.WRONG_OBJECT_TYPE, "the statement gives no rows");
        }
        run(bound());
        return Objects.requireNonNull(current);
    }

    @Override
    public long executeLargeUpdate() throws SQLException {
        long rows = writeDirectly();
        if (rows != DirectWrite.UNKNOWN) {
            return rows;
        }
        forgetKeys();
        if (hasRows) {
            throw SqlErrors.of(
                    SqlErrors.WRONG_OBJECT_TYPE, "the statement gives rows: run it with executeQuery or execute");
        }
        run(bound());
        return updateCount;
    }

    private long update(List<@Nullable Object> values) throws SQLException {
        run(values);
        return Math.max(0, updateCount);
    }

    @Override
    public boolean getMoreResults(int ending) throws SQLException {
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
        return Batches.saturated(this::executeLargeBatch);
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        checkOpen();
        List<List<@Nullable Object>> members = List.copyOf(batch);
        batch.clear();
        forgetKeys();
        return Batches.run(results.session(), members, this::update);
    }

    @Override
    protected AvaticaParameter getParameter(int index) throws SQLException {
        if (index < 1 || index > parameters.length) {
            throw SqlErrors.of(
                    SqlErrors.UNDEFINED_PARAMETER,
                    "there is no parameter " + index + ": the statement takes " + parameters.length);
        }
        return super.getParameter(index);
    }

    @Override
    public void clearParameters() throws SQLException {
        checkOpen();
        Arrays.fill(parameters, UNSET);
    }

    @Override
    public @Nullable ResultSetMetaData getMetaData() throws SQLException {
        checkOpen();
        return hasRows ? new KadeResultSetMetaData(description.columns()) : null;
    }

    @Override
    public void setFetchSize(int rows) throws SQLException {
        super.setFetchSize(owner.checkedFetchSize(rows));
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

    @Override
    public @Nullable ResultSet getResultSet() throws SQLException {
        checkOpen();
        return current;
    }

    @Override
    public Statement statement() {
        return this;
    }

    @Override
    public void resultClosed() throws SQLException {
        if (closeOnCompletion) {
            close();
        }
    }

    @Override
    public synchronized void close() throws SQLException {
        if (!isClosed()) {
            KadeResultSet rows = current;
            current = null;
            if (rows != null) {
                rows.close();
            }
            results.close();
        }
        super.close();
    }

    @Override
    public void setNull(int index, int sqlType) throws SQLException {
        bind(index, null);
    }

    @Override
    public void setNull(int index, int sqlType, String typeName) throws SQLException {
        bind(index, null);
    }

    @Override
    public void setBoolean(int index, boolean x) throws SQLException {
        bind(index, x);
    }

    @Override
    public void setByte(int index, byte x) throws SQLException {
        bind(index, x);
    }

    @Override
    public void setShort(int index, short x) throws SQLException {
        bind(index, x);
    }

    @Override
    public void setInt(int index, int x) throws SQLException {
        bind(index, x);
    }

    @Override
    public void setLong(int index, long x) throws SQLException {
        bind(index, x);
    }

    @Override
    public void setFloat(int index, float x) throws SQLException {
        bind(index, x);
    }

    @Override
    public void setDouble(int index, double x) throws SQLException {
        bind(index, x);
    }

    @Override
    public void setBigDecimal(int index, @Nullable BigDecimal x) throws SQLException {
        bind(index, x);
    }

    @Override
    public void setString(int index, @Nullable String x) throws SQLException {
        bind(index, x);
    }

    @Override
    public void setNString(int index, @Nullable String x) throws SQLException {
        bind(index, x);
    }

    @Override
    public void setDate(int index, @Nullable Date x) throws SQLException {
        bind(index, x);
    }

    @Override
    public void setTime(int index, @Nullable Time x) throws SQLException {
        bind(index, x);
    }

    @Override
    public void setTimestamp(int index, @Nullable Timestamp x) throws SQLException {
        bind(index, x);
    }

    @Override
    public void setArray(int index, @Nullable Array x) throws SQLException {
        bind(index, x);
    }

    @Override
    public void setObject(int index, @Nullable Object x) throws SQLException {
        bind(index, x);
    }

    @Override
    public void setBytes(int index, byte @Nullable [] x) throws SQLException {
        bind(index, x == null ? null : x.clone());
    }

    @Override
    public void setObject(int index, @Nullable Object x, int targetSqlType) throws SQLException {
        bind(index, x);
    }

    @Override
    public void setObject(int index, @Nullable Object x, int targetSqlType, int scaleOrLength) throws SQLException {
        bind(index, x);
    }

    @Override
    public void setDate(int index, @Nullable Date x, @Nullable Calendar calendar) throws SQLException {
        bind(index, x == null || calendar == null ? x : Calendars.date(x, calendar));
    }

    @Override
    public void setTime(int index, @Nullable Time x, @Nullable Calendar calendar) throws SQLException {
        bind(index, x == null || calendar == null ? x : Calendars.time(x, calendar));
    }

    @Override
    public void setTimestamp(int index, @Nullable Timestamp x, @Nullable Calendar calendar) throws SQLException {
        bind(index, x == null || calendar == null ? x : Calendars.timestamp(x, calendar));
    }

    private void bindText(int index, @Nullable Reader reader) throws SQLException {
        try {
            bind(index, reader == null ? null : reader.readAllAsString());
        } catch (IOException e) {
            throw SqlErrors.of(SqlErrors.IO_ERROR, "the stream of parameter " + index + " cannot be read");
        }
    }

    private void bindBytes(int index, @Nullable InputStream stream) throws SQLException {
        try {
            bind(index, stream == null ? null : stream.readAllBytes());
        } catch (IOException e) {
            throw SqlErrors.of(SqlErrors.IO_ERROR, "the stream of parameter " + index + " cannot be read");
        }
    }

    private void bindAscii(int index, @Nullable InputStream stream) throws SQLException {
        bindBytes(index, stream);
        if (parameters[index - 1] instanceof byte[] bytes) {
            parameters[index - 1] = new String(bytes, StandardCharsets.UTF_8);
        }
    }

    @Override
    public void setCharacterStream(int index, @Nullable Reader x) throws SQLException {
        bindText(index, x);
    }

    @Override
    public void setCharacterStream(int index, @Nullable Reader x, long length) throws SQLException {
        bindText(index, x);
    }

    @Override
    public void setCharacterStream(int index, @Nullable Reader x, int length) throws SQLException {
        bindText(index, x);
    }

    @Override
    public void setNCharacterStream(int index, @Nullable Reader x) throws SQLException {
        bindText(index, x);
    }

    @Override
    public void setNCharacterStream(int index, @Nullable Reader x, long length) throws SQLException {
        bindText(index, x);
    }

    @Override
    public void setBinaryStream(int index, @Nullable InputStream x) throws SQLException {
        bindBytes(index, x);
    }

    @Override
    public void setBinaryStream(int index, @Nullable InputStream x, long length) throws SQLException {
        bindBytes(index, x);
    }

    @Override
    public void setBinaryStream(int index, @Nullable InputStream x, int length) throws SQLException {
        bindBytes(index, x);
    }

    @Override
    public void setAsciiStream(int index, @Nullable InputStream x) throws SQLException {
        bindAscii(index, x);
    }

    @Override
    public void setAsciiStream(int index, @Nullable InputStream x, long length) throws SQLException {
        bindAscii(index, x);
    }

    @Override
    public void setAsciiStream(int index, @Nullable InputStream x, int length) throws SQLException {
        bindAscii(index, x);
    }
}
