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

final class UpdatesCommandTest {
    @Test
    void readsTheSameBeforeAndAfterTheFold(@TempDir Path folder) throws IOException {
        StringWriter printed = new StringWriter();
        CommandLine command = new CommandLine(new BenchCommand());
        command.setOut(new PrintWriter(printed, true));
        Path json = folder.resolve("report.json");
        int exit = command.execute("updates", "--scale", "0.001", "--runs", "1", "--json", json.toString());
        assertThat(exit).as(printed.toString()).isZero();
        // Of the 6,005 rows some tenth.
        assertThat(printed.toString())
                .containsPattern("updated: [56]\\d\\d rows updated")
                .containsPattern("settled: [56]\\d\\d rows updated")
                .contains("all 2 checksums match");
        JsonNode report = new ObjectMapper().readTree(json.toFile());
        assertThat(report.get("rows")).hasSize(2);
    }
}
