package io.kadedb.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class StormCommandTest {
    private final StringWriter printed = new StringWriter();

    private int run(String... options) {
        CommandLine command = new CommandLine(new BenchCommand());
        command.setOut(new PrintWriter(printed, true));
        return command.execute(options);
    }

    @Test
    void tellsHowLargeADatabaseBecomes() {
        int exit = run(
                "storm",
                "--updates",
                "50",
                "--scale",
                "0.01",
                "--share",
                "0.05",
                "--minutes",
                "0.01",
                "--retention",
                "0",
                "--calm",
                "0",
                "--most",
                "1000");
        assertThat(exit).as(printed.toString()).isZero();
        assertThat(printed.toString())
                .contains("one row, 50 updates", "lineitem, 5.0 % of 60175 rows a minute", "most on disk", "settled");
    }

    @Test
    void isWrongBeyondTheBound() {
        int exit = run(
                "storm", "--storms", "one_row", "--updates", "50", "--retention", "0", "--calm", "0", "--most", "0.01");
        assertThat(exit).isEqualTo(1);
    }
}
