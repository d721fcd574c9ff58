package io.kadedb.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class KvCommandTest {
    private final StringWriter printed = new StringWriter();

    private int run(String... options) {
        CommandLine command = new CommandLine(new BenchCommand());
        command.setOut(new PrintWriter(printed, true));
        return command.execute(options);
    }

    @Test
    void allStoresHoldTheSame() {
        int exit =
                run("kv", "--pairs", "400", "--operations", "32", "--clients", "1,4", "--warm-ups", "0", "--runs", "1");
        assertThat(exit).as(printed.toString()).isZero();
        assertThat(printed.toString()).contains("all 40 checksums match", "range synced x4", "mixed memory");
    }

    @Test
    void refusesWhatItDoesNotMeasure() {
        assertThat(run("kv", "--rows", "delete")).isNotZero();
    }
}
