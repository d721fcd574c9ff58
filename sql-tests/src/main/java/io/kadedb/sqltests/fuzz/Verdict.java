package io.kadedb.sqltests.fuzz;

import io.kadedb.sqltests.fuzz.oracle.Oracle;
import io.kadedb.sqltests.fuzz.peer.Comparison;
import io.kadedb.sqltests.fuzz.peer.Dialect;
import io.kadedb.sqltests.fuzz.peer.Outcome;
import io.kadedb.sqltests.fuzz.peer.Peer;
import io.kadedb.sqltests.fuzz.peer.Session;
import io.kadedb.sqltests.fuzz.sql.Construct;
import io.kadedb.sqltests.fuzz.sql.Constructs;
import io.kadedb.sqltests.fuzz.sql.Kind;
import io.kadedb.sqltests.fuzz.sql.Part;
import io.kadedb.sqltests.fuzz.sql.Statement;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Whether our answer is right, beside a peer's or on its own. */
sealed interface Verdict {
    /** Equal answers. */
    record Equal() implements Verdict {}

    /** Both failed alike. */
    record EqualErrors() implements Verdict {}

    /** Nothing can be said. */
    record Undecided(String reason) implements Verdict {}

    /** We are wrong. */
    record Wrong(Problem problem) implements Verdict {}

    /** Codes that tell of limits, not of wrong statements: a time-out, memory, what is not supported. */
    Set<String> LIMITS = Set.of("57014", "53200");

    /** What gives groups of several sets of keys. */
    Set<Construct> SETS = Set.of(Construct.ROLLUP, Construct.CUBE, Construct.GROUPING_SETS);
    /** Frames that begin behind the current row or end before it, without its ties. */
    Pattern TIES_OUTSIDE = Pattern.compile(
            "rows between ([0-9]+ following and [a-z0-9 ]+|[a-z0-9 ]+ and [0-9]+ preceding) exclude ties");

    /** Where one of several equal values stands for all, or only some rows are answered. */
    Set<Construct> ONE_OF_EQUALS = Set.of(
            Construct.GROUP_BY,
            Construct.ROLLUP,
            Construct.CUBE,
            Construct.GROUPING_SETS,
            Construct.DISTINCT,
            Construct.DISTINCT_ON,
            Construct.UNION,
            Construct.INTERSECT,
            Construct.INTERSECT_ALL,
            Construct.EXCEPT,
            Construct.EXCEPT_ALL,
            Construct.LIMIT,
            Construct.OFFSET,
            Construct.WITH_TIES,
            Construct.AGGREGATE,
            Construct.WINDOW,
            Construct.RECURSIVE,
            Construct.USING,
            Construct.GREATEST_LEAST);

    /** Undoes what an oracle has set. */
    Statement RESET = Statement.definition(Part.group("reset all"));

    /** What is a bug whatever others say. */
    static Optional<Problem> alone(Outcome ours) {
        return switch (ours) {
            case Outcome.Hung ignored -> Optional.of(new Problem("hung", "does not end, and does not heed a cancel"));
            case Outcome.Failed failed
            when failed.state().startsWith("XX")
                    || failed.state().startsWith("08")
                    || failed.state().equals("null") ->
                Optional.of(new Problem("fails " + failed.state() + " " + start(failed.message()), text(failed)));
            case Outcome.Failed f -> Optional.empty();
            case Outcome.Rows r -> Optional.empty();
            case Outcome.Count c -> Optional.empty();
        };
    }

    /** A statement that took too long: a bug where others answer it in time, or are not asked. */
    static Optional<Problem> late(Outcome ours) {
        return ours instanceof Outcome.Failed failed && failed.state().equals("57014")
                ? Optional.of(new Problem("times out", text(failed)))
                : Optional.empty();
    }

    static Verdict between(Statement statement, Outcome ours, Outcome theirs, Peer peer) {
        Optional<Problem> bug = alone(ours);
        if (bug.isPresent()) {
            return new Wrong(bug.get());
        }
        if (theirs instanceof Outcome.Failed(String state, String message)) {
            return isKnownFault(statement, ours, state, peer)
                    ? new Undecided("PostgreSQL fails where it should not")
                    : failed(ours, new Outcome.Failed(state, message), peer);
        }
        if (theirs instanceof Outcome.Hung) {
            return new Undecided("hangs");
        }
        if (ours instanceof Outcome.Failed failed) {
            if (failed.state().equals("0A000")) {
                return new Undecided("we do not support: " + start(failed.message()));
            }
            Optional<Problem> late = late(ours);
            if (late.isPresent()) {
                return new Wrong(late.get());
            }
            if (LIMITS.contains(failed.state())) {
                return new Undecided("our limits: " + failed.state());
            }
            if (isUpdatedTwice(statement, failed, peer)) {
                return new Undecided("lets ON CONFLICT update a row twice");
            }
            return isConflictFirst(statement, failed, peer)
                    ? new Undecided("does not look for NULLs in rows that conflict")
                    : new Wrong(new Problem("fails " + failed.state(), "ours fails: " + text(failed)));
        }
        Verdict verdict = answers(statement, ours, theirs);
        if (verdict instanceof Wrong && isOrderOfSets(statement, ours, theirs, peer)) {
            return new Undecided("PostgreSQL orders grouping sets otherwise than it is told");
        }
        if (verdict instanceof Wrong && isLostLimit(statement, ours, theirs, peer)) {
            return new Undecided("DuckDB loses limits over left joins");
        }
        if (verdict instanceof Wrong && isTiesOutside(statement, peer)) {
            return new Undecided("PostgreSQL takes the current row for one of frames that it is not in");
        }
        return verdict instanceof Wrong && isLostCondition(statement, ours, theirs, peer)
                ? new Undecided("PostgreSQL loses conditions over full joins on a side of others")
                : verdict;
    }

