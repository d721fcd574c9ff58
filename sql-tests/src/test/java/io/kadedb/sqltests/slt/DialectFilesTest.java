package io.kadedb.sqltests.slt;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.sqltests.database.EmbeddedTarget;
import io.kadedb.sqltests.database.PostgresTarget;
import io.kadedb.sqltests.database.RemoteTarget;
import io.kadedb.sqltests.database.Target;
import io.kadedb.sqltests.database.UrlTarget;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files in each dialect, in which what must fail is marked: it fails, and all else passes, on every engine. */
class DialectFilesTest {
    private static final String MARK = "# fails";
    private static final Duration LIMIT = Duration.ofSeconds(2);

    @TempDir
    private Path folder;

    // JUnit sets the folder before it calls a test.
    @SuppressWarnings("NullAway.Init")
    DialectFilesTest() {}

    private static Path file(String name) {
        String root = System.getProperty("kadedb.root");
        Path project = root == null ? Path.of("") : Path.of(root, "sql-tests");
        return project.resolve("src/test/resources/slt-dialects").resolve(name);
    }

    private static List<Integer> marked(List<SltRecord> records) {
        List<Integer> lines = new ArrayList<>();
        for (SltRecord record : records) {
            if (record.action() instanceof SltRecord.Loop loop) {
                lines.addAll(marked(loop.body()));
            } else if (record.head().stream().anyMatch(line -> line.startsWith(MARK))) {
                lines.add(record.line());
            }
        }
        return lines;
    }

    /** Runs a file up to its halt, or all of it; only what is marked may fail. */
    private Outcomes check(String name, Target target, Duration limit) throws Exception {
        Script script = Script.of(file(name));
        List<Integer> expected;
        try (SltReader reader = script.open()) {
            List<SltRecord> records = new ArrayList<>();
            SltRecord record = reader.next();
            while (record != null && !(record.action() instanceof SltRecord.Halt)) {
                records.add(record);
                record = reader.next();
            }
            expected = marked(records);
        }
        Outcomes outcomes = Outcomes.of(script, target, folder, limit);
        assertThat(outcomes.failedLines())
                .as(() -> String.join("\n", outcomes.failures()))
                .isEqualTo(expected);
        return outcomes;
    }

    private static Target peer(String url) {
        return new UrlTarget(url, Map.of(), List.of());
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite.test", "duckdb.test", "alone.test"})
    void onKadeDb(String name) throws Exception {
        assertThat(check(name, new EmbeddedTarget(), Duration.ofSeconds(30)).passed())
                .isPositive();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite.test", "duckdb.test", "files.test"})
    void onTheRemoteDriver(String name) throws Exception {
        check(name, new RemoteTarget(), Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite.test", "duckdb.test", "files.test", "alone.test"})
    void onDuckDb(String name) throws Exception {
        check(name, peer("jdbc:duckdb:"), Duration.ofSeconds(30));
    }

    @Test
    void onSqlite() throws Exception {
        check("sqlite.test", peer("jdbc:sqlite:"), Duration.ofSeconds(30));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sqlite.test", "duckdb.test"})
    @Tag("slow")
    void onPostgresql(String name) throws Exception {
        try (Target postgres = PostgresTarget.start(List.of())) {
            check(name, postgres, Duration.ofSeconds(30));
        }
    }

    @Test
    void databasesInFilesAreOpenedAgain() throws Exception {
        check("files.test", new EmbeddedTarget(), Duration.ofSeconds(30));
    }

    @Test
    void ourDialect() throws Exception {
        Outcomes outcomes = check("kadedb.slt", new EmbeddedTarget(), LIMIT);
        assertThat(outcomes.failures()).last().asString().contains("no answer within 2 s");
    }

    @Test
    void aFailureShowsItsPlaceItsStatementAndWhatDiffers() throws Exception {
        String text = "query IT\nselect a, 'x' from generate_series(1, 4) t(a)\n----\n1\tx\n3\tx\n4\tx\n";
        Outcomes outcomes = Outcomes.of(Script.of("shown.slt", text), new EmbeddedTarget(), folder);
        assertThat(outcomes.failures()).containsExactly("""
            shown.slt:1: the result has 4 rows, not 3
                select a, 'x' from generate_series(1, 4) t(a)
                1\tx
              + 2\tx
                3\tx
                4\tx\
            """);
    }
}
