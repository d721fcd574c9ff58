package io.kadedb.sqltests.fuzz.generate;

import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** The random choices of one case: a seed and a case always choose the same. */
public final class Choices {
    private static final RandomGeneratorFactory<RandomGenerator> FACTORY =
            RandomGeneratorFactory.of("L64X128MixRandom");

    /** Spreads the numbers of cases over all seeds (the golden ratio, as in SplitMix). */
    private static final long SPREAD = 0x9e3779b97f4a7c15L;

    private final RandomGenerator random;

    public Choices(long seed, long number) {
        this.random = FACTORY.create(seed ^ (number + 1) * SPREAD);
    }

    /** From 0 up to and without the bound. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    /** From the first to the last, both included. */
    public int between(int first, int last) {
        return first + random.nextInt(last - first + 1);
    }

    public boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    public <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    @SafeVarargs
    public final <T> T pick(T... choices) {
        return choices[random.nextInt(choices.length)];
    }

    @SafeVarargs
    public final <T> T choose(Supplier<T>... choices) {
        return choices[random.nextInt(choices.length)].get();
    }

    /** The list in a random order. */
    public <T> List<T> shuffled(List<T> list) {
        List<T> copy = new java.util.ArrayList<>(list);
        for (int i = copy.size() - 1; i > 0; i--) {
            java.util.Collections.swap(copy, i, random.nextInt(i + 1));
        }
        return copy;
    }
}
