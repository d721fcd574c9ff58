package io.kadedb.storage.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.storage.api.SqlTransaction;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A process killed in the middle of a large load leaves what was committed before, and nothing of the load. */
final class LoadCrashTest {
    @TempDir
    Path directory;

    @Test
    void allOrNothing() throws Exception {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--add-modules",
                "jdk.incubator.vector",
                "-Xmx512m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                LoadingProcess.class.getName(),
                directory.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        StringBuilder output = new StringBuilder();
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            String line = reader.readLine();
            while (line != null && !line.equals("loading")) {
                output.append(line).append('\n');
                line = reader.readLine();
            }
            assertThat(line).as(output.toString()).isEqualTo("loading");
            process.destroyForcibly().waitFor();
        }
        try (ArenaPool pool = new ArenaPool();
                TableStore store = (TableStore) Stores.open(StoreConfig.inDirectory(directory, pool))) {
            TableClient table;
            try (SqlTransaction transaction = store.begin()) {
                table = new TableClient(
                        transaction.catalog().table("public", "t").orElseThrow());
            }
            assertThat(table.count(store)).isEqualTo(LoadingProcess.SETTLED);
        }
    }
}
