package io.kadedb.server.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

@ParameterizedClass
@EnumSource
class CatalogTest {
    private final Door door;
    private Database database;
    private DatabaseMetaData catalog;

    // JUnit sets the fields before each test.
    @SuppressWarnings("NullAway.Init")
    CatalogTest(Door door) {
        this.door = door;
    }

    @BeforeEach
    void open() throws SQLException {
        database = new Database(door);
        database.run(
                "create schema s",
                "create table s.line (o bigint, n int, price decimal(12,2) not null default 0, note varchar(40),"
                        + " primary key (o, n))",
                "create table plain (a text)");
        catalog = database.connection().getMetaData();
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    @Test
    void tablesAreFoundByPattern() throws SQLException {
        try (ResultSet tables = catalog.getTables(null, "s", "l%", new String[] {"TABLE"})) {
            assertThat(tables.next()).isTrue();
            assertThat(tables.getString("TABLE_SCHEM")).isEqualTo("s");
            assertThat(tables.getString("TABLE_NAME")).isEqualTo("line");
            assertThat(tables.getString("TABLE_TYPE")).isEqualTo("TABLE");
            assertThat(tables.next()).isFalse();
        }
        try (ResultSet tables = catalog.getTables(null, null, "%", null)) {
            assertThat(tables.next()).isTrue();
            assertThat(tables.getString(3)).isEqualTo("plain");
            assertThat(tables.next()).isTrue();
            assertThat(tables.next()).isFalse();
        }
        try (ResultSet tables = catalog.getTables(null, null, "%", new String[] {"VIEW"})) {
            assertThat(tables.next()).isFalse();
        }
    }

    @Test
    void columnsAreDescribed() throws SQLException {
        try (ResultSet columns = catalog.getColumns(null, "s", "line", "p%")) {
            assertThat(columns.next()).isTrue();
            assertThat(columns.getString("COLUMN_NAME")).isEqualTo("price");
            assertThat(columns.getInt("DATA_TYPE")).isEqualTo(Types.NUMERIC);
            assertThat(columns.getString("TYPE_NAME")).isEqualTo("numeric");
            assertThat(columns.getInt("COLUMN_SIZE")).isEqualTo(12);
            assertThat(columns.getInt("DECIMAL_DIGITS")).isEqualTo(2);
            assertThat(columns.getInt("NULLABLE")).isEqualTo(DatabaseMetaData.columnNoNulls);
            assertThat(columns.getString("COLUMN_DEF")).isEqualTo("0");
            assertThat(columns.getInt("ORDINAL_POSITION")).isEqualTo(3);
            assertThat(columns.getString("IS_NULLABLE")).isEqualTo("NO");
            assertThat(columns.next()).isFalse();
        }
    }

    @Test
    void primaryKeysAreTold() throws SQLException {
        try (ResultSet keys = catalog.getPrimaryKeys(null, "s", "line")) {
            assertThat(keys.next()).isTrue();
            assertThat(keys.getString("COLUMN_NAME")).isEqualTo("n");
            assertThat(keys.getShort("KEY_SEQ")).isEqualTo((short) 2);
            assertThat(keys.next()).isTrue();
            assertThat(keys.getString("COLUMN_NAME")).isEqualTo("o");
            assertThat(keys.getShort("KEY_SEQ")).isEqualTo((short) 1);
            assertThat(keys.next()).isFalse();
        }
    }

    @Test
    void foreignKeysAreToldFromBothSides() throws SQLException {
        database.run("create table s.made (id int constraint made_key unique, o bigint, n int,"
                + " constraint made_line foreign key (n, o) references s.line (n, o) on delete cascade"
                + " on update restrict)");
        database.run("create table s.seen (id int references s.made (id) on delete set null)");
        String database = this.database.connection().getCatalog();
        String first = database + ",s,line,n," + database + ",s,made,n,1,1,0,made_line,line_pkey,7";
        String second = database + ",s,line,o," + database + ",s,made,o,2,1,0,made_line,line_pkey,7";
        String seen = database + ",s,made,id," + database + ",s,seen,id,1,3,2,seen_id_fkey,made_key,7";
        try (ResultSet keys = catalog.getImportedKeys(null, "s", "made")) {
            assertThat(keys.getMetaData().getColumnLabel(12)).isEqualTo("FK_NAME");
            assertThat(Database.read(keys)).containsExactly(first, second);
        }
        try (ResultSet keys = catalog.getExportedKeys(null, null, "line")) {
            assertThat(Database.read(keys)).containsExactly(first, second);
        }
        try (ResultSet keys = catalog.getExportedKeys(null, "s", "made")) {
            assertThat(Database.read(keys)).containsExactly(seen);
        }
        try (ResultSet keys = catalog.getCrossReference(null, "s", "made", null, null, "seen")) {
            assertThat(Database.read(keys)).containsExactly(seen);
        }
        try (ResultSet keys = catalog.getCrossReference(null, "s", "line", null, "s", "seen")) {
            assertThat(Database.read(keys)).isEmpty();
        }
        try (ResultSet keys = catalog.getImportedKeys(null, "public", "made")) {
            assertThat(Database.read(keys)).isEmpty();
        }
    }

    @Test
    void indexesAreToldThePrimaryKeyAmongThem() throws SQLException {
        database.run("create index line_price on s.line (price desc)");
        try (ResultSet indexes = catalog.getIndexInfo(null, "s", "line", false, true)) {
            assertThat(indexes.next()).isTrue();
            assertThat(indexes.next()).isTrue();
            assertThat(indexes.next()).isTrue();
            assertThat(indexes.getString("INDEX_NAME")).isEqualTo("line_price");
            assertThat(indexes.getBoolean("NON_UNIQUE")).isTrue();
            assertThat(indexes.getString("COLUMN_NAME")).isEqualTo("price");
            assertThat(indexes.getString("ASC_OR_DESC")).isEqualTo("D");
            assertThat(indexes.next()).isFalse();
        }
        try (ResultSet indexes = catalog.getIndexInfo(null, "s", "line", true, false)) {
            assertThat(indexes.next()).isTrue();
            assertThat(indexes.getString("INDEX_NAME")).isEqualTo("line_pkey");
            assertThat(indexes.getBoolean("NON_UNIQUE")).isFalse();
            assertThat(indexes.getShort("ORDINAL_POSITION")).isEqualTo((short) 1);
            assertThat(indexes.getString("COLUMN_NAME")).isEqualTo("o");
            assertThat(indexes.next()).isTrue();
            assertThat(indexes.getString("COLUMN_NAME")).isEqualTo("n");
            assertThat(indexes.next()).isFalse();
        }
    }

    @Test
    void schemasCatalogsAndTypesAreListed() throws SQLException {
        try (ResultSet schemas = catalog.getSchemas()) {
            assertThat(Database.read(schemas))
                    .anyMatch(row -> row.startsWith("public,"))
                    .anyMatch(row -> row.startsWith("s,"));
        }
        try (ResultSet catalogs = catalog.getCatalogs()) {
            assertThat(Database.read(catalogs))
                    .containsExactly(database.connection().getCatalog());
        }
        try (ResultSet types = catalog.getTypeInfo()) {
            assertThat(Database.read(types)).anyMatch(row -> row.startsWith("timestamptz,"));
        }
        try (ResultSet types = catalog.getTableTypes()) {
            assertThat(Database.read(types)).contains("TABLE");
        }
    }

    @Test
    void viewsAndCommentsAreTold() throws SQLException {
        database.run(
                "create view s.cheap as select o, price from s.line where price < 10",
                "comment on view s.cheap is 'not dear'",
                "comment on column s.cheap.price is 'in euros'",
                "comment on table plain is 'of text'",
                "comment on column plain.a is 'the text'");
        try (ResultSet views = catalog.getTables(null, "s", "%", new String[] {"VIEW"})) {
            assertThat(views.next()).isTrue();
            assertThat(views.getString("TABLE_NAME")).isEqualTo("cheap");
            assertThat(views.getString("REMARKS")).isEqualTo("not dear");
            assertThat(views.next()).isFalse();
        }
        try (ResultSet columns = catalog.getColumns(null, "s", "cheap", "%")) {
            assertThat(columns.next()).isTrue();
            assertThat(columns.getString("COLUMN_NAME")).isEqualTo("o");
            assertThat(columns.next()).isTrue();
            assertThat(columns.getString("TYPE_NAME")).isEqualTo("numeric");
            assertThat(columns.getString("REMARKS")).isEqualTo("in euros");
            assertThat(columns.next()).isFalse();
        }
        try (ResultSet tables = catalog.getTables(null, "public", "plain", null)) {
            assertThat(tables.next()).isTrue();
            assertThat(tables.getString("REMARKS")).isEqualTo("of text");
        }
        assertThat(database.rows("describe plain")).containsExactly("a,text,yes,null,null,the text");
        assertThat(database.rows("describe s.cheap"))
                .containsExactly("o,bigint,yes,null,null,null", "price,numeric(12,2),yes,null,null,in euros");
        assertThat(database.rows("show tables")).contains("s,cheap,view");
        database.run("comment on table plain is null", "truncate s.line");
        try (ResultSet tables = catalog.getTables(null, "public", "plain", null)) {
            assertThat(tables.next()).isTrue();
            assertThat(tables.getString("REMARKS")).isNull();
        }
        assertThat(database.rows("select count(*) from s.cheap")).containsExactly("0");
    }

    @Test
    void theProductIsNamed() throws SQLException {
        assertThat(catalog.getDatabaseProductName()).isEqualTo("KadeDB");
        assertThat(catalog.supportsTransactions()).isTrue();
        assertThat(catalog.getIdentifierQuoteString()).isEqualTo("\"");
        assertThat(catalog.getURL()).isEqualTo(database.url());
    }

    @Test
    void theSearchPathIsJdbcsSchema() throws SQLException {
        database.connection().setSchema("s");
        assertThat(database.connection().getSchema()).isEqualTo("s");
        assertThat(database.rows("select count(*) from line")).containsExactly("0");
        assertThat(database.rows("show tables")).containsExactly("public,plain,table", "s,line,table");
        assertThat(database.rows("describe line")).hasSize(4).contains("price,numeric(12,2),no,null,0,null");
    }
}
