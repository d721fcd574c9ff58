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
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import org.jspecify.annotations.Nullable;

/** The changes by label that JDBC has for the rows of a result, all refused: results are read. */
abstract class ReadOnlyResultSet extends ReadOnlyRows {
    @Override
    public void updateArray(String label, @Nullable Array x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateAsciiStream(String label, @Nullable InputStream x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateAsciiStream(String label, @Nullable InputStream x, int scaleOrLength) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateAsciiStream(String label, @Nullable InputStream x, long length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBigDecimal(String label, @Nullable BigDecimal x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBinaryStream(String label, @Nullable InputStream x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBinaryStream(String label, @Nullable InputStream x, int scaleOrLength) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBinaryStream(String label, @Nullable InputStream x, long length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBlob(String label, @Nullable InputStream x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBlob(String label, @Nullable InputStream x, long length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBlob(String label, @Nullable Blob x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBoolean(String label, boolean x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateByte(String label, byte x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateBytes(String label, byte @Nullable [] x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateCharacterStream(String label, @Nullable Reader x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateCharacterStream(String label, @Nullable Reader x, int scaleOrLength) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateCharacterStream(String label, @Nullable Reader x, long length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateClob(String label, @Nullable Reader x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateClob(String label, @Nullable Reader x, long length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateClob(String label, @Nullable Clob x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateDate(String label, @Nullable Date x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateDouble(String label, double x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateFloat(String label, float x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateInt(String label, int x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateLong(String label, long length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateNCharacterStream(String label, @Nullable Reader x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateNCharacterStream(String label, @Nullable Reader x, long length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateNClob(String label, @Nullable Reader x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateNClob(String label, @Nullable Reader x, long length) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateNClob(String label, @Nullable NClob x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateNString(String label, @Nullable String x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateNull(String label) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateObject(String label, @Nullable Object x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateObject(String label, @Nullable Object x, int scaleOrLength) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateRef(String label, @Nullable Ref x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateRowId(String label, @Nullable RowId x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateSQLXML(String label, @Nullable SQLXML x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateShort(String label, short x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateString(String label, @Nullable String x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateTime(String label, @Nullable Time x) throws SQLException {
        throw readOnly();
    }

    @Override
    public void updateTimestamp(String label, @Nullable Timestamp x) throws SQLException {
        throw readOnly();
    }
}
