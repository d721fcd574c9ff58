package io.kadedb.server.remote;

import io.kadedb.common.data.Batch;
import io.kadedb.common.type.Field;
import io.kadedb.server.jdbc.FrameColumn;
import io.kadedb.server.session.Portal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.Meta;
import org.jspecify.annotations.Nullable;

/** Cuts the rows of a portal into frames of bounded size. Belongs to its session's thread. */
final class FrameCursor implements AutoCloseable {
    private static final int DEFAULT_ROWS = 1_000;
    private static final int MAX_ROWS = 10_000;
    private static final long MAX_BYTES = 4 << 20;

    private final Portal portal;
    private final Encoding encoding;
    private final ZoneId zone;
    private final long maxRows;
    private final FrameColumn[] columns;
    private int batchRows;
    private int next;
    private long offset;
    private boolean done;

    /** @param maxRows after which the rows end; 0 or less for all */
    FrameCursor(Portal portal, Encoding encoding, ZoneId zone, long maxRows) {
        this.portal = portal;
        this.encoding = encoding;
        this.zone = zone;
        this.maxRows = maxRows <= 0 ? Long.MAX_VALUE : maxRows;
        this.columns =
                portal.columns().stream().map(Field::type).map(FrameColumn::new).toArray(FrameColumn[]::new);
    }

    /** Whether all rows were given. */
    boolean isDone() {
        return done;
    }

    /**
     * The next rows; the last frame says that it is.
     *
     * @param wantedRows 0 or less for a size of our choice
     */
    Meta.Frame next(long wantedRows) {
        long limit = wantedRows <= 0 ? DEFAULT_ROWS : Math.min(wantedRows, MAX_ROWS);
        List<Object> rows = new ArrayList<>();
        long bytes = 0;
        while (rows.size() < limit && bytes < MAX_BYTES && available(rows.size())) {
            @Nullable Object[] row = new Object[columns.length];
            for (int i = 0; i < row.length; i++) {
                row[i] = encoding.value(columns[i], next, zone);
                bytes += Encoding.weight(row[i]);
            }
            next++;
            rows.add(row);
        }
        long from = offset;
        offset += rows.size();
        return new Meta.Frame(from, done, rows);
    }

    private boolean available(int ahead) {
        if (offset + ahead >= maxRows) {
            close();
        }
        while (!done && next >= batchRows) {
            Batch batch = portal.next();
            if (batch == null) {
                close();
                return false;
            }
            for (int i = 0; i < columns.length; i++) {
                columns[i].load(batch.column(i));
            }
            batchRows = batch.length();
            next = 0;
        }
        return !done;
    }

    @Override
    public void close() {
        done = true;
        portal.close();
    }
}
