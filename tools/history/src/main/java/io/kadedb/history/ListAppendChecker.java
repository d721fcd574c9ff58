package io.kadedb.history;

import io.kadedb.history.ListAppendHistory.Append;
import io.kadedb.history.ListAppendHistory.Op;
import io.kadedb.history.ListAppendHistory.Outcome;
import io.kadedb.history.ListAppendHistory.Read;
import io.kadedb.history.ListAppendHistory.Txn;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds anomalies in histories of lists, as Elle does (Kingsbury and Alvaro, VLDB 2020): since a read shows the order of all
 * appends before it, who depended on whom is known, and each anomaly of Adya's is a kind of ring among dependencies.
 */
public final class ListAppendChecker {
    /** What can be wrong, with Adya's names. */
    public enum Anomaly {
        /** A read does not show what its own transaction did before. */
        INTERNAL,
        /** A value that nobody appended, or twice. */
        GARBAGE,
        /** Two reads of one list of which none goes on where the other ends. */
        INCOMPATIBLE_ORDER,
        /** G1a: what a transaction that was rolled back has written was read. */
        ABORTED_READ,
        /** G1b: a list was read in the middle of another's appends. */
        INTERMEDIATE_READ,
        /** A committed append that a read after it does not show, though it shows all that others did. */
        LOST_APPEND,
        /** G0: a ring of writes. */
        WRITE_CYCLE,
        /** G1c: a ring of writes and reads of what was written. */
        CIRCULAR_INFORMATION,
        /** G-single: a ring with one read of what another overwrote: read skew, lost updates. */
        READ_SKEW,
        /** A ring of which no two such reads follow each other: long forks. No snapshot allows it. */
        LONG_FORK,
        /** G2: a ring with such reads one after the other: write skew. */
        WRITE_SKEW,
        /** A ring with somebody who had ended before another began. */
        STALE
    }

    /** An anomaly and who is in it. */
    public record Finding(Anomaly anomaly, String text) {}

    private enum Edge {
        WRITE,
        READ,
        OVERWRITE,
        TIME
    }

    private final List<Txn> seen;
    private final Map<Integer, Map<Integer, Txn>> writers = new HashMap<>();
    private final Map<Integer, List<Integer>> orders = new TreeMap<>();
    private final Map<Txn, Map<Txn, Set<Edge>>> edges = new HashMap<>();
    private final Set<Finding> findings = new LinkedHashSet<>();

    private ListAppendChecker(List<Txn> all) {
        this.seen = all.stream().filter(ListAppendChecker::isSeen).toList();
        for (Txn txn : all) {
            for (Op op : txn.ops()) {
                if (op instanceof Append append) {
                    writers.computeIfAbsent(append.key(), key -> new HashMap<>())
                            .put(append.value(), txn);
                }
            }
        }
    }

    /**
     * All kinds of anomalies that a history has, each with one example.
     *
     * @param all of its transactions; values of one key are appended once
     */
    public static List<Finding> check(List<Txn> all) {
        ListAppendChecker checker = new ListAppendChecker(all);
        checker.checkReads();
        checker.addEdges();
        checker.findCycles();
        return List.copyOf(checker.findings);
    }

    private void found(Anomaly anomaly, String text) {
        if (findings.stream().noneMatch(finding -> finding.anomaly == anomaly)) {
            findings.add(new Finding(anomaly, text));
        }
    }

    private void checkReads() {
        for (Txn txn : seen) {
            Map<Integer, List<Integer>> own = new HashMap<>();
            Map<Integer, List<Integer>> known = new HashMap<>();
            for (Op op : txn.ops()) {
                switch (op) {
                    case Append append -> {
                        own.computeIfAbsent(append.key(), key -> new ArrayList<>())
                                .add(append.value());
                        known.computeIfPresent(append.key(), (key, values) -> plus(values, append.value()));
                    }
                    case Read read -> {
                        checkRead(txn, read, own.getOrDefault(read.key(), List.of()), known.get(read.key()));
                        known.put(read.key(), read.values());
                    }
                }
            }
        }
    }

    private static List<Integer> plus(List<Integer> values, int value) {
        List<Integer> longer = new ArrayList<>(values);
        longer.add(value);
        return longer;
    }

