package io.kadedb.sqltests.planted;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.sqltests.fuzz.FuzzedCases;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What the fuzzer finds of the planted bugs: a case counts that is wrong with the bug and right without it. With
 * {@code -Dupdate} the document is written; {@code -Dkadedb.fuzz.seconds} is the time for each bug.
 */
class FuzzedBugsTest {
    private static final long SEED = Long.getLong("kadedb.fuzz.seed", 20_261_123L);
    private static final Duration TIME = Duration.ofSeconds(Long.getLong("kadedb.fuzz.seconds", 300));
    private static final String ONLY = System.getProperty("kadedb.planted", "");

    @Test
    @Tag("slow")
    void theFuzzerFindsThem() throws Exception {
        Map<PlantedBug, Optional<PlantedBugsDocument.Case>> cases = new EnumMap<>(PlantedBug.class);
        try (FuzzedCases fuzzed = new FuzzedCases(SEED)) {
            for (PlantedBug bug : PlantedBug.values()) {
                if (bug.name().contains(ONLY)) {
                    Optional<PlantedBugsDocument.Case> found = search(bug, fuzzed);
                    System.out.println(bug + ": " + found);
                    cases.put(bug, found);
                }
            }
        }
        if (System.getProperty("update") != null) {
            PlantedBugsDocument.writeCases(cases, SEED, TIME);
        }
        assertThat(cases.values()).anyMatch(Optional::isPresent);
    }

    private static Optional<PlantedBugsDocument.Case> search(PlantedBug bug, FuzzedCases fuzzed)
            throws IOException, SQLException, ClassNotFoundException {
        long start = System.nanoTime();
        for (long number = 0; System.nanoTime() - start < TIME.toNanos(); number++) {
            Optional<String> complaint;
            try (Plant _ = Plant.of(bug)) {
                complaint = fuzzed.complaint(number);
            }
            if (complaint.isPresent() && fuzzed.complaint(number).isEmpty()) {
                return Optional.of(
                        new PlantedBugsDocument.Case(number, complaint.get(), (System.nanoTime() - start) / 1e9));
            }
        }
        return Optional.empty();
    }
}
