package io.kadedb.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PlanCodec;
import io.kadedb.planner.physical.PlanPrinter;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The shapes of the 22 plans; {@code -Dupdate} writes them anew. */
class TpchPlanTest {
    private static final Path SOURCES =
            Path.of(System.getProperty("kadedb.root", "..")).resolve("planner/src/test/resources/tpch");

    private final Planning planning = new Planning(TestCatalog.tpch());

    static String resource(String name) throws IOException {
        try (InputStream in = TpchPlanTest.class.getResourceAsStream("/tpch/" + name)) {
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22})
    void planIsAsRecorded(int number) throws IOException {
        String name = String.format("q%02d", number);
        PhysicalPlan plan = planning.query(resource(name + ".sql"));
        assertThat(nodes(plan)).noneMatch(node -> node instanceof PhysicalPlan.Apply);
        assertThat(nodes(plan))
                .filteredOn(node -> node instanceof PhysicalPlan.NestedLoopJoin)
                .allMatch(TpchPlanTest::isSmall, "joins without a key compare few rows");
        assertThat(PlanPrinter.text(PlanCodec.decode(PlanCodec.encode(plan)))).isEqualTo(PlanPrinter.text(plan));
        String text = PlanPrinter.text(plan);
        if (System.getProperty("update") != null) {
            Files.writeString(SOURCES.resolve(name + ".plan"), text);
        } else {
            assertThat(text).isEqualTo(Objects.requireNonNull(resource(name + ".plan")));
        }
    }

    private static boolean isSmall(PhysicalPlan join) {
        return join.inputs().stream().anyMatch(input -> input.rows() <= 25);
    }

    private static Stream<PhysicalPlan> all(PhysicalPlan plan) {
        return Stream.concat(Stream.of(plan), plan.inputs().stream().flatMap(TpchPlanTest::all));
    }

    private static java.util.List<PhysicalPlan> nodes(PhysicalPlan plan) {
        return all(plan).toList();
    }
}
