package io.kadedb.sqltests.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The six algorithms of LDBC Graphalytics give its published results for its two example graphs. */
class GraphalyticsTest {
    private static final double UNREACHED = Long.MAX_VALUE;

    @ParameterizedTest
    @CsvSource({"directed, 1", "undirected, 2"})
    void examples(String kind, int source) throws IOException, SQLException {
        Path data = TestData.folder("graphalytics");
        try (Connection connection = DriverManager.getConnection("jdbc:kadedb:mem:graphalytics_" + kind);
                Statement statement = connection.createStatement()) {
            load(statement, data, "example-" + kind);
            String directed = "g, directed => " + kind.equals("directed");
            String from = ", source => " + source;
            Map<String, String> calls = Map.of(
                    "PR", "pagerank(" + directed + ", iterations => 2)",
                    "WCC", "wcc(g)",
                    "BFS", "bfs(" + directed + from + ")",
                    "SSSP", "sssp(" + directed + from + ", weight => w)",
                    "CDLP", "cdlp(" + directed + ", iterations => 2)",
                    "LCC", "lcc(" + directed + ")");
            for (Map.Entry<String, String> call : calls.entrySet()) {
                Map<Long, Double> expected = expected(data.resolve("example-" + kind + "-" + call.getKey()));
                Map<Long, Double> found = found(statement, call.getValue());
                assertThat(found.keySet()).as(call.getValue()).isEqualTo(expected.keySet());
                if (call.getKey().equals("WCC")) {
                    assertThat(partition(found)).isEqualTo(partition(expected));
                    continue;
                }
                expected.forEach((vertex, value) -> assertThat(found.get(vertex))
                        .as(call.getValue() + " of " + vertex)
                        .isCloseTo(value, within(1e-4 * Math.abs(value))));
            }
        }
    }

    private static void load(Statement statement, Path data, String graph) throws IOException, SQLException {
        statement.execute("create table v (id bigint primary key)");
        statement.execute("create table e (s bigint, d bigint, w double precision)");
        for (String line : Files.readAllLines(data.resolve(graph + ".v"))) {
            statement.execute("insert into v values (" + line + ")");
        }
        for (String line : Files.readAllLines(data.resolve(graph + ".e"))) {
            statement.execute("insert into e values (" + line.replace(" ", ", ") + ")");
        }
        statement.execute("create property graph g vertex tables (v) edge tables (e key (s, d)"
                + " source key (s) references v (id) destination key (d) references v (id))");
    }

    private static Map<Long, Double> expected(Path file) throws IOException {
        Map<Long, Double> values = new HashMap<>();
        List<String> lines = Files.readAllLines(file);
        for (String line : lines) {
            String[] parts = line.trim().split("\\s+");
            double value = Double.parseDouble(parts[1]);
            values.put(Long.valueOf(parts[0]), Double.isInfinite(value) ? UNREACHED : value);
        }
        return values;
    }

    private static Map<Long, Double> found(Statement statement, String call) throws SQLException {
        Map<Long, Double> values = new HashMap<>();
        try (ResultSet result = statement.executeQuery("select * from " + call)) {
            while (result.next()) {
                double value = result.getDouble(2);
                boolean unreached = result.wasNull();
                values.put(result.getLong(1), unreached ? UNREACHED : value);
            }
        }
        return values;
    }

    /** Each vertex with the least of its part. */
    private static Map<Long, Long> partition(Map<Long, Double> parts) {
        Map<Double, Long> least = new HashMap<>();
        parts.forEach((vertex, part) -> least.merge(part, vertex, Math::min));
        Map<Long, Long> partition = new HashMap<>();
        parts.forEach((vertex, part) -> partition.put(vertex, least.get(part)));
        return partition;
    }
}
