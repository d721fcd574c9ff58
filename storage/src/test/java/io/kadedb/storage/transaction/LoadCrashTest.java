package io.kadedb.storage.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.Transaction;
import io.kadedb.storage.api.SqlTransaction;
import io.kadedb.storage.format.v1.KeyLayout;
import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process killed during a large load: up to the publication nothing of the load is there and nothing of it takes room,
 * after it everything is there.
 */
final class LoadCrashTest {
    @TempDir
    Path directory;

    @Test
    void whileRowsAreWritten() throws Exception {
        killAt(LoadingProcess.Stage.WRITING);
        assertNothingLoaded();
    }

    @Test
    void betweenTheStagedStatementAndItsPublication() throws Exception {
        killAt(LoadingProcess.Stage.STAGED);
        assertNothingLoaded();
    }

    @Test
    void afterTheCommit() throws Exception {
        killAt(LoadingProcess.Stage.COMMITTED);
        try (ArenaPool pool = new ArenaPool();
                TableStore store = (TableStore) Stores.open(StoreConfig.inDirectory(directory, pool))) {
            assertThat(table(store).count(store)).isEqualTo(LoadingProcess.SETTLED + LoadingProcess.LOADED);
        }
    }

    private void killAt(LoadingProcess.Stage stage) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "--add-modules",
                        "jdk.incubator.vector",
                        "--add-opens=java.base/java.nio=ALL-UNNAMED",
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        LoadingProcess.class.getName(),
                        directory.toString(),
                        stage.name())
                .redirectErrorStream(true)
                .start();
        StringBuilder output = new StringBuilder();
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            String line = reader.readLine();
            while (line != null && !line.equals(stage.name())) {
                output.append(line).append('\n');
                line = reader.readLine();
            }
            assertThat(line).as(output.toString()).isEqualTo(stage.name());
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static TableClient table(TableStore store) {
        try (SqlTransaction transaction = store.begin()) {
            return new TableClient(transaction.catalog().table("public", "t").orElseThrow());
        }
    }

    private void assertNothingLoaded() {
        try (ArenaPool pool = new ArenaPool();
                TableStore store = (TableStore) Stores.open(StoreConfig.inDirectory(directory, pool))) {
            TableClient table = table(store);
            assertThat(table.count(store)).isEqualTo(LoadingProcess.SETTLED);
            assertThat(entries(store, KeyLayout.stagings())).isEmpty();
            assertThat(entries(store, KeyLayout.tableData(table.table().id()))).isEmpty();
            try (SqlTransaction transaction = store.begin()) {
                table.insert(transaction, StoreContract.numbered(LoadingProcess.SETTLED, LoadingProcess.LOADED, 1));
                transaction.commit();
            }
            assertThat(table.count(store)).isEqualTo(LoadingProcess.SETTLED + LoadingProcess.LOADED);
        }
    }

    private static List<KeyValue> entries(TableStore store, byte[] prefix) {
        try (Transaction transaction = store.storage().keySpace().database().createTransaction()) {
            return transaction
                    .snapshot()
                    .getRange(prefix, KeyLayout.end(prefix))
                    .asList()
                    .join();
        }
    }
}
