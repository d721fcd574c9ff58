package io.kadedb.common.seam;

import java.util.random.RandomGenerator;

/** Where random numbers come from: a seeded generator in simulations and tests. */
@FunctionalInterface
public interface Random {
    /** A generator for the calling thread alone. */
    RandomGenerator generator();

    /** Generators seeded by the machine. */
    static Random system() {
        return SystemSeams.RANDOM;
    }
}