    private void checkRead(Txn txn, Read read, List<Integer> own, @Nullable List<Integer> known) {
        List<Integer> values = read.values();
        if (!endsWith(values, own)) {
            found(Anomaly.INTERNAL, txn + " does not read its own appends");
        }
        if (known != null && !known.equals(values)) {
            // Read committed may show more of others, which is read skew.
            found(Anomaly.READ_SKEW, txn + " reads " + read.key() + " twice with another result");
        }
        if (new HashSet<>(values).size() != values.size()) {
            found(Anomaly.GARBAGE, txn + " reads a value twice");
        }
        Map<Integer, Txn> by = writers.getOrDefault(read.key(), Map.of());
        for (int value : values) {
            Txn writer = by.get(value);
            if (writer == null) {
                found(Anomaly.GARBAGE, txn + " reads " + value + ", which nobody appended");
            } else if (writer.outcome() == Outcome.ABORTED) {
                found(Anomaly.ABORTED_READ, txn + " reads of " + writer);
            }
        }
        List<Integer> foreign = values.subList(0, Math.max(0, values.size() - own.size()));
        if (!foreign.isEmpty()) {
            Txn writer = by.get(foreign.getLast());
            if (writer != null && !writer.equals(txn) && lastAppend(writer, read.key()) != foreign.getLast()) {
                found(Anomaly.INTERMEDIATE_READ, txn + " reads in the middle of " + writer);
            }
        }
        List<Integer> longest = orders.getOrDefault(read.key(), List.of());
        List<Integer> shorter = values.size() < longest.size() ? values : longest;
        List<Integer> longer = values.size() < longest.size() ? longest : values;
        if (!longer.subList(0, shorter.size()).equals(shorter)) {
            found(Anomaly.INCOMPATIBLE_ORDER, "key " + read.key() + ": " + shorter + " and " + longer);
        } else {
            orders.put(read.key(), longer);
        }
    }

    private static boolean endsWith(List<Integer> values, List<Integer> end) {
        return values.size() >= end.size()
                && values.subList(values.size() - end.size(), values.size()).equals(end);
    }

    private static int lastAppend(Txn txn, int key) {
        int last = -1;
        for (Op op : txn.ops()) {
            if (op instanceof Append append && append.key() == key) {
                last = append.value();
            }
        }
        return last;
    }

    private void edge(@Nullable Txn from, @Nullable Txn to, Edge edge) {
        if (from != null && to != null && !from.equals(to) && isSeen(from) && isSeen(to)) {
            edges.computeIfAbsent(from, key -> new HashMap<>())
                    .computeIfAbsent(to, key -> new HashSet<>())
                    .add(edge);
        }
    }

    private static boolean isSeen(Txn txn) {
        return txn.outcome() != Outcome.ABORTED;
    }

    private void addEdges() {
        orders.forEach((key, order) -> {
            Map<Integer, Txn> by = writers.getOrDefault(key, Map.of());
            for (int i = 1; i < order.size(); i++) {
                edge(by.get(order.get(i - 1)), by.get(order.get(i)), Edge.WRITE);
            }
            by.forEach((value, writer) -> {
                if (writer.outcome() == Outcome.COMMITTED && !order.contains(value)) {
                    lost(key, value, writer, order);
                }
            });
        });
        for (Txn txn : seen) {
            for (Op op : txn.ops()) {
                if (op instanceof Read read) {
                    addEdges(txn, read);
                }
            }
        }
        for (Txn earlier : seen) {
            for (Txn later : seen) {
                if (earlier.end() < later.begin()) {
                    edge(earlier, later, Edge.TIME);
                }
            }
        }
    }

    /** An append that no read shows is lost if somebody began to read after its commit. */
    private void lost(int key, int value, Txn writer, List<Integer> order) {
        for (Txn txn : seen) {
            boolean reads = txn.ops().stream().anyMatch(op -> op instanceof Read read && read.key() == key);
            if (reads && writer.end() < txn.begin()) {
                found(Anomaly.LOST_APPEND, value + " of " + writer + " is not in " + order);
            }
        }
    }

