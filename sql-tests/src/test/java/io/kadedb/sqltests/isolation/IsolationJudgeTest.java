package io.kadedb.sqltests.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/** The scripts on PostgreSQL, which with {@code -Dupdate} writes what is expected of them. */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IsolationJudgeTest {
    private EmbeddedPostgres postgres;

    // JUnit calls start() before any test.
    @SuppressWarnings("NullAway.Init")
    IsolationJudgeTest() {}

    @BeforeAll
    void start() throws IOException {
        postgres = EmbeddedPostgres.builder().setLocaleConfig("locale", "C").start();
    }

    @AfterAll
    void stop() throws IOException {
        postgres.close();
    }

    private record Postgres(String url) implements Interleaving.Database {
        @Override
        public Connection connect() throws SQLException {
            return DriverManager.getConnection(url, "postgres", "");
        }

        @Override
        public String waitingSql() {
            return "select distinct pid from pg_locks where not granted";
        }
    }

    @TestFactory
    Stream<DynamicTest> scripts() {
        return IsolationScript.all().stream()
                .map(file -> DynamicTest.dynamicTest(
                        String.valueOf(file.getFileName()),
                        file.toUri(),
                        () -> Assertions.assertTimeoutPreemptively(IsolationTest.PATIENCE, () -> judge(file))));
    }

    private void judge(Path file) throws Exception {
        IsolationScript script = IsolationScript.read(file);
        Map<String, List<String>> traces = new LinkedHashMap<>();
        for (String level : IsolationScript.LEVELS) {
            if (script.isOwn(level)) {
                traces.put(level, script.expected(level));
                continue;
            }
            Postgres database = new Postgres("jdbc:postgresql://localhost:" + postgres.getPort() + "/postgres");
            try (Interleaving interleaving = new Interleaving(database, level)) {
                traces.put(level, interleaving.run(script.steps()));
            }
        }
        if (System.getProperty("update") != null) {
            Files.writeString(file, script.text(traces));
        }
        for (String level : IsolationScript.LEVELS) {
            if (System.getProperty("update") == null) {
                assertThat(traces.get(level))
                        .as("%s at %s", script.name(), level)
                        .isEqualTo(script.expected(level));
            }
        }
    }
}
