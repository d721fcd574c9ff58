package io.kadedb.bench;

import io.kadedb.bench.measure.Contestant;
import io.kadedb.bench.measure.Duel;
import io.kadedb.bench.measure.Host;
import io.kadedb.bench.measure.Outcome;
import io.kadedb.bench.measure.ProcessCpuClock;
import io.kadedb.bench.measure.ResultDigest;
import io.kadedb.bench.measure.Sample;
import io.kadedb.bench.measure.SuiteReport;
import io.kadedb.bench.parse.ParsedText;
import io.kadedb.parser.SqlParser;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.calcite.config.Lex;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser.Config;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code kadedb bench parse}: from text to tree, beside Calcite's own parser of SQL. */
@Command(
        name = "parse",
        description = "Reads typical statements with our parser and with Calcite's; milliseconds are of a thousand.",
        mixinStandardHelpOptions = true)
final class ParseCommand implements Callable<Integer> {
    private static final String PEER = "calcite";
    private static final Config CALCITE = org.apache.calcite.sql.parser.SqlParser.config()
            .withLex(Lex.JAVA)
            .withConformance(SqlConformanceEnum.BABEL);

    @Option(
            names = "--repeat",
            defaultValue = "1000",
            description = "How often a round reads a statement. Default: 1000.")
    private int repeat;

    @Option(names = "--json", description = "Writes the report as JSON to this file.")
    private Optional<Path> json;

    @Option(names = "--warm-ups", defaultValue = "10", description = "Warm-up rounds of each statement. Default: 10.")
    private int warmUps;

    @Option(names = "--runs", defaultValue = "7", description = "Measured rounds of each statement. Default: 7.")
    private int runs;

    @Spec
    private CommandSpec spec;

    // Picocli sets the fields before it calls the command.
    @SuppressWarnings("NullAway.Init")
    ParseCommand() {}

    @Override
    public Integer call() throws IOException {
        PrintWriter out = spec.commandLine().getOut();
        out.println("host: " + Host.describe());
        out.println(warmUps + " warm-ups, " + runs + " alternating rounds of " + repeat + ", medians");
        out.println(SuiteReport.header());
        SqlParser ours = new SqlParser();
        Duel duel = new Duel(PEER, warmUps, runs);
        List<Outcome> outcomes = new ArrayList<>();
        for (ParsedText text : ParsedText.typical()) {
            Outcome outcome = duel.run(
                    text.name(),
                    contestant(() -> ours.parse(text.sql()).size()),
                    contestant(() -> calcite(text.sql())));
            outcomes.add(outcome);
            out.println(SuiteReport.row(outcome));
            out.flush();
        }
        SuiteReport report = new SuiteReport("parse", String.valueOf(repeat), "1", PEER, Host.describe(), outcomes);
        out.println(report.summary());
        out.flush();
        if (json.isPresent()) {
            report.writeJson(json.get());
        }
        return report.isRight() ? 0 : 1;
    }

    /** Reads a text and says how many statements it has. */
    private interface Reading {
        int statements() throws SqlParseException;
    }

    private static int calcite(String sql) throws SqlParseException {
        return org.apache.calcite.sql.parser.SqlParser.create(sql, CALCITE)
                .parseStmtList()
                .size();
    }

    private Contestant contestant(Reading reading) {
        return round -> {
            long cpu = ProcessCpuClock.nanos();
            long start = System.nanoTime();
            long statements = 0;
            try {
                for (int i = 0; i < repeat; i++) {
                    statements += reading.statements();
                }
            } catch (SqlParseException e) {
                throw new SQLException("cannot be read: " + e.getMessage(), "42601", e);
            }
            long wall = System.nanoTime() - start;
            return new Sample(wall, ProcessCpuClock.nanos() - cpu, new ResultDigest(statements, statements));
        };
    }
}
