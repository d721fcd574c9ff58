package io.kadedb.sqltests.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kadedb.sqltests.graph.NaiveGraph.Edge;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Graph algorithms on random graphs, with loops, several edges between two vertices and parts, beside naive ones. */
class GraphAlgorithmsTest {
    private static final int GRAPHS = 12;

    /** How vertices are named. */
    enum Keys {
        INTEGERS("k bigint", "k"),
        TEXTS("k text", "k"),
        PAIRS("k integer, l text", "k, l");

        private final String columns;
        private final String names;

        Keys(String columns, String names) {
            this.columns = columns;
            this.names = names;
        }

        /** The key of a vertex; they sort as the vertices do. */
        private String key(int vertex) {
            return switch (this) {
                case INTEGERS -> String.valueOf(vertex * 7_000_000_003L - 40);
                case TEXTS -> "'v%05d'".formatted(vertex);
                case PAIRS -> (vertex / 3) + ", '" + "abc".charAt(vertex % 3) + "'";
            };
        }

        private String prefixed(String prefix) {
            return Arrays.stream(names.split(", ")).map(name -> prefix + name).collect(Collectors.joining(", "));
        }
    }

    @ParameterizedTest
    @EnumSource
    void smallGraphs(Keys keys) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:kadedb:mem:algorithms_" + keys);
                Statement statement = connection.createStatement()) {
            for (int seed = 0; seed < GRAPHS; seed++) {
                Random random = new Random(seed);
                int n = seed == 0 ? 0 : 1 + random.nextInt(25);
                int edges = n == 0 || seed == 1 ? 0 : random.nextInt(3 * n);
                new Case(keys, seed, n, edges, random, statement).check();
            }
        }
    }

    /** Large enough for several threads to take part in each loop. */
    @ParameterizedTest
    @ValueSource(ints = 77)
    void largeGraph(int seed) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:kadedb:mem:algorithms_large");
                Statement statement = connection.createStatement()) {
            statement.execute("set threads = 4");
            new Case(Keys.INTEGERS, seed, 20_000, 180_000, new Random(seed), statement).check();
        }
    }

    /** One graph in tables. */
    private static final class Case {
        private final Keys keys;
        private final String name;
        private final int n;
        private final List<Edge> edges = new ArrayList<>();
        private final Statement statement;
        private final String described;
        private final int source;

        Case(Keys keys, int seed, int n, int edgeCount, Random random, Statement statement) throws SQLException {
            this.keys = keys;
            this.name = "g" + seed;
            this.n = n;
            this.statement = statement;
            this.described = keys + ", seed " + seed;
            this.source = n == 0 ? 0 : random.nextInt(n);
            for (int i = 0; i < edgeCount; i++) {
                int from = random.nextInt(n);
                int to = random.nextInt(10) == 0 ? from : random.nextInt(n);
                edges.add(new Edge(from, to, random.nextInt(64) / 8.0));
            }
            create(random);
        }

        private void create(Random random) throws SQLException {
            String v = "v_" + name;
            String e = "e_" + name;
            statement.execute(
                    "create table " + v + " (" + keys.columns + ", n integer, primary key (" + keys.names + "))");
            statement.execute("create table " + e + " (id integer primary key, "
                    + keys.columns.replaceAll("(^|, )", "$1s_") + ", " + keys.columns.replaceAll("(^|, )", "$1d_")
                    + ", w double precision)");
            List<Integer> order = new ArrayList<>(IntStream.range(0, n).boxed().toList());
            Collections.shuffle(order, random);
            insert(
                    v,
                    order.stream().map(i -> "(" + keys.key(i) + ", " + i + ")").toList());
            List<String> rows = new ArrayList<>();
            for (Edge edge : edges) {
                rows.add("(" + rows.size() + ", " + keys.key(edge.from()) + ", " + keys.key(edge.to()) + ", "
                        + edge.weight() + ")");
            }
            // An edge that leads to nowhere is no part of the graph.
            rows.add("(" + rows.size() + ", " + keys.key(0) + ", " + keys.key(n + 5) + ", 1)");
            insert(e, rows);
            statement.execute("create property graph " + name + " vertex tables (" + v + ") edge tables (" + e
                    + " source key (" + keys.prefixed("s_") + ") references " + v + " (" + keys.names
                    + ") destination key (" + keys.prefixed("d_") + ") references " + v + " (" + keys.names + "))");
        }

        private void insert(String table, List<String> rows) throws SQLException {
            for (int from = 0; from < rows.size(); from += 10_000) {
                statement.execute("insert into " + table + " values "
                        + String.join(", ", rows.subList(from, Math.min(rows.size(), from + 10_000))));
            }
        }

        void check() throws SQLException {
            NaiveGraph directed = new NaiveGraph(n, edges, true);
            NaiveGraph undirected = new NaiveGraph(n, edges, false);
            String both = ", directed => false";
            close("pagerank", "", directed.pageRank(0.85, 20, Set.of()), 1e-12);
            close("pagerank", both + ", damping => 0.5, iterations => 7", undirected.pageRank(0.5, 7, Set.of()), 1e-12);
            vertices("wcc", "", directed.weakComponents());
            vertices("scc", "", directed.strongComponents());
            close(
                    "triangle_count",
                    "",
                    Arrays.stream(directed.triangles()).asDoubleStream().toArray(),
                    0);
            close("k_core", "", directed.cores(), 0);
            close("lcc", "", directed.clustering(), 1e-15);
            close("lcc", both, undirected.clustering(), 1e-15);
            vertices("cdlp", ", iterations => 3", directed.labels(3));
            vertices("cdlp", both + ", iterations => 4", undirected.labels(4));
            if (n > 0) {
                String from =
                        ", source => " + (keys == Keys.PAIRS ? "row(" + keys.key(source) + ")" : keys.key(source));
                close("bfs", from, directed.distances(source, false), 0);
                close("bfs", from + both, undirected.distances(source, false), 0);
                close("sssp", from + ", weight => w", directed.distances(source, true), 0);
                close("sssp", from + ", weight => edge.w" + both, undirected.distances(source, true), 0);
                close("pagerank", ", source_where => n < 3", directed.pageRank(0.85, 20, first(3)), 1e-12);
                filtered();
            }
        }

        private Set<Integer> first(int count) {
            return IntStream.range(0, Math.min(n, count)).boxed().collect(Collectors.toCollection(HashSet::new));
        }

        /** Without some vertices and edges: the same as on the graph without them. */
        private void filtered() throws SQLException {
            List<Edge> kept = edges.stream()
                    .filter(edge -> edge.weight() < 4 && edge.from() >= n / 4 && edge.to() >= n / 4)
                    .toList();
            int[] expected = new NaiveGraph(n, kept, true).weakComponents();
            vertices("wcc", ", edge_where => w < 4, vertex_where => vertex.n >= " + n / 4, n / 4, expected);
        }

        private void vertices(String function, String arguments, int[] expected) throws SQLException {
            vertices(function, arguments, 0, expected);
        }

        /** Compares vertices; keys of several columns stand as their places. */
        private void vertices(String function, String arguments, int first, int[] expected) throws SQLException {
            List<String> found = rows(function, arguments);
            assertThat(found).as(described + " " + function + arguments).hasSize(n - first);
            for (int v = first; v < n; v++) {
                String key = keys == Keys.PAIRS ? String.valueOf(expected[v] - first) : keys.key(expected[v]);
                assertThat(found.get(v - first))
                        .as(described + " " + function + arguments + " of vertex " + v)
                        .isEqualTo(key.replace("'", ""));
            }
        }

        private void close(String function, String arguments, double[] expected, double tolerance) throws SQLException {
            List<String> found = rows(function, arguments);
            assertThat(found).as(described + " " + function + arguments).hasSize(n);
            for (int v = 0; v < n; v++) {
                double value = found.get(v) == null ? Double.NaN : Double.parseDouble(found.get(v));
                String place = described + " " + function + arguments + " of vertex " + v;
                if (Double.isNaN(expected[v])) {
                    assertThat(value).as(place).isNaN();
                } else {
                    assertThat(value).as(place).isCloseTo(expected[v], within(tolerance));
                }
            }
        }

        /** The last column, in the order of the vertices. */
        private List<String> rows(String function, String arguments) throws SQLException {
            List<String> rows = new ArrayList<>();
            String query = "select * from " + function + "('" + name + "'" + arguments + ") order by " + keys.names;
            try (ResultSet result = statement.executeQuery(query)) {
                int last = result.getMetaData().getColumnCount();
                while (result.next()) {
                    rows.add(result.getString(last));
                }
            }
            return rows;
        }
    }
}
