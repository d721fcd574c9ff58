package io.kadedb.cli.sql;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;
import org.jspecify.annotations.Nullable;

/** Completes keywords, schemas, tables and columns; after a dot the columns of the table or alias before it. */
final class CatalogCompleter implements Completer {
    private static final List<String> KEYWORDS = List.of(
            ("add all alter analyze and any as asc begin between by case cast check column commit constraint copy"
                + " create cross current_date current_timestamp default delete desc describe distinct drop else end"
                + " except exists explain false first foreign from full graph_table group having ilike in index inner"
                + " insert intersect into is join key last lateral left like limit locks match merge not null nulls"
                + " offset on or order outer over partition prepare primary property qualify recursive references"
                + " release returning right rollback savepoint schema schemas select set show table tables then"
                + " transaction true truncate union unique update using values view when where window with")
                    .split(" "));
    private static final int MAX_COLUMNS = 10_000;

    private final Connection connection;
    private @Nullable Map<String, Set<String>> tables;

    CatalogCompleter(Connection connection) {
        this.connection = connection;
    }

    /** Reads the catalog anew when it is next needed. */
    void forget() {
        tables = null;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        complete(line.line(), line.word()).forEach(word -> candidates.add(new Candidate(word)));
    }

    /** The words that may stand there; the editor keeps those that begin as the word does. */
    Set<String> complete(String line, String word) {
        Set<String> words = new TreeSet<>();
        if (word.startsWith("\\")) {
            Commands.HELP.forEach(help -> words.add(help.getFirst().split(" ", 2)[0]));
            return words;
        }
        Map<String, Set<String>> known = tables();
        int dot = word.lastIndexOf('.');
        if (dot >= 0) {
            String qualifier = word.substring(0, dot);
            Set<String> columns = known.get(resolve(line, qualifier, known));
            if (columns != null) {
                columns.forEach(column -> words.add(qualifier + "." + column));
            }
            known.keySet().stream()
                    .filter(name -> name.startsWith(qualifier + "."))
                    .forEach(words::add);
            return words;
        }
        words.addAll(known.keySet());
        if (line.startsWith("\\")) {
            return words;
        }
        List<String> named = known.keySet().stream()
                .filter(name -> Pattern.compile("\\b" + Pattern.quote(name) + "\\b")
                        .matcher(line)
                        .find())
                .toList();
        (named.isEmpty() ? known.keySet() : named).forEach(name -> words.addAll(known.getOrDefault(name, Set.of())));
        boolean capitals = !word.isEmpty() && word.equals(word.toUpperCase(Locale.ROOT));
        KEYWORDS.forEach(keyword -> words.add(capitals ? keyword.toUpperCase(Locale.ROOT) : keyword));
        return words;
    }

    /** The table that an alias stands for, or the name itself. */
    private static String resolve(String line, String qualifier, Map<String, Set<String>> known) {
        if (known.containsKey(qualifier)) {
            return qualifier;
        }
        Matcher aliases = Pattern.compile("([\\w.]+)\\s+(?:(?i:as)\\s+)?" + Pattern.quote(qualifier) + "\\b")
                .matcher(line);
        while (aliases.find()) {
            String table = aliases.group(1).toLowerCase(Locale.ROOT);
            if (known.containsKey(table)) {
                return table;
            }
        }
        return qualifier;
    }

    private Map<String, Set<String>> tables() {
        Map<String, Set<String>> known = tables;
        if (known == null) {
            try {
                known = read();
                tables = known;
            } catch (SQLException e) {
                // A transaction that failed answers nothing; there are keywords still, and the next time may do better.
                known = Map.of();
            }
        }
        return known;
    }

    private Map<String, Set<String>> read() throws SQLException {
        Map<String, Set<String>> read = new LinkedHashMap<>();
        for (Describe.Relation relation : new Describe(connection).relations(NamePattern.parse("*"))) {
            read.put(name(relation.schema(), relation.name()), new TreeSet<>());
        }
        int left = MAX_COLUMNS;
        try (ResultSet columns = connection.getMetaData().getColumns(null, null, "%", "%")) {
            while (left-- > 0 && columns.next()) {
                String table = name(Describe.text(columns, "TABLE_SCHEM"), Describe.text(columns, "TABLE_NAME"));
                read.computeIfAbsent(table, t -> new TreeSet<>()).add(quoted(Describe.text(columns, "COLUMN_NAME")));
            }
        }
        return read;
    }

    private static String name(String schema, String table) {
        return schema.equals("public") ? quoted(table) : quoted(schema) + "." + quoted(table);
    }

    private static String quoted(String name) {
        return name.matches("[a-z_][a-z0-9_]*") ? name : '"' + name.replace("\"", "\"\"") + '"';
    }
}
