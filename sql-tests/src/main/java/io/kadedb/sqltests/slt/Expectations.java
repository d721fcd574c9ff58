package io.kadedb.sqltests.slt;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Compares results with what a file expects of them; keeps the results of its labels. */
final class Expectations {
    private static final Pattern HASH = Pattern.compile("[0-9]+ values hashing to [0-9a-f]{32}");
    private static final String INTERNAL_ERROR = "XX000";

    private final Dialect dialect;
    private final Map<String, Labelled> labelled = new HashMap<>();
    private List<String> fatal = List.of();

    /** The first result of a label, as a hash, and where it came from. */
    private record Labelled(String hash, int line) {}

    Expectations(Dialect dialect) {
        this.dialect = dialect;
    }

    /** Messages that hold one of these parts are never expected. */
    void fatal(List<String> parts) {
        fatal = parts;
    }

    synchronized void reset(String label) {
        labelled.remove(label);
    }

    Verdict judge(SltRecord record, SltRecord.Statement statement, SltResult result) {
        return switch (statement.expectation()) {
            case SltRecord.StatementExpectation.Success expected ->
                result instanceof SltResult.Done ? new Verdict.Passed() : failed("should succeed", result);
            case SltRecord.StatementExpectation.Changes expected ->
                result instanceof SltResult.Done(long count) && count == expected.rows()
                        ? new Verdict.Passed()
                        : failed("should change " + expected.rows() + " rows", result);
            case SltRecord.StatementExpectation.Failure expected -> failure(expected, result);
            case SltRecord.StatementExpectation.Either either ->
                result instanceof SltResult.Done
                        ? new Verdict.Passed()
                        : failure(new SltRecord.StatementExpectation.Failure("", either.message()), result);
        };
    }

    private Verdict failure(SltRecord.StatementExpectation.Failure expected, SltResult result) {
        String what = "should fail" + (expected.sqlState().isEmpty() ? "" : " with " + expected.sqlState());
        if (!(result instanceof SltResult.Failed(SQLException error))) {
            return failed(what, result);
        }
        String state = String.valueOf(error.getSQLState());
        boolean wrongState =
                !expected.sqlState().isEmpty() && !expected.sqlState().equals(state);
        boolean internal = state.equals(INTERNAL_ERROR) && !expected.sqlState().equals(INTERNAL_ERROR);
        if (wrongState || internal || fatal.stream().anyMatch(String.valueOf(error.getMessage())::contains)) {
            return failed(what, result);
        }
        if (expected.message().isEmpty()) {
            return new Verdict.Passed();
        }
        List<String> message = expected.message().get();
        return dialect == Dialect.KADEDB ? exactly(message, error) : partly(message, error);
    }

    private static Verdict exactly(List<String> expected, SQLException error) {
        List<String> actual = ErrorText.of(error);
        if (expected.size() == 1 && DuckDbCells.isRegex(expected.getFirst())) {
            return partly(expected, error);
        }
        return expected.equals(actual)
                ? new Verdict.Passed()
                : new Verdict.Failed(
                        "the message differs",
                        LineDiff.of(expected, actual, (i, j) -> expected.get(i).equals(actual.get(j))));
    }

    private static Verdict partly(List<String> expected, SQLException error) {
        String text = String.join("\n", expected);
        String message = String.valueOf(error.getMessage());
        boolean matches = DuckDbCells.isRegex(text) ? DuckDbCells.matchesRegex(text, message) : message.contains(text);
        List<String> actual = message.lines().toList();
        return matches
                ? new Verdict.Passed()
                : new Verdict.Failed("the message differs", LineDiff.of(expected, actual, (i, j) -> false));
    }

    /**
     * Judges a query.
     *
     * @param expected its expected lines, variables filled in
     */
    Verdict judge(SltRecord record, SltRecord.Query query, List<String> expected, SltResult result) {
        if (!(result instanceof SltResult.Rows(ResultValues values))) {
            return failed("should give rows", result);
        }
        Optional<Verdict> labels = query.label().isEmpty() ? Optional.empty() : sameAsOthers(record, query, values);
        if (labels.isPresent()) {
            return labels.get();
        }
        if (expected.size() == 1 && HASH.matcher(expected.getFirst()).matches()) {
            String hash = values.hash();
            return hash.equals(expected.getFirst())
                    ? new Verdict.Passed()
                    : new Verdict.Failed("the result has another hash", difference(expected, List.of(hash)));
        }
        // The original program takes a label for an expectation, where there is no other.
        boolean onlyLabel = record.expected().isEmpty() && !query.label().isEmpty();
        return onlyLabel ? new Verdict.Passed() : compare(query, expected, values);
    }

    private Verdict compare(SltRecord.Query query, List<String> expected, ResultValues values) {
        boolean rows = ResultLayout.isRows(dialect, query.sort(), expected, values);
        List<String> actual = rows ? values.lines() : values.cells();
        LineDiff.Match match = dialect == Dialect.DUCKDB
                ? ResultLayout.tolerant(expected, actual, values, rows)
                : (i, j) -> expected.get(i).equals(actual.get(j));
        boolean same = expected.size() == actual.size();
        for (int i = 0; same && i < actual.size(); i++) {
            same = match.test(i, i);
        }
        if (same) {
            return new Verdict.Passed();
        }
        String what = expected.size() == actual.size()
                ? "the result differs"
                : "the result has " + actual.size() + (rows ? " rows" : " values") + ", not " + expected.size();
        return new Verdict.Failed(what, LineDiff.of(expected, actual, match));
    }

    private synchronized Optional<Verdict> sameAsOthers(SltRecord record, SltRecord.Query query, ResultValues values) {
        Labelled mine = new Labelled(values.hash(), record.line());
        Labelled first = labelled.putIfAbsent(query.label(), mine);
        if (first == null || first.hash().equals(mine.hash())) {
            return Optional.empty();
        }
        return Optional.of(new Verdict.Failed(
                "the result differs from that of line " + first.line() + ", which is labelled " + query.label()
                        + " too",
                difference(List.of(first.hash()), List.of(mine.hash()))));
    }

    private static List<String> difference(List<String> expected, List<String> actual) {
        return LineDiff.of(expected, actual, (i, j) -> false);
    }

    private static Verdict failed(String what, SltResult result) {
        return switch (result) {
            case SltResult.Failed(SQLException error) ->
                new Verdict.Failed(
                        what + ", but fails with " + error.getSQLState(),
                        String.valueOf(error.getMessage())
                                .lines()
                                .map(line -> "+ " + line)
                                .toList());
            case SltResult.Unfit(String why) -> new Verdict.Failed(what + ": " + why, List.of());
            case SltResult.Done(long count) -> new Verdict.Failed(what + ", but succeeds" + rows(count), List.of());
            case SltResult.Rows(ResultValues values) ->
                new Verdict.Failed(what + ", but gives " + values.rows() + " rows", List.of());
        };
    }

    private static String rows(long count) {
        return count < 0 ? "" : " with " + count + " rows";
    }
}
