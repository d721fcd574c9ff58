package io.kadedb.jdbc;

import io.kadedb.jdbc.common.FrameResultSet;
import io.kadedb.jdbc.common.Frames;
import io.kadedb.jdbc.common.ResultColumns;
import io.kadedb.jdbc.common.ResultOwner;
import io.kadedb.jdbc.common.SqlErrors;
import io.kadedb.jdbc.common.ValueColumn;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.remote.Service;
import org.jspecify.annotations.Nullable;

/** Rows of a statement on the server, fetched frame by frame. */
final class RemoteResultSet extends FrameResultSet {
    private final ResultOwner owner;
    private final RemoteConnection connection;
    private final int statementId;
    private final Meta.Signature signature;
    private final long maxRows;
    private final ValueColumn[] columns;
    private boolean lastFrame;

    private RemoteResultSet(
            ResultOwner owner,
            RemoteConnection connection,
            int statementId,
            Meta.Signature signature,
            long maxRows,
            ValueColumn[] columns,
            List<Object> rows,
            boolean lastFrame) {
        super(owner, zone(signature.sql), maxRows, columns, rows.size());
        this.owner = owner;
        this.connection = connection;
        this.statementId = statementId;
        this.signature = signature;
        this.maxRows = maxRows;
        this.columns = columns;
        this.lastFrame = lastFrame;
    }

    /**
     * @param statementId whose rows they are on the server
     * @param maxRows 0 for all
     */
    static RemoteResultSet of(
            ResultOwner owner,
            RemoteConnection connection,
            int statementId,
            Meta.Signature signature,
            Meta.@Nullable Frame firstFrame,
            long maxRows) {
        List<Object> rows = Frames.rows(firstFrame);
        ValueColumn[] columns = ValueColumn.of(signature.columns, rows);
        boolean lastFrame = firstFrame == null || firstFrame.done;
        return new RemoteResultSet(owner, connection, statementId, signature, maxRows, columns, rows, lastFrame);
    }

    /** The session's zone stands where stock Avatica repeats the text of the statement. */
    private static ZoneId zone(@Nullable String name) {
        try {
            return name == null || name.isEmpty() ? ZoneOffset.UTC : ZoneId.of(name);
        } catch (DateTimeException e) {
            // A zone this JDK does not know: instants stay right, and are shown in UTC.
            return ZoneOffset.UTC;
        }
    }

    @Override
    protected int fetch(long offset) throws SQLException {
        if (lastFrame) {
            return -1;
        }
        // What fails is not asked for again.
        lastFrame = true;
        Service.FetchResponse response = connection
                .rpc()
                .send(
                        new Service.FetchRequest(
                                connection.id, statementId, offset, connection.frameRows(owner.statement(), maxRows)),
                        Service.FetchResponse.class);
        if (response.missingStatement || response.missingResults || response.frame == null) {
            throw SqlErrors.of(SqlErrors.WRONG_STATE, "the rows are gone: the statement was run again or closed");
        }
        List<Object> rows = Frames.rows(response.frame);
        for (ValueColumn column : columns) {
            column.load(rows);
        }
        lastFrame = response.frame.done;
        return rows.size();
    }

    @Override
    protected void release() {
        if (!lastFrame) {
            lastFrame = true;
            connection.closeRows(statementId);
        }
    }

    @Override
    protected ResultSetMetaData describe() {
        return new ResultColumns(signature.columns);
    }
}
