package io.kadedb.bench.storm;

import io.kadedb.bench.tpch.TpchLoader;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.SplittableRandom;

/** Rows of TPC-H's lineitem, drawn at random, a share of them every minute. */
public final class RandomLines implements Storm {
    /** Of a row of lineitem as values: 4 integers, 4 decimals, 3 dates, and text of 58 bytes on average. */
    private static final int ROW_BYTES = 28 + 32 + 12 + 58;

    private static final int MINUTE = 60;
    private static final int BATCH = 100;
    private static final int LINES = 7;
    /** Of 32 numbers that follow each other the first eight are those of orders (TPC-H, 4.2.3). */
    private static final int USED = 8;

    private static final int STEP = 32;

    private final Path files;
    private final double share;
    private final double minutes;
    private final SplittableRandom random;
    private long rows;
    private long orders;

    /**
     * Minutes of updates.
     *
     * @param files the CSV files of TPC-H
     * @param share of the rows that is updated each minute
     */
    public RandomLines(Path files, double share, double minutes, long seed) {
        this.files = files;
        this.share = share;
        this.minutes = minutes;
        this.random = new SplittableRandom(seed);
    }

    @Override
    public String title() {
        return "lineitem, " + share * 100 + " % of " + rows + " rows a minute for " + minutes + " minutes";
    }

    @Override
    public long updates() {
        return (long) (pace() * MINUTE * minutes);
    }

    @Override
    public long pace() {
        return Math.max(1, (long) (rows * share / MINUTE));
    }

    @Override
    public void load(Connection connection) throws SQLException {
        TpchLoader.load(connection, files);
        try (Statement statement = connection.createStatement();
                ResultSet counts = statement.executeQuery(
                        "select (select count(*) from lineitem), (select count(*) from orders)")) {
            counts.next();
            rows = counts.getLong(1);
            orders = counts.getLong(2);
        }
    }

    @Override
    public long update(Connection connection, long most) throws SQLException {
        long done = 0;
        connection.setAutoCommit(false);
        try (PreparedStatement update = connection.prepareStatement("update lineitem set l_quantity = ?,"
                + " l_extendedprice = l_extendedprice + 1 where l_orderkey = ? and l_linenumber = ?")) {
            while (done < Math.min(BATCH, most)) {
                update.setBigDecimal(1, BigDecimal.valueOf(1 + random.nextInt(50)));
                update.setLong(2, orderKey(1 + random.nextLong(orders)));
                update.setInt(3, 1 + random.nextInt(LINES));
                done += update.executeUpdate();
            }
            connection.commit();
        } finally {
            connection.setAutoCommit(true);
        }
        return done;
    }

    private static long orderKey(long number) {
        return number / USED * STEP + number % USED;
    }

    @Override
    public int rowBytes() {
        return ROW_BYTES;
    }
}
