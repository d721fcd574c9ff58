package io.kadedb.jdbc.common;

import java.io.InputStream;
import java.io.OutputStream;
import java.sql.SQLException;

/**
 * COPY over a connection: {@code connection.unwrap(CopyConnection.class)}, as PostgreSQL's driver has it in its
 * CopyManager. Rows are streamed, whatever their number. The setting {@code statement_timeout} bounds both methods.
 *
 * <p>Belongs to the connection's thread, but for {@link #cancelCopy}.
 */
public interface CopyConnection {
    /**
     * Runs COPY .. FROM STDIN. What fails stores nothing, and is not run again when it loses a conflict (40001), since the
     * rows are gone.
     *
     * @param rows as the statement's options say, text by default; read to its end and not closed
     * @return how many rows were stored
     * @throws SQLException with line and column of what cannot be read; 58030 with the stream's own failure as the cause,
     *     42809 for other statements
     */
    long copyIn(String sql, InputStream rows) throws SQLException;

    /**
     * Runs COPY .. TO STDOUT.
     *
     * @param rows is written to as rows come, and not closed
     * @return how many rows were written
     * @throws SQLException 58030 with the stream's own failure as the cause, 42809 for other statements
     */
    long copyOut(String sql, OutputStream rows) throws SQLException;

    /** Ends the copy that runs, which then fails with 57014; for other threads. Nothing happens when none runs. */
    void cancelCopy() throws SQLException;
}
