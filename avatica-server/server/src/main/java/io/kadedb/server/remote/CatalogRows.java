package io.kadedb.server.remote;

import io.kadedb.server.jdbc.CatalogResults;
import java.sql.DatabaseMetaData;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.MetaImpl;
import org.apache.calcite.avatica.remote.Service;
import org.jspecify.annotations.Nullable;

/** The answers of the catalog methods, all rows in one frame. */
final class CatalogRows {
    private CatalogRows() {}

    static Service.ResultSetResponse response(
            RemoteSession session, List<CatalogResults.Column> columns, List<@Nullable Object[]> rows) {
        List<ColumnMetaData> described = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Class<?> type = columns.get(i).number() ? Integer.class : String.class;
            described.add(MetaImpl.columnMetaData(columns.get(i).name(), i, type, DatabaseMetaData.columnNullable));
        }
        Meta.Signature signature = new Meta.Signature(
                described, "", List.of(), Map.of(), Meta.CursorFactory.LIST, Meta.StatementType.SELECT);
        return new Service.ResultSetResponse(
                session.id(),
                session.freeStatementId(),
                true,
                signature,
                new Meta.Frame(0, true, new ArrayList<>(rows)),
                -1,
                Requests.METADATA);
    }
}
