package io.kadedb.server.jdbc;

import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.IndexExpression;
import io.kadedb.common.catalog.SchemaDefinition;
import io.kadedb.common.catalog.SequenceDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.catalog.ViewDefinition;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import java.sql.DatabaseMetaData;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The rows of {@link DatabaseMetaData}'s catalog methods, in the order JDBC wants. */
public final class CatalogResults {
    public static final String TABLE = "TABLE";
    public static final String VIEW = "VIEW";
    public static final String MATERIALIZED_VIEW = "MATERIALIZED VIEW";
    public static final String SEQUENCE = "SEQUENCE";
    public static final String PROPERTY_GRAPH = "PROPERTY GRAPH";

    /** A column of such a result; {@code number} for those that are integers. */
    public record Column(String name, boolean number) {}

    public static final List<Column> TABLES = columns(
            "TABLE_CAT",
            "TABLE_SCHEM",
            "TABLE_NAME",
            "TABLE_TYPE",
            "REMARKS",
            "TYPE_CAT",
            "TYPE_SCHEM",
            "TYPE_NAME",
            "SELF_REFERENCING_COL_NAME",
            "REF_GENERATION");
    public static final List<Column> SCHEMAS = columns("TABLE_SCHEM", "TABLE_CATALOG");
    public static final List<Column> CATALOGS = columns("TABLE_CAT");
    public static final List<Column> TABLE_TYPES = columns("TABLE_TYPE");
    public static final List<Column> PRIMARY_KEYS =
            columns("TABLE_CAT", "TABLE_SCHEM", "TABLE_NAME", "COLUMN_NAME", "#KEY_SEQ", "PK_NAME");
    public static final List<Column> INDEXES = columns(
            "TABLE_CAT",
            "TABLE_SCHEM",
            "TABLE_NAME",
            "#NON_UNIQUE",
            "INDEX_QUALIFIER",
            "INDEX_NAME",
            "#TYPE",
            "#ORDINAL_POSITION",
            "COLUMN_NAME",
            "ASC_OR_DESC",
            "#CARDINALITY",
            "#PAGES",
            "FILTER_CONDITION");
    public static final List<Column> COLUMNS = columns(
            "TABLE_CAT",
            "TABLE_SCHEM",
            "TABLE_NAME",
            "COLUMN_NAME",
            "#DATA_TYPE",
            "TYPE_NAME",
            "#COLUMN_SIZE",
            "#BUFFER_LENGTH",
            "#DECIMAL_DIGITS",
            "#NUM_PREC_RADIX",
            "#NULLABLE",
            "REMARKS",
            "COLUMN_DEF",
            "#SQL_DATA_TYPE",
            "#SQL_DATETIME_SUB",
            "#CHAR_OCTET_LENGTH",
            "#ORDINAL_POSITION",
            "IS_NULLABLE",
            "SCOPE_CATALOG",
            "SCOPE_SCHEMA",
            "SCOPE_TABLE",
            "#SOURCE_DATA_TYPE",
            "IS_AUTOINCREMENT",
            "IS_GENERATEDCOLUMN");
    public static final List<Column> TYPES = columns(
            "TYPE_NAME",
            "#DATA_TYPE",
            "#PRECISION",
            "LITERAL_PREFIX",
            "LITERAL_SUFFIX",
            "CREATE_PARAMS",
            "#NULLABLE",
            "CASE_SENSITIVE",
            "#SEARCHABLE",
            "UNSIGNED_ATTRIBUTE",
            "FIXED_PREC_SCALE",
            "AUTO_INCREMENT",
            "LOCAL_TYPE_NAME",
            "#MINIMUM_SCALE",
            "#MAXIMUM_SCALE",
            "#SQL_DATA_TYPE",
            "#SQL_DATETIME_SUB",
            "#NUM_PREC_RADIX");

