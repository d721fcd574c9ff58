package io.kadedb.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Planning must not compile anything: Janino's first use costs a second. */
class NoGeneratedCodeTest {
    /** What the child process runs. */
    public static final class PlansQueries {
        public static void main(String[] args) throws IOException {
            Planning planning = new Planning(TestCatalog.tpch());
            for (String query : List.of("q02", "q08", "q20", "q21", "q22")) {
                planning.query(TpchPlanTest.resource(query + ".sql"));
            }
            planning.plan(
                    "select c_name from customer where (select count(*) from orders where o_custkey = c_custkey) > 3"
                            + " or exists (select 1 from orders where o_custkey = c_custkey)");
        }
    }

    @Test
    void planningLoadsNoCompiler() throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java,
                        "-Xlog:class+load=info:stdout",
                        "-cp",
                        System.getProperty("java.class.path"),
                        PlansQueries.class.getName())
                .redirectErrorStream(true)
                .start();
        List<String> lines;
        try (var reader = process.inputReader(StandardCharsets.UTF_8)) {
            lines = reader.lines().toList();
        }
        assertThat(process.waitFor())
                .as("output %s", lines.subList(Math.max(0, lines.size() - 20), lines.size()))
                .isZero();
        assertThat(lines).anyMatch(line -> line.contains("io.kadedb.planner.KadePlanner"));
        assertThat(lines).noneMatch(line -> line.contains("org.codehaus.janino"));
    }
}
