package io.kadedb.bench.storm;

import java.sql.Connection;
import java.sql.SQLException;

/** One kind of update, over and over. */
public interface Storm {
    /** As it stands in the report. */
    String title();

    /** How many updates it is made of. */
    long updates();

    /** Updates a second at most; 0 for as many as there can be. */
    long pace();

    /** Leaves the tables filled. */
    void load(Connection connection) throws SQLException;

    /**
     * Runs some updates, as one transaction or more.
     *
     * @param most that may be run
     * @return how many were
     */
    long update(Connection connection, long most) throws SQLException;

    /** About how many bytes of values an update changes for good: those of its row. */
    int rowBytes();
}
