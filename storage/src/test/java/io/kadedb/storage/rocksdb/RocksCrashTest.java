package io.kadedb.storage.rocksdb;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.apple.foundationdb.KeyValue;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process in the middle of its commits: what it acknowledged is there, and no transaction is there by half. */
class RocksCrashTest {
    @TempDir
    @SuppressWarnings("NullAway")
    private Path directory;

    @Test
    void acknowledgedCommitsSurviveAKill() throws Exception {
        long seed = Long.getLong("kadedb.seed", 11);
        Random random = new Random(seed);
        List<String> acknowledged = new ArrayList<>();
        for (int round = 0; round < 3; round++) {
            acknowledged.addAll(commitAndKill(round * 1_000_000L, 100 + random.nextInt(400)));
            assertAllThere(seed, acknowledged);
        }
    }

    private List<String> commitAndKill(long first, int commits) throws Exception {
        Process process = start(first);
        List<String> lines = new ArrayList<>();
        try (BufferedReader output = process.inputReader(UTF_8)) {
            assertThat(output.readLine()).isEqualTo("open");
            assertThatThrownBy(() -> RocksKeySpace.open(directory))
                    .isInstanceOfSatisfying(
                            KadeException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.DATABASE_IN_USE))
                    .hasMessageContaining(directory.toRealPath().toString())
                    .hasMessageContaining("process " + process.pid());
            while (lines.size() < commits) {
                lines.add(output.readLine());
            }
            process.toHandle().destroyForcibly();
            drain(output, lines);
        }
        process.waitFor();
        return lines;
    }

    /** The last line may be cut off by the kill. */
    private static void drain(BufferedReader output, List<String> lines) {
        output.lines().filter(line -> line.matches("\\d \\d+")).forEach(lines::add);
        lines.removeLast();
    }

    private Process start(long first) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        CommittingProcess.class.getName(),
                        directory.toString(),
                        Long.toString(first))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private void assertAllThere(long seed, List<String> acknowledged) {
        try (RocksKeySpace space = RocksKeySpace.open(directory)) {
            List<String> left = numbers(space, "left/", "left0");
            assertThat(left).as("seed %d", seed).containsAll(acknowledged);
            assertThat(numbers(space, "right/", "right0")).as("seed %d", seed).isEqualTo(left);
        }
    }

    private static List<String> numbers(RocksKeySpace space, String begin, String end) {
        return space.database().<List<String>>run(t -> {
            List<String> numbers = new ArrayList<>();
            for (KeyValue row : t.getRange(begin.getBytes(UTF_8), end.getBytes(UTF_8))) {
                String[] parts = new String(row.getKey(), UTF_8).split("/", -1);
                numbers.add(parts[1] + " " + Long.parseLong(parts[2]));
            }
            return numbers;
        });
    }
}
