package io.kadedb.server.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Many clients change one row: they wait for each other and none of them notices. */
class HotRowTest {
    private static final int CLIENTS = 16;
    private static final int ROUNDS = 50;

    private interface Work {
        void run(Connection connection, int round) throws Exception;
    }

    private static void inParallel(Database database, Work work) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(CLIENTS)) {
            CyclicBarrier start = new CyclicBarrier(CLIENTS);
            List<Future<?>> clients = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                clients.add(threads.submit(() -> {
                    try (Connection connection = database.connect()) {
                        start.await();
                        for (int round = 0; round < ROUNDS; round++) {
                            work.run(connection, round);
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> client : clients) {
                client.get();
            }
        }
    }

    private static void increment(Connection connection, String sql) throws Exception {
        try (PreparedStatement update = connection.prepareStatement(sql)) {
            assertThat(update.executeUpdate()).isEqualTo(1);
        }
    }

    @Test
    void incrementsByKeyInAutocommit() throws Exception {
        try (Database database = new Database()) {
            database.run("create table t (id int primary key, n int)", "insert into t values (1, 0), (2, 0)");
            inParallel(database, (connection, round) -> increment(connection, "update t set n = n + 1 where id = 1"));
            assertThat(database.rows("select n from t where id = 1")).containsExactly("" + CLIENTS * ROUNDS);
        }
    }

    @Test
    void incrementsByAScanInAutocommit() throws Exception {
        try (Database database = new Database()) {
            database.run("create table t (id int primary key, n int)", "insert into t values (1, 0)");
            inParallel(database, (connection, round) -> increment(connection, "update t set n = n + 1"));
            assertThat(database.rows("select n from t where id = 1")).containsExactly("" + CLIENTS * ROUNDS);
        }
    }

    @Test
    void blocksAtReadCommitted() throws Exception {
        try (Database database = new Database()) {
            database.run("create table t (id int primary key, n int)", "insert into t values (1, 0), (2, 0)");
            inParallel(database, (connection, round) -> {
                Database.run(
                        connection,
                        "begin isolation level read committed",
                        "select count(*) from t",
                        "update t set n = n + 1 where id = 2",
                        "commit");
            });
            assertThat(database.rows("select n from t where id = 2")).containsExactly("" + CLIENTS * ROUNDS);
        }
    }

    @Test
    void serializableBlocksThatWriteFirst() throws Exception {
        try (Database database = new Database()) {
            database.run("create table t (id int primary key, n int)", "insert into t values (1, 0), (2, 0)");
            inParallel(database, (connection, round) -> {
                Database.run(
                        connection,
                        "begin isolation level serializable",
                        "update t set n = n + 1 where id = 2",
                        "commit");
            });
            assertThat(database.rows("select n from t where id = 2")).containsExactly("" + CLIENTS * ROUNDS);
        }
    }
}
