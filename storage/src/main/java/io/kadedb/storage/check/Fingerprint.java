package io.kadedb.storage.check;

import java.util.ArrayList;
import java.util.List;

/**
 * A set of rows by sums of their hashes, which do not depend on an order. The sums are kept by part, so that sets that differ
 * in some rows differ in some parts, which are small enough to be compared row by row.
 */
final class Fingerprint {
    private static final int PARTS = 1 << 16;

    private final long[] low = new long[PARTS];
    private final long[] high = new long[PARTS];
    private long rows;

    static int part(RowHash hash) {
        return (int) (hash.low() >>> 48);
    }

    void add(RowHash hash) {
        int part = part(hash);
        low[part] += hash.low();
        high[part] += hash.high();
        rows++;
    }

    long rows() {
        return rows;
    }

    /** The first parts in which two sets differ. */
    List<Integer> differences(Fingerprint other, int most) {
        List<Integer> parts = new ArrayList<>();
        for (int part = 0; part < PARTS && parts.size() < most; part++) {
            if (low[part] != other.low[part] || high[part] != other.high[part]) {
                parts.add(part);
            }
        }
        return parts;
    }
}
