package io.kadedb.sqltests.fuzz.peer;

import io.kadedb.sqltests.fuzz.sql.Kind;
import io.kadedb.sqltests.fuzz.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Compares answers: as bags, or as lists where the order is told; exactly, but for approximate numbers, which may differ
 * by one part in {@link #TOLERANCE}.
 */
public final class Comparison {
    /** Relative; floats of single precision have seven digits. */
    public static final double TOLERANCE = 1e-6;

    private static final int SHOWN = 5;

    private static final Comparator<List<@Nullable Object>> ORDER = Comparison::order;

    private Comparison() {}

    /** The same, but that intervals are compared by their length. */
    public static Optional<String> rowsByLength(
            Statement.Rows answer, List<List<@Nullable Object>> ours, List<List<@Nullable Object>> theirs) {
        List<Integer> columns = IntStream.range(0, answer.kinds().size())
                .filter(i -> answer.kinds().get(i) == Kind.INTERVAL)
                .boxed()
                .toList();
        return rows(answer, Intervals.lengths(ours, columns), Intervals.lengths(theirs, columns));
    }

    /** What differs between rows; empty if nothing does. */
    public static Optional<String> rows(
            Statement.Rows answer, List<List<@Nullable Object>> ours, List<List<@Nullable Object>> theirs) {
        if (ours.size() != theirs.size()) {
            return Optional.of(ours.size() + " rows, expected " + theirs.size() + "\n  ours: " + shown(ours)
                    + "\n  expected: " + shown(theirs));
        }
        List<List<@Nullable Object>> left = new ArrayList<>(ours);
        List<List<@Nullable Object>> right = new ArrayList<>(theirs);
        if (!answer.ordered()) {
            left.sort(ORDER);
            right.sort(ORDER);
        }
        for (int i = 0; i < left.size(); i++) {
            if (!equal(left.get(i), right.get(i))) {
                return Optional.of((answer.ordered() ? "row " + (i + 1) + " differs" : "rows differ") + "\n  ours: "
                        + left.get(i) + "\n  expected: " + right.get(i));
            }
        }
        return Optional.empty();
    }

    private static boolean equal(List<@Nullable Object> left, List<@Nullable Object> right) {
        for (int i = 0; i < left.size(); i++) {
            if (!equal(left.get(i), right.get(i))) {
                return false;
            }
        }
        return left.size() == right.size();
    }

    private static boolean equal(@Nullable Object left, @Nullable Object right) {
        if (left instanceof Double one && right instanceof Double other) {
            return one.equals(other)
                    || Math.abs(one - other) <= TOLERANCE * Math.max(Math.abs(one), Math.abs(other))
                    || (Math.abs(one) < 1e-12 && Math.abs(other) < 1e-12);
        }
        return left == null ? right == null : left.equals(right);
    }

    /** First by what is exact, so that sorted rows meet their likes. */
    private static int order(List<@Nullable Object> left, List<@Nullable Object> right) {
        for (int i = 0; i < left.size(); i++) {
            if (!(left.get(i) instanceof Double) || !(right.get(i) instanceof Double)) {
                int result = String.valueOf(nullFirst(left.get(i))).compareTo(String.valueOf(nullFirst(right.get(i))));
                if (result != 0) {
                    return result;
                }
            }
        }
        for (int i = 0; i < left.size(); i++) {
            if (left.get(i) instanceof Double one && right.get(i) instanceof Double other) {
                int result = Double.compare(one, other);
                if (result != 0) {
                    return result;
                }
            }
        }
        return 0;
    }

    /** Doubles among texts come together, so that the order is one. */
    private static String nullFirst(@Nullable Object cell) {
        return cell == null ? "0" : cell instanceof Double ? "1" : "2" + cell;
    }

    private static String shown(List<List<@Nullable Object>> rows) {
        return rows.size() > SHOWN
                ? rows.subList(0, SHOWN) + " and " + (rows.size() - SHOWN) + " more"
                : rows.toString();
    }
}
