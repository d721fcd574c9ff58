package io.kadedb.sqltests.slt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What became of a statement or query, or of a directive that could not be carried out.
 *
 * @param script the name of its file
 * @param sql what was run, its variables filled in
 * @param result what it gave; absent if it did not run
 */
public record Outcome(String script, SltRecord record, String sql, Optional<SltResult> result, Verdict verdict) {
    /** {@code file:line}. */
    public String place() {
        return script + ":" + record.line();
    }

    /** A failure for its reader: place, what is wrong, the statement, the difference. */
    public List<String> report() {
        if (!(verdict instanceof Verdict.Failed failed)) {
            return List.of();
        }
        List<String> lines = new ArrayList<>();
        lines.add(place() + ": " + failed.what());
        sql.lines().forEach(line -> lines.add("    " + line));
        failed.difference().forEach(line -> lines.add("  " + line));
        return lines;
    }
}
