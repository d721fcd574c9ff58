package io.kadedb.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class OltpCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter printed = new StringWriter();

    // JUnit sets the folder before it calls a test.
    @SuppressWarnings("NullAway.Init")
    OltpCommandTest() {}

    @Test
    void readsAndHoldsWhatItsPeersDo() throws IOException {
        Path json = folder.resolve("report.json");
        int exit = run("--peers", "h2,sqlite", "--stores", "memory", "--json", json.toString());
        assertThat(exit).as(printed.toString()).isZero();
        assertThat(printed.toString()).contains("all 12 checksums match", "hot row, rate of 4 clients");
        JsonNode report = new ObjectMapper().readTree(json.toFile());
        assertThat(report.fieldNames())
                .toIterable()
                .containsExactly("suite", "scale", "threads", "peer", "host", "rows", "geomean");
        assertThat(report.get("rows").get(5).get("name").asText()).isEqualTo("hot row memory x4");
        assertThat(report.get("rows").get(0).get("peer").asText()).startsWith("h2 2.");
    }

    @Test
    void measuresOnlyTheRowsAskedFor() {
        int exit = run("--peers", "sqlite", "--stores", "memory", "--rows", "update,select");
        assertThat(exit).as(printed.toString()).isZero();
        assertThat(printed.toString())
                .contains("all 2 checksums match", "select memory", "update memory")
                .doesNotContain("hot row");
        assertThat(run("--rows", "delete")).isNotZero();
    }

    private int run(String... options) {
        CommandLine command = new CommandLine(new BenchCommand());
        command.setOut(new PrintWriter(printed, true));
        String[] fixed = {
            "oltp", "--accounts", "100", "--transactions", "40", "--clients", "4", "--warm-ups", "0", "--runs", "1"
        };
        String[] all = Arrays.copyOf(fixed, fixed.length + options.length);
        System.arraycopy(options, 0, all, fixed.length, options.length);
        return command.execute(all);
    }
}
