package io.kadedb.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The harness itself, with DuckDB standing on both sides. */
class TpchCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter printed = new StringWriter();

    // JUnit sets the folder before it calls a test.
    @SuppressWarnings("NullAway.Init")
    TpchCommandTest() {}

    @Test
    void reportsMatchingRowsAndWritesJson() throws IOException {
        Path json = folder.resolve("report.json");
        int exit = run("--queries", "1,6", "--threads", "1,2", "--json", json.toString());
        assertThat(exit).as(printed.toString()).isZero();
        assertThat(printed.toString()).contains("derived from TPC-H", "all 4 checksums match", "durability: ");
        JsonNode report = new ObjectMapper().readTree(json.toFile());
        assertThat(report.fieldNames())
                .toIterable()
                .containsExactly("suite", "scale", "threads", "peer", "host", "rows", "geomean");
        assertThat(report.get("rows")).hasSize(4);
        assertThat(report.get("rows").get(0).fieldNames())
                .toIterable()
                .containsExactly("name", "peer", "ours", "theirs", "ratio", "cold_ratio", "cpu_ratio", "checksum");
        assertThat(report.get("rows").get(3).get("name").asText()).isEqualTo("q06 threads=2");
        assertThat(report.get("rows").get(0).get("cpu_ratio").asDouble()).isPositive();
    }

    @Test
    void failsWhenAResultIsWrong() throws SQLException {
        assertThat(run("--queries", "6")).as(printed.toString()).isZero();
        try (Connection connection = DriverManager.getConnection(ourUrl());
                Statement statement = connection.createStatement()) {
            statement.execute("update lineitem set l_extendedprice = l_extendedprice + 0.01");
        }
        assertThat(run("--queries", "6", "--reuse")).isEqualTo(1);
        assertThat(printed.toString()).contains("wrong", "1 OF 1 ROWS WRONG OR FAILED");
    }

    @Test
    void failsWhenOursReportsAnError() throws SQLException {
        assertThat(run("--queries", "6")).as(printed.toString()).isZero();
        try (Connection connection = DriverManager.getConnection(ourUrl());
                Statement statement = connection.createStatement()) {
            statement.execute("drop table lineitem");
        }
        assertThat(run("--queries", "6", "--reuse")).isEqualTo(1);
        assertThat(printed.toString()).contains("error", "ours: ", "1 OF 1 ROWS WRONG OR FAILED");
    }

    private String ourUrl() {
        return "jdbc:duckdb:" + folder.resolve("ours.db");
    }

    private int run(String... options) {
        CommandLine command = new CommandLine(new BenchCommand());
        command.setOut(new PrintWriter(printed, true));
        String[] fixed = {
            "tpch", "--scale", "0.01", "--warm-ups", "0", "--runs", "2", "--work", folder.toString(), "--url", ourUrl()
        };
        String[] all = Arrays.copyOf(fixed, fixed.length + options.length);
        System.arraycopy(options, 0, all, fixed.length, options.length);
        return command.execute(all);
    }
}
