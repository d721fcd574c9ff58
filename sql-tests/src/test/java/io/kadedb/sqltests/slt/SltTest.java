package io.kadedb.sqltests.slt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.kadedb.sqltests.database.EmbeddedTarget;
import io.kadedb.sqltests.database.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Every logic file on KadeDB, each in a database of its own. */
class SltTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @TempDir
    private Path folder;

    // JUnit sets the folder before it calls a test.
    @SuppressWarnings("NullAway.Init")
    SltTest() {}

    @TestFactory
    Stream<DynamicTest> files() throws IOException {
        Target target = new EmbeddedTarget();
        return SltFiles.all().stream()
                .map(file -> DynamicTest.dynamicTest(
                        SltFiles.name(file),
                        file.toUri(),
                        () -> assertTimeoutPreemptively(LIMIT, () -> check(file, target))));
    }

    private void check(Path path, Target target) throws Exception {
        Path own = Files.createDirectory(folder.resolve(SltFiles.name(path)));
        Outcomes outcomes = Outcomes.of(Script.of(path), target, own);
        assertThat(outcomes.passed() + outcomes.failed()).isPositive();
        assertThat(outcomes.failures())
                .as("%d of %d records differ", outcomes.failed(), outcomes.passed() + outcomes.failed())
                .isEmpty();
    }
}
