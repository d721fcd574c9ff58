package io.kadedb.jdbc.common;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import org.jspecify.annotations.Nullable;

/** The changes by number that JDBC has for the rows of a result, all refused: results are read. */
abstract class ReadOnlyRows implements ResultSet {
    static SQLException readOnly() {
        return SqlErrors.unsupported("changing the rows of a result");
    }

    @Override
    public void updateArray(int index, @Nullable Array x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateAsciiStream(int index, @Nullable InputStream x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateAsciiStream(int index, @Nullable InputStream x, int scaleOrLength) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateAsciiStream(int index, @Nullable InputStream x, long length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBigDecimal(int index, @Nullable BigDecimal x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBinaryStream(int index, @Nullable InputStream x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBinaryStream(int index, @Nullable InputStream x, int scaleOrLength) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBinaryStream(int index, @Nullable InputStream x, long length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBlob(int index, @Nullable InputStream x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBlob(int index, @Nullable InputStream x, long length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBlob(int index, @Nullable Blob x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBoolean(int index, boolean x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateByte(int index, byte x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBytes(int index, byte @Nullable [] x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateCharacterStream(int index, @Nullable Reader x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateCharacterStream(int index, @Nullable Reader x, int scaleOrLength) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateCharacterStream(int index, @Nullable Reader x, long length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateClob(int index, @Nullable Reader x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateClob(int index, @Nullable Reader x, long length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateClob(int index, @Nullable Clob x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateDate(int index, @Nullable Date x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateDouble(int index, double x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateFloat(int index, float x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateInt(int index, int x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateLong(int index, long length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateNCharacterStream(int index, @Nullable Reader x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateNCharacterStream(int index, @Nullable Reader x, long length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateNClob(int index, @Nullable Reader x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateNClob(int index, @Nullable Reader x, long length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateNClob(int index, @Nullable NClob x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateNString(int index, @Nullable String x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateNull(int index) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateObject(int index, @Nullable Object x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateObject(int index, @Nullable Object x, int scaleOrLength) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateRef(int index, @Nullable Ref x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateRow() throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateRowId(int index, @Nullable RowId x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateSQLXML(int index, @Nullable SQLXML x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateShort(int index, short x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateString(int index, @Nullable String x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateTime(int index, @Nullable Time x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateTimestamp(int index, @Nullable Timestamp x) throws SQLException {
        throw readOnly();
    }
}
