package io.kadedb.server.remote;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** HikariCP over the server's driver. */
class PoolTest {
    private static final int BORROWERS = 50;
    private static final int POOLED = 5;

    @Test
    void aPoolSharesAndResetsConnections() throws Exception {
        try (TestServer server = new TestServer()) {
            HikariConfig config = new HikariConfig();
            config.setJdbcUrl(server.url());
            config.setMaximumPoolSize(POOLED);
            config.setAutoCommit(false);
            config.setTransactionIsolation("TRANSACTION_SERIALIZABLE");
            config.setSchema("public");
            try (HikariDataSource pool = new HikariDataSource(config);
                    ExecutorService borrowers = Executors.newVirtualThreadPerTaskExecutor()) {
                try (Connection connection = pool.getConnection();
                        Statement statement = connection.createStatement()) {
                    statement.execute("create table t (a int primary key)");
                    connection.commit();
                }
                List<Future<?>> written = new ArrayList<>();
                for (int i = 0; i < BORROWERS; i++) {
                    int row = i;
                    written.add(borrowers.submit(() -> {
                        try (Connection connection = pool.getConnection();
                                Statement statement = connection.createStatement()) {
                            statement.execute("insert into t values (" + row + ")");
                            if (row % 2 == 0) {
                                connection.commit();
                            }
                            // The others are rolled back when they are given back.
                        }
                        return true;
                    }));
                }
                for (Future<?> write : written) {
                    assertThat(write.get()).isEqualTo(true);
                }
                try (Connection connection = pool.getConnection();
                        Statement statement = connection.createStatement();
                        ResultSet rows = statement.executeQuery("select count(*) from t")) {
                    assertThat(rows.next()).isTrue();
                    assertThat(rows.getInt(1)).isEqualTo(BORROWERS / 2);
                }
                assertThat(server.server().sessions()).isLessThanOrEqualTo(POOLED);
            }
        }
    }
}
