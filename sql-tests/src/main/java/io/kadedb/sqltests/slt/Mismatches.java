package io.kadedb.sqltests.slt;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Collects what differs from a file's expectations, all of it, so that one run shows every bug the file finds. */
final class Mismatches implements SltRunner.Check {
    private static final int ROWS_SHOWN = 20;

    private final String file;
    private final List<String> found = new ArrayList<>();
    private final Map<String, List<String>> labelled = new HashMap<>();
    private int checked;

    Mismatches(String file) {
        this.file = file;
    }

    /** One text per record that differs. */
    List<String> found() {
        return List.copyOf(found);
    }

    int checked() {
        return checked;
    }

    @Override
    public void accept(SltRecord record, SltRunner.Result result) {
        checked++;
        switch (record.action()) {
            case SltRecord.Query query -> query(record, query, result);
            case SltRecord.Fails statement -> fails(record, statement, result);
            case SltRecord.Changes statement -> changes(record, statement, result);
            case SltRecord.Succeeds statement -> {
                if (result instanceof SltRunner.Result.Failed failed) {
                    add(record, "expected success", failed);
                }
            }
            case SltRecord.Comment c -> throw new AssertionError(c);
            case SltRecord.Connection c -> throw new AssertionError(c);
            case SltRecord.CreateFile c -> throw new AssertionError(c);
        }
    }

    private void query(SltRecord record, SltRecord.Query query, SltRunner.Result result) {
        if (!(result instanceof SltRunner.Result.Rows(List<String> rows))) {
            add(record, "expected rows", result);
            return;
        }
        if (!rows.equals(query.expected())) {
            add(record, "expected\n" + shown(query.expected()) + "\nbut got\n" + shown(rows));
        }
        if (!query.label().isEmpty()) {
            List<String> others = labelled.putIfAbsent(query.label(), rows);
            if (others != null && !others.equals(rows)) {
                add(record, "differs from the other query labelled " + query.label() + "\n" + shown(others));
            }
        }
    }

    private void fails(SltRecord record, SltRecord.Fails statement, SltRunner.Result result) {
        boolean right = result instanceof SltRunner.Result.Failed(SQLException error)
                && statement.sqlState().equals(error.getSQLState());
        if (!right) {
            add(record, "expected error " + statement.sqlState(), result);
        } else if (result instanceof SltRunner.Result.Failed(SQLException error)
                && statement.text().isPresent()
                && !statement.text().get().equals(ErrorText.of(error))) {
            add(record, "expected\n" + shown(statement.text().get()) + "\nbut got\n" + shown(ErrorText.of(error)));
        }
    }

    private void changes(SltRecord record, SltRecord.Changes statement, SltRunner.Result result) {
        boolean right = result instanceof SltRunner.Result.Done(long count) && count == statement.rows();
        if (!right) {
            add(record, "expected " + statement.rows() + " rows changed", result);
        }
    }

    private void add(SltRecord record, String expected, SltRunner.Result result) {
        add(
                record,
                expected + ", but got "
                        + switch (result) {
                            case SltRunner.Result.Failed failed ->
                                "error " + failed.error().getSQLState() + ": "
                                        + failed.error().getMessage();
                            case SltRunner.Result.Done done -> "success, " + done.count() + " rows";
                            case SltRunner.Result.Rows rows -> shown(rows.rows());
                        });
    }

    private void add(SltRecord record, String what) {
        found.add(file + ":" + record.line() + ": " + String.join("\n", record.head()) + "\n" + what);
    }

    private static String shown(List<String> rows) {
        List<String> some = rows.size() > ROWS_SHOWN ? rows.subList(0, ROWS_SHOWN) : rows;
        String more = rows.size() > ROWS_SHOWN ? "\n  ... " + rows.size() + " rows" : "";
        return some.isEmpty() ? "  (no rows)" : "  " + String.join("\n  ", some) + more;
    }
}
