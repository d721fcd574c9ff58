package io.kadedb.sqltests.slt;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a file anew with what the judge gave: rows below queries, SQLSTATEs and row counts behind statements. Records
 * that the judge leaves out keep what they have, but for queries whose label another query shares: they get its rows.
 */
final class Completion implements SltRunner.Check {
    private final SltFile file;
    private final Map<Integer, SltRunner.Result> results = new HashMap<>();
    private final Map<String, List<String>> labelled = new HashMap<>();
    private final List<String> problems = new ArrayList<>();

    Completion(SltFile file) {
        this.file = file;
    }

    @Override
    public void accept(SltRecord record, SltRunner.Result result) {
        results.put(record.line(), result);
        boolean failed = result instanceof SltRunner.Result.Failed;
        if (failed == (record.action() instanceof SltRecord.Fails)) {
            if (record.action() instanceof SltRecord.Query query
                    && result instanceof SltRunner.Result.Rows(List<String> rows)
                    && !query.label().isEmpty()) {
                labelled.putIfAbsent(query.label(), rows);
            }
            return;
        }
        String what = result instanceof SltRunner.Result.Failed(SQLException error)
                ? error.getSQLState() + " " + error.getMessage()
                : "no error";
        problems.add(file.name() + ":" + record.line() + ": the judge says " + what);
    }

    /** Records whose kind is not what the judge did: they must be corrected by hand. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    /** The text of the completed file. */
    String text() {
        List<String> blocks = new ArrayList<>();
        for (SltRecord record : file.records()) {
            blocks.add(String.join("\n", lines(record)));
        }
        return String.join("\n\n", blocks) + "\n";
    }

    private List<String> lines(SltRecord record) {
        List<String> lines = new ArrayList<>(record.head());
        SltRunner.Result result = results.get(record.line());
        switch (record.action()) {
            case SltRecord.Query query -> {
                lines.add("----");
                lines.addAll(
                        result instanceof SltRunner.Result.Rows(List<String> rows)
                                ? rows
                                : labelled.getOrDefault(query.label(), query.expected()));
            }
            case SltRecord.Fails statement -> {
                if (result instanceof SltRunner.Result.Failed(SQLException error)) {
                    lines.set(record.directive(), "statement error " + error.getSQLState());
                }
                if (statement.text().isPresent()) {
                    lines.add("----");
                    lines.addAll(
                            result instanceof SltRunner.Result.Failed(SQLException error)
                                    ? ErrorText.of(error)
                                    : statement.text().get());
                }
            }
            case SltRecord.Changes statement -> {
                if (result instanceof SltRunner.Result.Done(long count)) {
                    lines.set(record.directive(), "statement count " + count);
                }
            }
            case SltRecord.Succeeds s -> {}
            case SltRecord.Comment c -> {}
            case SltRecord.Connection c -> {}
            case SltRecord.CreateFile c -> {}
        }
        return lines;
    }
}
