package io.kadedb.sqltests.slt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

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
        return SltFiles.all().stream()
                .map(file -> DynamicTest.dynamicTest(
                        SltFiles.name(file), file.toUri(), () -> assertTimeoutPreemptively(LIMIT, () -> check(file))));
    }

    private void check(Path path) throws Exception {
        SltFile file = SltFiles.read(path);
        Mismatches mismatches = new Mismatches(file.name());
        Path own = Files.createDirectory(folder.resolve(file.name()));
        try (SltRunner runner = new SltRunner(Target.kadedb("slt_" + file.name()), own)) {
            runner.run(file, mismatches);
        }
        assertThat(mismatches.checked()).isPositive();
        assertThat(mismatches.found())
                .as("%d of %d records differ", mismatches.found().size(), mismatches.checked())
                .isEmpty();
    }
}
