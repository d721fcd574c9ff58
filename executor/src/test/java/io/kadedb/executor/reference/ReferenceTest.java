package io.kadedb.executor.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.executor.reference.RandomCase.Outcome;
import io.kadedb.executor.reference.RandomCase.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Random plans give what the reference says, with one and several threads, batches small and large, plain and
 * dictionary-encoded. {@code -Dkadedb.reference.seed=N} runs one case again.
 */
class ReferenceTest {
    private static final Duration FEW = Duration.ofSeconds(Integer.getInteger("kadedb.reference.seconds", 10));
    private static final Duration MANY = Duration.ofMinutes(10);
    private static final int MOST_SHOWN = 5;

    @Test
    void randomPlansGiveWhatTheReferenceSays() {
        Long one = Long.getLong("kadedb.reference.seed");
        if (one == null) {
            compare(System.nanoTime(), FEW);
        } else {
            compare(one, Duration.ZERO);
        }
    }

    @Test
    @Tag("slow")
    void manyRandomPlansGiveWhatTheReferenceSays() {
        compare(System.nanoTime(), MANY);
    }

    /** Tries cases one after the other for a while, one at least. */
    private static void compare(long first, Duration time) {
        System.out.println("seeds from " + first);
        Map<Verdict, Integer> verdicts = new EnumMap<>(Verdict.class);
        List<String> found = new ArrayList<>();
        long end = System.nanoTime() + time.toNanos();
        long seed = first;
        do {
            RandomCase random = RandomCase.of(seed++);
            Outcome outcome = random.judge();
            verdicts.merge(outcome.verdict(), 1, Integer::sum);
            if (outcome.verdict() == Verdict.DIFFERENT) {
                RandomCase smallest = new CaseShrinker().shrink(random);
                found.add(smallest.judge().text() + "\n" + smallest);
            }
        } while (System.nanoTime() < end && found.size() < MOST_SHOWN);
        System.out.println(verdicts);
        assertThat(found).isEmpty();
        assertThat(verdicts.getOrDefault(Verdict.EQUAL, 0)).isGreaterThanOrEqualTo((int) (seed - first) / 2);
    }
}
