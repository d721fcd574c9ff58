package io.kadedb.sqltests.fuzz;

import io.kadedb.sqltests.fuzz.minimise.Minimiser;
import io.kadedb.sqltests.fuzz.peer.Dialect;
import io.kadedb.sqltests.fuzz.peer.Peer;
import io.kadedb.sqltests.fuzz.sql.Construct;
import io.kadedb.sqltests.fuzz.sql.Constructs;
import io.kadedb.sqltests.fuzz.sql.Statement;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Makes findings smaller and shows them, a few of each sort. */
final class Findings {
    private static final int TRIALS = 500;
    private static final Duration TIME = Duration.ofMinutes(2);
    private static final int SHOWN_OF_A_SORT = 3;

    /** Of one judge and problem; more are counted only. */
    private static final int MINIMISED = 12;

    private final long seed;
    private final List<Peer> peers;
    private final Optional<Path> folder;
    private final PrintWriter out;
    private final Map<String, Integer> sorts = new HashMap<>();
    private int written;

    /**
     * @param peers of the run
     * @param folder where logic files go
     */
    Findings(long seed, List<Peer> peers, Optional<Path> folder, PrintWriter out) {
        this.seed = seed;
        this.peers = List.copyOf(peers);
        this.folder = folder;
        this.out = out;
    }

    void add(Finding finding) {
        Judge judge = finding.judge();
        String kind = finding.problem().kind();
        if (sorts.merge(judge.name() + " " + kind, 1, Integer::sum) > MINIMISED) {
            return;
        }
        out.println("case " + finding.number() + ", " + judge.name() + ": " + kind + "; being made smaller");
        out.flush();
        Minimiser minimiser = new Minimiser(
                script -> judge.problem(script)
                        .filter(problem -> problem.kind().equals(kind))
                        .isPresent(),
                TRIALS,
                TIME);
        List<Statement> script = minimiser.minimise(finding.script());
        Problem problem = judge.problem(script).orElse(finding.problem());
        Set<Construct> constructs = Constructs.of(script.getLast().sql());
        if (sorts.merge(kind + constructs, 1, Integer::sum) <= SHOWN_OF_A_SORT) {
            print(finding, script, problem);
            folder.ifPresent(into -> write(into, finding, script, problem));
        }
    }

    private void write(Path into, Finding finding, List<Statement> script, Problem problem) {
        String name =
                (finding.judge().name() + "-" + seed + "-" + finding.number() + "-" + ++written).replace(' ', '_');
        Peer truth = peers.stream()
                .filter(peer -> peer.isReference()
                        && script.stream()
                                .allMatch(statement ->
                                        peer.dialect().refuses(statement.sql()).isEmpty()))
                .findFirst()
                .or(() -> finding.judge() instanceof Judge.ByPeer by ? Optional.of(by.peer()) : Optional.empty())
                .orElseGet(Peer::ours);
        try {
            new LogicFile(truth)
                    .write(
                            into.resolve(name + ".slt"),
                            finding.judge().name() + ": "
                                    + problem.text().lines().findFirst().orElse(""),
                            script.subList(0, script.size() - 1),
                            finding.judge().shown(script));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            out.println("no logic file for " + name + ": " + e.getMessage());
        }
    }

    private void print(Finding finding, List<Statement> script, Problem problem) {
        out.println("\n--- " + finding.judge().name() + ", --seed " + seed + " --case " + finding.number() + ": "
                + problem.kind());
        script.subList(0, script.size() - 1).forEach(this::print);
        finding.judge().shown(script).forEach(this::print);
        out.println("-- " + problem.text().replace("\n", "\n-- "));
        out.flush();
    }

    private void print(Statement statement) {
        out.println(Dialect.KADEDB.write(statement.sql()) + ";");
    }
}
