package io.kadedb.sqltests.fuzz;

import io.kadedb.sqltests.fuzz.generate.Choices;
import io.kadedb.sqltests.fuzz.generate.Queries;
import io.kadedb.sqltests.fuzz.generate.Schema;
import io.kadedb.sqltests.fuzz.generate.Schemas;
import io.kadedb.sqltests.fuzz.peer.Outcome;
import io.kadedb.sqltests.fuzz.peer.Peer;
import io.kadedb.sqltests.fuzz.peer.Session;
import io.kadedb.sqltests.fuzz.sql.Statement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Makes cases one after the other, runs them on KadeDB and its peers, and compares. */
final class Fuzzer {
    private static final int QUERIES = 25;

    private final long seed;
    private final List<Peer> peers;
    private final Summary summary;
    private final Consumer<Finding> findings;
    private final List<Finding> found = new ArrayList<>();

    Fuzzer(long seed, List<Peer> peers, Summary summary, Consumer<Finding> findings) {
        this.seed = seed;
        this.peers = List.copyOf(peers);
        this.summary = summary;
        this.findings = findings;
    }

    /** Runs one case. */
    void run(long number) throws SQLException {
        List<Statement> script = script(number);
        summary.addCase();
        script.forEach(summary::made);
        List<Outcome> ours = new ArrayList<>();
        try (Session session = new Session(Peer.ours())) {
            for (int i = 0; i < script.size(); i++) {
                Outcome outcome = session.run(script.get(i));
                ours.add(outcome);
                if (isUnsupported(script.get(i), outcome)) {
                    summary.unsupported();
                    break;
                }
                Optional<Problem> bug = Verdict.alone(outcome);
                if (bug.isPresent()) {
                    report(number, "kadedb", script, i, bug.get());
                    if (session.isLost()) {
                        break;
                    }
                }
            }
        }
        for (Peer peer : peers) {
            compare(number, script.subList(0, ours.size()), ours, peer);
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

    private List<Statement> script(long number) {
        Choices choices = new Choices(seed, number);
        Schema schema = new Schemas(choices).next();
        List<Statement> script = new ArrayList<>(schema.setup());
        Queries queries = new Queries(choices, schema.tables());
        for (int i = 0; i < QUERIES; i++) {
            script.add(queries.next());
        }
        return script;
    }

    private void compare(long number, List<Statement> script, List<Outcome> ours, Peer peer) throws SQLException {
        try (Session session = new Session(peer)) {
            for (int i = 0; i < script.size(); i++) {
                Statement statement = script.get(i);
                Optional<String> refusal = peer.dialect().refuses(statement.sql());
                if (refusal.isPresent()) {
                    summary.skipped(peer, refusal.get());
                    if (!(statement.answer() instanceof Statement.Rows)) {
                        // Its tables would hold something else from here on.
                        summary.skippedRest(peer, script.size() - i - 1);
                        return;
                    }
                    continue;
                }
                Verdict verdict = Verdict.between(statement, ours.get(i), session.run(statement), peer);
                summary.judged(peer, verdict);
                if (verdict instanceof Verdict.Wrong(Problem problem)
                        && Verdict.alone(ours.get(i)).isEmpty()) {
                    report(number, peer.name(), script, i, problem);
                    if (!(statement.answer() instanceof Statement.Rows)) {
                        return;
                    }
                }
            }
        }
    }

    private void report(long number, String judge, List<Statement> script, int last, Problem problem) {
        List<Statement> needed = new ArrayList<>();
        for (Statement statement : script.subList(0, last)) {
            if (!(statement.answer() instanceof Statement.Rows)) {
                needed.add(statement);
            }
        }
        needed.add(script.get(last));
        found.add(new Finding(number, judge, needed, problem));
    }
}
