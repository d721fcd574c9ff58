package io.kadedb.sqltests.slt;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The logic files give the same however KadeDB is put together. */
class SettingsTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    /** Of so many files one is run with each tuning: each file is run with some. */
    private static final int SHARE = 12;

    @TempDir
    private Path folder;

    // JUnit sets the folder before it calls a test.
    @SuppressWarnings("NullAway.Init")
    SettingsTest() {}

    @ParameterizedTest
    @EnumSource
    void someFiles(Tuning tuning) throws Exception {
        check(tuning, SHARE);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("slow")
    void allFiles(Tuning tuning) throws Exception {
        check(tuning, 1);
    }

    private void check(Tuning tuning, int share) throws Exception {
        List<String> failures = new ArrayList<>();
        List<Path> files = SltFiles.all();
        int first = Arrays.asList(Tuning.values()).indexOf(tuning);
        for (int i = 0; i < files.size(); i++) {
            Path file = files.get(i);
            if ((i + first) % share == 0 && tuning.runs(SltFiles.name(file))) {
                failures.addAll(failures(tuning, file));
            }
        }
        assertThat(failures).isEmpty();
    }

    private List<String> failures(Tuning tuning, Path file) throws Exception {
        Path own = Files.createDirectories(folder.resolve(tuning.name()).resolve(SltFiles.name(file)));
        return Outcomes.of(Script.of(file), tuning.target(), own, LIMIT).all().stream()
                .filter(outcome -> outcome.verdict() instanceof Verdict.Failed && !tuning.mayDiffer(outcome.sql()))
                .map(outcome -> String.join("\n", outcome.report()))
                .toList();
    }
}
