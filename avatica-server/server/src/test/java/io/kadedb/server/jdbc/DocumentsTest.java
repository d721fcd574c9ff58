package io.kadedb.server.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** json and jsonb through JDBC. */
@ParameterizedClass
@EnumSource
class DocumentsTest {
    private final Door door;
    private Database database;
    private Connection connection;

    // JUnit sets the fields before each test.
    @SuppressWarnings("NullAway.Init")
    DocumentsTest(Door door) {
        this.door = door;
    }

    @BeforeEach
    void open() throws SQLException {
        database = new Database(door);
        connection = database.connection();
        database.run("create table d (id int primary key, j jsonb, t json)");
        database.run("insert into d values (1, '{\"b\": [1, 2.50], \"a\": \"x\"}', '{\"k\":  1}'), (2, null, null)");
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    private String one(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            try (ResultSet result = statement.executeQuery()) {
                assertThat(result.next()).isTrue();
                return result.getString(1);
            }
        }
    }

    @Test
    void readsThemAsText() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("select j, t from d order by id")) {
            ResultSetMetaData columns = result.getMetaData();
            assertThat(columns.getColumnType(1)).isEqualTo(Types.OTHER);
            assertThat(columns.getColumnTypeName(1)).isEqualTo("jsonb");
            assertThat(columns.getColumnTypeName(2)).isEqualTo("json");
            assertThat(columns.getColumnClassName(1)).isEqualTo("java.lang.String");
            assertThat(result.next()).isTrue();
            assertThat(result.getString(1)).isEqualTo("{\"a\": \"x\", \"b\": [1, 2.50]}");
            assertThat(result.getObject(1)).isEqualTo("{\"a\": \"x\", \"b\": [1, 2.50]}");
            assertThat(result.getObject(2, String.class)).isEqualTo("{\"k\":  1}");
            assertThat(result.next()).isTrue();
            assertThat(result.getObject(1)).isNull();
            assertThat(result.getString(2)).isNull();
        }
    }

    @Test
    void takesThemAsParameters() throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into d values (?, ?, ?)")) {
            assertThat(insert.getParameterMetaData().getParameterTypeName(2)).isEqualTo("jsonb");
            insert.setInt(1, 3);
            insert.setObject(2, "{\"z\":1,\"z\":2}", Types.OTHER);
            insert.setString(3, "[1 , 2]");
            assertThat(insert.executeUpdate()).isEqualTo(1);
            insert.setInt(1, 4);
            insert.setNull(2, Types.OTHER);
            insert.setObject(3, null);
            assertThat(insert.executeUpdate()).isEqualTo(1);
            insert.setInt(1, 5);
            insert.setString(2, "{\"z\"");
            assertThat(catchThrowableOfType(SQLException.class, insert::executeUpdate)
                            .getSQLState())
                    .isEqualTo("22P02");
        }
        assertThat(one("select j from d where id = 3")).isEqualTo("{\"z\": 2}");
        assertThat(one("select t from d where id = 3")).isEqualTo("[1 , 2]");
        assertThat(one("select id from d where j = ?", "{\"z\": 2.0}")).isEqualTo("3");
        assertThat(one("select ?::jsonb ->> ?", "{\"a\": 7}", "a")).isEqualTo("7");
        assertThat(one("select j -> ? -> ?::int from d where id = ?", "b", 1, 1))
                .isEqualTo("2.50");
    }

    @Test
    void questionMarksAreParametersAndOperators() throws SQLException {
        assertThat(one("select id from d where j ?? ?", "a")).isEqualTo("1");
        assertThat(one("select id from d where j ?? 'a' and id = ?", 1)).isEqualTo("1");
        assertThat(one("select j ? 'a' from d where id = 1")).isEqualTo("true");
        assertThat(one("select (j ? ?)::text || ? from d where id = 1", "zz", "!"))
                .isEqualTo("false!");
        assertThat(one("select j @> ? from d where id = 1", "{\"a\": \"x\"}")).isEqualTo("true");
    }

    @Test
    void showsThemInTheCatalog() throws SQLException {
        try (ResultSet columns = connection.getMetaData().getColumns(null, null, "d", "j")) {
            assertThat(columns.next()).isTrue();
            assertThat(columns.getInt("DATA_TYPE")).isEqualTo(Types.OTHER);
            assertThat(columns.getString("TYPE_NAME")).isEqualTo("jsonb");
        }
    }

    @Test
    void refusesWhatIsTooDeep() throws SQLException {
        String deep = "[".repeat(5000) + "]".repeat(5000);
        assertThat(catchThrowableOfType(SQLException.class, () -> one("select ?::jsonb", deep))
                        .getSQLState())
                .isEqualTo("54001");
        String allowed = "[".repeat(900) + "]".repeat(900);
        assertThat(one("select ?::jsonb", allowed)).isEqualTo(allowed);
    }
}