    private void addEdges(Txn txn, Read read) {
        List<Integer> order = orders.getOrDefault(read.key(), List.of());
        Map<Integer, Txn> by = writers.getOrDefault(read.key(), Map.of());
        List<Integer> foreign = read.values().stream()
                .filter(value -> !txn.equals(by.get(value)))
                .toList();
        if (!foreign.isEmpty()) {
            edge(by.get(foreign.getLast()), txn, Edge.READ);
        }
        if (read.values().size() < order.size()
                && order.subList(0, read.values().size()).equals(read.values())) {
            edge(txn, by.get(order.get(read.values().size())), Edge.OVERWRITE);
        }
    }

    private void findCycles() {
        search(Anomaly.WRITE_CYCLE, Set.of(Edge.WRITE), Overwrites.NONE);
        search(Anomaly.CIRCULAR_INFORMATION, Set.of(Edge.WRITE, Edge.READ), Overwrites.NONE);
        search(Anomaly.READ_SKEW, Set.of(Edge.WRITE, Edge.READ), Overwrites.ONE);
        search(Anomaly.LONG_FORK, Set.of(Edge.WRITE, Edge.READ), Overwrites.APART);
        if (findings.isEmpty()) {
            search(Anomaly.WRITE_SKEW, Set.of(Edge.WRITE, Edge.READ), Overwrites.ANY);
        }
        if (findings.isEmpty()) {
            search(Anomaly.STALE, Set.of(Edge.WRITE, Edge.READ, Edge.TIME), Overwrites.ANY);
        }
    }

    /** How many edges to somebody who overwrote what was read a ring has. */
    private enum Overwrites {
        NONE,
        ONE,
        /** Several, with others between them. */
        APART,
        ANY
    }

    /** A place in a search: who, after how many overwrites (two stand for more), and whether by one. */
    private record Place(Txn txn, int overwrites, boolean byOverwrite) {}

    private void search(Anomaly anomaly, Set<Edge> kinds, Overwrites overwrites) {
        for (Txn start : seen) {
            Map<Place, Place> from = new HashMap<>();
            Deque<Place> next = new ArrayDeque<>();
            // Rings are looked for from an overwrite on, where they have one.
            Place first = new Place(start, 0, false);
            next.add(first);
            while (!next.isEmpty()) {
                Place place = next.remove();
                for (Map.Entry<Txn, Set<Edge>> entry :
                        edges.getOrDefault(place.txn, Map.of()).entrySet()) {
                    for (Edge edge : entry.getValue()) {
                        boolean overwrite = edge == Edge.OVERWRITE;
                        boolean starts = place.equals(first);
                        if ((!overwrite && !kinds.contains(edge))
                                || (overwrite && !allows(overwrites, place, starts))
                                || (starts
                                        && overwrites != Overwrites.NONE
                                        && overwrites != Overwrites.ANY
                                        && !overwrite)) {
                            continue;
                        }
                        Place to = new Place(
                                entry.getKey(), Math.min(2, place.overwrites + (overwrite ? 1 : 0)), overwrite);
                        if (to.txn.equals(start) && ends(overwrites, to)) {
                            from.put(to, place);
                            found(anomaly, ring(from, to, first));
                            return;
                        }
                        if (!to.txn.equals(start) && from.putIfAbsent(to, place) == null) {
                            next.add(to);
                        }
                    }
                }
            }
        }
    }

    private static boolean allows(Overwrites overwrites, Place place, boolean starts) {
        return switch (overwrites) {
            case NONE -> false;
            case ONE -> starts;
            case APART -> starts || !place.byOverwrite;
            case ANY -> true;
        };
    }

    private static boolean ends(Overwrites overwrites, Place last) {
        return switch (overwrites) {
            case NONE, ANY -> true;
            case ONE -> last.overwrites == 1;
            // The ring begins with an overwrite, which must not follow another.
            case APART -> last.overwrites > 1 && !last.byOverwrite;
        };
    }

    private static String ring(Map<Place, Place> from, Place last, Place first) {
        List<String> ring = new ArrayList<>();
        Place place = last;
        while (place != null && !place.equals(first)) {
            ring.addFirst((place.byOverwrite ? "read before " : "then ") + place.txn);
            place = from.get(place);
        }
        ring.addFirst(first.txn.toString());
        return String.join("\n  ", ring);
    }
}
