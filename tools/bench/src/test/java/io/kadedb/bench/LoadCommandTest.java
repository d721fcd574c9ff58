package io.kadedb.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The harness itself, with DuckDB standing on both sides. */
final class LoadCommandTest {
    @Test
    void loadsAndReadsTwoSizes(@TempDir Path folder) throws IOException {
        StringWriter printed = new StringWriter();
        CommandLine command = new CommandLine(new BenchCommand());
        command.setOut(new PrintWriter(printed, true));
        Path json = folder.resolve("report.json");
        int exit = command.execute(
                "load",
                "--scale",
                "0.001",
                "--runs",
                "1",
                "--scans",
                "1",
                "--url",
                "jdbc:duckdb:%s/ours.db",
                "--json",
                json.toString());
        assertThat(exit).as(printed.toString()).isZero();
        assertThat(printed.toString())
                .contains("load scale=0.001", "opened scan scale=0.002", "all 6 checksums match", "stored scale=0.002")
                .contains("load scale=0.001 with 2.0 times the data: ours ");
        JsonNode report = new ObjectMapper().readTree(json.toFile());
        assertThat(report.get("rows")).hasSize(6);
        assertThat(report.get("suite").asText()).isEqualTo("load");
    }
}
