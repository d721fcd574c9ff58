package io.kadedb.cli.sql;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A name as the describing commands take it: {@code [schema.]name}, folded to lower case but for what is quoted, with
 * {@code *} for any characters and {@code ?} for one.
 *
 * @param schema as JDBC takes patterns, null for any
 * @param name as JDBC takes patterns
 * @param exact whether it has no wildcard
 */
record NamePattern(@Nullable String schema, String name, boolean exact) {
    static NamePattern parse(String text) {
        StringBuilder part = new StringBuilder();
        String schema = null;
        boolean quoted = false;
        boolean exact = true;
        for (char c : text.strip().toCharArray()) {
            if (c == '"') {
                quoted = !quoted;
            } else if (c == '.' && !quoted) {
                schema = part.toString();
                part.setLength(0);
            } else if (!quoted && (c == '*' || c == '?')) {
                part.append(c == '*' ? '%' : '_');
                exact = false;
            } else {
                String literal = quoted ? String.valueOf(c) : String.valueOf(c).toLowerCase(Locale.ROOT);
                part.append(c == '%' || c == '_' || c == '\\' ? "\\" : "").append(literal);
            }
        }
        return new NamePattern(schema, part.isEmpty() ? "%" : part.toString(), exact && !part.isEmpty());
    }

    boolean matchesSchema(String wanted) {
        return schema == null || like(schema).matcher(wanted).matches();
    }

    boolean matchesName(String wanted) {
        return like(name).matcher(wanted).matches();
    }

    private static Pattern like(String pattern) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            switch (c) {
                case '%' -> regex.append(".*");
                case '_' -> regex.append('.');
                case '\\' -> regex.append(Pattern.quote(String.valueOf(pattern.charAt(++i))));
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        return Pattern.compile(regex.toString(), Pattern.DOTALL);
    }
}
