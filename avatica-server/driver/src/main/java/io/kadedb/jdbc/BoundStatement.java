package io.kadedb.jdbc;

import io.kadedb.jdbc.common.Calendars;
import io.kadedb.jdbc.common.SqlErrors;
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
import java.util.Calendar;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.AvaticaPreparedStatement;
import org.apache.calcite.avatica.Meta;
import org.jspecify.annotations.Nullable;

/** The setters: parameters stay Java values until the statement is sent. */
abstract class BoundStatement extends AvaticaPreparedStatement {
    BoundStatement(
            AvaticaConnection connection,
            Meta.StatementHandle handle,
            Meta.Signature signature,
            int type,
            int concurrency,
            int holdability)
            throws SQLException {
        super(connection, handle, signature, type, concurrency, holdability);
    }

    /** Keeps a parameter's value, from 1. */
    abstract void bind(int index, @Nullable Object value) throws SQLException;

    /** What {@link #bind} kept. */
    abstract @Nullable Object parameter(int index);

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
        Object bound = parameter(index);
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
