package io.kadedb.sqltests.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalLong;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.Test;

/**
 * Patterns of the Labelled Subgraph Query Benchmark give the published counts and what the joins they stand for give.
 * Not an LDBC benchmark result.
 */
class LsqbTest {
    @Test
    void example() throws SQLException, IOException {
        check("example", "example", LsqbQuery.ALL.keySet());
    }

    /** No counts are published for this scale: DuckDB's joins judge. */
    @Test
    void scale0003() throws SQLException, IOException {
        check("sf0.003", "0.003", LsqbQuery.ALL.keySet());
    }

    @Test
    void scale01() throws SQLException, IOException {
        check("sf0.1-partial", "0.1", LsqbQuery.IN_PARTIAL_DATA);
    }

    private static void check(String folder, String scale, Iterable<Integer> queries) throws SQLException, IOException {
        Path data = TestData.folder("lsqb").resolve(folder);
        try (Connection ours = DriverManager.getConnection("jdbc:kadedb:mem:lsqb");
                Connection theirs = DriverManager.getConnection("jdbc:duckdb:")) {
            LsqbGraph.load(theirs, data);
            LsqbGraph.load(ours, data);
            LsqbGraph.createGraph(ours);
            SoftAssertions softly = new SoftAssertions();
            for (int number : queries) {
                LsqbQuery query = LsqbQuery.ALL.get(number);
                assertThat(query).isNotNull();
                long expected = count(theirs, query.joins());
                published(scale, number)
                        .ifPresent(count -> softly.assertThat(expected)
                                .as("DuckDB, query %d", number)
                                .isEqualTo(count));
                softly.assertThatCode(
                                () -> assertThat(count(ours, query.joins())).isEqualTo(expected))
                        .as("joins of query %d", number)
                        .doesNotThrowAnyException();
                softly.assertThatCode(() ->
                                assertThat(count(ours, query.graphTable())).isEqualTo(expected))
                        .as("pattern of query %d", number)
                        .doesNotThrowAnyException();
            }
            softly.assertAll();
        }
    }

    private static long count(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            assertThat(result.next()).isTrue();
            return result.getLong(1);
        }
    }

    /** The count in the benchmark's own list, if it has the scale. */
    private static OptionalLong published(String scale, int query) throws IOException {
        return Files.readAllLines(TestData.folder("lsqb").resolve("expected-output.tsv")).stream()
                .map(line -> line.split("\t", -1))
                .filter(cells -> cells[2].equals(scale) && cells[3].equals(Integer.toString(query)))
                .mapToLong(cells -> Long.parseLong(cells[5]))
                .findFirst();
    }
}
