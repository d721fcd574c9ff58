package io.kadedb.parser;

import io.kadedb.parser.grammar.KadeSqlParser;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Names as statements write them. */
public final class Identifiers {
    private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

    private Identifiers() {}

    /** A name, in quotes where it has to be. */
    public static String quoted(String name) {
        int type = Keywords.type(name);
        // The grammar lists the words that are reserved in some place first.
        boolean reserved = type >= KadeSqlParser.ALL && type <= KadeSqlParser.TRIM;
        return PLAIN.matcher(name).matches() && !reserved ? name : '"' + name.replace("\"", "\"\"") + '"';
    }

    /** A name with its schema. */
    public static String qualified(String schema, String name) {
        return quoted(schema) + "." + quoted(name);
    }

    /** Names with commas between them. */
    public static String list(List<String> names) {
        return names.stream().map(Identifiers::quoted).collect(Collectors.joining(", "));
    }

    /** A text constant. */
    public static String string(String value) {
        return "'" + value.replace("'", "''") + "'";
    }
}
