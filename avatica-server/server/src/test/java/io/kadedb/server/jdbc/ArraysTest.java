package io.kadedb.server.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Connection;
import java.sql.Date;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** Arrays as parameters and in results. */
@ParameterizedClass
@EnumSource
class ArraysTest {
    private final Door door;
    private Database database;
    private Connection connection;

    // JUnit sets the fields before each test.
    @SuppressWarnings("NullAway.Init")
    ArraysTest(Door door) {
        this.door = door;
    }

    @BeforeEach
    void open() throws SQLException {
        database = new Database(door);
        connection = database.connection();
        database.run("create table t (id int primary key, a int[], b text[])");
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    private Array cell(String expression) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select " + expression + " as c")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getMetaData().getColumnType(1)).isEqualTo(Types.ARRAY);
            assertThat(rows.getObject(1)).isInstanceOf(Array.class);
            assertThat(rows.getString("c")).isEqualTo(rows.getArray("c").toString());
            return rows.getArray(1);
        }
    }

    @Test
    void elementsHaveTheClassesOfTheirColumns() throws SQLException {
        Array numbers = cell("array[1, null, 3]");
        assertThat(numbers.getBaseType()).isEqualTo(Types.INTEGER);
        assertThat(numbers.getBaseTypeName()).isEqualTo("int4");
        assertThat((Integer[]) numbers.getArray()).containsExactly(1, null, 3);
        assertThat((Integer[]) numbers.getArray(2, 2)).containsExactly(null, 3);
        assertThat(numbers).hasToString("{1,NULL,3}");
        assertThat((Long[]) cell("array[1::bigint]").getArray()).containsExactly(1L);
        assertThat((String[]) cell("array['a b', 'c\"d', '', null, 'NULL']").getArray())
                .containsExactly("a b", "c\"d", "", null, "NULL");
        assertThat((Boolean[]) cell("array[true, false]").getArray()).containsExactly(true, false);
        assertThat((Double[]) cell("array[1.5::double precision]").getArray()).containsExactly(1.5);
        assertThat((BigDecimal[]) cell("array[1.50::numeric(5,2)]").getArray()).containsExactly(new BigDecimal("1.50"));
        assertThat((Date[]) cell("array[date '2020-02-29']").getArray()).containsExactly(Date.valueOf("2020-02-29"));
        assertThat((Timestamp[])
                        cell("array[timestamp '2020-02-29 12:00:00.5']").getArray())
                .containsExactly(Timestamp.valueOf("2020-02-29 12:00:00.5"));
        assertThat((Timestamp[])
                        cell("array[timestamptz '2020-02-29 12:00:00+00']").getArray())
                .containsExactly(Timestamp.from(java.time.Instant.parse("2020-02-29T12:00:00Z")));
        assertThat((byte[][]) cell("array['\\x00ff'::bytea]").getArray()).isDeepEqualTo(new byte[][] {{0, -1}});
        assertThat((UUID[]) cell("array['a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'::uuid]")
                        .getArray())
                .containsExactly(UUID.fromString("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"));
        assertThat((Integer[][]) cell("array[[1,2],[3,null]]").getArray())
                .isDeepEqualTo(new Integer[][] {{1, 2}, {3, null}});
        assertThat((Integer[]) cell("'{}'::int[]").getArray()).isEmpty();
        assertThat((Integer[]) cell("'[0:1]={7,8}'::int[]").getArray()).containsExactly(7, 8);
    }

    @Test
    void nullAndOthersAreNoArrays() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select null::int[], 1")) {
            rows.next();
            assertThat(rows.getArray(1)).isNull();
            assertThat(rows.wasNull()).isTrue();
            assertThat(catchThrowableOfType(SQLException.class, () -> rows.getArray(2))
                            .getSQLState())
                    .isEqualTo("42804");
        }
    }

    private List<Integer> ids(String condition, Object parameter) throws SQLException {
        List<Integer> ids = new java.util.ArrayList<>();
        try (PreparedStatement select =
                connection.prepareStatement("select id from t where " + condition + " order by id")) {
            if (parameter instanceof Array array) {
                select.setArray(1, array);
            } else {
                select.setObject(1, parameter);
            }
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    ids.add(rows.getInt(1));
                }
            }
        }
        return ids;
    }

    @Test
    void parametersOfEveryKind() throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into t values (?, ?, ?)")) {
            insert.setInt(1, 1);
            insert.setArray(2, connection.createArrayOf("int4", new Object[] {1, 2, null}));
            insert.setArray(3, connection.createArrayOf("text", new String[] {"a,b", "NULL", null, "c\\\"d"}));
            insert.executeUpdate();
            insert.setInt(1, 2);
            insert.setObject(2, new int[] {3, 4});
            insert.setObject(3, List.of("x"));
            insert.executeUpdate();
            insert.setInt(1, 3);
            insert.setObject(2, new Integer[][] {{5}, {6}});
            insert.setObject(3, "{q,r}");
            insert.executeUpdate();
            insert.setInt(1, 4);
            insert.setArray(2, null);
            insert.setNull(3, Types.ARRAY);
            insert.executeUpdate();
        }
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select a, b from t order by id")) {
            rows.next();
            assertThat(rows.getString(1)).isEqualTo("{1,2,NULL}");
            assertThat((String[]) rows.getArray(2).getArray()).containsExactly("a,b", "NULL", null, "c\\\"d");
            rows.next();
            assertThat(rows.getString(1)).isEqualTo("{3,4}");
            assertThat(rows.getString(2)).isEqualTo("{x}");
            rows.next();
            assertThat(rows.getString(1)).isEqualTo("{{5},{6}}");
            rows.next();
            assertThat(rows.getString(1)).isNull();
            assertThat(rows.getString(2)).isNull();
        }
        assertThat(ids("id = any(?)", connection.createArrayOf("integer", new Object[] {1, 3, 9})))
                .containsExactly(1, 3);
        assertThat(ids("id <> all(?)", new long[] {1, 2})).containsExactly(3, 4);
        assertThat(ids("a = ?", new int[] {3, 4})).containsExactly(2);
        assertThat(ids("b && ?", new String[] {"x", "r"})).containsExactly(2, 3);
        assertThat(ids("a @> ?", "{6}")).containsExactly(3);
        assertThat(catchThrowableOfType(SQLException.class, () -> ids("id = any(?)", 5))
                        .getSQLState())
                .isEqualTo("42804");
        assertThat(catchThrowableOfType(SQLException.class, () -> ids("id = any(?)", new String[] {"x"}))
                        .getSQLState())
                .isEqualTo("22P02");
    }
}
