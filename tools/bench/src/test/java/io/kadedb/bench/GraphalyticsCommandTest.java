package io.kadedb.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kadedb.bench.graph.PlainAlgorithms;
import io.kadedb.bench.graph.RecursiveMatrix;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class GraphalyticsCommandTest {
    @Test
    void refusesGraphsThatDoNotFit() {
        CommandLine command = new CommandLine(new BenchCommand());
        StringWriter printed = new StringWriter();
        command.setErr(new PrintWriter(printed, true));
        assertThat(command.execute("graphalytics", "--scale", "29")).isEqualTo(2);
        assertThat(command.execute("graphalytics", "--runs", "0")).isEqualTo(2);
        assertThat(printed.toString()).contains("edges 1073741824 at most");
    }

    @Test
    void graphsAreSkewedAndRepeatable() {
        RecursiveMatrix graph = RecursiveMatrix.of(10, 16, 1);
        assertThat(RecursiveMatrix.of(10, 16, 1).targets()).isEqualTo(graph.targets());
        assertThat(RecursiveMatrix.of(10, 16, 2).targets()).isNotEqualTo(graph.targets());
        int[] degrees = new int[graph.vertices()];
        for (int source : graph.sources()) {
            degrees[source]++;
        }
        assertThat(Arrays.stream(degrees).max().orElse(0)).isGreaterThan(10 * 16);
    }

    @Test
    void plainAlgorithmsOnAPath() {
        RecursiveMatrix path = new RecursiveMatrix(4, new int[] {1, 0}, new int[] {2, 1}, new int[] {5, 7});
        PlainAlgorithms plain = new PlainAlgorithms(path);
        assertThat(plain.components()).containsExactly(0, 0, 0, 3);
        assertThat(plain.distances(0, false)).containsExactly(0, 1, 2, Double.NaN);
        assertThat(plain.distances(0, true)).containsExactly(0, 7, 12, Double.NaN);
        assertThat(Arrays.stream(plain.pageRank(3)).sum()).isCloseTo(1, within(1e-12));
    }
}
