package io.kadedb.sqltests.slt;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.sqltests.database.PostgresTarget;
import io.kadedb.sqltests.database.Target;
import io.kadedb.sqltests.database.UrlTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every logic file on its judge, PostgreSQL or DuckDB: the expectations must be what the judge gives. With
 * {@code -Dupdate} the files are rewritten with the judge's answers instead.
 *
 * <pre>mvn -pl sql-tests -am test -Dtest=SltJudgeTest -Dkadedb.excluded.groups=none -Dupdate
 *     -Dsurefire.failIfNoSpecifiedTests=false</pre>
 */
@Tag("slow")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SltJudgeTest {
    private Target postgres;
    private Path folder;

    // JUnit calls start() before any test.
    @SuppressWarnings("NullAway.Init")
    SltJudgeTest() {}

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException {
        folder = temporary;
        postgres = PostgresTarget.start(List.of());
    }

    @AfterAll
    void stop() {
        postgres.close();
    }

    @TestFactory
    Stream<DynamicTest> files() throws IOException {
        return SltFiles.all().stream()
                .map(file -> DynamicTest.dynamicTest(SltFiles.name(file), file.toUri(), () -> judge(file)));
    }

    private void judge(Path path) throws SQLException, IOException, ScriptException {
        Script script = Script.of(path);
        Target target = SltFile.read(script).judge().equals("duckdb")
                ? new UrlTarget("jdbc:duckdb:", Map.of(), List.of())
                : postgres;
        if (System.getProperty("update") != null) {
            Completions completions = new Completions(target, Duration.ofSeconds(60));
            assertThat(completions.complete(script).problems()).isEmpty();
            return;
        }
        Path own = Files.createDirectory(folder.resolve(SltFiles.name(path)));
        assertThat(Outcomes.of(script, target, own).failures()).isEmpty();
    }
}
