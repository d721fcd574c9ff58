package io.kadedb.executor.reference;

/** A plan asks more of a naive evaluation than its answer is worth. */
final class TooMuch extends RuntimeException {
    private static final long MOST_STEPS = 3_000_000;
    private static final long serialVersionUID = 1L;

    static void check(long steps) {
        if (steps > MOST_STEPS) {
            throw new TooMuch();
        }
    }
}
