package io.kadedb.jdbc;

import io.kadedb.jdbc.common.SqlErrors;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.avatica.AvaticaResultSet;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.QueryState;
import org.apache.calcite.avatica.remote.Service;
import org.jspecify.annotations.Nullable;

/** The rows of a statement, forward only, fetched frame by frame. Belongs to one thread. */
final class RemoteResultSet extends ScalarResultSet {
    private final RemoteConnection connection;
    private final int statementId;
    private final List<ColumnMetaData> described;
    private final Kind[] kinds;
    private final ZoneId zone;
    private final long maxRows;
    private @Nullable Map<String, Integer> ordinals;
    private List<Object> rows;
    private int row = -1;
    private long rowsBefore;
    private boolean lastFrame;
    private boolean ended;
    private boolean wasNull;

    /**
     * @param statementId whose rows they are on the server
     * @param maxRows 0 for all
     */
    RemoteResultSet(
            AvaticaStatement statement,
            RemoteConnection connection,
            int statementId,
            Meta.Signature signature,
            Meta.@Nullable Frame firstFrame,
            long maxRows)
            throws SQLException {
        super(statement, new QueryState(""), signature, new RemoteResultSetMetaData(signature.columns));
        this.connection = connection;
        this.statementId = statementId;
        this.described = signature.columns;
        this.kinds = described.stream().map(Kind::of).toArray(Kind[]::new);
        this.zone = zone(signature.sql);
        this.maxRows = maxRows;
        this.rows = Frames.rows(firstFrame);
        this.lastFrame = firstFrame == null || firstFrame.done;
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
    protected AvaticaResultSet execute() {
        return this;
    }

    @Override
    protected void cancel() {
        // The statement does it.
    }

    @Override
    public boolean next() throws SQLException {
        if (row + 1 < rows.size() && (maxRows == 0 || rowsBefore + row + 1 < maxRows)) {
            row++;
            return true;
        }
        checkOpen();
        return nextFrame();
    }

    private boolean nextFrame() throws SQLException {
        while (!ended) {
            rowsBefore += rows.size();
            rows = new ArrayList<>();
            row = -1;
            if (lastFrame || (maxRows > 0 && rowsBefore >= maxRows)) {
                end();
                return false;
            }
            fetch();
            if (!rows.isEmpty()) {
                row = 0;
                return true;
            }
        }
        return false;
    }

    private void fetch() throws SQLException {
        boolean fetched = false;
        try {
            Service.FetchResponse response = connection
                    .rpc()
                    .send(
                            new Service.FetchRequest(
                                    connection.id, statementId, rowsBefore, connection.frameRows(statement, maxRows)),
                            Service.FetchResponse.class);
            if (response.missingStatement || response.missingResults || response.frame == null) {
                throw SqlErrors.of(SqlErrors.WRONG_STATE, "the rows are gone: the statement was run again or closed");
            }
            rows = Frames.rows(response.frame);
            lastFrame = response.frame.done;
            fetched = true;
        } finally {
            if (!fetched) {
                ended = true;
                lastFrame = true;
            }
        }
    }

    private void end() throws SQLException {
        ended = true;
        if (!lastFrame) {
            lastFrame = true;
            connection.closeRows(statementId);
        }
    }

    @Override
    public void close() {
        try {
            end();
        } catch (SQLException e) {
            // Rows of a connection that is gone are gone too.
            ended = true;
        }
        rows = new ArrayList<>();
        super.close();
    }

    @Override
    protected void checkOpen() throws SQLException {
        if (isClosed()) {
            throw SqlErrors.closed("result set");
        }
    }

    @Override
    Kind kind(int index) {
        return kinds[index - 1];
    }

    @Override
    ZoneId zone() {
        return zone;
    }

    @Override
    @Nullable
    Object present(int index) throws SQLException {
        if (index < 1 || index > kinds.length) {
            checkOpen();
            throw SqlErrors.of(
                    SqlErrors.INVALID_COLUMN_REFERENCE,
                    "there is no column " + index + ": the result has " + kinds.length);
        }
        if (row < 0 || row >= rows.size() || ended) {
            checkOpen();
            throw SqlErrors.of(SqlErrors.WRONG_STATE, "the result set is not on a row: call next() first");
        }
        Object value = Frames.value(rows.get(row), index - 1);
        wasNull = value == null;
        return value;
    }

    @Override
    public int findColumn(String label) throws SQLException {
        Map<String, Integer> known = ordinals;
        if (known == null) {
            known = new HashMap<>();
            for (int i = 0; i < described.size(); i++) {
                known.putIfAbsent(described.get(i).label.toLowerCase(Locale.ROOT), i + 1);
            }
            ordinals = known;
        }
        Integer ordinal = known.get(label.toLowerCase(Locale.ROOT));
        if (ordinal == null) {
            checkOpen();
            throw SqlErrors.of(SqlErrors.UNDEFINED_COLUMN, "the result has no column \"" + label + "\"");
        }
        return ordinal;
    }

    @Override
    public boolean wasNull() {
        return wasNull;
    }

    @Override
    public boolean isBeforeFirst() throws SQLException {
        checkOpen();
        return row < 0 && !ended;
    }

    @Override
    public boolean isAfterLast() throws SQLException {
        checkOpen();
        return ended && rowsBefore > 0;
    }

    @Override
    public boolean isFirst() throws SQLException {
        return getRow() == 1;
    }

    @Override
    public int getRow() throws SQLException {
        checkOpen();
        return row < 0 || ended ? 0 : Math.toIntExact(rowsBefore + row + 1);
    }
}
