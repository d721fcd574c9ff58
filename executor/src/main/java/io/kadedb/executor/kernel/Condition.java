package io.kadedb.executor.kernel;

import io.kadedb.common.data.Batch;
import org.jspecify.annotations.Nullable;

/**
 * A compiled condition of three-valued logic: rows are true, false, or (neither) unknown. {@code out} is at least
 * {@code count} long and may be the selection itself; rows stay ascending.
 */
abstract class Condition {
    /** Writes the selected rows for which it is true; gives how many. */
    abstract int whenTrue(Batch batch, int @Nullable [] selection, int count, int[] out);

    /** Writes the selected rows for which it is false; gives how many. */
    abstract int whenFalse(Batch batch, int @Nullable [] selection, int count, int[] out);

    /** Finds the rows for which it is true and those for which it is false; a value that it asks for is computed once. */
    void split(Batch batch, int @Nullable [] selection, int count, TruthRows into) {
        into.room(count);
        into.trueCount = whenTrue(batch, selection, count, into.trues);
        int left = into.notTrue(selection, count);
        into.falseCount = left == 0 ? 0 : whenFalse(batch, into.falses, left, into.falses);
    }

    /** One or the other. */
    final int select(boolean wanted, Batch batch, int @Nullable [] selection, int count, int[] out) {
        return wanted ? whenTrue(batch, selection, count, out) : whenFalse(batch, selection, count, out);
    }

    /** Whether it reads no columns: the answer is the same for every row. */
    boolean isConstant() {
        return false;
    }

    boolean isStable() {
        return false;
    }
}
