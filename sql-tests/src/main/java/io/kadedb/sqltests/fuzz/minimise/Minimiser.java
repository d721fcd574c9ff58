package io.kadedb.sqltests.fuzz.minimise;

import io.kadedb.sqltests.fuzz.sql.Part;
import io.kadedb.sqltests.fuzz.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Makes a failing script smaller as long as it fails alike: first without whole statements, then without parts of each.
 * The scheme is that of Zeller and Hildebrandt, "Simplifying and Isolating Failure-Inducing Input" (2002), over the
 * structure of statements instead of characters.
 */
public final class Minimiser {
    private final Predicate<List<Statement>> fails;
    private final Set<String> tried = new HashSet<>();
    private final long end;
    private int trialsLeft;

    /**
     * @param fails whether a whole script still fails alike, from an empty database
     * @param trials how many scripts are tried at most
     * @param time after which no more are tried, as of statements that fail by not ending
     */
    public Minimiser(Predicate<List<Statement>> fails, int trials, Duration time) {
        this.end = System.nanoTime() + time.toNanos();
        this.fails = fails;
        this.trialsLeft = trials;
    }

    /** The smallest script that was found. */
    public List<Statement> minimise(List<Statement> script) {
        List<Statement> current = List.copyOf(script);
        boolean smaller = true;
        while (smaller && trialsLeft > 0) {
            smaller = false;
            List<Statement> fewer = fewerStatements(current);
            List<Statement> shorter = shorterStatements(fewer);
            smaller = !shorter.equals(current);
            current = shorter;
        }
        return current;
    }

    /** The last statement, which fails, stays. */
    private List<Statement> fewerStatements(List<Statement> script) {
        List<Statement> current = script;
        for (int length = Math.max(1, (script.size() - 1) / 2); length >= 1; length /= 2) {
            for (int start = current.size() - 1 - length; start >= 0 && trialsLeft > 0; start -= length) {
                List<Statement> candidate = new ArrayList<>(current.subList(0, start));
                candidate.addAll(current.subList(start + length, current.size()));
                if (stillFails(candidate)) {
                    current = candidate;
                    start = Math.min(start, current.size() - 1);
                }
            }
        }
        return current;
    }

    private List<Statement> shorterStatements(List<Statement> script) {
        List<Statement> current = script;
        for (int i = script.size() - 1; i >= 0 && trialsLeft > 0; i--) {
            Optional<List<Statement>> smaller = smaller(current, i);
            while (smaller.isPresent() && trialsLeft > 0) {
                current = smaller.get();
                smaller = smaller(current, i);
            }
        }
        return current;
    }

    private Optional<List<Statement>> smaller(List<Statement> script, int place) {
        Statement statement = script.get(place);
        Iterator<Part> parts = Reductions.of(statement.sql()).iterator();
        while (parts.hasNext() && trialsLeft > 0) {
            List<Statement> candidate = new ArrayList<>(script);
            candidate.set(place, statement.with(parts.next()));
            if (stillFails(candidate)) {
                return Optional.of(candidate);
            }
        }
        return Optional.empty();
    }

    private boolean stillFails(List<Statement> candidate) {
        if (!tried.add(candidate.toString())) {
            return false;
        }
        trialsLeft = System.nanoTime() < end ? trialsLeft - 1 : 0;
        return fails.test(candidate);
    }
}
