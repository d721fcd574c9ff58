package io.kadedb.sqltests.statements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Whatever is written, the parser reads it or says what is wrong with it, and where. {@code -Dseed=} repeats a run;
 * {@code -Dshard=i/n} runs a part of the slow one.
 */
class ParserRobustnessTest {
    private static final int FAST = 200_000;
    private static final int SLOW = 10_000_000;
    private static final int BATCH = 10_000;
    private static final int MAX_REPORTED = 20;

    @Test
    void twoHundredThousandStatements() {
        judge(FAST, 0, 1);
    }

    @Test
    @Tag("slow")
    void tenMillionStatements() {
        String[] shard = System.getProperty("shard", "1/1").split("/");
        judge(SLOW, Integer.parseInt(shard[0]) - 1, Integer.parseInt(shard[1]));
    }

    /** Batches have seeds of their own, so that shards are parts of the whole. */
    private static void judge(int statements, int shard, int shards) {
        long seed = Long.getLong("seed", System.nanoTime());
        System.out.println("ParserRobustnessTest seed " + seed);
        ParserVerdict verdict = new ParserVerdict();
        List<String> wrong = new ArrayList<>();
        AtomicReference<String> current = new AtomicReference<>("");
        for (int batch = shard; batch < statements / BATCH && wrong.size() < MAX_REPORTED; batch += shards) {
            StatementSource source = new StatementSource(seed + batch);
            assertTimeoutPreemptively(
                    Duration.ofMinutes(5),
                    () -> {
                        for (int i = 0; i < BATCH && wrong.size() < MAX_REPORTED; i++) {
                            String text = source.next();
                            current.set(text);
                            Optional<String> what = verdict.of(text);
                            what.ifPresent(problem -> wrong.add(problem + ":\n" + text));
                        }
                    },
                    () -> "hangs: " + current.get());
        }
        System.out.println(verdict.parsed() + " parsed, " + verdict.refused() + " refused");
        assertThat(wrong).as("seed %d", seed).isEmpty();
        assertThat(verdict.parsed()).isGreaterThan(verdict.refused() / 10);
    }
}
