package io.kadedb.bench.load;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** Updates of a share of lineitem's rows, which lie all over the table and are the same in each database. */
public final class UpdatedShare {
    /** Rows fall into so many classes by their keys: a prime, so that neighbours are in different ones. */
    private static final int CLASSES = 1_009;

    private static final int TRANSACTIONS = 10;

    private static final String UPDATE = "update lineitem set l_quantity = 51 - l_quantity, l_extendedprice ="
            + " l_extendedprice + 1 where (l_orderkey * 7919 + l_linenumber * 104729) % " + CLASSES
            + " between ? and ?";

    private UpdatedShare() {}

    /**
     * Updates the rows in ten transactions and has them stay where they were written, as folding is off from then on.
     *
     * @param share of the rows, from 0 to 1
     * @return how many rows were updated
     */
    public static long update(Connection connection, double share) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("alter system set folding = off");
        }
        long classes = Math.round(share * CLASSES);
        long rows = 0;
        try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
            for (int i = 0; i < TRANSACTIONS; i++) {
                update.setLong(1, classes * i / TRANSACTIONS);
                update.setLong(2, classes * (i + 1) / TRANSACTIONS - 1);
                rows += update.executeLargeUpdate();
            }
        }
        return rows;
    }

    /** Folds all that was written. */
    public static void fold(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("checkpoint");
        }
    }
}
