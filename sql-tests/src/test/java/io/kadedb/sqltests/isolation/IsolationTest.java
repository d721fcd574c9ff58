package io.kadedb.sqltests.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The scripts on KadeDB. With {@code -Dupdate} the sections of KadeDB alone are rewritten; the others are
 * {@link IsolationJudgeTest}'s.
 */
class IsolationTest {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private record Kade(String url) implements Interleaving.Database {
        @Override
        public Connection connect() throws SQLException {
            return DriverManager.getConnection(url);
        }

        @Override
        public String waitingSql() {
            return "show locks";
        }
    }

    @TestFactory
    Stream<DynamicTest> scripts() {
        return IsolationScript.all().stream()
                .map(file -> DynamicTest.dynamicTest(
                        String.valueOf(file.getFileName()),
                        file.toUri(),
                        () -> Assertions.assertTimeoutPreemptively(PATIENCE, () -> run(file))));
    }

    private static void run(Path file) throws Exception {
        IsolationScript script = IsolationScript.read(file);
        Map<String, List<String>> traces = new LinkedHashMap<>();
        for (String level : IsolationScript.LEVELS) {
            String url = "jdbc:kadedb:mem:isolation_" + script.name() + "_" + level.replace(' ', '_');
            try (Interleaving interleaving = new Interleaving(new Kade(url), level)) {
                traces.put(level, interleaving.run(script.steps()));
            }
        }
        boolean update = System.getProperty("update") != null;
        for (String level : IsolationScript.LEVELS) {
            if (!update || !script.isOwn(level)) {
                assertThat(traces.get(level))
                        .as("%s at %s", script.name(), level)
                        .isEqualTo(script.expected(level));
            }
        }
        if (update) {
            Files.writeString(file, script.text(traces));
        }
    }
}
