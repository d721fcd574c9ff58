package io.kadedb.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class ParseCommandTest {
    @Test
    void bothParsersReadEveryStatement() {
        StringWriter printed = new StringWriter();
        CommandLine command = new CommandLine(new BenchCommand());
        command.setOut(new PrintWriter(printed, true));
        int exit = command.execute("parse", "--repeat", "1", "--warm-ups", "0", "--runs", "1");
        assertThat(exit).as(printed.toString()).isZero();
        assertThat(printed.toString()).contains("all 18 checksums match");
    }
}
