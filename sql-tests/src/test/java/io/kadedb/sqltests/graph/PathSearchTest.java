package io.kadedb.sqltests.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadedb.sqltests.compare.Rows;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Path searches over random graphs with loops, parallel edges and edges into nowhere give what DuckDB counts: the walks
 * of each length between each two vertices, edge by edge. The seed is printed with every failure;
 * {@code -Dkadedb.random.seed} chooses another.
 */
class PathSearchTest {
    private static final long SEED = Long.getLong("kadedb.random.seed", 20_261_123L);
    private static final int GRAPHS = 12;
    /** Longer than any shortest path of so small a graph. */
    private static final int LONGEST = 30;

    private static final List<String> DIRECTIONS = List.of("-[e is edges]->", "<-[e is edges]-", "-[e is edges]-");

    /** A quantifier with its bounds. */
    private record Times(String text, int min, int max) {}

    private static final List<Times> TIMES = List.of(
            new Times("+", 1, LONGEST),
            new Times("*", 0, LONGEST),
            new Times("{2,}", 2, LONGEST),
            new Times("{4,}", 4, LONGEST),
            new Times("{1,3}", 1, 3),
            new Times("{0,2}", 0, 2),
            new Times("{3}", 3, 3));

    @Test
    void randomGraphs() throws SQLException {
        for (int i = 0; i < GRAPHS; i++) {
            check(SEED + i);
        }
    }

    /** Ten vertices with all edges between them have 10^30 walks of thirty edges: only the deadline ends that. */
    @Test
    void endlessSearchesEndInTime() throws SQLException {
        try (Connection ours = DriverManager.getConnection("jdbc:kadedb:mem:endless");
                Statement statement = ours.createStatement()) {
            statement.execute("create table nodes (id integer primary key)");
            statement.execute("create table edges (src integer, dst integer)");
            statement.execute("insert into nodes values (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)");
            statement.execute("insert into edges select a.id, b.id from nodes a, nodes b");
            statement.execute("create property graph g vertex tables (nodes key (id)) edge tables (edges key (src, dst)"
                    + " source key (src) references nodes (id) destination key (dst) references nodes (id)"
                    + " no properties)");
            for (String walks : List.of("all shortest (a)-[is edges]->{30}(b)", "(a)-[is edges]->{30}(b)")) {
                statement.setQueryTimeout(1);
                assertThatThrownBy(() -> statement.executeQuery(
                                "select count(*) from graph_table (g match " + walks + " columns (a.id as x))"))
                        .isInstanceOfSatisfying(
                                SQLException.class,
                                e -> assertThat(e.getSQLState()).isEqualTo("57014"));
            }
        }
    }

    private static void check(long seed) throws SQLException {
        Random random = new Random(seed);
        try (Connection ours = DriverManager.getConnection("jdbc:kadedb:mem:paths" + seed);
                Connection theirs = DriverManager.getConnection("jdbc:duckdb:")) {
            List<String> statements = graph(random);
            for (Connection connection : List.of(ours, theirs)) {
                try (Statement statement = connection.createStatement()) {
                    for (String sql : statements) {
                        statement.execute(sql);
                    }
                }
            }
            try (Statement statement = ours.createStatement()) {
                statement.execute("create property graph g vertex tables (nodes key (id)) edge tables (edges key (id)"
                        + " source key (src) references nodes (id) destination key (dst) references nodes (id))");
            }
            for (String direction : DIRECTIONS) {
                countWalks(theirs, direction);
                for (Times times : TIMES) {
                    compare(ours, theirs, direction, times, seed);
                }
            }
        }
    }

    private static List<String> graph(Random random) {
        int nodes = 1 + random.nextInt(14);
        int edges = random.nextInt(2 * nodes + 2);
        StringBuilder vertices = new StringBuilder("insert into nodes values ");
        for (int i = 0; i < nodes; i++) {
            vertices.append(i == 0 ? "(" : ", (").append(i).append(')');
        }
        StringBuilder steps = new StringBuilder("insert into edges values (-1, null, 0, 7)");
        for (int i = 0; i < edges; i++) {
            // One number more than there are nodes: some edges lead nowhere.
            steps.append(", (" + i + ", " + random.nextInt(nodes + 1) + ", " + random.nextInt(nodes + 1) + ", "
                    + random.nextInt(100) + ")");
        }
        return List.of(
                "create table nodes (id integer primary key)",
                "create table edges (id integer primary key, src integer, dst integer, cost integer)",
                vertices.toString(),
                steps.toString());
    }

