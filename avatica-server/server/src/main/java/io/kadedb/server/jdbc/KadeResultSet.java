package io.kadedb.server.jdbc;

import io.kadedb.common.data.Batch;
import io.kadedb.common.error.KadeException;
import io.kadedb.jdbc.common.FrameResultSet;
import io.kadedb.jdbc.common.ResultOwner;
import io.kadedb.server.session.Portal;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** The rows of a portal. Batches are copied to arrays once, so that a getter is an array access. */
final class KadeResultSet extends FrameResultSet {
    private final @Nullable Portal portal;
    private final String text;
    private final ResultShape shape;
    private final FrameColumn[] columns;

    private KadeResultSet(
            ResultOwner owner,
            @Nullable Portal portal,
            String text,
            ZoneId zone,
            long maxRows,
            ResultShape shape,
            FrameColumn[] frame,
            int rows) {
        super(owner, zone, maxRows, frame, rows);
        this.portal = portal;
        this.text = text;
        this.shape = shape;
        this.columns = frame;
    }

    /**
     * @param text of the statement, for errors
     * @param zone of the session when the statement began
     * @param maxRows 0 for all
     */
    KadeResultSet(ResultOwner owner, Portal portal, String text, ZoneId zone, long maxRows, ResultShape shape) {
        this(owner, portal, text, zone, maxRows, shape, shape.newFrame(), 0);
    }

    /**
     * Rows that are there already.
     *
     * @param frame holds them, and is left alone until the result set is closed
     */
    KadeResultSet(ResultOwner owner, String text, ZoneId zone, ResultShape shape, FrameColumn[] frame, int rows) {
        this(owner, null, text, zone, 0, shape, frame, rows);
    }

    @Override
    protected int fetch(long offset) throws SQLException {
        if (portal == null) {
            return -1;
        }
        try {
            Batch batch = portal.next();
            if (batch == null) {
                return -1;
            }
            for (int i = 0; i < columns.length; i++) {
                columns[i].load(batch.column(i));
            }
            return batch.length();
        } catch (KadeException e) {
            throw KadeErrors.of(e, text);
        }
    }

    @Override
    protected void release() {
        if (portal != null) {
            portal.close();
        }
    }

    @Override
    protected ResultSetMetaData describe() {
        return shape.metaData();
    }
}
