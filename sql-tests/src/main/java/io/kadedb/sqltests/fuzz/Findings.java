package io.kadedb.sqltests.fuzz;

import io.kadedb.sqltests.fuzz.minimise.Minimiser;
import io.kadedb.sqltests.fuzz.peer.Dialect;
import io.kadedb.sqltests.fuzz.peer.Outcome;
import io.kadedb.sqltests.fuzz.peer.Peer;
import io.kadedb.sqltests.fuzz.peer.Session;
import io.kadedb.sqltests.fuzz.sql.Construct;
import io.kadedb.sqltests.fuzz.sql.Constructs;
import io.kadedb.sqltests.fuzz.sql.Statement;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes findings smaller and shows them, a few of each sort. */
final class Findings {
    private static final int TRIALS = 600;
    private static final int SHOWN_OF_A_SORT = 3;

    private final long seed;
    private final List<Peer> peers;
    private final Optional<Path> folder;
    private final PrintWriter out;
    private final Map<String, Integer> sorts = new HashMap<>();

    Findings(long seed, List<Peer> peers, Optional<Path> folder, PrintWriter out) {
        this.seed = seed;
        this.peers = List.copyOf(peers);
        this.folder = folder;
        this.out = out;
    }

    void add(Finding finding) {
        if (sorts.merge(finding.judge() + " " + finding.problem().kind(), 1, Integer::sum) > SHOWN_OF_A_SORT * 4) {
            return;
        }
        Optional<Peer> peer =
                peers.stream().filter(one -> one.name().equals(finding.judge())).findFirst();
        String kind = finding.problem().kind();
        Minimiser minimiser = new Minimiser(
                script -> problem(script, peer)
                        .filter(problem -> problem.kind().equals(kind))
                        .isPresent(),
                TRIALS);
        List<Statement> script = minimiser.minimise(finding.script());
        Problem problem = problem(script, peer).orElse(finding.problem());
        Set<Construct> constructs = Constructs.of(script.getLast().sql());
        if (sorts.merge(kind + constructs, 1, Integer::sum) <= SHOWN_OF_A_SORT) {
            print(finding, script, problem);
        }
    }

    /** What is wrong with the last statement of a script, if something is. */
    private static Optional<Problem> problem(List<Statement> script, Optional<Peer> peer) {
        Statement last = script.getLast();
        Outcome ours = last(script, Peer.ours());
        Optional<Problem> alone = Verdict.alone(ours);
        if (alone.isPresent() || peer.isEmpty()) {
            return alone;
        }
        for (Statement statement : script) {
            if (peer.get().dialect().refuses(statement.sql()).isPresent()) {
                return Optional.empty();
            }
        }
        return Verdict.between(last, ours, last(script, peer.get()), peer.get()) instanceof Verdict.Wrong wrong
                ? Optional.of(wrong.problem())
                : Optional.empty();
    }

    private static Outcome last(List<Statement> script, Peer peer) {
        try (Session session = new Session(peer)) {
            Outcome outcome = new Outcome.Count(0);
            for (Statement statement : script) {
                outcome = session.run(statement);
            }
            return outcome;
        } catch (SQLException e) {
            return new Outcome.Failed(String.valueOf(e.getSQLState()), String.valueOf(e.getMessage()));
        }
    }

    private void print(Finding finding, List<Statement> script, Problem problem) {
        out.println("\n--- " + finding.judge() + ", --seed " + seed + " --case " + finding.number() + ": "
                + problem.kind());
        for (Statement statement : script) {
            out.println(Dialect.POSTGRESQL.write(statement.sql()) + ";");
        }
        out.println("-- " + problem.text().replace("\n", "\n-- "));
        out.flush();
    }
}
