package io.kadedb.sqltests.corpus;

import io.kadedb.sqltests.database.Database;
import io.kadedb.sqltests.database.PostgresTarget;
import io.kadedb.sqltests.database.Target;
import io.kadedb.sqltests.slt.Deadlines;
import io.kadedb.sqltests.slt.Outcome;
import io.kadedb.sqltests.slt.Script;
import io.kadedb.sqltests.slt.ScriptException;
import io.kadedb.sqltests.slt.SltReader;
import io.kadedb.sqltests.slt.SltRecord;
import io.kadedb.sqltests.slt.SltResult;
import io.kadedb.sqltests.slt.SltRunner;
import io.kadedb.sqltests.slt.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * Asks PostgreSQL about records that failed: it runs the statements of their file, and of its queries those. It starts
 * with the first question. Answers one question at a time.
 */
final class PostgresJudge implements AutoCloseable {
    private final Path folder;
    private @Nullable PostgresTarget server;

    /** @param folder for what tests would keep in files */
    PostgresJudge(Path folder) {
        this.folder = folder;
    }

    /**
     * The records among these that PostgreSQL does not do as the corpus expects either.
     *
     * @param suspects lines of records of the script
     * @param engines whose records the file's conditions choose
     * @return what PostgreSQL says, by line
     */
    synchronized Map<Integer, String> refusals(
            Script script, SortedSet<Integer> suspects, Set<String> engines, Deadlines.Watch watch)
            throws IOException, SQLException, ScriptException {
        PostgresTarget postgres = server;
        if (postgres == null) {
            postgres = PostgresTarget.start(List.of());
            server = postgres;
        }
        Map<Integer, String> refusals = new HashMap<>();
        int last = suspects.last();
        try (SltReader reader = script.open()) {
            PickedRecords records = new PickedRecords(
                    reader,
                    record -> record.line() <= last
                            && (!(record.action() instanceof SltRecord.Query) || suspects.contains(record.line())));
            SltRunner.run(records, new Renamed(postgres, engines), folder, Optional.empty(), watch, outcome -> {
                if (suspects.contains(outcome.record().line()) && outcome.verdict() instanceof Verdict.Failed) {
                    refusals.put(outcome.record().line(), reason(outcome));
                }
            });
        }
        return refusals;
    }

    private static String reason(Outcome outcome) {
        if (outcome.result().orElse(null) instanceof SltResult.Failed(SQLException error)) {
            return "refuses: " + error.getSQLState() + " " + general(String.valueOf(error.getMessage()));
        }
        boolean query = outcome.record().action() instanceof SltRecord.Query;
        return query ? "answers differently" : "accepts what SQLite refuses";
    }

    /** A message without its names and numbers, so that equal reasons are counted together. */
    private static String general(String message) {
        return message.lines()
                .findFirst()
                .orElse("")
                .replaceFirst("^ERROR: ", "")
                .replaceAll("\"[^\"]*\"", "\"..\"")
                .replaceAll("\\w*\\d\\w*", "..");
    }

    @Override
    public synchronized void close() {
        if (server != null) {
            server.close();
        }
    }

    /** A target that files take for another one. */
    private record Renamed(Target target, Set<String> engines) implements Target {
        @Override
        public Database open(Path folder) throws SQLException {
            return target.open(folder);
        }

        @Override
        public Optional<Database> load(Path path, Path folder) throws SQLException {
            return target.load(path, folder);
        }

        @Override
        public String name() {
            return target.name();
        }
    }
}
