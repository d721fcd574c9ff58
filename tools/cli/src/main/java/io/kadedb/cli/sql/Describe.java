package io.kadedb.cli.sql;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the catalog holds, read through JDBC's metadata so that it is the same for embedded and remote databases. */
final class Describe {
    private static final Pattern PARTITIONING = Pattern.compile("^\\) (PARTITION BY .*?);?$", Pattern.MULTILINE);

    private final Connection connection;

    Describe(Connection connection) {
        this.connection = connection;
    }

    /** A table, view or property graph. */
    record Relation(
            String schema,
            String name,
            String kind,
            @Nullable String comment) {
        String quoted() {
            return quoted(schema) + "." + quoted(name);
        }

        private static String quoted(String name) {
            return '"' + name.replace("\"", "\"\"") + '"';
        }
    }

    List<Relation> relations(NamePattern pattern) throws SQLException {
        List<Relation> found = new ArrayList<>();
        try (ResultSet rows = connection.getMetaData().getTables(null, pattern.schema(), pattern.name(), null)) {
            while (rows.next()) {
                found.add(new Relation(
                        text(rows, "TABLE_SCHEM"),
                        text(rows, "TABLE_NAME"),
                        text(rows, "TABLE_TYPE"),
                        rows.getString("REMARKS")));
            }
        }
        return found;
    }

    static String text(ResultSet rows, String column) throws SQLException {
        String value = rows.getString(column);
        return value == null ? "" : value;
    }

    /** The relations of a kind, all for null. */
    Rows list(NamePattern pattern, @Nullable String kind) throws SQLException {
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (Relation relation : relations(pattern)) {
            if (kind == null || relation.kind().contains(kind)) {
                List<@Nullable String> row = new ArrayList<>();
                row.add(relation.schema());
                row.add(relation.name());
                row.add(relation.kind().toLowerCase(Locale.ROOT));
                row.add(relation.comment() == null ? "" : relation.comment());
                rows.add(row);
            }
        }
        return Rows.of(List.of("schema", "name", "kind", "comment"), rows);
    }

    Rows schemas(NamePattern pattern) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        try (ResultSet found = connection.getMetaData().getSchemas(null, pattern.name())) {
            while (found.next()) {
                rows.add(List.of(text(found, "TABLE_SCHEM")));
            }
        }
        return Rows.of(List.of("schema"), rows);
    }

    Rows databases() throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        try (ResultSet found = connection.getMetaData().getCatalogs()) {
            while (found.next()) {
                rows.add(List.of(text(found, "TABLE_CAT")));
            }
        }
        return Rows.of(List.of("database"), rows);
    }

    /**
     * An index.
     *
     * @param columns what is indexed, with the clauses behind it
     */
    private record Index(String schema, String table, String name, boolean unique, String method, String columns) {
        private static final Pattern STATEMENT = Pattern.compile(
                "CREATE (?<unique>UNIQUE )?INDEX .*? ON .*? USING (?<method>[a-z]+) (?<columns>.*)", Pattern.DOTALL);

        /** @param definition the statement that makes it, as pg_indexes has it */
        static Index of(String schema, String table, String name, String definition) {
            Matcher statement = STATEMENT.matcher(definition);
            return statement.matches()
                    ? new Index(
                            schema,
                            table,
                            name,
                            statement.group("unique") != null,
                            statement.group("method"),
                            statement.group("columns"))
                    : new Index(schema, table, name, false, "", definition);
        }

        /** One line; that an index is a usual one goes without saying. */
        String text() {
            return (unique ? "unique index " : "index ")
                    + name
                    + (method.equals("btree") ? " " : " using " + method + " ")
                    + columns;
        }
    }

    /** The indexes of all tables; the pattern is of their own names. */
    Rows indexes(NamePattern pattern) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        for (Index index : indexes("")) {
            if (pattern.matchesSchema(index.schema()) && pattern.matchesName(index.name())) {
                rows.add(List.of(
                        index.schema(),
                        index.table(),
                        index.name(),
                        index.unique() ? "yes" : "no",
                        index.method(),
                        index.columns()));
            }
        }
        return Rows.of(List.of("schema", "table", "index", "unique", "method", "columns"), rows);
    }

    private List<Index> indexes(String condition, String... values) throws SQLException {
        String sql = "select schemaname, tablename, indexname, indexdef from pg_catalog.pg_indexes " + condition
                + " order by schemaname, tablename, indexname";
        List<Index> found = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    found.add(Index.of(
                            text(rows, "schemaname"),
                            text(rows, "tablename"),
                            text(rows, "indexname"),
                            text(rows, "indexdef")));
                }
            }
        }
        return found;
    }

    /** The columns as the database's own DESCRIBE gives them. */
    void columns(Relation table, ResultPrinter printer) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("describe " + table.quoted())) {
            printer.rows(Rows.of(rows));
        }
    }

    /** How it is partitioned, its indexes and foreign keys, a line for each. */
    List<String> notes(Relation table) throws SQLException {
        List<String> notes = new ArrayList<>();
        if (table.kind().equals("TABLE")) {
            partitioning(table).ifPresent(notes::add);
        }
        for (Index index : indexes("where schemaname = ? and tablename = ?", table.schema(), table.name())) {
            notes.add(index.text());
        }
        try (ResultSet keys = connection.getMetaData().getImportedKeys(null, table.schema(), table.name())) {
            foreign(keys, "FK", "PK").forEach((key, columns) -> notes.add("foreign key " + key + columns));
        }
        try (ResultSet keys = connection.getMetaData().getExportedKeys(null, table.schema(), table.name())) {
            foreign(keys, "FK", "PK").forEach((key, columns) -> notes.add("referenced by " + key + columns));
        }
        if (table.kind().endsWith("VIEW")) {
            definition(table).lines().forEach(line -> notes.add("  " + line));
        }
        if (table.comment() != null) {
            notes.add("comment: " + table.comment());
        }
        return notes;
    }

    /** What divides the rows of a partitioned table, as the statement says it that makes the table. */
    private Optional<String> partitioning(Relation table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("show create table " + table.quoted())) {
            rows.next();
            Matcher found = PARTITIONING.matcher(rows.getString(2));
            return found.find() ? Optional.of(found.group(1)) : Optional.empty();
        }
    }

    /** The query of a view. */
    private String definition(Relation view) throws SQLException {
        String sql = view.kind().equals("VIEW")
                ? "select view_definition from information_schema.views where table_schema = ? and table_name = ?"
                : "select definition from pg_catalog.pg_matviews where schemaname = ? and matviewname = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, view.schema());
            statement.setString(2, view.name());
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? String.valueOf(rows.getString(1)) : "";
            }
        }
    }

    private static Map<String, String> foreign(ResultSet keys, String from, String to) throws SQLException {
        Map<String, String> own = new TreeMap<>();
        Map<String, String> other = new TreeMap<>();
        while (keys.next()) {
            String key = text(keys, "FK_NAME") + " of " + text(keys, from + "TABLE_NAME");
            own.merge(key, text(keys, from + "COLUMN_NAME"), (all, next) -> all + ", " + next);
            other.merge(
                    key,
                    text(keys, to + "TABLE_NAME") + " (" + text(keys, to + "COLUMN_NAME"),
                    (all, next) -> all + ", " + next.substring(next.indexOf('(') + 1));
        }
        own.replaceAll((key, columns) -> " (" + columns + ") references " + other.get(key) + ")");
        return own;
    }
}