    /** How many walks of each length there are, in a table of DuckDB's. */
    private static void countWalks(Connection theirs, String direction) throws SQLException {
        String existing =
                "select src, dst from edges where src in (select id from nodes) and dst in (select id from" + " nodes)";
        String back = "select dst as src, src as dst from (" + existing + ")";
        String steps = direction.endsWith(">")
                ? existing
                : direction.startsWith("<") ? back : existing + " union all " + back + " where src <> dst";
        try (Statement statement = theirs.createStatement()) {
            statement.execute("create or replace temp table steps as " + steps);
            statement.execute("create or replace table walks (s integer, d integer, length integer, n hugeint)");
            statement.execute("insert into walks select id, id, 0, 1 from nodes");
            for (int length = 1; length <= LONGEST; length++) {
                statement.execute("insert into walks select w.s, e.dst, " + length + ", sum(w.n) from walks w"
                        + " join steps e on e.src = w.d where w.length = " + (length - 1) + " group by w.s, e.dst");
            }
        }
    }

    private static void compare(Connection ours, Connection theirs, String direction, Times times, long seed)
            throws SQLException {
        String allowed = " from walks where length between " + times.min + " and " + times.max;
        String shortest = "select s, d, min(length) as length" + allowed + " group by s, d";
        same(ours, pattern("any shortest", direction, times, "path_length(p) as l"), theirs, shortest, seed);
        same(
                ours,
                "select s, d, l, count(*) from (" + pattern("all shortest", direction, times, "path_length(p) as l")
                        + ") paths group by s, d, l",
                theirs,
                "select s, d, length, n from walks natural join (" + shortest + ")",
                seed);
        if (times.max < 4) {
            same(
                    ours,
                    "select s, d, l, count(*) from ("
                            + pattern("", direction, times, "path_length(p) as l, sum(e.cost) as costs")
                            + ") paths group by s, d, l",
                    theirs,
                    "select s, d, length, n" + allowed,
                    seed);
            same(
                    ours,
                    "select s, d, l, count(*) from (" + pattern("", direction, times, "path_length(p) as l")
                            + ") paths group by s, d, l",
                    theirs,
                    "select s, d, length, n" + allowed,
                    seed);
        }
        walksHoldTogether(ours, direction, times, seed);
    }

    private static String pattern(String selector, String direction, Times times, String more) {
        return "select * from graph_table (g match p = " + selector + " (a)" + direction + times.text
                + "(b) columns (a.id as s, b.id as d, " + more + "))";
    }

    private static void same(Connection ours, String mine, Connection theirs, String reference, long seed)
            throws SQLException {
        Rows actual = Rows.of(ours, mine, Set.of());
        Rows expected = Rows.of(theirs, reference, Set.of());
        assertThat(actual.sameRows(expected))
                .as(() -> "seed " + seed + ": " + mine + "\n" + actual.difference(expected))
                .isTrue();
    }

    /** Each path begins and ends where it says, step by step, and its aggregates are those of its edges. */
    private static void walksHoldTogether(Connection ours, String direction, Times times, long seed)
            throws SQLException {
        Map<Integer, int[]> edges = new HashMap<>();
        try (Statement statement = ours.createStatement()) {
            try (ResultSet rows = statement.executeQuery("select id, src, dst, cost from edges where id >= 0")) {
                while (rows.next()) {
                    edges.put(rows.getInt(1), new int[] {rows.getInt(2), rows.getInt(3), rows.getInt(4)});
                }
            }
            String columns = "path_length(p) as l, string_agg(cast(e.id as text), ',') as w, sum(e.cost) as c, count(e)"
                    + " as n, max(e.cost) as m";
            String sql = pattern("all shortest", direction, times, columns);
            try (ResultSet rows = statement.executeQuery(sql)) {
                while (rows.next()) {
                    String walk = rows.getString(4);
                    int at = rows.getInt(1);
                    int cost = 0;
                    int most = 0;
                    String[] ids = walk == null ? new String[0] : walk.split(",", -1);
                    for (String id : ids) {
                        int[] edge = Objects.requireNonNull(edges.get(Integer.parseInt(id)));
                        boolean forward = !direction.startsWith("<") && edge[0] == at;
                        boolean back = !direction.endsWith(">") && edge[1] == at;
                        assertThat(forward || back)
                                .as("seed %d: %s gives %s", seed, sql, walk)
                                .isTrue();
                        at = forward ? edge[1] : edge[0];
                        cost += edge[2];
                        most = Math.max(most, edge[2]);
                    }
                    assertThat(List.of(at, ids.length, cost, ids.length, most))
                            .as("seed %d: %s gives %s", seed, sql, walk)
                            .isEqualTo(List.of(
                                    rows.getInt(2), rows.getInt(3), rows.getInt(5), rows.getInt(6), rows.getInt(7)));
                }
            }
        }
    }
}
