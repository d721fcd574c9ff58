package io.kadedb.server.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * Money moves at random between accounts, at every isolation, with savepoints, failures and rollbacks between; no account
 * is overdrawn, and whoever looks at all accounts at once sees the same sum.
 */
class BankTest {
    private static final int ACCOUNTS = 20;
    private static final int EACH = 100;
    private static final int CLIENTS = 6;
    private static final int TRANSFERS = 60;
    private static final Set<String> RETRYABLE = Set.of("40001", "40P01");
    private static final List<String> LEVELS = List.of("read committed", "repeatable read", "serializable");

    @Test
    void theSumStays() throws Exception {
        long seed = Long.getLong("kadedb.seed", System.nanoTime());
        try (Database database = new Database();
                ExecutorService threads = Executors.newCachedThreadPool()) {
            database.run("create table account (id int primary key, money int)");
            for (int i = 0; i < ACCOUNTS; i++) {
                database.run("insert into account values (" + i + ", " + EACH + ")");
            }
            AtomicBoolean done = new AtomicBoolean();
            Future<?> auditor = threads.submit(() -> {
                try (Connection connection = database.connect()) {
                    while (!done.get()) {
                        assertThat(Database.rows(connection, "select sum(money), min(money) >= 0 from account"))
                                .as("kadedb.seed=%d", seed)
                                .containsExactly(ACCOUNTS * EACH + ",true");
                    }
                }
                return null;
            });
            List<Future<?>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                SplittableRandom random = new SplittableRandom(seed + i);
                clients.add(threads.submit(() -> {
                    try (Connection connection = database.connect()) {
                        connection.setAutoCommit(false);
                        for (int transfer = 0; transfer < TRANSFERS; transfer++) {
                            untilItSucceeds(connection, random);
                        }
                    }
                    return null;
                }));
            }
            try {
                for (Future<?> client : clients) {
                    client.get();
                }
            } finally {
                done.set(true);
            }
            auditor.get();
            assertThat(database.rows("select count(*), sum(money) from account"))
                    .as("kadedb.seed=%d", seed)
                    .containsExactly(ACCOUNTS + "," + ACCOUNTS * EACH);
            assertThat(database.rows("show locks")).isEmpty();
        }
    }

    private static void untilItSucceeds(Connection connection, SplittableRandom random) throws SQLException {
        boolean again = true;
        while (again) {
            try {
                transfer(connection, random);
                again = false;
            } catch (SQLException e) {
                connection.rollback();
                if (!RETRYABLE.contains(e.getSQLState())) {
                    throw e;
                }
            }
        }
    }

    private static void transfer(Connection connection, SplittableRandom random) throws SQLException {
        Database.run(connection, "begin isolation level " + LEVELS.get(random.nextInt(LEVELS.size())));
        int from = random.nextInt(ACCOUNTS);
        int to = (from + 1 + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
        int amount = 1 + random.nextInt(60);
        if (random.nextInt(3) == 0) {
            Database.run(connection, "savepoint before", "update account set money = money + 1 where id = " + to);
            if (random.nextBoolean()) {
                failOnPurpose(connection);
            }
            Database.run(connection, "rollback to before");
        }
        // Whether there is enough is decided by the row that is locked.
        boolean enough = update(
                        connection,
                        "update account set money = money - ? where id = ? and money >= ?",
                        amount,
                        from,
                        amount)
                == 1;
        if (enough) {
            assertThat(update(connection, "update account set money = money + ? where id = ?", amount, to))
                    .isEqualTo(1);
        }
        if (random.nextInt(8) == 0) {
            connection.rollback();
        } else {
            connection.commit();
        }
    }

    private static void failOnPurpose(Connection connection) throws SQLException {
        try {
            Database.run(connection, "select 1 / 0");
            throw new AssertionError("divided by zero");
        } catch (SQLException e) {
            if (!e.getSQLState().equals("22012")) {
                throw e;
            }
        }
    }

    private static int update(Connection connection, String sql, int... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setInt(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }

    /** What JDBC has for isolation and savepoints. */
    @Test
    void savepointsAndIsolationOfTheConnection() throws Exception {
        try (Database database = new Database()) {
            Connection connection = database.connection();
            database.run("create table t (a int primary key)");
            assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_READ_COMMITTED);
            assertThat(database.rows("show transaction_isolation")).containsExactly("read committed");
            connection.setAutoCommit(false);
            database.run("insert into t values (1)");
            var named = connection.setSavepoint("it's \"here\"");
            assertThat(named.getSavepointName()).isEqualTo("it's \"here\"");
            database.run("insert into t values (2)");
            var unnamed = connection.setSavepoint();
            assertThat(unnamed.getSavepointId()).isPositive();
            database.run("insert into t values (3)");
            connection.rollback(unnamed);
            assertThat(database.rows("select count(*) from t")).containsExactly("2");
            connection.releaseSavepoint(unnamed);
            connection.rollback(named);
            database.run("insert into t values (4)");
            connection.commit();
            try (var statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery("select a from t order by a")) {
                assertThat(Database.read(rows)).containsExactly("1", "4");
            }
            connection.rollback();
        }
    }
}
