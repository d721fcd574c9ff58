package io.kadedb.history;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What clients have seen of lists that they append numbers to, each number once. */
public final class ListAppendHistory {
    private final List<Txn> transactions = new ArrayList<>();

    /** What became of a transaction. */
    public enum Outcome {
        COMMITTED,
        ABORTED,
        /** It may have been committed. */
        UNKNOWN
    }

    /** Something done to a list. */
    public sealed interface Op {
        int key();
    }

    /** A number put at a list's end. */
    public record Append(int key, int value) implements Op {
        @Override
        public String toString() {
            return "append " + key + " " + value;
        }
    }

    /** All that a list had. */
    public record Read(int key, List<Integer> values) implements Op {
        public Read {
            values = List.copyOf(values);
        }

        @Override
        public String toString() {
            return "read " + key + " " + values;
        }
    }

    /**
     * A transaction.
     *
     * @param begin a moment before its first operation
     * @param end a moment after its last
     */
    public record Txn(int id, List<Op> ops, Outcome outcome, long begin, long end) {
        public Txn {
            ops = List.copyOf(ops);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Txn txn && txn.id == id;
        }

        @Override
        public int hashCode() {
            return id;
        }

        @Override
        public String toString() {
            return "T" + id + " " + outcome
                    + ops.stream().map(Op::toString).collect(Collectors.joining(", ", "[", "]"));
        }
    }

    /** Adds a transaction. */
    public synchronized void add(List<Op> ops, Outcome outcome, long begin, long end) {
        transactions.add(new Txn(transactions.size() + 1, ops, outcome, begin, end));
    }

    /** In the order in which they ended. */
    public synchronized List<Txn> transactions() {
        return List.copyOf(transactions);
    }
}
