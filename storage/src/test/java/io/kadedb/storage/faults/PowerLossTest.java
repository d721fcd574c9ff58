package io.kadedb.storage.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A database survives what loss of power and failing disks leave of its files: nothing acknowledged is lost, nothing else is
 * there, and errors say what is wrong. {@code -Dkadedb.seed=N} runs a reported seed again.
 */
class PowerLossTest {
    @TempDir
    private Path folder;

    @Test
    void fewSeeds() throws Exception {
        run(2, 4);
    }

    @Test
    @Tag("slow")
    void manySeeds() throws Exception {
        run(Long.getLong("kadedb.power.seeds", 100), 8);
    }

    private void run(long seeds, int rounds) throws Exception {
        Long only = Long.getLong("kadedb.seed");
        PowerLoss.Outcome outcome = PowerLoss.run(
                        folder, only == null ? System.nanoTime() : only, only == null ? seeds : 1, rounds, null)
                .orElseGet(() -> abort("no C compiler on this machine: loss of power is not tested"));
        assertThat(outcome.survived()).as(outcome.said()).isTrue();
    }
}
