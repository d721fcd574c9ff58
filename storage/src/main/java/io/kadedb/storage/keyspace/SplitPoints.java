package io.kadedb.storage.keyspace;

import com.apple.foundationdb.KeyArrayResult;
import com.apple.foundationdb.KeyValue;
import io.kadedb.storage.api.KeySpaceErrors;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Cuts a range into pieces of about equal size. */
final class SplitPoints {
    private SplitPoints() {}

    /** The begin of the range, the first key of each further piece of at least {@code chunkSize} bytes, and the end. */
    static KeyArrayResult of(VersionedStore store, byte[] begin, byte[] end, long version, long chunkSize) {
        if (chunkSize <= 0) {
            throw KeySpaceErrors.INVALID_OPTION_VALUE.exception();
        }
        List<byte[]> points = new ArrayList<>();
        points.add(begin);
        long size = 0;
        byte[] from = begin;
        VersionedStore.Rows rows;
        do {
            rows = store.scan(from, end, version, 4_096, 4 << 20, false);
            for (KeyValue row : rows.rows()) {
                if (size >= chunkSize) {
                    points.add(row.getKey());
                    size = 0;
                }
                size += row.getKey().length + row.getValue().length;
                from = Keys.after(row.getKey());
            }
        } while (rows.more());
        points.add(end);
        return result(points);
    }

    private static KeyArrayResult result(List<byte[]> keys) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        keys.forEach(bytes::writeBytes);
        return new KeyArrayResult(
                bytes.toByteArray(), keys.stream().mapToInt(key -> key.length).toArray());
    }
}
