package io.kadedb.storage.transaction;

import org.jspecify.annotations.Nullable;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/** A set of row ids that is often of one. */
final class RowIds {
    private long first;
    private boolean isEmpty = true;
    private @Nullable Roaring64Bitmap all;

    /** Adds an id; false if it was there. */
    boolean add(long id) {
        if (isEmpty) {
            isEmpty = false;
            first = id;
            return true;
        }
        Roaring64Bitmap known = all;
        if (known == null) {
            if (id == first) {
                return false;
            }
            known = new Roaring64Bitmap();
            known.addLong(first);
            all = known;
        }
        if (known.contains(id)) {
            return false;
        }
        known.addLong(id);
        return true;
    }
}