    /**
     * PostgreSQL 18 gives a row for {@code t left join (select x.a, 2 as b from t as x full join t as y on 1 = y.d) as z on true
     * where extract(doy from date '2024-03-31') = z.a} with a 1 in {@code a}: the condition is lost.
     */
    private static boolean isLostCondition(Statement statement, Outcome ours, Outcome theirs, Peer peer) {
        return peer.isReference()
                && Constructs.of(statement.sql())
                        .containsAll(Set.of(Construct.FULL_JOIN, Construct.LEFT_JOIN, Construct.WHERE))
                && ours instanceof Outcome.Rows our
                && theirs instanceof Outcome.Rows their
                && our.rows().size() < their.rows().size();
    }

    /** PostgreSQL 18 counts on the current row where ties are excluded, also in frames that begin behind it or end before it. */
    private static boolean isTiesOutside(Statement statement, Peer peer) {
        return peer.isReference()
                && Constructs.of(statement.sql()).contains(Construct.EXCLUDE)
                && TIES_OUTSIDE
                        .matcher(Dialect.POSTGRESQL.write(statement.sql()))
                        .find();
    }

    /** DuckDB 2.0 counts all rows of {@code (select 1 from a left join b on b.x is null limit 1)}. */
    private static boolean isLostLimit(Statement statement, Outcome ours, Outcome theirs, Peer peer) {
        return peer.dialect() == Dialect.DUCKDB
                && Constructs.of(statement.sql()).containsAll(Set.of(Construct.LEFT_JOIN, Construct.LIMIT))
                && ours instanceof Outcome.Rows our
                && theirs instanceof Outcome.Rows their
                && onlyNumber(our) < onlyNumber(their);
    }

    /** The value of an answer that is a single number; NaN for others. */
    private static double onlyNumber(Outcome.Rows answer) {
        return answer.rows().size() == 1
                        && answer.rows().getFirst().size() == 1
                        && answer.rows().getFirst().getFirst() instanceof Number number
                ? number.doubleValue()
                : Double.NaN;
    }

    /**
     * PostgreSQL 18 leaves out keys of the order that it takes for equal to others, as those of {@code x.b} and {@code y.b}
     * behind {@code x join y on x.a = y.a} with {@code a} a primary key, where grouping sets make only one of them NULL.
     */
    private static boolean isOrderOfSets(Statement statement, Outcome ours, Outcome theirs, Peer peer) {
        Set<Construct> constructs = Constructs.of(statement.sql());
        return peer.isReference()
                && !Collections.disjoint(constructs, SETS)
                && statement.answer() instanceof Statement.Rows answer
                && answer.ordered()
                && ours instanceof Outcome.Rows our
                && theirs instanceof Outcome.Rows their
                && Comparison.rows(new Statement.Rows(answer.kinds(), false), our.rows(), their.rows())
                        .isEmpty();
    }

    /** PostgreSQL, and we, refuse two rows for one that ON CONFLICT updates; DuckDB 2.0 lets some pass. */
    private static boolean isUpdatedTwice(Statement statement, Outcome.Failed ours, Peer peer) {
        return !peer.isReference()
                && ours.state().equals("21000")
                && Constructs.of(statement.sql()).contains(Construct.ON_CONFLICT);
    }

    /** PostgreSQL, and we, refuse a NULL before a row may conflict with another. */
    private static boolean isConflictFirst(Statement statement, Outcome.Failed ours, Peer peer) {
        return !peer.isReference()
                && ours.state().equals("23502")
                && Constructs.of(statement.sql()).contains(Construct.ON_CONFLICT);
    }

    /**
     * PostgreSQL 18 plans a lone {@code min(1)} as the first row of an ordered subquery, which WITH TIES of the query around it
     * gives more rows than one. It checks keys after each row that an UPDATE changes, where the standard, and we, do so
     * after the last one, and may find another fault in a row between. Of rows that an INSERT makes it stores each before it
     * makes the next, so that it may find one that breaks a constraint before a value of another. And it computes constants that are too long for
     * their column before it knows that there is no row to write.
     */
    private static boolean isKnownFault(Statement statement, Outcome ours, String state, Peer peer) {
        Set<Construct> constructs = Constructs.of(statement.sql());
        boolean ties = state.equals("21000")
                && !(ours instanceof Outcome.Failed)
                && constructs.contains(Construct.WITH_TIES)
                && constructs.contains(Construct.AGGREGATE);
        boolean keys = state.equals("23505")
                && Dialect.POSTGRESQL.write(statement.sql()).contains("update ")
                && !constructs.contains(Construct.ON_CONFLICT);
        boolean rowByRow = state.startsWith("23")
                && ours instanceof Outcome.Failed failed
                && failed.errorClass().equals("22")
                && Dialect.POSTGRESQL.write(statement.sql()).contains("insert ");
        boolean none = state.equals("22001")
                && ((ours instanceof Outcome.Count(long count) && count == 0)
                        || (ours instanceof Outcome.Rows(var rows) && rows.isEmpty()));
        return peer.isReference() && (ties || keys || rowByRow || none);
    }

