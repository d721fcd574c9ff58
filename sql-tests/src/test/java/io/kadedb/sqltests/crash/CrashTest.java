package io.kadedb.sqltests.crash;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A few kills; {@code ./kadedb crash --kills 100} runs many. */
class CrashTest {
    @Test
    void whatIsAcknowledgedSurvivesKills(@TempDir Path folder) throws Exception {
        StringWriter said = new StringWriter();
        long seed = Long.getLong("kadedb.seed", System.nanoTime());
        assertThat(new CrashRun(seed, 3, 3, 2, new PrintWriter(said)).run(folder))
                .as(said.toString())
                .isTrue();
    }
}
