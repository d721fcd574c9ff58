package io.kadedb.server.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Blocks of two clients, one in the middle of the other's, do with kept statements of one row what they do with statements that
 * are planned anew each time: results, conflicts, waits that end, and what is left.
 */
class DirectBlockTest {
    private static final int CLIENTS = 2;

    private static final List<String> POINTS = List.of(
            "select n, s from a where id = ?",
            "select n from b where id = ?",
            "update a set n = n + ? where id = ?",
            "update a set n = n + ?, s = 'x' where id = ?",
            "update b set n = n - ? where id = ?",
            "insert into a values (?, 7, 'new')",
            "insert into b values (?, 3)",
            "delete from a where id = ?",
            "delete from b where id = ?");

    private static final List<String> OTHERS = List.of(
            "select count(*), sum(n) from a",
            "select id from b where n > 4 order by id",
            "update a set n = n * 2 where n < 10",
            "select n from a where id = 1 for update nowait",
            "insert into b select id + 20, n from a where id < 3");

    private static final List<Integer> LEVELS = List.of(
            Connection.TRANSACTION_SERIALIZABLE,
            Connection.TRANSACTION_REPEATABLE_READ,
            Connection.TRANSACTION_READ_COMMITTED);

    /** A client of a database, and what it keeps. */
    private static final class Client {
        private final Connection connection;
        private final boolean keeps;
        private final Map<String, PreparedStatement> kept = new HashMap<>();
        private @Nullable Savepoint savepoint;

        Client(Connection connection, boolean keeps) throws SQLException {
            this.connection = connection;
            this.keeps = keeps;
            Database.run(connection, "set lock_timeout = '1ms'");
            connection.setAutoCommit(false);
        }

        String run(String sql, List<Integer> values) throws SQLException {
            if (!keeps) {
                try (PreparedStatement once = connection.prepareStatement(sql)) {
                    return outcome(once, values);
                }
            }
            PreparedStatement again = kept.get(sql);
            if (again == null) {
                again = connection.prepareStatement(sql);
                kept.put(sql, again);
            }
            return outcome(again, values);
        }

        private static String outcome(PreparedStatement statement, List<Integer> values) throws SQLException {
            for (int i = 0; i < values.size(); i++) {
                statement.setInt(i + 1, values.get(i));
            }
            if (!statement.execute()) {
                return "count " + statement.getUpdateCount();
            }
            try (ResultSet rows = statement.getResultSet()) {
                return "rows " + Database.read(rows);
            }
        }

        String end(boolean commit) throws SQLException {
            savepoint = null;
            if (commit) {
                connection.commit();
            } else {
                connection.rollback();
            }
            return "ended";
        }

        String save() throws SQLException {
            Savepoint known = savepoint;
            if (known == null) {
                savepoint = connection.setSavepoint();
                return "saved";
            }
            connection.rollback(known);
            return "back";
        }
    }

    private interface Step {
        String take(Client client) throws SQLException;
    }

    private static Step step(SplittableRandom random) {
        int kind = random.nextInt(100);
        if (kind < 78) {
            String sql = POINTS.get(random.nextInt(POINTS.size()));
            List<Integer> values = new ArrayList<>();
            for (int at = sql.indexOf('?'); at >= 0; at = sql.indexOf('?', at + 1)) {
                values.add(random.nextInt(6));
            }
            return client -> client.run(sql, values);
        }
        if (kind < 83) {
            String sql = OTHERS.get(random.nextInt(OTHERS.size()));
            return client -> client.run(sql, List.of());
        }
        if (kind < 86) {
            return Client::save;
        }
        if (kind < 89) {
            int level = LEVELS.get(random.nextInt(LEVELS.size()));
            return client -> {
                client.end(true);
                client.connection.setTransactionIsolation(level);
                return "level " + level;
            };
        }
        boolean commit = kind < 97;
        return client -> client.end(commit);
    }

    private static String outcome(Client client, Step step) {
        try {
            return step.take(client);
        } catch (SQLException e) {
            return "error " + e.getSQLState();
        }
    }

    @Test
    void keptStatementsDoInBlocksWhatNewOnesDo() throws SQLException {
        long seed = Long.getLong("kadedb.seed", System.nanoTime());
        System.out.println("seed " + seed);
        SplittableRandom random = new SplittableRandom(seed);
        try (Database ours = new Database();
                Database theirs = new Database()) {
            List<Client> kept = new ArrayList<>();
            List<Client> fresh = new ArrayList<>();
            for (Database database : List.of(ours, theirs)) {
                database.run(
                        "create table a (id int primary key, n bigint not null, s text)",
                        "create table b (id int primary key, n int)",
                        "insert into a values (1, 1, 'one'), (2, 2, null), (3, 3, 'three')",
                        "insert into b values (1, 1), (2, null)");
            }
            for (int i = 0; i < CLIENTS; i++) {
                kept.add(new Client(ours.connect(), true));
                fresh.add(new Client(theirs.connect(), false));
            }
            for (int i = 0; i < 3_000; i++) {
                int at = random.nextInt(CLIENTS);
                Step step = step(random);
                String expected = outcome(fresh.get(at), step);
                assertThat(outcome(kept.get(at), step))
                        .as("step %d of seed %d", i, seed)
                        .isEqualTo(expected);
                if (expected.startsWith("error")) {
                    kept.get(at).end(false);
                    fresh.get(at).end(false);
                }
                if (i % 50 == 0) {
                    for (String table : List.of("a", "b")) {
                        String all = "select * from " + table + " order by id";
                        assertThat(ours.rows(all))
                                .as("after step %d of seed %d", i, seed)
                                .isEqualTo(theirs.rows(all));
                    }
                }
            }
            for (Client client : kept) {
                client.connection.close();
            }
            for (Client client : fresh) {
                client.connection.close();
            }
            assertThat(ours.rows("show locks")).isEmpty();
        }
    }
}
