package io.kadedb.server.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadedb.common.control.CancelToken;
import io.kadedb.storage.transaction.Stores;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Partial, expression and covering indexes through backups, large statements and names that change. */
class IndexOperationsTest {
    private static final List<String> TABLE = List.of(
            "create table t (id int primary key, name text, active boolean, k int, note text)",
            "create unique index active_k on t (k) where active",
            "create index lower_name on t (lower(name))",
            "create index covering on t (k) include (note)",
            "insert into t select x, 'Name' || x, x % 2 = 0, x / 2, 'note ' || x from generate_series(1, 1000) as"
                    + " g(x)");

    private static void assertSound(Connection connection) throws SQLException {
        assertThat(Database.rows(connection, "check database"))
                .allSatisfy(row -> assertThat(row).endsWith("null"));
    }

    @Test
    void backupsKeepIndexesOfAllKinds(@TempDir Path folder) throws Exception {
        try (Database database = new Database()) {
            database.run(TABLE.toArray(new String[0]));
            database.rows("backup database to '" + folder.resolve("b") + "'");
        }
        Path restored = folder.resolve("restored");
        Stores.restore(folder.resolve("b"), restored, CancelToken.unbounded());
        try (Connection connection = DriverManager.getConnection("jdbc:kadedb:file:" + restored)) {
            assertSound(connection);
            assertThat(Database.rows(connection, "select id from t where lower(name) = 'name77'"))
                    .containsExactly("77");
            assertThat(Database.rows(connection, "select note from t where k = 5 order by 1"))
                    .containsExactly("note 10", "note 11");
            assertThatThrownBy(() -> Database.run(connection, "insert into t values (5000, 'x', true, 5, '')"))
                    .hasFieldOrPropertyWithValue("SQLState", "23505")
                    .hasMessageContaining("active_k");
            Database.run(connection, "insert into t values (5000, 'x', false, 5, '')");
            assertSound(connection);
        }
    }

    /** Statements of several megabytes are staged; what they change of the index is not yet there when they are checked. */
    @Test
    void largeUpdatesAcrossAUniquePartialIndex() throws Exception {
        try (Database database = new Database()) {
            database.run(TABLE.toArray(new String[0]));
            String all = "insert into t select x, 'Name' || x, x % 2 = 0, x / 2, repeat('note', 100) || x"
                    + " from generate_series(1001, 12000) as g(x)";
            database.run(all);
            database.run("update t set note = note || ' changed'");
            database.run("update t set k = k + 1000000 where active");
            database.run("update t set active = false, note = note || '!'");
            assertThat(database.rows("select count(*) from t where active")).containsExactly("0");
            database.run("update t set active = id % 2 = 1, note = note || '?'");
            assertThat(database.rows("select count(*), count(distinct k) from t where active"))
                    .containsExactly("6000,6000");
            assertThatThrownBy(() -> database.run("update t set active = true, k = k % 100000, note = note || '2'"))
                    .hasFieldOrPropertyWithValue("SQLState", "23505");
            assertThat(database.rows("select count(*), count(distinct k) from t where active"))
                    .containsExactly("6000,6000");
            assertSound(database.connection());
        }
    }

    @Test
    void anIndexIsRenamedWhileItIsBuilt() throws Exception {
        try (Database database = new Database();
                Connection other = database.connect();
                ExecutorService threads = Executors.newSingleThreadExecutor()) {
            database.run(
                    "create table t (id int primary key, k int)",
                    "insert into t select x, x % 30000 from generate_series(1, 60000) as g(x)");
            Future<?> built = threads.submit(() -> {
                Database.run(other, "create index first on t (k)");
                return null;
            });
            boolean renamed = false;
            while (!renamed) {
                try {
                    database.run("alter index first rename to second");
                    renamed = true;
                } catch (SQLException e) {
                    assertThat(e.getSQLState()).as(e.getMessage()).isIn("42P01", "42704", "40001", "55006");
                }
            }
            built.get();
            assertThat(database.rows("select indexname from pg_indexes where indexname in ('first', 'second')"))
                    .containsExactly("second");
            assertThat(String.join("\n", database.rows("explain select id from t where k = 7")))
                    .contains("second");
            assertThat(database.rows("select count(*) from t where k = 7")).containsExactly("2");
            assertSound(database.connection());
        }
    }
}
