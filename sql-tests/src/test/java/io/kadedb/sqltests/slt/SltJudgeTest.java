package io.kadedb.sqltests.slt;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
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
    private EmbeddedPostgres postgres;
    private Path folder;

    // JUnit calls start() before any test.
    @SuppressWarnings("NullAway.Init")
    SltJudgeTest() {}

    @BeforeAll
    void start(@TempDir Path temporary) throws IOException {
        folder = temporary;
        postgres = EmbeddedPostgres.builder().setLocaleConfig("locale", "C").start();
    }

    @AfterAll
    void stop() throws IOException {
        postgres.close();
    }

    @TestFactory
    Stream<DynamicTest> files() throws IOException {
        return SltFiles.all().stream()
                .map(file -> DynamicTest.dynamicTest(SltFiles.name(file), file.toUri(), () -> judge(file)));
    }

    private void judge(Path path) throws SQLException, IOException {
        SltFile file = SltFiles.read(path);
        Target target = file.judge().equals("duckdb")
                ? Target.duckdb(folder.resolve(file.name() + ".db").toString())
                : postgresql(file.name());
        Completion completion = new Completion(file);
        Mismatches mismatches = new Mismatches(file.name());
        Path own = Files.createDirectory(folder.resolve(file.name()));
        try (SltRunner runner = new SltRunner(target, own)) {
            runner.run(file, (record, result) -> {
                completion.accept(record, result);
                mismatches.accept(record, result);
            });
        }
        if (System.getProperty("update") != null) {
            assertThat(completion.problems()).isEmpty();
            Files.writeString(path, completion.text());
        } else {
            assertThat(mismatches.found()).isEmpty();
        }
    }

    private Target postgresql(String name) throws SQLException {
        String base = "jdbc:postgresql://localhost:" + postgres.getPort() + "/";
        try (Connection connection = DriverManager.getConnection(base + "postgres", "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute("create database slt_" + name
                    + " template template0 encoding 'UTF8' locale 'C' locale_provider builtin builtin_locale"
                    + " 'C.UTF-8'");
        }
        return new Target("postgresql", base + "slt_" + name, "postgres");
    }
}
