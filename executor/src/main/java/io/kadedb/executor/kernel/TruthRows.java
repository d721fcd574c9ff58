package io.kadedb.executor.kernel;

import org.jspecify.annotations.Nullable;

/** The rows for which a condition is true, and those for which it is false, both ascending. */
final class TruthRows {
    int[] trues = new int[0];
    int trueCount;
    int[] falses = new int[0];
    int falseCount;

    /** Makes both lists long enough. */
    void room(int count) {
        trues = Selections.room(trues, count);
        falses = Selections.room(falses, count);
    }

    /** Writes the rows that are not true into the list of those that are false; gives how many. */
    int notTrue(int @Nullable [] selection, int count) {
        return Selections.minus(selection, count, trues, trueCount, falses);
    }

    /** Makes true what is false, and the other way around. */
    void negate() {
        int[] rows = trues;
        trues = falses;
        falses = rows;
        int rowCount = trueCount;
        trueCount = falseCount;
        falseCount = rowCount;
    }
}
