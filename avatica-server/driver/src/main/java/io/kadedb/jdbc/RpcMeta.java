package io.kadedb.jdbc;

import io.kadedb.jdbc.common.DriverMeta;
import java.sql.SQLException;
import java.util.List;
import org.apache.calcite.avatica.remote.Service;
import org.jspecify.annotations.Nullable;

/** What Avatica asks of a database, asked of the server. */
final class RpcMeta extends DriverMeta {
    private final RemoteConnection owner;

    RpcMeta(RemoteConnection connection) {
        super(connection);
        this.owner = connection;
    }

    private <T extends Service.Response> T send(Service.Request request, Class<T> response) {
        try {
            return owner.rpc().send(request, response);
        } catch (SQLException e) {
            throw new UncheckedSqlException(e);
        }
    }

    private MetaResultSet rows(Service.Request request) {
        return rows(send(request, Service.ResultSetResponse.class));
    }

    private static MetaResultSet rows(Service.ResultSetResponse response) {
        return MetaResultSet.create(
                response.connectionId, response.statementId, true, response.signature, response.firstFrame);
    }

    private MetaResultSet call(String method, @Nullable String... arguments) {
        try {
            return rows(owner.rpc().call(method, arguments));
        } catch (SQLException e) {
            throw new UncheckedSqlException(e);
        }
    }

    @Override
    public StatementHandle createStatement(ConnectionHandle ch) {
        return new StatementHandle(ch.id, owner.freeStatementId(), null);
    }

    @Override
    public void closeStatement(StatementHandle h) {
        // The others are on the server only while they have rows, which their result sets close.
        if (owner.isPrepared(h)) {
            owner.ignoringGone(() -> owner.rpc()
                    .send(
                            new Service.CloseStatementRequest(h.connectionId, h.id),
                            Service.CloseStatementResponse.class));
        }
    }

    @Override
    public void closeConnection(ConnectionHandle ch) {
        owner.ignoringGone(() ->
                owner.rpc().send(new Service.CloseConnectionRequest(ch.id), Service.CloseConnectionResponse.class));
    }

    @Override
    public StatementHandle prepare(ConnectionHandle ch, String sql, long maxRowCount) {
        return send(new Service.PrepareRequest(ch.id, sql, maxRowCount), Service.PrepareResponse.class).statement;
    }

    @Override
    public void commit(ConnectionHandle ch) {
        Service.CommitResponse unused = send(new Service.CommitRequest(ch.id), Service.CommitResponse.class);
    }

    @Override
    public void rollback(ConnectionHandle ch) {
        Service.RollbackResponse unused = send(new Service.RollbackRequest(ch.id), Service.RollbackResponse.class);
    }

    @Override
    public ConnectionProperties connectionSync(ConnectionHandle ch, ConnectionProperties properties) {
        return send(new Service.ConnectionSyncRequest(ch.id, properties), Service.ConnectionSyncResponse.class)
                .connProps;
    }

    @Override
    public MetaResultSet getCatalogs(ConnectionHandle ch) {
        return rows(new Service.CatalogsRequest(ch.id));
    }

    @Override
    public MetaResultSet getSchemas(ConnectionHandle ch, @Nullable String catalog, Pat schema) {
        return rows(new Service.SchemasRequest(ch.id, catalog, schema.s));
    }

    @Override
    public MetaResultSet getTables(
            ConnectionHandle ch, @Nullable String catalog, Pat schema, Pat table, @Nullable List<String> types) {
        return rows(new Service.TablesRequest(ch.id, catalog, schema.s, table.s, types));
    }

    @Override
    public MetaResultSet getTableTypes(ConnectionHandle ch) {
        return rows(new Service.TableTypesRequest(ch.id));
    }

    @Override
    public MetaResultSet getTypeInfo(ConnectionHandle ch) {
        return rows(new Service.TypeInfoRequest(ch.id));
    }

    @Override
    public MetaResultSet getColumns(ConnectionHandle ch, @Nullable String catalog, Pat schema, Pat table, Pat column) {
        return rows(new Service.ColumnsRequest(ch.id, catalog, schema.s, table.s, column.s));
    }

    @Override
    public MetaResultSet getPrimaryKeys(
            ConnectionHandle ch, @Nullable String catalog, @Nullable String schema, String table) {
        return call("primary_keys", schema, table);
    }

    @Override
    public MetaResultSet getImportedKeys(
            ConnectionHandle ch, @Nullable String catalog, @Nullable String schema, String table) {
        return call("imported_keys", schema, table);
    }

    @Override
    public MetaResultSet getExportedKeys(
            ConnectionHandle ch, @Nullable String catalog, @Nullable String schema, String table) {
        return call("exported_keys", schema, table);
    }

    @Override
    public MetaResultSet getCrossReference(
            ConnectionHandle ch,
            @Nullable String parentCatalog,
            @Nullable String parentSchema,
            String parentTable,
            @Nullable String foreignCatalog,
            @Nullable String foreignSchema,
            String foreignTable) {
        return call("cross_reference", parentSchema, parentTable, foreignSchema, foreignTable);
    }

    @Override
    public MetaResultSet getIndexInfo(
            ConnectionHandle ch,
            @Nullable String catalog,
            @Nullable String schema,
            String table,
            boolean unique,
            boolean approximate) {
        return call("indexes", schema, table, String.valueOf(unique));
    }
}
