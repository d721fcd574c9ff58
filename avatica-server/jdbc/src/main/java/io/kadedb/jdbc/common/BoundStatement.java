package io.kadedb.jdbc.common;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.Calendar;
import org.apache.calcite.avatica.AvaticaParameter;
import org.apache.calcite.avatica.AvaticaPreparedStatement;
import org.apache.calcite.avatica.Meta;
import org.jspecify.annotations.Nullable;

/** The setters: parameters stay Java values until the statement runs. */
abstract class BoundStatement extends AvaticaPreparedStatement {
    private static final Object UNSET = new Object();

    private final Meta.Signature described;
    private final @Nullable Object[] parameters;

    BoundStatement(
            DriverConnection connection,
            Meta.StatementHandle handle,
            Meta.Signature described,
            int type,
            int concurrency,
            int holdability)
            throws SQLException {
        super(connection, handle, described, type, concurrency, holdability);
        this.described = described;
        this.parameters = new Object[described.parameters.size()];
        Arrays.fill(parameters, UNSET);
    }

    /** What preparing found out: parameters, and columns if it gives rows. */
    protected final Meta.Signature described() {
        return described;
    }

    /** The values of all parameters, which the next run may change; 42P02 if one has none yet. */
    protected final @Nullable Object[] bound() throws SQLException {
        for (int i = 0; i < parameters.length; i++) {
            if (parameters[i] == UNSET) {
                throw SqlErrors.of(SqlErrors.UNDEFINED_PARAMETER, "parameter " + (i + 1) + " was not set");
            }
        }
        return parameters;
    }

    private SQLException noParameter(int index) {
        return SqlErrors.of(
                SqlErrors.UNDEFINED_PARAMETER,
                "there is no parameter " + index + ": the statement takes " + parameters.length);
    }

    private void bind(int index, @Nullable Object value) throws SQLException {
        checkOpen();
        if (index < 1 || index > parameters.length) {
            throw noParameter(index);
        }
        parameters[index - 1] = value;
    }

    @Override
    public void clearParameters() throws SQLException {
        checkOpen();
        Arrays.fill(parameters, UNSET);
    }

    @Override
    protected AvaticaParameter getParameter(int index) throws SQLException {
        if (index < 1 || index > parameters.length) {
            throw noParameter(index);
        }
        return described.parameters.get(index - 1);
    }

    @Override
    protected void checkOpen() throws SQLException {
        if (isClosed()) {
            throw SqlErrors.closed("statement");
        }
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
            bind(index, reader == null ? null : text(reader));
        } catch (IOException e) {
            throw SqlErrors.of(SqlErrors.IO_ERROR, "the stream of parameter " + index + " cannot be read");
        }
    }

    private static String text(Reader reader) throws IOException {
        StringWriter text = new StringWriter();
        long unused = reader.transferTo(text);
        return text.toString();
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
        Object bound = parameters[index - 1];
        if (bound instanceof byte[]) {
            bind(index, new String((byte[]) bound, StandardCharsets.UTF_8));
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
