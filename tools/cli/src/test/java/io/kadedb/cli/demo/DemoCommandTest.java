package io.kadedb.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.cli.Main;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

/** The first thing a newcomer runs, whole. */
class DemoCommandTest {
    @Test
    void theTourEndsWithEveryStopAnswered() {
        StringWriter out = new StringWriter();
        StringWriter errors = new StringWriter();
        int status = Main.run(new PrintWriter(out), new PrintWriter(errors), "demo", "--no-shell");
        assertThat(errors.toString()).isEmpty();
        assertThat(status).isZero();
        // Facts of the data, counted once in another engine: what the tour shows must not drift.
        assertThat(out.toString())
                .contains("ATL  | Atlanta           | GA    |     414513 |          173")
                .contains("Kahului     | HI    | 12014")
                .contains("6 |    1313 |         -1.6 |    83")
                .contains("PUB COS ATL ANC CDV YAK |      2")
                .contains("2 |      209 | Aguadilla")
                .contains("jdbc:kadedb:mem:demo")
                .doesNotContain("(0 rows)");
        assertThat(out.toString().lines().filter(line -> line.startsWith("--- ")))
                .hasSize(13);
    }
}
