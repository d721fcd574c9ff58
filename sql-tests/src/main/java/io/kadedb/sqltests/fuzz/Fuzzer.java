package io.kadedb.sqltests.fuzz;

import io.kadedb.sqltests.fuzz.generate.Changes;
import io.kadedb.sqltests.fuzz.generate.Choices;
import io.kadedb.sqltests.fuzz.generate.Pieces;
import io.kadedb.sqltests.fuzz.generate.Queries;
import io.kadedb.sqltests.fuzz.generate.Schema;
import io.kadedb.sqltests.fuzz.generate.Schemas;
import io.kadedb.sqltests.fuzz.generate.Wanted;
import io.kadedb.sqltests.fuzz.peer.Outcome;
import io.kadedb.sqltests.fuzz.peer.Peer;
import io.kadedb.sqltests.fuzz.peer.Session;
import io.kadedb.sqltests.fuzz.sql.Construct;
import io.kadedb.sqltests.fuzz.sql.Constructs;
import io.kadedb.sqltests.fuzz.sql.Statement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes cases one after the other, runs them on KadeDB and its peers, and compares. */
final class Fuzzer {
    private static final int QUERIES = 25;
    private static final int MOST_CHANGES = 4;
    private static final int ORACLES = 6;

    private final long seed;
    private final List<Peer> peers;
    private final Wanted wanted;
    private final Summary summary;
    private final Consumer<Finding> findings;
    private final List<Finding> found = new ArrayList<>();

    Fuzzer(long seed, Wanted wanted, List<Peer> peers, Summary summary, Consumer<Finding> findings) {
        this.seed = seed;
        this.wanted = wanted;
        this.peers = List.copyOf(peers);
        this.summary = summary;
        this.findings = findings;
    }

    /** Runs one case. */
    void run(long number) throws SQLException {
        Choices choices = new Choices(seed, number);
        Schema schema = new Schemas(choices, wanted).next();
        Queries queries = new Queries(choices, wanted, schema.relations());
        List<Statement> script = script(choices, schema, queries);
        summary.addCase();
        script.forEach(summary::made);
        List<Outcome> ours = new ArrayList<>();
        boolean isWhole = true;
        try (Session session = new Session(Peer.ours())) {
            for (int i = 0; i < script.size(); i++) {
                Outcome outcome = session.run(script.get(i));
                ours.add(outcome);
                if (isUnsupported(script.get(i), outcome)) {
                    summary.unsupported();
                    isWhole = i >= schema.setup().size();
                    break;
                }
                Optional<Problem> bug =
                        Verdict.alone(outcome).or(() -> peers.isEmpty() ? Verdict.late(outcome) : Optional.empty());
                if (bug.isPresent()) {
                    summary.judged("kadedb", new Verdict.Wrong(bug.get()));
                    report(number, new Judge.Alone(), script, i, bug.get());
                    if (session.isLost()) {
                        break;
                    }
                }
            }
        }
        for (Peer peer : peers) {
            compare(number, script.subList(0, ours.size()), ours, peer);
        }
        if (isWhole) {
            oracles(number, choices, schema, queries);
        }
        // Only now: making them smaller empties the databases of peers.
        found.forEach(findings);
        found.clear();
    }

    /** What would follow needs what is not there. */
    private static boolean isUnsupported(Statement statement, Outcome outcome) {
        return statement.answer() instanceof Statement.Done
                && outcome instanceof Outcome.Failed failed
                && failed.state().equals("0A000");
    }

    /** Tables, queries, changes. */
    private List<Statement> script(Choices choices, Schema schema, Queries queries) {
        List<Statement> script = new ArrayList<>(schema.setup());
        for (int i = 0; i < QUERIES; i++) {
            script.add(queries.next());
        }
        Changes changes = new Changes(choices, wanted, schema, queries);
        for (int i = choices.below(MOST_CHANGES); i > 0; i--) {
            script.addAll(changes.next());
        }
        return script;
    }

    private void oracles(long number, Choices choices, Schema schema, Queries queries) throws SQLException {
        try (Session session = new Session(Peer.ours())) {
            schema.setup().forEach(session::run);
            Oracles oracles = new Oracles(choices, new Pieces(choices, wanted, schema, queries), session);
            for (int i = 0; i < ORACLES && !session.isLost(); i++) {
                Optional<Oracles.Check> check = oracles.next();
                if (check.isPresent()) {
                    Judge.ByOracle judge = new Judge.ByOracle(check.get().oracle());
                    Verdict verdict =
                            Verdict.equation(check.get().oracle(), check.get().pieces(), session);
                    summary.judged(judge.name(), verdict);
                    if (verdict instanceof Verdict.Wrong(Problem problem)) {
                        List<Statement> script = new ArrayList<>(schema.setup());
                        script.add(check.get().pieces());
                        found.add(new Finding(number, judge, script, problem));
                    }
                }
            }
        }
    }

    private void compare(long number, List<Statement> script, List<Outcome> ours, Peer peer) throws SQLException {
        Divergence divergence = new Divergence();
        try (Session session = new Session(peer)) {
            for (int i = 0; i < script.size(); i++) {
                Statement statement = script.get(i);
                if (statement.answer() instanceof Statement.Done) {
                    divergence.define(statement);
                }
                Optional<String> skipped = skipped(statement, ours.get(i), peer, divergence);
                if (skipped.isPresent()) {
                    summary.skipped(peer, skipped.get());
                    if (changes(statement) || (ours.get(i) instanceof Outcome.Failed && divergence.isInTransaction())) {
                        divergence.add(statement);
                    }
                    continue;
                }
                Verdict verdict = Verdict.between(statement, ours.get(i), session.run(statement), peer);
                summary.judged(peer, verdict);
                if (verdict instanceof Verdict.Wrong(Problem problem)) {
                    report(number, new Judge.ByPeer(peer), script, i, problem);
                }
                if (changes(statement) && diverges(verdict)) {
                    divergence.add(statement);
                }
            }
        }
    }

    /** Why a statement is not run on a peer, if so. */
    private static Optional<String> skipped(Statement statement, Outcome ours, Peer peer, Divergence divergence) {
        if (divergence.concerns(statement)) {
            return Optional.of("about tables that differ after a statement that it was not given");
        }
        return Verdict.alone(ours).isPresent() && !changes(statement)
                ? Optional.of("wrong whatever it answers")
                : peer.dialect().refuses(statement.sql());
    }

    /** Whether the tables that a change is about may hold something else from here on. */
    private static boolean diverges(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Equal e -> false;
            case Verdict.EqualErrors e -> false;
            case Verdict.Undecided u -> true;
            case Verdict.Wrong w -> true;
        };
    }

    private static boolean changes(Statement statement) {
        return !(statement.answer() instanceof Statement.Rows)
                || Constructs.of(statement.sql()).contains(Construct.RETURNING);
    }

    private void report(long number, Judge judge, List<Statement> script, int last, Problem problem) {
        List<Statement> needed = new ArrayList<>();
        for (Statement statement : script.subList(0, last)) {
            if (changes(statement)) {
                needed.add(statement);
            }
        }
        needed.add(script.get(last));
        found.add(new Finding(number, judge, needed, problem));
    }
}
