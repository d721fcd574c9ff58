package io.kadedb.sqltests.slt;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes a file anew with what a database gave: rows below queries, SQLSTATEs, messages and row counts of statements.
 * Records that did not run keep what they have, but for queries whose label another query shares: they get its rows.
 */
public final class Completion implements OutcomeSink {
    /** Results of the original program are written as a hash when they are larger than this, unless the file says more. */
    private static final int SQLITE_THRESHOLD = 8;

    private final SltFile file;
    private final Map<Integer, SltResult> results = new HashMap<>();
    private final Set<Integer> varying = new HashSet<>();
    private final Map<String, SltResult> labelled = new HashMap<>();
    private final List<String> problems = new ArrayList<>();
    private int threshold;

    public Completion(SltFile file) {
        this.file = file;
        this.threshold = file.dialect() == Dialect.SQLITE ? SQLITE_THRESHOLD : 0;
    }

    @Override
    public void accept(Outcome outcome) {
        if (outcome.result().isEmpty()) {
            if (outcome.verdict() instanceof Verdict.Failed failed) {
                problems.add(outcome.place() + ": " + failed.what());
            }
            return;
        }
        SltRecord record = outcome.record();
        SltResult result = outcome.result().get();
        SltResult before = results.put(record.line(), result);
        if (before != null && !answer(record, before).equals(answer(record, result))) {
            varying.add(record.line());
        }
        boolean fits = fits(record, result);
        if (!fits) {
            problems.add(outcome.place() + ": the answer is " + told(result));
        }
        if (fits
                && record.action() instanceof SltRecord.Query query
                && !query.label().isEmpty()) {
            labelled.putIfAbsent(query.label(), result);
        }
    }

    /** Whether what the database did can be written below such a record at all. */
    private static boolean fits(SltRecord record, SltResult result) {
        return switch (record.action()) {
            case SltRecord.Query query -> result instanceof SltResult.Rows;
            case SltRecord.Statement statement ->
                switch (statement.expectation()) {
                    case SltRecord.StatementExpectation.Failure failure -> result instanceof SltResult.Failed;
                    case SltRecord.StatementExpectation.Either either -> !(result instanceof SltResult.Unfit);
                    default -> result instanceof SltResult.Done;
                };
            default -> true;
        };
    }

    private static String told(SltResult result) {
        return switch (result) {
            case SltResult.Failed(SQLException error) -> error.getSQLState() + " " + error.getMessage();
            case SltResult.Unfit(String why) -> why;
            case SltResult.Done done -> "no error";
            case SltResult.Rows(ResultValues values) -> values.rows() + " rows";
        };
    }

    /** Records that were left as they are, since what the database did is of another kind: correct them by hand. */
    public List<String> problems() {
        return List.copyOf(problems);
    }

    /** The text of the completed file. */
    public String text() {
        List<String> lines = new ArrayList<>();
        file.records().forEach(record -> write(record, lines));
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }

    private void write(SltRecord record, List<String> lines) {
        List<String> head = new ArrayList<>(record.head());
        switch (record.action()) {
            case SltRecord.Loop loop -> {
                lines.addAll(head);
                loop.body().forEach(inner -> write(inner, lines));
                lines.addAll(loop.end().head());
            }
            case SltRecord.HashThreshold(int values) -> {
                threshold = values;
                lines.addAll(head);
            }
            case SltRecord.Query query -> {
                lines.addAll(head);
                SltResult own = known(record);
                SltResult result = own instanceof SltResult.Rows ? own : labelled.get(query.label());
                if (result != null || record.expected().isPresent()) {
                    lines.add("----");
                    lines.addAll(result == null ? kept(record) : answer(record, result));
                }
            }
            case SltRecord.Statement statement -> {
                List<String> below = completed(record, statement, head);
                lines.addAll(head);
                if (record.expected().isPresent()) {
                    lines.add("----");
                    lines.addAll(below);
                }
            }
            default -> lines.addAll(head);
        }
    }

    /** What the record gave, if it always gave the same. */
    private @Nullable SltResult known(SltRecord record) {
        return varying.contains(record.line()) ? null : results.get(record.line());
    }

    private static List<String> kept(SltRecord record) {
        return record.expected().orElse(List.of());
    }

    /** Completes the directive in the head of a statement; gives what goes below it. */
    private List<String> completed(SltRecord record, SltRecord.Statement statement, List<String> head) {
        SltResult result = known(record);
        String connection = statement.connection().isEmpty() ? "" : " " + statement.connection();
        return switch (statement.expectation()) {
            case SltRecord.StatementExpectation.Changes changes -> {
                if (result instanceof SltResult.Done(long count)) {
                    head.set(record.directive(), "statement count " + count + connection);
                }
                yield kept(record);
            }
            case SltRecord.StatementExpectation.Failure failure -> {
                if (!(result instanceof SltResult.Failed(SQLException error))) {
                    yield kept(record);
                }
                if (file.dialect() == Dialect.KADEDB) {
                    head.set(record.directive(), "statement error " + error.getSQLState() + connection);
                    yield ErrorText.of(error);
                }
                yield String.valueOf(error.getMessage())
                        .lines()
                        .filter(line -> !line.isBlank())
                        .toList();
            }
            default -> kept(record);
        };
    }

    private List<String> answer(SltRecord record, SltResult result) {
        if (!(result instanceof SltResult.Rows(ResultValues values))
                || !(record.action() instanceof SltRecord.Query query)) {
            return List.of(told(result));
        }
        if (threshold > 0 && values.cells().size() > threshold) {
            return List.of(values.hash());
        }
        boolean rows = file.dialect() != Dialect.SQLITE && query.sort() != SltRecord.Sort.VALUESORT;
        return rows ? values.lines() : values.cells();
    }
}