    private static final List<SqlType> ALL_TYPES = List.of(
            SqlType.BOOLEAN,
            SqlType.SMALLINT,
            SqlType.INTEGER,
            SqlType.BIGINT,
            SqlType.REAL,
            SqlType.DOUBLE,
            SqlType.decimal(SqlType.MAX_DECIMAL_PRECISION, 0),
            SqlType.TEXT,
            SqlType.varchar(SqlType.UNSPECIFIED),
            SqlType.character(SqlType.UNSPECIFIED),
            SqlType.BYTEA,
            SqlType.DATE,
            SqlType.TIME,
            SqlType.TIMESTAMP,
            SqlType.TIMESTAMPTZ,
            SqlType.INTERVAL,
            SqlType.UUID);

    private final CatalogSnapshot catalog;
    private final String database;

    public CatalogResults(CatalogSnapshot catalog, String database) {
        this.catalog = catalog;
        this.database = database;
    }

    /** Columns by their names, before which a # stands where they are integers. */
    static List<Column> columns(String... names) {
        List<Column> columns = new ArrayList<>();
        for (String name : names) {
            columns.add(name.startsWith("#") ? new Column(name.substring(1), true) : new Column(name, false));
        }
        return List.copyOf(columns);
    }

    /** JDBC's patterns: {@code %} and {@code _}, a backslash before those meant literally; null for any. */
    private static Predicate<String> like(@Nullable String pattern) {
        if (pattern == null) {
            return name -> true;
        }
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\' && i + 1 < pattern.length()) {
                regex.append(Pattern.quote(String.valueOf(pattern.charAt(++i))));
            } else {
                regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL).asMatchPredicate();
    }

    private List<SchemaDefinition> schemasLike(@Nullable String pattern) {
        Predicate<String> wanted = like(pattern);
        return catalog.schemas().values().stream()
                .filter(schema -> wanted.test(schema.name()))
                .sorted(Comparator.comparing(SchemaDefinition::name))
                .toList();
    }

    private List<TableDefinition> tablesLike(@Nullable String schemaPattern, @Nullable String tablePattern) {
        Predicate<String> wanted = like(tablePattern);
        return schemasLike(schemaPattern).stream()
                .flatMap(schema -> schema.tables().values().stream()
                        .filter(table -> wanted.test(table.name()))
                        .sorted(Comparator.comparing(TableDefinition::name)))
                .toList();
    }

    private List<ViewDefinition> viewsLike(@Nullable String schemaPattern, @Nullable String viewPattern) {
        Predicate<String> wanted = like(viewPattern);
        return schemasLike(schemaPattern).stream()
                .flatMap(schema -> schema.views().values().stream()
                        .filter(view -> wanted.test(view.name()))
                        .sorted(Comparator.comparing(ViewDefinition::name)))
                .toList();
    }

    private boolean isThisDatabase(@Nullable String wanted) {
        return wanted == null || wanted.isEmpty() || wanted.equals(database);
    }

    public List<@Nullable Object[]> tables(
            @Nullable String catalogName,
            @Nullable String schemaPattern,
            @Nullable String tablePattern,
            @Nullable List<String> types) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        if (!isThisDatabase(catalogName)) {
            return rows;
        }
        Predicate<String> wanted = like(tablePattern);
        if (types == null || types.contains(MATERIALIZED_VIEW)) {
            for (TableDefinition table : tablesLike(schemaPattern, tablePattern)) {
                if (table.materialized().isPresent()) {
                    rows.add(tableRow(
                            table.schema(),
                            table.name(),
                            MATERIALIZED_VIEW,
                            table.comment().orElse(null)));
                }
            }
        }
        if (types == null || types.contains(PROPERTY_GRAPH)) {
            for (SchemaDefinition schema : schemasLike(schemaPattern)) {
                schema.graphs().values().stream()
                        .filter(graph -> wanted.test(graph.name()))
                        .sorted(Comparator.comparing(graph -> graph.name()))
                        .forEach(graph -> rows.add(tableRow(
                                schema.name(),
                                graph.name(),
                                PROPERTY_GRAPH,
                                graph.comment().orElse(null))));
            }
        }
        if (types == null || types.contains(SEQUENCE)) {
            for (SchemaDefinition schema : schemasLike(schemaPattern)) {
                schema.sequences().values().stream()
                        .filter(sequence -> wanted.test(sequence.name()))
                        .sorted(Comparator.comparing(SequenceDefinition::name))
                        .forEach(sequence -> rows.add(tableRow(
                                schema.name(),
                                sequence.name(),
                                SEQUENCE,
                                sequence.comment().orElse(null))));
            }
        }
        if (types == null || types.contains(TABLE)) {
            for (TableDefinition table : tablesLike(schemaPattern, tablePattern)) {
                if (table.materialized().isEmpty()) {
                    rows.add(tableRow(
                            table.schema(), table.name(), TABLE, table.comment().orElse(null)));
                }
            }
        }
        if (types == null || types.contains(VIEW)) {
            for (ViewDefinition view : viewsLike(schemaPattern, tablePattern)) {
                rows.add(tableRow(
                        view.schema(), view.name(), VIEW, view.comment().orElse(null)));
            }
        }
        return rows;
    }

    private @Nullable Object[] tableRow(String schema, String name, String kind, @Nullable String remarks) {
        return new @Nullable Object[] {database, schema, name, kind, remarks, null, null, null, null, null};
    }

    public List<@Nullable Object[]> catalogs() {
        return List.<@Nullable Object[]>of(new @Nullable Object[] {database});
    }

    public static List<@Nullable Object[]> tableTypes() {
        List<@Nullable Object[]> rows = new ArrayList<>();
        rows.add(new @Nullable Object[] {MATERIALIZED_VIEW});
        rows.add(new @Nullable Object[] {PROPERTY_GRAPH});
        rows.add(new @Nullable Object[] {SEQUENCE});
        rows.add(new @Nullable Object[] {TABLE});
        rows.add(new @Nullable Object[] {VIEW});
        return rows;
    }

    public List<@Nullable Object[]> schemas(@Nullable String catalogName, @Nullable String pattern) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        if (isThisDatabase(catalogName)) {
            schemasLike(pattern).forEach(schema -> rows.add(new @Nullable Object[] {schema.name(), database}));
        }
        return rows;
    }

    public List<@Nullable Object[]> primaryKeys(@Nullable String schema, String table) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (TableDefinition found : tablesLike(null, null)) {
            if (!found.name().equals(table)
                    || (schema != null && !schema.isEmpty() && !found.schema().equals(schema))) {
                continue;
            }
            for (int i = 0; i < found.primaryKey().size(); i++) {
                rows.add(new @Nullable Object[] {
                    database,
                    found.schema(),
                    found.name(),
                    found.columns().get(found.primaryKey().get(i)).name(),
                    i + 1,
                    found.primaryKeyConstraint()
                });
            }
        }
        rows.sort(Comparator.comparing(row -> String.valueOf(row[3])));
        return rows;
    }

    /** The indexes of a table, that of its primary key among them, in JDBC's order: unique ones first, by name. */
    public List<@Nullable Object[]> indexes(@Nullable String schema, String table, boolean uniqueOnly) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (TableDefinition found : tablesLike(null, null)) {
            if (!found.name().equals(table)
                    || (schema != null && !schema.isEmpty() && !found.schema().equals(schema))) {
                continue;
            }
            List<ListedIndex> listed = new ArrayList<>();
            if (!found.primaryKey().isEmpty()) {
                List<@Nullable String> order = new ArrayList<>();
                found.primaryKey().forEach(key -> order.add("A"));
                List<String> names = found.primaryKey().stream()
                        .map(ordinal -> found.columns().get(ordinal).name())
                        .toList();
                listed.add(new ListedIndex(found.primaryKeyConstraint(), true, names, order, null));
            }
            for (IndexDefinition index : found.indexes()) {
                List<@Nullable String> order = new ArrayList<>();
                index.parts().forEach(part -> order.add(index.isInverted() ? null : part.descending() ? "D" : "A"));
                List<String> names = index.parts().stream()
                        .map(part -> part.expression()
                                .map(IndexExpression::sql)
                                .orElseGet(() -> found.columns()
                                        .get(found.ordinalOfId(part.columnId()))
                                        .name()))
                        .toList();
                listed.add(new ListedIndex(
                        index.name(),
                        index.unique(),
                        names,
                        order,
                        index.condition().map(IndexExpression::sql).orElse(null)));
            }
            listed.stream()
                    .filter(index -> index.unique() || !uniqueOnly)
                    .sorted(Comparator.comparing((ListedIndex index) -> !index.unique())
                            .thenComparing(ListedIndex::name))
                    .forEach(index -> addIndex(found, index, rows));
        }
        return rows;
    }

    /** An index as it is told: its columns or expressions, whether each ascends (null for those without order), and which rows are in it. */
    private record ListedIndex(
            String name,
            boolean unique,
            List<String> columns,
            List<@Nullable String> order,
            @Nullable String condition) {}

    private void addIndex(TableDefinition table, ListedIndex index, List<@Nullable Object[]> rows) {
        for (int i = 0; i < index.columns().size(); i++) {
            rows.add(new @Nullable Object[] {
                database,
                table.schema(),
                table.name(),
                index.unique() ? 0 : 1,
                null,
                index.name(),
                (int) DatabaseMetaData.tableIndexOther,
                i + 1,
                index.columns().get(i),
                index.order().get(i),
                null,
                null,
                index.condition()
            });
        }
    }

    public List<@Nullable Object[]> columns(
            @Nullable String catalogName,
            @Nullable String schemaPattern,
            @Nullable String tablePattern,
            @Nullable String columnPattern) {
        List<@Nullable Object[]> rows = new ArrayList<>();
        if (!isThisDatabase(catalogName)) {
            return rows;
        }
        Predicate<String> wanted = like(columnPattern);
        for (TableDefinition table : tablesLike(schemaPattern, tablePattern)) {
            for (int i = 0; i < table.columns().size(); i++) {
                ColumnDefinition column = table.columns().get(i);
                if (wanted.test(column.name())) {
                    rows.add(columnRow(table.schema(), table.name(), column, i, column.nullable()));
                }
            }
        }
        for (ViewDefinition view : viewsLike(schemaPattern, tablePattern)) {
            for (int i = 0; i < view.columns().size(); i++) {
                if (wanted.test(view.columns().get(i).name())) {
                    rows.add(
                            columnRow(view.schema(), view.name(), view.columns().get(i), i, true));
                }
            }
        }
        rows.sort(Comparator.<@Nullable Object[], String>comparing(row -> String.valueOf(row[1]))
                .thenComparing(row -> String.valueOf(row[2])));
        return rows;
    }

    private @Nullable Object[] columnRow(
            String schema, String relation, ColumnDefinition column, int index, boolean nullable) {
        SqlType type = column.type();
        return new @Nullable Object[] {
            database,
            schema,
            relation,
            column.name(),
            JdbcType.number(type),
            JdbcType.name(type),
            JdbcType.precision(type),
            null,
            JdbcType.scale(type),
            10,
            nullable ? DatabaseMetaData.columnNullable : DatabaseMetaData.columnNoNulls,
            column.comment().orElse(null),
            column.defaultSql().orElse(null),
            null,
            null,
            JdbcType.number(type) == Types.VARCHAR ? JdbcType.precision(type) : null,
            index + 1,
            nullable ? "YES" : "NO",
            null,
            null,
            null,
            null,
            isNumbered(column) ? "YES" : "NO",
            column.isGenerated() ? "YES" : "NO"
        };
    }

    /** Whether a sequence gives its values, as identity or by default. */
    private static boolean isNumbered(ColumnDefinition column) {
        return column.identity().isPresent()
                || column.defaultSql().filter(sql -> sql.startsWith("nextval(")).isPresent();
    }

    public static List<@Nullable Object[]> types() {
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (SqlType type : ALL_TYPES) {
            String quote = type.isNumeric() || type.equals(SqlType.BOOLEAN) ? null : "'";
            rows.add(new @Nullable Object[] {
                JdbcType.name(type),
                JdbcType.number(type),
                JdbcType.precision(type),
                quote,
                quote,
                type.id() == TypeId.DECIMAL ? "precision, scale" : null,
                DatabaseMetaData.typeNullable,
                JdbcType.isCaseSensitive(type) ? "true" : "false",
                DatabaseMetaData.typeSearchable,
                "false",
                "false",
                "false",
                JdbcType.name(type),
                0,
                JdbcType.scale(type),
                null,
                null,
                10
            });
        }
        rows.sort(Comparator.comparingInt(row -> row[1] instanceof Integer number ? number : 0));
        return rows;
    }
}
