package io.kadedb.server.remote;

import io.kadedb.jdbc.common.TaggedValues;
import io.kadedb.server.jdbc.FrameColumn;
import io.kadedb.server.session.Portal;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Outcomes of prepared statements without what preparing has said already: a letter, the rows written (8 bytes), and after
 * {@code R} all rows of the result, their number first; after {@code U} there are none.
 */
final class CompactAnswer {
    private CompactAnswer() {}

    static byte[] count(long updateCount) {
        TaggedValues out = new TaggedValues();
        out.putTag('U');
        out.putLong(updateCount);
        return out.toBytes();
    }

    /** @param rows arrays of values */
    static byte[] rows(long updateCount, List<Object> rows) {
        TaggedValues out = rows(updateCount, rows.size());
        for (Object row : rows) {
            for (@Nullable Object value : (@Nullable Object[]) row) {
                out.put(value);
            }
        }
        return out.toBytes();
    }

    static byte[] noRow() {
        return rows(Portal.NO_COUNT, 0).toBytes();
    }

    /** The first of the rows that columns hold. */
    static byte[] row(FrameColumn[] columns, ZoneId zone) {
        TaggedValues out = rows(Portal.NO_COUNT, 1);
        for (FrameColumn column : columns) {
            out.put(Encoding.EXACT.value(column, 0, zone));
        }
        return out.toBytes();
    }

    private static TaggedValues rows(long updateCount, int count) {
        TaggedValues out = new TaggedValues();
        out.putTag('R');
        out.putLong(updateCount);
        out.putInt(count);
        return out;
    }
}
