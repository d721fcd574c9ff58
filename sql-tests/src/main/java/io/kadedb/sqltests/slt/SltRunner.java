package io.kadedb.sqltests.slt;

import io.kadedb.sqltests.database.Database;
import io.kadedb.sqltests.database.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Runs the records of a file in order on one target, and hands what became of each to an {@link OutcomeSink}. */
public final class SltRunner implements AutoCloseable {
    private static final int MOST_THREADS = 1_000;

    private final Target target;
    private final Path folder;
    private final Statements statements;
    private final OutcomeSink sink;
    private final String script;
    private final Dialect dialect;
    private final Expectations expectations;
    private final Optional<Path> file;
    private Database database;
    private Sessions sessions;
    private Variables variables;
    private int skipped;
    private List<String> ignored = List.of();

    /** Why the rest of the file is not run. */
    private volatile @Nullable String ended;

    /** Where a record runs: its variables, and in a concurrent loop the connection of its round. */
    private record Round(Variables variables, @Nullable Connection own) {}

    private SltRunner(
            Target target,
            Path folder,
            Deadlines.Watch deadlines,
            RecordSource source,
            Optional<Path> file,
            OutcomeSink sink)
            throws SQLException {
        this.target = target;
        this.folder = folder;
        this.script = source.name();
        this.dialect = source.dialect();
        this.file = file;
        this.sink = sink;
        this.statements = new Statements(deadlines, dialect);
        this.expectations = new Expectations(dialect);
        this.variables = new Variables(Map.of(), folder, script, dialect);
        this.database = target.open(folder);
        this.sessions = connected(database);
    }

    private static Sessions connected(Database database) throws SQLException {
        try {
            return Sessions.open(database);
        } catch (SQLException e) {
            database.close();
            throw e;
        }
    }

    /**
     * Runs a script to its end.
     *
     * @param folder of the script's own, for the files it makes
     * @param file where the script lies, if it is a file
     * @throws SQLException if there is no database to run it on
     * @throws ScriptException at the first record that cannot be read
     */
    public static void run(
            RecordSource source,
            Target target,
            Path folder,
            Optional<Path> file,
            Deadlines.Watch deadlines,
            OutcomeSink sink)
            throws SQLException, IOException, ScriptException {
        try (SltRunner runner = new SltRunner(target, folder, deadlines, source, file, sink)) {
            SltRecord record = source.next();
            while (record != null && !(record.action() instanceof SltRecord.Halt && runner.isRun(record))) {
                runner.run(record, new Round(runner.variables, null));
                record = Thread.interrupted() ? null : source.next();
            }
        }
    }

    private boolean isRun(SltRecord record) {
        return record.against(target.engines(), Map.of()).isEmpty() && skipped == 0 && ended == null;
    }

    private void run(SltRecord record, Round round) throws IOException, ScriptException {
        Optional<Condition> against =
                record.against(target.engines(), round.variables().values());
        if (record.action() instanceof SltRecord.Skip(boolean on) && against.isEmpty()) {
            skipped = Math.max(0, skipped + (on ? 1 : -1));
            return;
        }
        String end = ended;
        if (end != null || skipped > 0 || against.isPresent()) {
            skip(
                    record,
                    end != null
                            ? end
                            : skipped > 0 ? "mode skip" : against.orElseThrow().toString());
            return;
        }
        try {
            act(record, round);
        } catch (SQLException e) {
            // Of a directive: statements and queries keep their errors to be judged.
            fail(record, round, "cannot be done: " + e.getMessage());
        }
    }

