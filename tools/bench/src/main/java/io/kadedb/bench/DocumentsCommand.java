package io.kadedb.bench;

import io.kadedb.bench.measure.Duel;
import io.kadedb.bench.measure.Engine;
import io.kadedb.bench.measure.Host;
import io.kadedb.bench.measure.Outcome;
import io.kadedb.bench.measure.Sample;
import io.kadedb.bench.measure.SuiteReport;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kadedb bench documents}: filters and sums over paths of documents, beside DuckDB. */
@Command(
        name = "documents",
        description = "Filters and aggregates over paths of JSON documents, beside DuckDB.",
        mixinStandardHelpOptions = true)
final class DocumentsCommand implements Callable<Integer> {
    private static final String[] CITIES = {"Rome", "Oslo", "Lima", "Cairo", "Quito", "Delhi", "Paris", "Tokyo"};
    private static final long SEED = 20_261_124;

    /** Each over {@code docs}, in words that both know. */
    private static final List<String> QUERIES = List.of(
            "select count(*) from docs where (doc ->> 'qty')::int > 95",
            "select sum((doc ->> 'price')::double) from docs where ((doc -> 'customer') ->> 'city') = 'Rome'",
            "select (doc -> 'customer') ->> 'city', count(*), sum((doc ->> 'qty')::int) from docs group by 1",
            "select count(*), max((doc ->> 'price')::double) from docs where (doc ->> 'day')::int between 100 and 103");

    @Option(names = "--rows", defaultValue = "1000000", description = "Documents. Default: 1000000.")
    private int rows;

    @Mixin
    private RoundOptions rounds;

    @Spec
    private CommandSpec spec;

    // Picocli sets the fields before it calls the command.
    @SuppressWarnings("NullAway.Init")
    DocumentsCommand() {}

    @Override
    public Integer call() throws IOException {
        return Folders.runInTemporary(spec, this::run);
    }

    private boolean run(Path folder, PrintWriter out) throws IOException, SQLException {
        Path csv = folder.resolve("docs.csv");
        write(csv);
        out.println("host: " + Host.describe());
        out.printf(Locale.ROOT, "%d documents, seed %d, CSV of %.1f MB%n", rows, SEED, Files.size(csv) / 1e6);
        Engine ours = Engine.ours("jdbc:kadedb:file:" + folder.resolve("ours"));
        Engine theirs = Engine.duckdb(folder.resolve("duckdb.db").toString());
        List<Outcome> outcomes = new ArrayList<>();
        try (Connection our = ours.connect();
                Connection their = theirs.connect()) {
            ours.describe(our).forEach(out::println);
            theirs.describe(their).forEach(out::println);
            load(our, "create table docs (doc jsonb)", csv);
            load(their, "create table docs (doc json)", csv);
            Duel duel = new Duel(
                    theirs.name() + " " + their.getMetaData().getDatabaseProductVersion(),
                    rounds.warmUps(),
                    rounds.runs());
            out.println(SuiteReport.header());
            for (String query : QUERIES) {
                Outcome outcome = duel.run(
                        query.substring(query.indexOf("select") + 7),
                        round -> Sample.take(our, query, Set.of()),
                        round -> Sample.take(their, query, Set.of()));
                outcomes.add(outcome);
                out.println(SuiteReport.row(outcome));
                out.flush();
            }
        }
        SuiteReport report = new SuiteReport(
                "documents",
                String.valueOf(rows),
                "default",
                outcomes.getFirst().peer(),
                Host.describe(),
                outcomes);
        out.println(report.summary());
        if (rounds.json().isPresent()) {
            report.writeJson(rounds.json().get());
        }
        return report.isRight();
    }

    private static void load(Connection connection, String table, Path csv) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(table);
            statement.execute("copy docs from '" + csv + "' (format csv, header true)");
        }
    }

    /** Orders of customers, by day. */
    private void write(Path csv) throws IOException {
        SplittableRandom random = new SplittableRandom(SEED);
        try (BufferedWriter out = Files.newBufferedWriter(csv)) {
            out.write("doc\n");
            for (int i = 0; i < rows; i++) {
                String document = "{\"id\": " + i + ", \"day\": " + (long) i * 365 / rows + ", \"qty\": "
                        + random.nextInt(100) + ", \"price\": " + random.nextInt(25_000) * 0.25
                        + ", \"customer\": {\"name\": \"Customer " + random.nextInt(10_000) + "\", \"city\": \""
                        + CITIES[random.nextInt(CITIES.length)] + "\"}, \"tags\": [\"a\", \"b"
                        + random.nextInt(9) + "\"], \"note\": \"" + "some words ".repeat(random.nextInt(4)) + "\"}";
                out.write('"' + document.replace("\"", "\"\"") + "\"\n");
            }
        }
    }
}
