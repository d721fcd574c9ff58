package io.kadedb.sqltests;

import io.kadedb.sqltests.database.EmbeddedTarget;
import io.kadedb.sqltests.database.PostgresTarget;
import io.kadedb.sqltests.database.RemoteTarget;
import io.kadedb.sqltests.database.Target;
import io.kadedb.sqltests.database.UrlTarget;
import io.kadedb.sqltests.slt.Dialect;
import io.kadedb.sqltests.slt.Script;
import io.kadedb.sqltests.slt.Scripts;
import io.kadedb.sqltests.slt.Shard;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * {@code kadedb slt PATH...}: runs SQL logic tests. Exit codes: 0, 1 when a record failed, 2 for wrong arguments and
 * files that cannot be read.
 */
@Command(
        name = "slt",
        description = "Runs SQL logic tests; how to write them is in docs/logic-tests.md.",
        mixinStandardHelpOptions = true)
public final class SltCommand implements Callable<Integer> {
    private static final int WRONG = 2;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "PATH",
            arity = "1..*",
            description = "files (.slt, .test, .iq), folders and jars of them; - for the standard input")
    private List<Path> paths;

    @ArgGroup(exclusive = true)
    private Where where = new Where();

    /** What the tests run on; KadeDB in this process if nothing is said. */
    private static final class Where {
        @Option(names = "--url", paramLabel = "URL", description = "a JDBC URL to run on, such as jdbc:duckdb:")
        private @Nullable String url;

        @Option(names = "--remote", description = "run on KadeDB behind a server of this process")
        private boolean remote;

        @Option(
                names = "--peer",
                paramLabel = "NAME",
                description = "run on a bundled database: postgresql, duckdb, sqlite or h2")
        private @Nullable String peer;
    }

    @Option(names = "--user", paramLabel = "NAME", description = "who connects, for --url")
    private @Nullable String user;

    @Option(names = "--password", paramLabel = "TEXT", description = "the password, for --url")
    private @Nullable String password;

    @Option(
            names = "--init",
            paramLabel = "SQL",
            description = "a statement that every connection runs first; may be given more than once")
    private List<String> init = new ArrayList<>();

    @Option(
            names = "--dialect",
            paramLabel = "NAME",
            description = "kadedb, sqlite or duckdb (default: told by each file)")
    private @Nullable String dialect;

    @Option(
            names = {"-j", "--jobs"},
            paramLabel = "N",
            description = "how many files run at the same time (default: the number of processors)")
    private @Nullable Integer jobs;

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            description = "how long a statement may take (default: ${DEFAULT-VALUE})",
            defaultValue = "60")
    private int timeout;

    @Option(names = "--shard", paramLabel = "I/N", description = "run only the I-th of N parts of the files")
    private @Nullable String shard;

    @Option(
            names = "--resume",
            paramLabel = "FILE",
            description = "note finished files in this one, and leave out those that it names")
    private @Nullable Path resume;

    @Option(names = "--complete", description = "write into the files what the database answers")
    private boolean complete;

    @Option(
            names = "--failures",
            paramLabel = "N",
            description = "how many failures of a file are shown (default: ${DEFAULT-VALUE})",
            defaultValue = "20")
    private int failures;

    @Option(names = "--files", description = "show a line for each file")
    private boolean showFiles;

    // Picocli sets the fields before it calls the command.
    @SuppressWarnings("NullAway.Init")
    public SltCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        try {
            List<Script> scripts = scripts();
            Duration limit = Duration.ofSeconds(positive("--timeout", timeout));
            try (Target target = target()) {
                SltSession session = new SltSession(target, limit, out, failures, showFiles);
                if (complete) {
                    return session.complete(scripts);
                }
                int threads = jobs == null ? Runtime.getRuntime().availableProcessors() : positive("--jobs", jobs);
                return session.run(scripts, threads, resume, shard == null ? "1/1" : shard);
            }
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
        } catch (NoSuchFileException e) {
            spec.commandLine().getErr().println("there is no file \"" + e.getFile() + "\"");
        } catch (IOException e) {
            spec.commandLine().getErr().println("cannot read: " + e);
        }
        return WRONG;
    }

    private List<Script> scripts() throws IOException {
        List<Script> all = new ArrayList<>();
        for (Path path : paths) {
            List<Script> found = Scripts.of(path);
            if (found.isEmpty()) {
                throw new IllegalArgumentException("there is no logic test in " + path);
            }
            all.addAll(found);
        }
        List<Script> mine = (shard == null ? Shard.ALL : Shard.parse(shard)).of(all);
        if (dialect == null) {
            return mine;
        }
        Dialect named = Dialect.named(dialect)
                .orElseThrow(
                        () -> new IllegalArgumentException("a dialect is kadedb, sqlite or duckdb, not " + dialect));
        return mine.stream().map(script -> script.as(named)).toList();
    }

    private Target target() throws IOException {
        String url = where.url;
        String peer = where.peer;
        if (url != null) {
            Map<String, String> properties = new LinkedHashMap<>();
            if (user != null) {
                properties.put("user", user);
            }
            if (password != null) {
                properties.put("password", password);
            }
            return known(url, new UrlTarget(url, properties, init));
        }
        if (user != null || password != null) {
            throw new IllegalArgumentException("--user and --password are for --url");
        }
        if (peer == null) {
            return where.remote ? new RemoteTarget(init) : new EmbeddedTarget(init);
        }
        return switch (peer) {
            case "postgresql" -> PostgresTarget.start(init);
            case "duckdb" -> new UrlTarget("jdbc:duckdb:", Map.of(), init);
            case "sqlite" -> new UrlTarget("jdbc:sqlite:", Map.of(), init);
            case "h2" -> new UrlTarget("jdbc:h2:mem:", Map.of(), init);
            default -> throw new IllegalArgumentException("a peer is postgresql, duckdb, sqlite or h2, not " + peer);
        };
    }

    private static Target known(String url, Target target) {
        try {
            DriverManager.getDriver(url);
            return target;
        } catch (SQLException e) {
            throw new IllegalArgumentException("there is no driver for " + url, e);
        }
    }

    private static int positive(String option, int number) {
        if (number < 1) {
            throw new IllegalArgumentException(option + " is at least 1, not " + number);
        }
        return number;
    }
}
