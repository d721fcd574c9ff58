package io.kadedb.executor.kernel;

import org.jspecify.annotations.Nullable;

/** Set operations on ascending row numbers. A null selection means the first {@code count} rows. */
final class Selections {
    private Selections() {}

    static int all(int @Nullable [] selection, int count, int[] out) {
        if (selection == null) {
            for (int i = 0; i < count; i++) {
                out[i] = i;
            }
        } else {
            System.arraycopy(selection, 0, out, 0, count);
        }
        return count;
    }

    /** Rows of the first that the second, a subset, lacks; {@code out} may be the first. */
    static int minus(int @Nullable [] rows, int count, int[] subset, int subsetCount, int[] out) {
        int kept = 0;
        int next = 0;
        for (int i = 0; i < count; i++) {
            int row = rows == null ? i : rows[i];
            if (next < subsetCount && subset[next] == row) {
                next++;
            } else {
                out[kept++] = row;
            }
        }
        return kept;
    }

    /** Rows that both have; {@code out} may be the first. */
    static int both(int[] a, int aCount, int[] b, int bCount, int[] out) {
        int j = 0;
        int kept = 0;
        for (int i = 0; i < aCount; i++) {
            while (j < bCount && b[j] < a[i]) {
                j++;
            }
            if (j < bCount && b[j] == a[i]) {
                out[kept++] = a[i];
            }
        }
        return kept;
    }

    /** Rows of two disjoint selections; {@code out} is neither of them. */
    static int merge(int[] a, int aCount, int[] b, int bCount, int[] out) {
        int i = 0;
        int j = 0;
        int kept = 0;
        while (i < aCount && j < bCount) {
            out[kept++] = a[i] < b[j] ? a[i++] : b[j++];
        }
        while (i < aCount) {
            out[kept++] = a[i++];
        }
        while (j < bCount) {
            out[kept++] = b[j++];
        }
        return kept;
    }

    /** An array of at least that length, the given one if it is. */
    static int[] room(int[] rows, int count) {
        return rows.length >= count ? rows : new int[Math.max(count, io.kadedb.common.data.Batch.MAX_ROWS)];
    }
}
