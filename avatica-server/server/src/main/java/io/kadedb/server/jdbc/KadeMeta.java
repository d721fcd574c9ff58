package io.kadedb.server.jdbc;

import io.kadedb.jdbc.common.DriverMeta;
import io.kadedb.server.session.Session;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.calcite.avatica.ColumnMetaData;
import org.jspecify.annotations.Nullable;

/** What Avatica asks of a database, answered by a session of this process. */
final class KadeMeta extends DriverMeta {
    private final KadeConnection owner;

    KadeMeta(KadeConnection connection) {
        super(connection);
        this.owner = connection;
    }

    private Session session() {
        return owner.session();
    }

    private CatalogResults catalog() {
        return new CatalogResults(session().catalog(), session().database());
    }

    private MetaResultSet result(List<CatalogResults.Column> columns, List<@Nullable Object[]> rows) {
        List<ColumnMetaData> described = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            Class<?> type = columns.get(i).number() ? Integer.class : String.class;
            described.add(columnMetaData(columns.get(i).name(), i, type, true));
        }
        List<Object> elements = new ArrayList<>();
        rows.forEach(row -> elements.add(Arrays.asList(row)));
        return createResultSet(Map.of(), described, CursorFactory.LIST, new Frame(0, true, elements));
    }

    private static @Nullable String text(@Nullable Pat pattern) {
        return pattern == null ? null : pattern.s;
    }

    @Override
    public MetaResultSet getTables(
            ConnectionHandle ch, @Nullable String catalog, Pat schema, Pat table, @Nullable List<String> types) {
        return result(CatalogResults.TABLES, catalog().tables(catalog, text(schema), text(table), types));
    }

    @Override
    public MetaResultSet getColumns(ConnectionHandle ch, @Nullable String catalog, Pat schema, Pat table, Pat column) {
        return result(CatalogResults.COLUMNS, catalog().columns(catalog, text(schema), text(table), text(column)));
    }

    @Override
    public MetaResultSet getSchemas(ConnectionHandle ch, @Nullable String catalog, Pat schema) {
        return result(CatalogResults.SCHEMAS, catalog().schemas(catalog, text(schema)));
    }

    @Override
    public MetaResultSet getCatalogs(ConnectionHandle ch) {
        return result(CatalogResults.CATALOGS, catalog().catalogs());
    }

    @Override
    public MetaResultSet getTableTypes(ConnectionHandle ch) {
        return result(CatalogResults.TABLE_TYPES, CatalogResults.tableTypes());
    }

    @Override
    public MetaResultSet getPrimaryKeys(
            ConnectionHandle ch, @Nullable String catalog, @Nullable String schema, String table) {
        return result(CatalogResults.PRIMARY_KEYS, catalog().primaryKeys(schema, table));
    }

    private ForeignKeyResults foreignKeys() {
        return new ForeignKeyResults(session().catalog(), session().database());
    }

    @Override
    public MetaResultSet getImportedKeys(
            ConnectionHandle ch, @Nullable String catalog, @Nullable String schema, String table) {
        return result(ForeignKeyResults.COLUMNS, foreignKeys().imported(schema, table));
    }

    @Override
    public MetaResultSet getExportedKeys(
            ConnectionHandle ch, @Nullable String catalog, @Nullable String schema, String table) {
        return result(ForeignKeyResults.COLUMNS, foreignKeys().exported(schema, table));
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
        return result(
                ForeignKeyResults.COLUMNS,
                foreignKeys().between(parentSchema, parentTable, foreignSchema, foreignTable));
    }

    @Override
    public MetaResultSet getIndexInfo(
            ConnectionHandle ch,
            @Nullable String catalog,
            @Nullable String schema,
            String table,
            boolean unique,
            boolean approximate) {
        return result(CatalogResults.INDEXES, catalog().indexes(schema, table, unique));
    }

    @Override
    public MetaResultSet getTypeInfo(ConnectionHandle ch) {
        return result(CatalogResults.TYPES, CatalogResults.types());
    }

    @Override
    public void closeStatement(StatementHandle h) {
        // The JDBC statement closes its portals itself.
    }

    @Override
    public void commit(ConnectionHandle ch) {
        session().commit();
    }

    @Override
    public void rollback(ConnectionHandle ch) {
        session().rollback();
    }

    @Override
    public StatementHandle prepare(ConnectionHandle ch, String sql, long maxRowCount) {
        throw ownWay();
    }
}
