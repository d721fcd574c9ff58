package io.kadedb.sqltests.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.sqltests.graph.NaivePaths.Direction;
import io.kadedb.sqltests.graph.NaivePaths.Mode;
import io.kadedb.sqltests.graph.NaivePaths.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Path modes and selectors give the paths that listing all walks gives, edge by edge. The seed is printed with every
 * failure; {@code -Dkadedb.random.seed} chooses another.
 */
class PathModesTest {
    private static final long SEED = Long.getLong("kadedb.random.seed", 20_261_124L);
    private static final int GRAPHS = 200;
    private static final int QUERIES = 8;
    private static final int UNBOUNDED = Integer.MAX_VALUE;

    /** How many paths between two vertices. */
    private enum Selector {
        ALL,
        SHORTEST,
        GROUPS,
        CHEAPEST
    }

    @Test
    void randomPathsOfRandomGraphs() throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:kadedb:mem:modes");
                Statement statement = connection.createStatement()) {
            statement.execute("create table nodes (id integer primary key)");
            statement.execute("create table edges (id integer primary key, src integer, dst integer, cost integer)");
            statement.execute("create property graph g vertex tables (nodes key (id)) edge tables (edges key (id)"
                    + " source key (src) references nodes (id) destination key (dst) references nodes (id))");
            for (int i = 0; i < GRAPHS; i++) {
                Random random = new Random(SEED + i);
                NaivePaths graph = new NaivePaths(random);
                fill(statement, graph);
                for (int query = 0; query < QUERIES; query++) {
                    check(statement, graph, random, SEED + i);
                }
            }
        }
    }

    private static void fill(Statement statement, NaivePaths graph) throws SQLException {
        statement.execute("delete from edges");
        statement.execute("delete from nodes");
        for (int node = 0; node < graph.nodes(); node++) {
            statement.execute("insert into nodes values (" + node + ")");
        }
        for (NaivePaths.Edge edge : graph.edges()) {
            statement.execute("insert into edges values (" + edge.id() + ", " + edge.source() + ", "
                    + edge.destination() + ", " + edge.cost() + ")");
        }
    }

    private static <T> T pick(T[] values, Random random) {
        return values[random.nextInt(values.length)];
    }

    private static void check(Statement statement, NaivePaths graph, Random random, long seed) throws SQLException {
        Mode mode = pick(Mode.values(), random);
        Direction direction = pick(Direction.values(), random);
        Selector selector = pick(Selector.values(), random);
        int count = selector == Selector.ALL ? 1 : 1 + random.nextInt(3);
        int min = random.nextInt(3);
        // The cheapest walk goes round only if it must, so it is among those listed.
        boolean listed = mode != Mode.WALK || (selector == Selector.CHEAPEST && count == 1 && min < 2);
        boolean bounded = !listed || random.nextBoolean();
        int max = bounded ? Math.max(1, min + random.nextInt(3)) : UNBOUNDED;
        String prefix = switch (selector) {
            case ALL -> "all " + mode;
            case SHORTEST -> (random.nextBoolean() ? "any " : "shortest ") + count + " " + mode + " paths";
            case CHEAPEST -> (count == 1 ? "any cheapest " : "cheapest " + count + " ") + mode;
            case GROUPS -> "shortest " + count + " " + mode + " groups";
        };
        Body body = body(random, mode, bounded);
        String sql = "select * from graph_table (g match p = " + prefix + " (a)"
                + body.text(direction, selector == Selector.CHEAPEST) + "{" + min
                + "," + (bounded ? max : "") + "}(b) columns (a.id as s, b.id as d, path_length(p) as l,"
                + " string_agg(" + body.edges() + ", ',') as es))";
        Map<List<Integer>, List<Path>> all = body == Body.TWO_EDGES
                ? graph.paths(mode, direction, 2 * min, 2 * max, PathModesTest::inPairs)
                : graph.paths(mode, direction, min, max, path -> body == Body.EDGE || ascends(path));
        Map<List<Integer>, List<List<Integer>>> found = found(statement, sql);
        assertThat(found.keySet()).as("seed %d: %s", seed, sql).isEqualTo(all.keySet());
        all.forEach((ends, paths) -> {
            List<List<Integer>> ours = found.getOrDefault(ends, List.of());
            List<List<Integer>> wanted =
                    wanted(paths, selector, count).stream().map(Path::edges).toList();
            String about = "seed " + seed + ": " + sql + " between " + ends;
            if (selector == Selector.ALL || selector == Selector.GROUPS) {
                assertThat(ours).as(about).containsExactlyInAnyOrderElementsOf(wanted);
                return;
            }
            // Which of several equally long or cheap paths it is, nobody says.
            ToIntFunction<List<Integer>> measure = selector == Selector.SHORTEST ? List::size : graph::cost;
            assertThat(ours.stream().mapToInt(measure).sorted().toArray())
                    .as(about)
                    .isEqualTo(paths.stream()
                            .map(Path::edges)
                            .mapToInt(measure)
                            .sorted()
                            .limit(count)
                            .toArray());
            assertThat(paths.stream().map(Path::edges).toList()).as(about).containsAll(ours);
            assertThat(new HashSet<>(ours)).as(about).hasSameSizeAs(ours);
        });
    }

    /** What repeats. */
    private enum Body {
        EDGE,
        ASCENT,
        TWO_EDGES;

        String text(Direction direction, boolean priced) {
            return switch (this) {
                case EDGE -> edge("e", direction).replace("]", priced ? " cost e.cost]" : "]");
                case ASCENT ->
                    "((x)" + edge("e", direction) + "(y) where x.id <= y.id + 1" + (priced ? " cost e.cost)" : ")");
                case TWO_EDGES ->
                    "((x where x.id < 4)" + edge("e", direction) + "()" + edge("f", direction)
                            + "(y) where e.id <> f.id and x.id <> y.id" + (priced ? " cost e.cost + f.cost)" : ")");
            };
        }

        String edges() {
            return this == TWO_EDGES ? "e.id || ',' || f.id" : "cast(e.id as text)";
        }
    }

    private static Body body(Random random, Mode mode, boolean bounded) {
        return Body.values()[random.nextInt(mode == Mode.WALK && bounded ? 3 : 2)];
    }

    private static boolean ascends(Path path) {
        for (int i = 0; i < path.length(); i++) {
            if (path.vertices().get(i) > path.vertices().get(i + 1) + 1) {
                return false;
            }
        }
        return true;
    }

    /** Whether the path is one of pairs of different edges between different vertices. */
    private static boolean inPairs(Path path) {
        boolean holds = path.length() % 2 == 0;
        for (int i = 0; holds && i < path.length(); i += 2) {
            int start = path.vertices().get(i);
            holds = start < 4
                    && start != path.vertices().get(i + 2)
                    && !path.edges().get(i).equals(path.edges().get(i + 1));
        }
        return holds;
    }

    private static String edge(String name, Direction direction) {
        return switch (direction) {
            case RIGHT -> "-[" + name + " is edges]->";
            case LEFT -> "<-[" + name + " is edges]-";
            case ANY -> "-[" + name + " is edges]-";
        };
    }

    /** The paths wanted of all between two vertices, which come the shortest first. */
    private static List<Path> wanted(List<Path> paths, Selector selector, int count) {
        if (selector == Selector.ALL) {
            return paths;
        }

        List<Integer> lengths =
                paths.stream().map(Path::length).distinct().limit(count).toList();
        return paths.stream().filter(path -> lengths.contains(path.length())).toList();
    }

    /** The edges of each path, by its ends. */
    private static Map<List<Integer>, List<List<Integer>>> found(Statement statement, String sql) throws SQLException {
        Map<List<Integer>, List<List<Integer>>> found = new LinkedHashMap<>();
        try (ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                String edges = rows.getString(4);
                List<Integer> path = edges == null
                        ? List.of()
                        : Stream.of(edges.split(",", -1)).map(Integer::valueOf).toList();
                assertThat(path).hasSize(rows.getInt(3));
                found.computeIfAbsent(List.of(rows.getInt(1), rows.getInt(2)), ends -> new ArrayList<>())
                        .add(path);
            }
        }
        return new HashMap<>(found);
    }
}