    private void act(SltRecord record, Round round) throws SQLException, IOException, ScriptException {
        switch (record.action()) {
            case SltRecord.Statement statement -> statement(record, statement, round);
            case SltRecord.Query query -> query(record, query, round);
            case SltRecord.Loop loop -> loop(record, loop, round);
            case SltRecord.Connection connection -> sessions.use(connection.name());
            case SltRecord.CreateFile made -> Files.writeString(folder.resolve(made.name()), made.content());
            case SltRecord.Load load -> load(record, load, round);
            case SltRecord.Restart restart -> restart(record, round);
            case SltRecord.Reconnect reconnect -> sessions.reconnect();
            case SltRecord.Require require -> {
                if (!Requirements.isMet(require, target.engines())) {
                    ended = "require " + require.what();
                }
            }
            case SltRecord.RequireEnv(String name, Optional<String> value) -> {
                String actual = System.getenv(name);
                if (actual == null || (value.isPresent() && !value.get().equals(actual))) {
                    ended = "require-env " + name;
                } else {
                    variables = variables.with(Map.of(name, actual));
                }
            }
            case SltRecord.TestEnv(String name, String otherwise) -> {
                String actual = System.getenv(name);
                variables = variables.with(Map.of(name, actual == null ? otherwise : actual));
            }
            case SltRecord.Sleep sleep -> {
                try {
                    Thread.sleep(sleep.time());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
            case SltRecord.Seed(String value) -> {
                SltResult result = statements.execute(connection("", round), "select setseed(" + value + ")");
                if (result instanceof SltResult.Failed failed) {
                    throw failed.error();
                }
            }
            case SltRecord.IgnoredErrors(List<String> parts) -> ignored = parts;
            case SltRecord.FatalErrors(List<String> parts) -> expectations.fatal(parts);
            case SltRecord.ResetLabel(String label) -> expectations.reset(label);
            case SltRecord.Halt halt -> ended = "halt";
            case SltRecord.Comment comment -> {}
            case SltRecord.HashThreshold threshold -> {}
            case SltRecord.Skip skip -> {}
            case SltRecord.EndLoop end -> {}
        }
    }

    private void statement(SltRecord record, SltRecord.Statement statement, Round round) {
        String sql = round.variables().fill(statement.sql());
        SltResult result = onConnection(statement.connection(), round, on -> statements.execute(on, sql));
        SltRecord.Statement filled =
                new SltRecord.Statement(sql, filled(statement.expectation(), round), statement.connection());
        judged(record, sql, result, expectations.judge(record, filled, result));
    }

    private static SltRecord.StatementExpectation filled(SltRecord.StatementExpectation expectation, Round round) {
        return switch (expectation) {
            case SltRecord.StatementExpectation.Failure(String state, Optional<List<String>> message) ->
                new SltRecord.StatementExpectation.Failure(state, message.map(lines -> fill(lines, round)));
            case SltRecord.StatementExpectation.Either(Optional<List<String>> message) ->
                new SltRecord.StatementExpectation.Either(message.map(lines -> fill(lines, round)));
            case SltRecord.StatementExpectation.Success success -> success;
            case SltRecord.StatementExpectation.Changes changes -> changes;
        };
    }

    private static List<String> fill(List<String> lines, Round round) {
        return lines.stream().map(round.variables()::fill).toList();
    }

    private void query(SltRecord record, SltRecord.Query query, Round round) throws IOException {
        String sql = round.variables().fill(query.sql());
        SltResult result = onConnection(query.connection(), round, on -> statements.query(on, sql, query));
        List<String> expected = fill(query.expected(), round);
        if (ExpectedFile.isNamed(expected)) {
            expected = ExpectedFile.read(expected.getFirst(), folder, file);
        }
        judged(record, sql, result, expectations.judge(record, query, expected, result));
    }

    private void judged(SltRecord record, String sql, SltResult result, Verdict verdict) {
        if (verdict instanceof Verdict.Failed
                && result instanceof SltResult.Failed(SQLException error)
                && ignored.stream().anyMatch(String.valueOf(error.getMessage())::contains)) {
            ended = "an error that the file ignores";
            tell(new Outcome(script, record, sql, Optional.of(result), new Verdict.Skipped(ended)));
            return;
        }
        tell(new Outcome(script, record, sql, Optional.of(result), verdict));
    }

    /** Something to do on a connection. */
    private interface Use {
        SltResult on(Connection connection);
    }

    private SltResult onConnection(String name, Round round, Use use) {
        try {
            return use.on(connection(name, round));
        } catch (SQLException e) {
            return new SltResult.Unfit("cannot connect: " + e.getMessage());
        }
    }

    private Connection connection(String name, Round round) throws SQLException {
        Connection own = round.own();
        if (own == null) {
            return sessions.get(name);
        }
        if (!name.isEmpty()) {
            throw new SQLException("the rounds of a concurrent loop have a connection each, not " + name);
        }
        return own;
    }

    private void loop(SltRecord record, SltRecord.Loop loop, Round round)
            throws SQLException, IOException, ScriptException {
        if (!loop.concurrent()) {
            for (int i = 0; i < loop.rounds().count() && ended == null; i++) {
                runBody(loop, new Round(round.variables().with(loop.rounds().variables(i)), round.own()));
            }
            return;
        }
        if (round.own() != null || loop.rounds().count() > MOST_THREADS) {
            throw new ScriptException(
                    script,
                    record.line(),
                    round.own() != null
                            ? "a concurrent loop cannot hold another"
                            : "a concurrent loop has at most " + MOST_THREADS + " rounds");
        }
        ConcurrentRounds.run(script, record.line(), loop.rounds().count(), i -> {
            try (Connection own = database.connect()) {
                runBody(loop, new Round(round.variables().with(loop.rounds().variables(i)), own));
            } catch (SQLException e) {
                fail(record, round, "a round cannot connect: " + e.getMessage());
            }
        });
    }

    private void runBody(SltRecord.Loop loop, Round round) throws IOException, ScriptException {
        for (SltRecord record : loop.body()) {
            if (round.own() != null && !isForThreads(record.action())) {
                throw new ScriptException(
                        script, record.line(), record.shown().getFirst() + " cannot be in a concurrent loop");
            }
            run(record, round);
        }
    }

    private static boolean isForThreads(SltRecord.Action action) {
        return switch (action) {
            case SltRecord.Statement statement -> true;
            case SltRecord.Query query -> true;
            case SltRecord.Loop loop -> !loop.concurrent();
            case SltRecord.Comment comment -> true;
            case SltRecord.Sleep sleep -> true;
            default -> false;
        };
    }

    private void load(SltRecord record, SltRecord.Load load, Round round) throws SQLException {
        String path = round.variables().fill(load.path());
        if (load.readOnly()) {
            ended = "load readonly";
            return;
        }
        sessions.close();
        if (path.isEmpty()) {
            database.close();
            database = target.open(folder);
            sessions = Sessions.open(database);
            return;
        }
        Path place = folder.resolve(path).normalize();
        if (!place.startsWith(folder)) {
            fail(record, round, "a database is loaded below ${dir}, not from " + place);
            ended = "its database is not there";
            return;
        }
        if (Files.exists(place)) {
            fail(record, round, "there is a database in " + place + " already");
            ended = "its database is not there";
            return;
        }
        Optional<Database> loaded = target.load(place, folder);
        if (loaded.isEmpty()) {
            ended = "load, on " + target.name();
            return;
        }
        database.close();
        database = loaded.get();
        sessions = Sessions.open(database);
    }

    private void restart(SltRecord record, Round round) throws SQLException {
        if (!database.isDurable()) {
            fail(record, round, "a database in memory cannot be restarted; load one first");
            return;
        }
        sessions.close();
        database.restart();
        sessions = Sessions.open(database);
    }

    private void skip(SltRecord record, String why) {
        switch (record.action()) {
            case SltRecord.Loop loop -> loop.body().forEach(inner -> skip(inner, why));
            case SltRecord.Statement statement -> tell(skipped(record, why));
            case SltRecord.Query query -> tell(skipped(record, why));
            default -> {}
        }
    }

    private Outcome skipped(SltRecord record, String why) {
        return new Outcome(script, record, record.sql(), Optional.empty(), new Verdict.Skipped(why));
    }

    private void fail(SltRecord record, Round round, String what) {
        String sql = round.variables().fill(String.join("\n", record.shown()));
        tell(new Outcome(script, record, sql, Optional.empty(), new Verdict.Failed(what, List.of())));
    }

    private synchronized void tell(Outcome outcome) {
        sink.accept(outcome);
    }

    @Override
    public void close() throws SQLException {
        sessions.close();
        database.close();
    }
}
