package io.kadedb.executor.kernel;

import io.kadedb.planner.physical.ScalarFunction;

/** The six comparisons of two values. */
enum Comparison {
    EQ,
    NE,
    LT,
    LE,
    GT,
    GE;

    static Comparison of(ScalarFunction function) {
        return switch (function) {
            case EQ -> EQ;
            case NE -> NE;
            case LT -> LT;
            case LE -> LE;
            case GT -> GT;
            case GE -> GE;
            default -> throw new IllegalArgumentException(function.sqlName());
        };
    }

    /** The comparison that is true where this one is false. */
    Comparison negated() {
        return switch (this) {
            case EQ -> NE;
            case NE -> EQ;
            case LT -> GE;
            case LE -> GT;
            case GT -> LE;
            case GE -> LT;
        };
    }

    /** The comparison with the sides exchanged. */
    Comparison swapped() {
        return switch (this) {
            case EQ, NE -> this;
            case LT -> GT;
            case LE -> GE;
            case GT -> LT;
            case GE -> LE;
        };
    }

    /** Whether it holds for values that compare so. */
    boolean holds(int order) {
        return switch (this) {
            case EQ -> order == 0;
            case NE -> order != 0;
            case LT -> order < 0;
            case LE -> order <= 0;
            case GT -> order > 0;
            case GE -> order >= 0;
        };
    }
}
