package io.kadedb.storage.table;

import java.util.List;

/** Forgets what was removed, for a planted bug. */
public final class Tombstones {
    private Tombstones() {}

    /** The deltas that hold a row. */
    public static List<?> without(List<?> deltas) {
        return deltas.stream()
                .filter(each ->
                        each instanceof KeyedDelta keyed && keyed.delta().isPut())
                .toList();
    }
}
