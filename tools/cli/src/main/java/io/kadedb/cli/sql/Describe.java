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
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the catalog holds, read through JDBC's metadata so that it is the same for embedded and remote databases. */
final class Describe {
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

    /** The indexes of all tables; the pattern is of their own names. */
    Rows indexes(NamePattern pattern) throws SQLException {
        List<List<String>> rows = new ArrayList<>();
        for (Relation relation : relations(NamePattern.parse("*"))) {
            if (relation.kind().equals("TABLE") && pattern.matchesSchema(relation.schema())) {
                for (List<String> index : indexes(relation)) {
                    if (pattern.matchesName(index.getFirst())) {
                        rows.add(List.of(relation.schema(), relation.name(), index.get(0), index.get(1), index.get(2)));
                    }
                }
            }
        }
        return Rows.of(List.of("schema", "table", "index", "unique", "columns"), rows);
    }

    /** The names, uniqueness and columns of a table's indexes. */
    private List<List<String>> indexes(Relation table) throws SQLException {
        Map<String, String> columns = new TreeMap<>();
        Map<String, String> unique = new TreeMap<>();
        try (ResultSet rows = connection.getMetaData().getIndexInfo(null, table.schema(), table.name(), false, false)) {
            while (rows.next()) {
                String index = text(rows, "INDEX_NAME");
                columns.merge(index, text(rows, "COLUMN_NAME"), (all, next) -> all + ", " + next);
                unique.put(index, rows.getBoolean("NON_UNIQUE") ? "no" : "yes");
            }
        }
        List<List<String>> found = new ArrayList<>();
        columns.forEach((index, names) -> found.add(List.of(index, unique.getOrDefault(index, "no"), names)));
        return found;
    }

    /** The columns as the database's own DESCRIBE gives them. */
    void columns(Relation table, ResultPrinter printer) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("describe " + table.quoted())) {
            printer.rows(Rows.of(rows));
        }
    }

    /** Indexes and foreign keys, a line for each. */
    List<String> notes(Relation table) throws SQLException {
        List<String> notes = new ArrayList<>();
        for (List<String> index : indexes(table)) {
            notes.add((index.get(1).equals("yes") ? "unique index " : "index ") + index.get(0) + " (" + index.get(2)
                    + ")");
        }
        try (ResultSet keys = connection.getMetaData().getImportedKeys(null, table.schema(), table.name())) {
            foreign(keys, "FK", "PK").forEach((key, columns) -> notes.add("foreign key " + key + columns));
        }
        try (ResultSet keys = connection.getMetaData().getExportedKeys(null, table.schema(), table.name())) {
            foreign(keys, "FK", "PK").forEach((key, columns) -> notes.add("referenced by " + key + columns));
        }
        if (table.kind().equals("VIEW")) {
            definition(table).lines().forEach(line -> notes.add("  " + line));
        }
        if (table.comment() != null) {
            notes.add("comment: " + table.comment());
        }
        return notes;
    }

    /** The query of a view. */
    private String definition(Relation view) throws SQLException {
        String sql = "select view_definition from information_schema.views where table_schema = ? and table_name = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setString(1, view.schema());
            statement.setString(2, view.name());
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next() ? text(rows, "view_definition") : "";
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
