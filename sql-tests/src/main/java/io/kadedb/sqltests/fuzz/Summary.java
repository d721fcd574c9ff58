package io.kadedb.sqltests.fuzz;

import io.kadedb.sqltests.fuzz.peer.Peer;
import io.kadedb.sqltests.fuzz.sql.Construct;
import io.kadedb.sqltests.fuzz.sql.Constructs;
import io.kadedb.sqltests.fuzz.sql.Statement;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Counts what was made and what became of it. */
final class Summary {
    private static final int REASONS_SHOWN = 12;

    private final Map<Construct, Long> made = new EnumMap<>(Construct.class);
    private final Map<String, Judged> judges = new LinkedHashMap<>();
    private long cases;
    private long unsupported;
    private long statements;

    /** Counts of one judge. */
    private static final class Judged {
        private long equal;
        private long equalErrors;
        private long wrong;
        private long skipped;
        private final Map<String, Long> reasons = new TreeMap<>();

        private void skip(String reason, long count) {
            skipped += count;
            reasons.merge(reason, count, Long::sum);
        }
    }

    void addCase() {
        cases++;
    }

    /** A case that ends at a definition that we do not support. */
    void unsupported() {
        unsupported++;
    }

    void made(Statement statement) {
        statements++;
        Constructs.of(statement.sql()).forEach(construct -> made.merge(construct, 1L, Long::sum));
    }

    void judged(Peer peer, Verdict verdict) {
        judged(peer.name(), verdict);
    }

    void judged(String judge, Verdict verdict) {
        Judged judged = judges.computeIfAbsent(judge, name -> new Judged());
        switch (verdict) {
            case Verdict.Equal ignored -> judged.equal++;
            case Verdict.EqualErrors ignored -> judged.equalErrors++;
            case Verdict.Wrong ignored -> judged.wrong++;
            case Verdict.Undecided undecided -> judged.skip(undecided.reason(), 1);
        }
    }

    void skipped(Peer peer, String reason) {
        judges.computeIfAbsent(peer.name(), name -> new Judged()).skip(reason, 1);
    }

    long statements() {
        return statements;
    }

    long wrong() {
        return judges.values().stream().mapToLong(judged -> judged.wrong).sum();
    }

    /** How many statements had a construct. */
    long count(Construct construct) {
        return made.getOrDefault(construct, 0L);
    }

    /** Statements that a judge compared. */
    long compared(String judge) {
        Judged judged = judges.get(judge);
        return judged == null ? 0 : judged.equal + judged.equalErrors + judged.wrong;
    }

    void print(PrintWriter out, Duration time) {
        out.println();
        out.println("statements with each construct:");
        int column = 0;
        for (Construct construct : Construct.values()) {
            out.print(String.format(Locale.ROOT, "  %-24s%8d", construct.title(), count(construct)));
            if (++column % 3 == 0) {
                out.println();
            }
        }
        out.println();
        judges.forEach((name, judged) -> {
            out.println();
            out.println(name + ": " + (judged.equal + judged.equalErrors + judged.wrong) + " compared, " + judged.equal
                    + " equal, " + judged.equalErrors + " equal errors, " + judged.wrong + " mismatches, "
                    + judged.skipped + " skipped");
            judged.reasons.entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                    .limit(REASONS_SHOWN)
                    .forEach(reason -> out.println(
                            String.format(Locale.ROOT, "  %8d skipped: %s", reason.getValue(), reason.getKey())));
        });
        out.println();
        out.println(cases + " cases (" + unsupported + " ended at a definition that we do not support), " + statements
                + " statements, " + wrong() + " mismatches in " + time.toSeconds() + " s");
        out.flush();
    }
}
