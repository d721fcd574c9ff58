package io.kadedb.sqltests.graph;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;

/** A small graph whose paths are listed in the most obvious way: all walks first, then those of the mode. */
final class NaivePaths {
    /** Longer than any path of a mode other than WALK in so small a graph. */
    private static final int LONGEST = 8;

    /** What a path may visit twice. */
    enum Mode {
        WALK,
        TRAIL,
        ACYCLIC,
        SIMPLE
    }

    /** Which way edges are taken. */
    enum Direction {
        RIGHT,
        LEFT,
        ANY
    }

    record Edge(int id, int source, int destination, int cost) {}

    /** A path by all it visits. */
    record Path(List<Integer> vertices, List<Integer> edges) {
        int length() {
            return edges.size();
        }

        List<Integer> ends() {
            return List.of(vertices.getFirst(), vertices.getLast());
        }

        boolean is(Mode mode) {
            List<Integer> inner = vertices.subList(0, vertices.size() - 1);
            Set<Integer> all = new HashSet<>(vertices);
            return switch (mode) {
                case WALK -> true;
                case TRAIL -> new HashSet<>(edges).size() == edges.size();
                case ACYCLIC -> all.size() == vertices.size();
                case SIMPLE ->
                    all.size() == vertices.size()
                            || (vertices.getFirst().equals(vertices.getLast()) && all.size() == inner.size());
            };
        }
    }

    private final int nodes;
    private final List<Edge> edges = new ArrayList<>();

    /** A random graph with loops, parallel edges, and edges that lead nowhere. */
    NaivePaths(Random random) {
        nodes = 1 + random.nextInt(5);
        int count = random.nextInt(8);
        for (int id = 0; id < count; id++) {
            edges.add(new Edge(id, random.nextInt(nodes + 1), random.nextInt(nodes + 1), random.nextInt(6)));
        }
    }

    int nodes() {
        return nodes;
    }

    List<Edge> edges() {
        return edges;
    }

    /** All paths that hold what is asked, by the vertices they are between; the shortest first. */
    Map<List<Integer>, List<Path>> paths(Mode mode, Direction direction, int min, int max, Predicate<Path> holds) {
        List<Path> all = new ArrayList<>();
        for (int node = 0; node < nodes; node++) {
            walks(new Path(List.of(node), List.of()), mode, direction, Math.min(max, LONGEST), all);
        }
        Map<List<Integer>, List<Path>> found = new LinkedHashMap<>();
        all.stream()
                .filter(path -> path.length() >= min && path.is(mode) && holds.test(path))
                .sorted(Comparator.comparingInt(Path::length))
                .forEach(path -> found.computeIfAbsent(path.ends(), ends -> new ArrayList<>())
                        .add(path));
        return found;
    }

    /** The sum of the costs of edges. */
    int cost(List<Integer> path) {
        return path.stream().mapToInt(id -> edges.get(id).cost).sum();
    }

    private void walks(Path path, Mode mode, Direction direction, int longest, List<Path> out) {
        out.add(path);
        // No part of a path of these modes but a closed one breaks its rule.
        if (path.length() == longest || !path.is(mode)) {
            return;
        }
        for (Edge edge : edges) {
            for (int end : ends(edge, path.vertices.getLast(), direction)) {
                if (end < nodes) {
                    walks(new Path(with(path.vertices, end), with(path.edges, edge.id)), mode, direction, longest, out);
                }
            }
        }
    }

    /** Where an edge leads from a vertex; one from a vertex to itself does so once. */
    private static Set<Integer> ends(Edge edge, int from, Direction direction) {
        Set<Integer> ends = new HashSet<>();
        if (direction != Direction.LEFT && edge.source == from) {
            ends.add(edge.destination);
        }
        if (direction != Direction.RIGHT && edge.destination == from) {
            ends.add(edge.source);
        }
        return ends;
    }

    private static List<Integer> with(List<Integer> list, int more) {
        List<Integer> longer = new ArrayList<>(list);
        longer.add(more);
        return longer;
    }
}
