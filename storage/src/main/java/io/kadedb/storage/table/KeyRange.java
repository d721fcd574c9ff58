package io.kadedb.storage.table;

import java.util.Arrays;

/** Logical keys from {@code begin} up to, not including, {@code end}. */
public record KeyRange(byte[] begin, byte[] end) {
    public boolean isEmpty() {
        return Arrays.compareUnsigned(begin, end) >= 0;
    }
}
