package io.kadedb.storage.format.v1;

import it.unimi.dsi.fastutil.ints.IntArrays;
import it.unimi.dsi.fastutil.ints.IntComparator;
import java.util.Arrays;

/** Orders of rows by index. */
public final class Rows {
    private Rows() {}

    /** Row numbers {@code 0..count-1} in the order of a comparison; equal ones keep their order. */
    public static int[] sort(int count, IntComparator order) {
        int[] rows = new int[count];
        Arrays.setAll(rows, i -> i);
        IntArrays.mergeSort(rows, order);
        return rows;
    }
}