    /** Whether both sides of an oracle's equation answer the same. */
    static Verdict equation(Oracle oracle, Statement pieces, Session session) {
        Optional<Oracle.Equation> equation = oracle.equation(pieces, session);
        if (equation.isEmpty()) {
            return new Undecided("says nothing about it");
        }
        Statement left = equation.get().left();
        Outcome ours = session.run(left);
        equation.get().between().ifPresent(session::run);
        Outcome theirs = session.run(equation.get().right());
        equation.get().between().ifPresent(ignored -> session.run(RESET));
        Optional<Problem> bug = alone(ours).or(() -> alone(theirs));
        if (bug.isPresent()) {
            return new Wrong(bug.get());
        }
        boolean failed = ours instanceof Outcome.Failed;
        if (failed && theirs instanceof Outcome.Failed) {
            return new EqualErrors();
        }
        if (theirs instanceof Outcome.Failed(String state, String message)) {
            return state.equals("0A000") || LIMITS.contains(state)
                    ? new Undecided("we do not support: " + start(message))
                    : new Wrong(new Problem("fails " + state, "the other side fails: " + message));
        }
        return ours instanceof Outcome.Failed one
                ? one.state().equals("0A000") || LIMITS.contains(one.state())
                        ? new Undecided("we do not support: " + start(one.message()))
                        : new Wrong(new Problem("fails " + one.state(), "one side fails: " + text(one)))
                : answers(left, ours, theirs);
    }

    private static Verdict failed(Outcome ours, Outcome.Failed theirs, Peer peer) {
        if (ours instanceof Outcome.Failed failed) {
            if (LIMITS.contains(failed.state()) && LIMITS.contains(theirs.state())) {
                return new Undecided("the limits of both: " + failed.state());
            }
            boolean equal = !peer.isReference()
                    || failed.errorClass().equals(theirs.errorClass())
                    || failed.state().equals("0A000");
            return equal
                    ? new EqualErrors()
                    : new Wrong(new Problem(
                            "fails " + failed.state() + " for " + theirs.state(),
                            "ours fails: " + text(failed) + "\n  expected: " + text(theirs)));
        }
        // XX000 is a fault of the peer's own: PostgreSQL 18 fails to order some joins with LATERAL.
        if (!peer.isReference()
                || LIMITS.contains(theirs.state())
                || theirs.state().equals("XX000")) {
            return new Undecided("refuses: " + start(theirs.message()));
        }
        return new Wrong(new Problem("succeeds for " + theirs.state(), "ours succeeds, expected: " + text(theirs)));
    }

    private static Verdict answers(Statement statement, Outcome ours, Outcome theirs) {
        if (statement.answer() instanceof Statement.Rows answer
                && ours instanceof Outcome.Rows our
                && theirs instanceof Outcome.Rows their) {
            return differing(statement, answer, our, their)
                    .<Verdict>map(text -> new Wrong(new Problem("rows", text)))
                    .orElseGet(Equal::new);
        }
        if (ours instanceof Outcome.Count our && theirs instanceof Outcome.Count their && our.rows() != their.rows()) {
            return new Wrong(new Problem("count", our.rows() + " rows changed, expected " + their.rows()));
        }
        return new Equal();
    }

    /** Which of equal intervals stands first is open, and so is which of them stands for a group: 1 day equals 24:00:00. */
    private static Optional<String> differing(
            Statement statement, Statement.Rows answer, Outcome.Rows ours, Outcome.Rows theirs) {
        if (!answer.kinds().contains(Kind.INTERVAL)) {
            return Comparison.rows(answer, ours.rows(), theirs.rows());
        }
        boolean one = Constructs.of(statement.sql()).stream().anyMatch(ONE_OF_EQUALS::contains);
        return one
                ? Comparison.rowsByLength(answer, ours.rows(), theirs.rows())
                : Comparison.rows(new Statement.Rows(answer.kinds(), false), ours.rows(), theirs.rows());
    }

    private static String text(Outcome.Failed failed) {
        return failed.state() + " " + failed.message().lines().findFirst().orElse("");
    }

    /** Errors of one sort begin alike. */
    private static String start(String message) {
        String line =
                message.lines().findFirst().orElse("").replaceAll("[0-9]+", "#").replaceAll("[\"'].*", "");
        return line.length() > 60 ? line.substring(0, 60) : line;
    }
}
