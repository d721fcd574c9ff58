package io.kadedb.sqltests.planted;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The judges find what is planted. With {@code -Dupdate} the document is written from what they found. */
class PlantedBugTest {
    private static final Set<String> CLEAN = new HashSet<>();

    @ParameterizedTest
    @EnumSource(names = {"FIRST_VERTEX_AGAIN", "HALF_DOWN", "LIMIT_BELOW_DISTINCT", "SHIFT_AT_DST", "UNION_OF_ZEROS"})
    void isFound(PlantedBug bug) throws Exception {
        judge(bug);
    }

    @Test
    @Tag("slow")
    void allAreFound() throws Exception {
        Map<PlantedBug, PlantedBugsDocument.Row> rows = new EnumMap<>(PlantedBug.class);
        for (PlantedBug bug : PlantedBug.values()) {
            rows.put(bug, judge(bug));
        }
        if (System.getProperty("update") != null) {
            PlantedBugsDocument.write(rows);
        }
    }

    @Test
    void theDocumentHasAll() throws Exception {
        for (PlantedBug bug : PlantedBug.values()) {
            assertThat(PlantedBugsDocument.read()).contains("| " + bug.what() + " |");
        }
    }

    private static PlantedBugsDocument.Row judge(PlantedBug bug) throws Exception {
        if (CLEAN.add(bug.judge())) {
            assertThat(Judge.run(bug.judge())).as("without %s", bug).isEmpty();
        }
        long start = System.nanoTime();
        List<String> failures;
        try (Plant _ = Plant.of(bug)) {
            failures = Judge.run(bug.judge());
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("%s: %.1f s, %s%n", bug, seconds, failures);
        assertThat(failures).as("%s in %s", bug, bug.judge()).isNotEmpty();
        assertThat(Judge.run(bug.judge())).as("after %s", bug).isEmpty();
        return new PlantedBugsDocument.Row(failures.getFirst(), failures.size(), seconds);
    }
}
