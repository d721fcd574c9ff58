package io.kadedb.jdbc.common;

import java.sql.SQLException;
import java.sql.Statement;

/** Whose result it is: a statement, which is told of its end. */
public interface ResultOwner {
    /** The statement. */
    Statement statement();

    /** Its result was closed. */
    void resultClosed() throws SQLException;
}
