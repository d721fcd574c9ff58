package io.kadedb.jdbc;

import io.kadedb.jdbc.common.Frames;
import io.kadedb.jdbc.common.ResultOwner;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.remote.Service;
import org.jspecify.annotations.Nullable;

/** The generated keys of what a statement ran last; all of them, read to their end. */
final class Keys {
    private final RemoteConnection connection;
    private final List<Object> rows = new ArrayList<>();
    private Meta.@Nullable Signature signature;

    Keys(RemoteConnection connection) {
        this.connection = connection;
    }

    void clear() {
        rows.clear();
        signature = null;
    }

    /** Takes the rows of a result, whose rest is fetched. */
    void add(Service.ResultSetResponse result) throws SQLException {
        signature = result.signature;
        Meta.Frame frame = result.firstFrame;
        long offset = 0;
        while (frame != null) {
            List<Object> more = Frames.rows(frame);
            rows.addAll(more);
            offset += more.size();
            frame = frame.done
                    ? null
                    : connection
                            .rpc()
                            .send(
                                    new Service.FetchRequest(connection.id, result.statementId, offset, 0),
                                    Service.FetchResponse.class)
                            .frame;
        }
    }

    /** Takes all rows of a result. */
    void add(Meta.Signature columns, List<Object> all) {
        signature = columns;
        rows.addAll(all);
    }

    /** As a result set, empty if there are none. */
    RemoteResultSet resultSet(ResultOwner statement) {
        Meta.Signature columns = signature == null
                ? new Meta.Signature(
                        List.of(), "", List.of(), Map.of(), Meta.CursorFactory.LIST, Meta.StatementType.SELECT)
                : signature;
        return RemoteResultSet.of(statement, connection, 0, columns, new Meta.Frame(0, true, new ArrayList<>(rows)), 0);
    }
}
