package io.kadedb.bench.measure;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * All rows of a run, as a table for people and as JSON for machines.
 *
 * @param suite what was run, for instance {@code tpch}
 * @param threads as asked for, for instance {@code 1,2}
 * @param peer names and versions of the other engines
 * @param host processor, cores, memory and Java version
 */
public record SuiteReport(
        String suite, String scale, String threads, String peer, String host, List<Outcome> outcomes) {
    public SuiteReport {
        outcomes = List.copyOf(outcomes);
    }

    /** Whether every row ran and agreed. */
    public boolean isRight() {
        return outcomes.stream().allMatch(outcome -> outcome instanceof Outcome.Measured row && row.isRight());
    }

    /** The geometric mean of the ratios of the rows that agreed; NaN when none did. */
    public double geometricMean() {
        return Math.exp(outcomes.stream()
                .filter(outcome -> outcome instanceof Outcome.Measured row && row.isRight())
                .mapToDouble(outcome -> Math.log(((Outcome.Measured) outcome).ratio()))
                .average()
                .orElse(Double.NaN));
    }

    public static String header() {
        return line("row", "ours ms", "theirs ms", "ratio", "cold", "cpu", "checksum", "");
    }

    /** One row of the table. */
    public static String row(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Measured row ->
                line(
                        row.name(),
                        decimal(row.ours().medianMillis()),
                        decimal(row.theirs().medianMillis()),
                        decimal(row.ratio()),
                        decimal(row.coldRatio()),
                        decimal(row.cpuRatio()),
                        checksum(row),
                        remarks(row));
            case Outcome.Failed row ->
                line(row.name(), "-", "-", "-", "-", "-", "error", row.side() + ": " + firstLine(row));
        };
    }

    public String summary() {
        long wrong = outcomes.stream()
                .filter(outcome -> !(outcome instanceof Outcome.Measured row && row.isRight()))
                .count();
        String mean = String.format(Locale.ROOT, "geometric mean of ratios (ours / %s): %.3f", peer, geometricMean());
        return wrong == 0
                ? mean + ", all " + outcomes.size() + " checksums match"
                : mean + "; " + wrong + " OF " + outcomes.size() + " ROWS WRONG OR FAILED";
    }

    public void writeJson(Path file) throws IOException {
        ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
        ObjectNode root = mapper.createObjectNode();
        root.put("suite", suite).put("scale", scale).put("threads", threads);
        root.put("peer", peer).put("host", host);
        ArrayNode rows = root.putArray("rows");
        for (Outcome outcome : outcomes) {
            ObjectNode row = rows.addObject().put("name", outcome.name()).put("peer", outcome.peer());
            switch (outcome) {
                case Outcome.Measured measured -> {
                    row.put("ours", measured.ours().medianMillis())
                            .put("theirs", measured.theirs().medianMillis())
                            .put("ratio", measured.ratio())
                            .put("cold_ratio", measured.coldRatio());
                    if (Double.isNaN(measured.cpuRatio())) {
                        row.putNull("cpu_ratio");
                    } else {
                        row.put("cpu_ratio", measured.cpuRatio());
                    }
                    row.put("checksum", checksum(measured));
                }
                case Outcome.Failed failed ->
                    row.putNull("ours")
                            .putNull("theirs")
                            .putNull("ratio")
                            .putNull("cold_ratio")
                            .putNull("cpu_ratio")
                            .put("checksum", "error");
            }
        }
        double mean = geometricMean();
        if (Double.isNaN(mean)) {
            root.putNull("geomean");
        } else {
            root.put("geomean", mean);
        }
        mapper.writeValue(file.toFile(), root);
    }

    private static String checksum(Outcome.Measured row) {
        return row.isRight() ? row.ours().digests().getLast().text() : "wrong";
    }

    private static String remarks(Outcome.Measured row) {
        String noise = row.isNoisy()
                ? String.format(
                        Locale.ROOT,
                        "noisy: spread %.0f%% / %.0f%%",
                        100 * row.ours().spread(),
                        100 * row.theirs().spread())
                : "";
        if (row.isRight()) {
            return noise;
        }
        int round = 0;
        while (row.ours().digests().get(round).equals(row.theirs().digests().get(round))) {
            round++;
        }
        ResultDigest ours = row.ours().digests().get(round);
        ResultDigest theirs = row.theirs().digests().get(round);
        return ours.rows() + " rows " + ours.text() + " against " + theirs.rows() + " rows " + theirs.text() + " "
                + noise;
    }

    private static String firstLine(Outcome.Failed row) {
        String message = String.valueOf(row.error().getMessage());
        return row.error().getSQLState() + " " + message.lines().findFirst().orElse("");
    }

    private static String decimal(double value) {
        return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.2f", value);
    }

    private static String line(Object... cells) {
        return String.format(Locale.ROOT, "%-26s %10s %10s %7s %7s %7s  %-16s %s", cells)
                .stripTrailing();
    }
}
