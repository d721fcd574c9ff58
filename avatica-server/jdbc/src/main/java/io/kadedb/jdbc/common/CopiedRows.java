package io.kadedb.jdbc.common;

import java.io.IOException;
import java.io.OutputStream;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** COPY .. TO STDOUT, whose result is pieces of what it writes, each with the number of its rows. */
final class CopiedRows {
    private volatile @Nullable Statement running;

    /** See {@link CopyConnection#copyOut}. */
    long write(Connection connection, String sql, OutputStream out) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            checkCopies(statement.getMetaData());
            running = statement;
            long count = 0;
            try (ResultSet pieces = statement.executeQuery()) {
                while (pieces.next()) {
                    out.write(pieces.getBytes(1));
                    count += pieces.getLong(2);
                }
            }
            out.flush();
            return count;
        } catch (IOException e) {
            throw SqlErrors.of(SqlErrors.IO_ERROR, "the rows cannot be written: " + e.getMessage(), e);
        } finally {
            running = null;
        }
    }

    private static void checkCopies(@Nullable ResultSetMetaData columns) throws SQLException {
        boolean copies = columns != null
                && columns.getColumnCount() == 2
                && columns.getColumnName(1).equals("data")
                && columns.getColumnTypeName(1).equals("bytea")
                && columns.getColumnName(2).equals("rows")
                && columns.getColumnTypeName(2).equals("int8");
        if (!copies) {
            throw SqlErrors.of(SqlErrors.WRONG_OBJECT_TYPE, "rows come from COPY .. TO STDOUT, and no other statement");
        }
    }

    /** Stops it, from another thread; false when it does not run. */
    boolean cancel() throws SQLException {
        Statement statement = running;
        if (statement == null) {
            return false;
        }
        statement.cancel();
        return true;
    }
}
