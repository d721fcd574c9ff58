package io.kadedb.server.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Rows of statements that write: by RETURNING and as generated keys. */
@ParameterizedClass
@EnumSource
class ReturningTest {
    private final Door door;
    private Database database;

    // JUnit sets the field before each test.
    @SuppressWarnings("NullAway.Init")
    ReturningTest(Door door) {
        this.door = door;
    }

    @BeforeEach
    void open() throws SQLException {
        database = new Database(door);
        database.run("create table t (a int primary key, b text default 'none')");
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    @Test
    void returningGivesAResultSet() throws SQLException {
        try (Statement statement = database.connection().createStatement()) {
            assertThat(Database.read(statement.executeQuery("insert into t values (1), (2) returning a + 1")))
                    .containsExactly("2", "3");
            assertThat(statement.execute("update t set b = 'x' where a = 1 returning *"))
                    .isTrue();
            assertThat(statement.getResultSet().getMetaData().getColumnName(2)).isEqualTo("b");
            assertThatThrownBy(() -> statement.executeUpdate("delete from t where a > 5 returning a"))
                    .isInstanceOf(SQLException.class);
        }
        try (PreparedStatement delete =
                database.connection().prepareStatement("delete from t where a = ? returning b as gone")) {
            assertThat(delete.getMetaData().getColumnLabel(1)).isEqualTo("gone");
            delete.setInt(1, 2);
            assertThat(Database.read(delete.executeQuery())).containsExactly("none");
        }
    }

    @Test
    void generatedKeysAreReturnedBesideTheCount() throws SQLException {
        try (Statement statement = database.connection().createStatement()) {
            assertThat(statement.executeUpdate("insert into t values (1), (2);", Statement.RETURN_GENERATED_KEYS))
                    .isEqualTo(2);
            try (ResultSet keys = statement.getGeneratedKeys()) {
                assertThat(keys.next()).isTrue();
                assertThat(keys.getInt("a")).isOne();
                assertThat(keys.getString(2)).isEqualTo("none");
            }
            assertThat(statement.execute("insert into t values (3)", new String[] {"b"}))
                    .isFalse();
            assertThat(statement.getUpdateCount()).isOne();
            assertThat(Database.read(statement.getGeneratedKeys())).containsExactly("none");
            assertThat(statement.executeUpdate("insert into t values (4)")).isOne();
            assertThat(Database.read(statement.getGeneratedKeys())).isEmpty();
            assertThat(statement.execute("select 1", Statement.RETURN_GENERATED_KEYS))
                    .isTrue();
            assertThatThrownBy(() -> statement.execute("insert into t values (5)", new int[] {1}))
                    .hasMessageContaining("by the numbers of their columns");
            assertThatThrownBy(() -> statement.executeUpdate("insert into t values (5)", new String[] {"c"}))
                    .hasMessageContaining("column \"c\" does not exist");
        }
    }

    @Test
    void preparedStatementsReturnTheKeysOfTheirBatch() throws SQLException {
        try (PreparedStatement insert = database.connection()
                .prepareStatement("insert into t (a) values (?)", Statement.RETURN_GENERATED_KEYS)) {
            assertThat(insert.getMetaData()).isNull();
            insert.setInt(1, 7);
            assertThat(insert.executeUpdate()).isOne();
            assertThat(Database.read(insert.getGeneratedKeys())).containsExactly("7,none");
            for (int i = 10; i < 13; i++) {
                insert.setInt(1, i);
                insert.addBatch();
            }
            assertThat(insert.executeBatch()).containsExactly(1, 1, 1);
            assertThat(Database.read(insert.getGeneratedKeys())).containsExactly("10,none", "11,none", "12,none");
        }
        try (PreparedStatement insert =
                database.connection().prepareStatement("insert into t values (20, 'x')", new String[] {"b"})) {
            insert.executeUpdate();
            assertThat(Database.read(insert.getGeneratedKeys())).containsExactly("x");
        }
    }
}
