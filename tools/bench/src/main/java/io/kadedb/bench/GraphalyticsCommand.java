package io.kadedb.bench;

import io.kadedb.bench.graph.PlainAlgorithms;
import io.kadedb.bench.graph.RecursiveMatrix;
import io.kadedb.bench.measure.Engine;
import io.kadedb.bench.measure.Host;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code kadedb bench graphalytics}: graph algorithms on a generated graph. */
@Command(
        name = "graphalytics",
        description = "Graph algorithms on a generated graph with skewed degrees (R-MAT).",
        mixinStandardHelpOptions = true)
final class GraphalyticsCommand implements Callable<Integer> {
    private static final long SEED = 20_261_124;
    private static final long MOST_EDGES = 1L << 30;
    /** Above it the plain algorithms would take longer than all that is measured. */
    private static final int LARGEST_CHECKED = 18;

    @Option(names = "--scale", defaultValue = "18", description = "2^scale vertices. Default: 18.")
    private int scale;

    @Option(names = "--edge-factor", defaultValue = "16", description = "Edges for each vertex. Default: 16.")
    private int edgeFactor;

    @Option(names = "--runs", defaultValue = "3", description = "Runs of each algorithm after one that warms up.")
    private int runs;

    @Option(names = "--skip", split = ",", description = "Algorithms not to run.")
    private String[] skipped = {};

    @Spec
    private CommandSpec spec;

    // Picocli sets the fields before it calls the command.
    @SuppressWarnings("NullAway.Init")
    GraphalyticsCommand() {}

    @Override
    public Integer call() throws IOException {
        if (scale < 1 || edgeFactor < 1 || runs < 1 || scale > 30 || (long) edgeFactor << scale > MOST_EDGES) {
            throw new ParameterException(
                    spec.commandLine(),
                    "scale, edge factor and runs are at least 1, and edges " + MOST_EDGES + " at most");
        }
        return Folders.runInTemporary(spec, this::run);
    }

    private boolean run(Path folder, PrintWriter out) throws IOException, SQLException {
        RecursiveMatrix graph = RecursiveMatrix.of(scale, edgeFactor, SEED);
        out.println("host: " + Host.describe());
        out.printf(Locale.ROOT, "%d vertices, %d edges, seed %d%n", graph.vertices(), graph.sources().length, SEED);
        Engine engine = Engine.ours("jdbc:kadedb:file:" + folder.resolve("ours"));
        try (Connection connection = engine.connect();
                Statement statement = connection.createStatement()) {
            engine.describe(connection).forEach(out::println);
            load(statement, graph, folder, out);
            boolean right = scale > LARGEST_CHECKED || check(statement, graph, out);
            out.printf(Locale.ROOT, "%-30s %9s %9s%n", "", "median ms", "least ms");
            for (Map.Entry<String, String> call : calls(graph).entrySet()) {
                if (!Arrays.asList(skipped).contains(call.getKey())) {
                    measure(statement, call.getKey(), call.getValue(), out);
                }
            }
            return right;
        }
    }

    private static void load(Statement statement, RecursiveMatrix graph, Path folder, PrintWriter out)
            throws IOException, SQLException {
        Path vertices = folder.resolve("v.csv");
        Path edges = folder.resolve("e.csv");
        graph.writeVertices(vertices);
        graph.writeEdges(edges);
        long began = System.nanoTime();
        statement.execute("create table v (id integer primary key)");
        statement.execute("create table e (s integer not null, d integer not null, w integer not null)");
        statement.execute("copy v from '" + vertices + "' (format csv, header false)");
        statement.execute("copy e from '" + edges + "' (format csv, header false)");
        statement.execute("create property graph g vertex tables (v) edge tables (e key (s, d)"
                + " source key (s) references v (id) destination key (d) references v (id))");
        out.printf(Locale.ROOT, "loaded in %.1f s%n", (System.nanoTime() - began) / 1e9);
        out.flush();
    }

    /** What is measured, by name; a search of no depth only reads the tables and builds the adjacency. */
    private static Map<String, String> calls(RecursiveMatrix graph) {
        String source = "source => " + graph.anyVertex();
        Map<String, String> calls = new LinkedHashMap<>();
        calls.put("build", "bfs(g, " + source + ", max_depth => 0)");
        calls.put("bfs", "bfs(g, " + source + ")");
        calls.put("wcc", "wcc(g)");
        calls.put("pagerank", "pagerank(g, iterations => 10)");
        calls.put("sssp", "sssp(g, " + source + ", weight => w)");
        calls.put("cdlp", "cdlp(g, iterations => 10)");
        calls.put("scc", "scc(g)");
        calls.put("triangle_count", "triangle_count(g)");
        calls.put("lcc", "lcc(g)");
        return calls;
    }

    private void measure(Statement statement, String name, String call, PrintWriter out) throws SQLException {
        double[] millis = new double[runs];
        for (int run = -1; run < runs; run++) {
            long began = System.nanoTime();
            try (ResultSet rows = statement.executeQuery("select count(*) from " + call + " where id >= 0")) {
                rows.next();
            }
            if (run >= 0) {
                millis[run] = (System.nanoTime() - began) / 1e6;
            }
        }
        Arrays.sort(millis);
        out.printf(Locale.ROOT, "%-30s %9.0f %9.0f%n", name, millis[runs / 2], millis[0]);
        out.flush();
    }

    private static boolean check(Statement statement, RecursiveMatrix graph, PrintWriter out) throws SQLException {
        PlainAlgorithms plain = new PlainAlgorithms(graph);
        String source = "(g, source => " + graph.anyVertex();
        boolean right = same(statement, "pagerank(g, iterations => 10)", plain.pageRank(10), out);
        right &= same(statement, "wcc(g)", plain.components(), out);
        right &= same(statement, "bfs" + source + ")", plain.distances(graph.anyVertex(), false), out);
        right &= same(statement, "sssp" + source + ", weight => w)", plain.distances(graph.anyVertex(), true), out);
        return right;
    }

    private static boolean same(Statement statement, String call, double[] expected, PrintWriter out)
            throws SQLException {
        int seen = 0;
        try (ResultSet rows = statement.executeQuery("select * from " + call)) {
            while (rows.next()) {
                int vertex = rows.getInt(1);
                double found = rows.getDouble(2);
                found = rows.wasNull() ? Double.NaN : found;
                boolean equal = Double.isNaN(found)
                        ? Double.isNaN(expected[vertex])
                        : Math.abs(found - expected[vertex]) <= 1e-9 * Math.abs(expected[vertex]);
                if (!equal) {
                    out.println("WRONG: " + call + " gives " + found + " for " + vertex + ", not " + expected[vertex]);
                    return false;
                }
                seen++;
            }
        }
        out.println((seen == expected.length ? "right: " : "WRONG, rows are missing: ") + call);
        out.flush();
        return seen == expected.length;
    }
}
