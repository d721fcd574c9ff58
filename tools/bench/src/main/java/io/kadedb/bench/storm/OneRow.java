package io.kadedb.bench.storm;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** One row that is overwritten, each time by a transaction of its own. */
public final class OneRow implements Storm {
    private static final int BATCH = 1_000;

    private final long updates;

    public OneRow(long updates) {
        this.updates = updates;
    }

    @Override
    public String title() {
        return "one row, " + updates + " updates";
    }

    @Override
    public long updates() {
        return updates;
    }

    @Override
    public long pace() {
        return 0;
    }

    @Override
    public void load(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table counter (id integer primary key, value bigint not null)");
            statement.execute("insert into counter values (1, 0)");
        }
    }

    @Override
    public long update(Connection connection, long most) throws SQLException {
        int count = (int) Math.min(BATCH, most);
        try (PreparedStatement update =
                connection.prepareStatement("update counter set value = value + 1 where id = ?")) {
            for (int i = 0; i < count; i++) {
                update.setInt(1, 1);
                update.executeUpdate();
            }
        }
        return count;
    }

    @Override
    public int rowBytes() {
        return Integer.BYTES + Long.BYTES;
    }
}
