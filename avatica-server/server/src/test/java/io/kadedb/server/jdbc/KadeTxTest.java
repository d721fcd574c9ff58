package io.kadedb.server.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadedb.jdbc.common.KadeTx;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KadeTxTest {
    private static int value(Connection connection) throws SQLException {
        return Integer.parseInt(
                Database.rows(connection, "select v from t where id = 1").getFirst());
    }

    @ParameterizedTest
    @EnumSource
    void transactionsThatLoseAreRunAgain(Door door) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(3);
                Database database = new Database(door)) {
            database.run("create table t (id int primary key, v int)", "insert into t values (1, 0)");
            List<Future<Integer>> clients = new ArrayList<>();
            for (int client = 0; client < 3; client++) {
                clients.add(threads.submit(() -> {
                    try (Connection connection = database.connect()) {
                        for (int i = 0; i < 10; i++) {
                            // Read and written by two statements, so that most of those that meet lose.
                            KadeTx.run(connection, c -> {
                                int next = value(c) + 1;
                                Database.run(c, "update t set v = " + next + " where id = 1");
                                return next;
                            });
                        }
                        return 10;
                    }
                }));
            }
            for (Future<Integer> client : clients) {
                client.get();
            }
            assertThat(value(database.connection())).isEqualTo(30);
        }
    }

    @ParameterizedTest
    @EnumSource
    void otherFailuresRollBackOnce(Door door) throws SQLException {
        try (Database database = new Database(door)) {
            database.run("create table t (id int primary key, v int)", "insert into t values (1, 0)");
            int[] runs = new int[1];
            SQLException failure = catchThrowableOfType(
                    SQLException.class,
                    () -> KadeTx.run(database.connection(), c -> {
                        runs[0]++;
                        Database.run(c, "update t set v = 5", "insert into t values (1, 1)");
                        return 0;
                    }));
            assertThat(failure.getSQLState()).isEqualTo("23505");
            assertThat(runs[0]).isEqualTo(1);
            assertThat(database.connection().getAutoCommit()).isTrue();
            assertThat(value(database.connection())).isZero();
            database.connection().setAutoCommit(false);
            assertThat(catchThrowableOfType(
                                    SQLException.class, () -> KadeTx.run(database.connection(), KadeTxTest::value))
                            .getSQLState())
                    .isEqualTo("25001");
        }
    }
}
