package io.kadedb.sqltests.fuzz;

import io.kadedb.sqltests.fuzz.oracle.Oracle;
import io.kadedb.sqltests.fuzz.peer.Outcome;
import io.kadedb.sqltests.fuzz.peer.Peer;
import io.kadedb.sqltests.fuzz.peer.Session;
import io.kadedb.sqltests.fuzz.sql.Statement;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Says what is wrong with what a script ends in, from empty databases on. */
sealed interface Judge {
    String name();

    /** What is wrong with the last statement; empty if nothing is. */
    Optional<Problem> problem(List<Statement> script);

    /** The statement that is run, and beside it what must answer the same; one of them unless an oracle judges. */
    List<Statement> shown(List<Statement> script);

    /** What is wrong whatever others say: internal errors, lost connections, statements that do not end. */
    record Alone() implements Judge {
        @Override
        public String name() {
            return "kadedb";
        }

        @Override
        public Optional<Problem> problem(List<Statement> script) {
            Outcome ours = last(script, Peer.ours());
            return Verdict.alone(ours).or(() -> Verdict.late(ours));
        }

        @Override
        public List<Statement> shown(List<Statement> script) {
            return List.of(script.getLast());
        }
    }

    /** Another database. */
    record ByPeer(Peer peer) implements Judge {
        @Override
        public String name() {
            return peer.name();
        }

        @Override
        public Optional<Problem> problem(List<Statement> script) {
            for (Statement statement : script) {
                if (peer.dialect().refuses(statement.sql()).isPresent()) {
                    return Optional.empty();
                }
            }
            Outcome ours = last(script, Peer.ours());
            return Verdict.between(script.getLast(), ours, last(script, peer), peer)
                            instanceof Verdict.Wrong(Problem problem)
                    ? Optional.of(problem)
                    : Optional.empty();
        }

        @Override
        public List<Statement> shown(List<Statement> script) {
            return List.of(script.getLast());
        }
    }

    /** An oracle; the last statement of its scripts is a group of pieces. */
    record ByOracle(Oracle oracle) implements Judge {
        @Override
        public String name() {
            return oracle.name();
        }

        @Override
        public Optional<Problem> problem(List<Statement> script) {
            try (Session session = new Session(Peer.ours())) {
                script.subList(0, script.size() - 1).forEach(session::run);
                return Verdict.equation(oracle, script.getLast(), session) instanceof Verdict.Wrong(Problem problem)
                        ? Optional.of(problem)
                        : Optional.empty();
            } catch (SQLException e) {
                return Optional.of(new Problem("cannot connect", String.valueOf(e.getMessage())));
            }
        }

        @Override
        public List<Statement> shown(List<Statement> script) {
            try (Session session = new Session(Peer.ours())) {
                script.subList(0, script.size() - 1).forEach(session::run);
                return oracle.equation(script.getLast(), session)
                        .map(equation -> Stream.of(
                                        Stream.of(equation.left()),
                                        equation.between().stream(),
                                        Stream.of(equation.right()))
                                .flatMap(statements -> statements)
                                .toList())
                        .orElseGet(List::of);
            } catch (SQLException e) {
                return List.of();
            }
        }
    }

    /** What becomes of the last statement. */
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
}
