package io.kadedb.storage.table;

import io.kadedb.storage.format.v1.Stamp;
import io.kadedb.storage.format.v1.proto.ManifestProto.HideRecord;
import org.roaringbitmap.longlong.Roaring64Bitmap;

/**
 * Row ids that a large statement removed or replaced: hidden in everything written before its stamp.
 *
 * @param rowIds not to be changed
 */
record HideSet(HideRecord record, Stamp stamp, Roaring64Bitmap rowIds) {
    boolean hides(long rowId, Stamp written) {
        return written.before(stamp) && rowIds.contains(rowId);
    }
}
