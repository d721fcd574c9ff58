package io.kadedb.server.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Columns whose values are generated, as JDBC shows them. */
@ParameterizedClass
@EnumSource
class IdentityTest {
    private final Door door;
    private Database database;

    // JUnit sets the field before each test.
    @SuppressWarnings("NullAway.Init")
    IdentityTest(Door door) {
        this.door = door;
    }

    @BeforeEach
    void open() throws SQLException {
        database = new Database(door);
        database.run("create table t (id bigint generated always as identity primary key, n serial, v int,"
                + " w int generated always as (v * 2) stored)");
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    @Test
    void generatedKeysOfABatchComeInOrder() throws SQLException {
        try (PreparedStatement insert = database.connection()
                .prepareStatement("insert into t (v) values (?)", Statement.RETURN_GENERATED_KEYS)) {
            for (int i = 0; i < 5; i++) {
                insert.setInt(1, 10 * i);
                insert.addBatch();
            }
            assertThat(insert.executeBatch()).containsExactly(1, 1, 1, 1, 1);
            List<String> keys = new ArrayList<>();
            try (ResultSet rows = insert.getGeneratedKeys()) {
                while (rows.next()) {
                    keys.add(rows.getLong("id") + ":" + rows.getInt("n") + ":" + rows.getInt("w"));
                }
            }
            assertThat(keys).containsExactly("1:1:0", "2:2:20", "3:3:40", "4:4:60", "5:5:80");
        }
    }

    @Test
    void aPreparedInsertNumbersEveryRun() throws SQLException {
        try (PreparedStatement insert =
                database.connection().prepareStatement("insert into t (v) values (?)", new String[] {"id"})) {
            for (int i = 1; i <= 50; i++) {
                insert.setInt(1, i);
                insert.executeUpdate();
                try (ResultSet rows = insert.getGeneratedKeys()) {
                    rows.next();
                    assertThat(rows.getLong(1)).isEqualTo(i);
                }
            }
        }
        try (PreparedStatement insert = database.connection().prepareStatement("insert into t (v) values (?)")) {
            for (int i = 51; i <= 100; i++) {
                insert.setInt(1, i);
                insert.executeUpdate();
            }
        }
        assertThat(Database.rows(
                        database.connection(),
                        "select count(*), count(distinct id), max(id), sum(w) from t where id = v and n = v"))
                .containsExactly("100,100,100,10100");
    }

    @Test
    void columnsSayWhereTheirValuesComeFrom() throws SQLException {
        List<String> columns = new ArrayList<>();
        try (ResultSet rows = database.connection().getMetaData().getColumns(null, "public", "t", "%")) {
            while (rows.next()) {
                columns.add(rows.getString("COLUMN_NAME") + " " + rows.getString("IS_AUTOINCREMENT") + " "
                        + rows.getString("IS_GENERATEDCOLUMN"));
            }
        }
        assertThat(columns).containsExactly("id YES NO", "n YES NO", "v NO NO", "w NO YES");
        assertThat(Database.rows(database.connection(), "describe t"))
                .containsExactly(
                        "id,bigint,no,primary key (1),generated always as identity,null",
                        "n,integer,no,null,nextval('public.t_n_seq'::regclass),null",
                        "v,integer,yes,null,null,null",
                        "w,integer,yes,null,generated always as (v * 2) stored,null");
    }

    @Test
    void refusalsSayWhatMayBeDone() {
        assertThatThrownBy(() -> database.run("insert into t (id) values (5)"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("cannot insert a non-DEFAULT value into column \"id\"")
                .hasMessageContaining("Column \"id\" is an identity column defined as GENERATED ALWAYS.")
                .hasMessageContaining("Use OVERRIDING SYSTEM VALUE to override.");
        assertThatThrownBy(() -> database.run("select nextval('t_id_sq')")).hasMessageContaining("t_id_seq");
    }

    @Test
    void sessionsThatInsertAtOnceShareNoValue() throws Exception {
        int sessions = 4;
        int rows = 200;
        Set<Long> drawn = Collections.synchronizedSet(new HashSet<>());
        try (ExecutorService executor = Executors.newFixedThreadPool(sessions)) {
            List<Future<?>> all = new ArrayList<>();
            for (int s = 0; s < sessions; s++) {
                all.add(executor.submit(() -> {
                    try (Connection connection = database.connect();
                            PreparedStatement next = connection.prepareStatement("select nextval('t_n_seq')")) {
                        for (int i = 0; i < rows; i++) {
                            try (ResultSet row = next.executeQuery()) {
                                row.next();
                                drawn.add(row.getLong(1));
                            }
                        }
                    }
                    return null;
                }));
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
        assertThat(drawn).hasSize(sessions * rows);
        assertThat(Collections.max(drawn)).isEqualTo((long) sessions * rows);
    }
}
