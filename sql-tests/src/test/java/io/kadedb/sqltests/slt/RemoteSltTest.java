package io.kadedb.sqltests.slt;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.sqltests.database.RemoteTarget;
import io.kadedb.sqltests.database.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The logic files over the remote driver, which has to answer as the embedded one does: some of them, or all. */
class RemoteSltTest {
    /** Of the files, as many as the part of the time for tests that a second door is worth. */
    private static final Shard SAMPLE = new Shard(1, 6);

    @TempDir
    private Path folder;

    // JUnit sets the folder before it calls a test.
    @SuppressWarnings("NullAway.Init")
    RemoteSltTest() {}

    @TestFactory
    Stream<DynamicTest> some() throws IOException {
        return tests(SAMPLE.of(SltFiles.all()));
    }

    @TestFactory
    @Tag("slow")
    Stream<DynamicTest> all() throws IOException {
        return tests(SltFiles.all());
    }

    private Stream<DynamicTest> tests(List<Path> files) {
        Target target = new RemoteTarget();
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(SltFiles.name(file), file.toUri(), () -> check(file, target)));
    }

    private void check(Path path, Target target) throws Exception {
        Path own = Files.createTempDirectory(folder, SltFiles.name(path));
        Outcomes outcomes = Outcomes.of(Script.of(path), target, own);
        assertThat(outcomes.passed()).isPositive();
        assertThat(outcomes.failures()).isEmpty();
    }
}
