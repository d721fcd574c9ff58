package io.kadedb.sqltests.statements;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Statements that are far longer or nested deeper than people write: each is answered, or refused with 54001. */
class LimitsTest {
    /** Of machines that are busy; what hangs takes far longer. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final int CHAIN = 10_000;

    @ParameterizedTest
    @CsvSource(delimiter = ';', textBlock = """
        +; 1; 10000
        +; x; 30000
        +; f; 15000
        +; n; 25000.00
        -; x; -29994
        *; o; 1
        ||; s; 10000
        ::int + ; x; 30000
        = ; b; true
        """)
    void aChainOfTenThousandIsAnswered(String operator, String operand, String answer) {
        String chain = (operand + operator).repeat(CHAIN - 1) + operand;
        String value = operator.equals("||") ? "length(" + chain + ")" : chain;
        assertThat(answer("select " + value + ROW)).isEqualTo(answer);
    }

    @Test
    void mixedChainsAreAnswered() {
        String chain = "x + o - x * ".repeat(CHAIN / 3) + "o";
        int rounds = CHAIN / 3;
        assertThat(answer("select " + chain + ROW)).isEqualTo(String.valueOf(3 + rounds - 9 * (rounds - 1) - 3));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select count(*) from t where # > 5",
                "select max(#) from t",
                "select count(*) from (select # from t group by # order by #) as g",
                "select count(*) from (select x from t group by x having # > 5) as g",
                "select count(*) from t as a join t as b using (x) where # > 5",
                "select max(r) from (select rank() over (order by #) as r from t) as w",
                "select count(*) from t where exists (select 1 from t as u where t.x + # > 5)",
                "explain select # from t",
                "explain (format json) select # from t",
                "select count(*) from (select x + ? from t where # > 5) as q",
            })
    void chainsMayStandAnywhere(String statement) {
        String chain = "x + ".repeat(CHAIN - 2) + "x";
        assertThat(answer(statement.replace("#", chain))).isNotEmpty();
    }

    @Test
    void chainsMayStandInWhatStatementsName() throws SQLException {
        String chain = "x + ".repeat(CHAIN - 2) + "x";
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table c (x int check (" + chain + " < 50000), y int generated always as (" + chain
                    + ") stored)");
            statement.execute("create view v as select y, " + chain + " as z from c");
            statement.execute("insert into c values (3)");
            try (ResultSet rows = statement.executeQuery("select y + z from v")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt(1)).isEqualTo(6 * (CHAIN - 1));
            }
        }
    }

    @Test
    void aLongerChainIsRefused() {
        assertThat(answer("select " + "x + ".repeat(CHAIN + 1) + "x" + ROW)).startsWith("54001");
        assertThat(answer("select " + "1 + ".repeat(1_000_000) + "1")).startsWith("54001");
    }

    @Test
    void chainsWithinChainsAreRefused() {
        String text = "(".repeat(300) + "x" + " + 1".repeat(9000) + (")" + " + 1".repeat(9000)).repeat(300);
        assertThat(answer("select " + text + ROW)).startsWith("54001");
    }

    @Test
    void longListsOfOtherThingsAreAnswered() {
        assertThat(answer("select cardinality(array[" + "1, ".repeat(99_999) + "1])"))
                .isEqualTo("100000");
        assertThat(answer("select coalesce(" + "null, ".repeat(CHAIN) + "5)")).isEqualTo("5");
        assertThat(answer("select case x " + "when 7 then 1 ".repeat(CHAIN) + "else 2 end" + ROW))
                .isEqualTo("2");
        assertThat(answer("select s like any (array[" + "'a', ".repeat(2000) + "'x'])" + ROW))
                .isEqualTo("true");
        assertThat(answer("select count(*) from "
                        + IntStream.range(0, 300)
                                .mapToObj(i -> "(values (1)) as t" + i)
                                .collect(joining(", "))))
                .isEqualTo("1");
    }

    @Test
    void manyColumnsAreAnswered() throws SQLException {
        try (Connection connection = connection();
                Statement statement = connection.createStatement()) {
            String columns =
                    IntStream.range(0, CHAIN).mapToObj(i -> i + " as c" + i).collect(joining(", "));
            try (ResultSet rows = statement.executeQuery("select " + columns)) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getInt("c9999")).isEqualTo(9999);
            }
        }
    }

    @Test
    void manyConditionsAreAnswered() {
        String conditions = IntStream.range(0, 50_000)
                .mapToObj(i -> i % 2 == 0 ? "x <> " + (i + 10) : "x + " + i + " > 0")
                .collect(joining(" and "));
        assertThat(answer("select count(*) from t where " + conditions)).isEqualTo("3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select count(*) from t where exists #",
                "select 3 - count(*) from t where not exists #",
                "select count(*) from (select x + 1, exists # as found from t) as q where found",
            })
    void existsStopsAtTheFirstRow(String statement) {
        String rows = "(select 1 from generate_series(1, 10000000000000) as g (n) where n > x + random() * 0)";
        assertThat(answer(statement.replace("#", rows))).isEqualTo("3");
    }

    private static final String ROW =
            " from (values (3, 1, 1.5::float8, 2.50::numeric(10, 2), 'x', true)) as v (x, o, f, n, s, b)";

    private static Connection connection() throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:kadedb:mem:");
        try (Statement statement = connection.createStatement()) {
            statement.execute("create table t (x int)");
            statement.execute("insert into t values (1), (2), (3)");
        }
        return connection;
    }

    /** The first row's only column, or the SQLSTATE of the error and what it says, from a thread with a small stack. */
    private static String answer(String sql) {
        List<String> answers = new ArrayList<>();
        assertTimeout(PATIENCE, () -> {
            Thread thread = new Thread(null, () -> answers.add(run(sql)), "small-stack", 512 << 10);
            thread.start();
            thread.join();
        });
        return answers.getFirst();
    }

    private static String run(String sql) {
        try (Connection connection = connection();
                var statement = connection.prepareStatement(sql)) {
            if (sql.contains("?")) {
                statement.setInt(1, 1);
            }
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getString(1);
            }
        } catch (SQLException e) {
            return e.getSQLState() + " " + e.getMessage();
        }
    }
}
