package io.kadedb.cli.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A COPY as it was typed: which way its rows go, and what {@code \copy} makes of it. */
final class CopyText {
    private CopyText() {}

    /** Where rows go over the connection. */
    enum Direction {
        /** FROM STDIN: from here to the database. */
        IN,
        /** TO STDOUT: from the database to here. */
        OUT,
        /** The statement is no such COPY. */
        NONE
    }

    /** A word, a string or another character outside parentheses. */
    private record Token(String text, int start, int end) {
        boolean is(String word) {
            return text.equalsIgnoreCase(word);
        }
    }

    private static List<Token> tokens(String text) {
        List<Token> tokens = new ArrayList<>();
        StatementSplitter splitter = new StatementSplitter(text);
        int depth = 0;
        for (int at = 0; at < text.length(); ) {
            char c = text.charAt(at);
            int end = at;
            while (end < text.length() && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '_')) {
                end++;
            }
            end = end == at ? splitter.afterToken(at) : end;
            boolean blank = Character.isWhitespace(c) || text.startsWith("--", at) || text.startsWith("/*", at);
            depth += c == '(' ? 1 : 0;
            if (depth == 0 && !blank) {
                tokens.add(new Token(text.substring(at, end), at, end));
            }
            depth -= c == ')' ? 1 : 0;
            at = end;
        }
        return tokens;
    }

    static Direction direction(String statement) {
        if (!statement.regionMatches(true, 0, "copy", 0, 4)) {
            return Direction.NONE;
        }
        List<Token> tokens = tokens(statement);
        for (int i = 1; i + 1 < tokens.size(); i++) {
            if (tokens.get(i).is("from") && tokens.get(i + 1).is("stdin")) {
                return Direction.IN;
            }
            if (tokens.get(i).is("to") && tokens.get(i + 1).is("stdout")) {
                return Direction.OUT;
            }
        }
        return Direction.NONE;
    }

    /**
     * What {@code \copy} does.
     *
     * @param sql COPY over the connection
     * @param path of the file on this side
     */
    record Command(String sql, Direction direction, String path) {}

    /** Reads the arguments of {@code \copy}; null when there is no FROM or TO with a file behind it. */
    static @Nullable Command command(String arguments) {
        List<Token> tokens = tokens(arguments);
        for (int i = 0; i + 1 < tokens.size(); i++) {
            boolean from = tokens.get(i).is("from");
            if (tokens.get(i).start() == 0 || (!from && !tokens.get(i).is("to"))) {
                continue;
            }
            int start = tokens.get(i + 1).start();
            boolean quoted = arguments.charAt(start) == '\'';
            int end = quoted ? tokens.get(i + 1).end() : start;
            while (!quoted && end < arguments.length() && !Character.isWhitespace(arguments.charAt(end))) {
                end++;
            }
            String path = quoted
                    ? arguments.substring(start + 1, end - 1).replace("''", "'")
                    : arguments.substring(start, end);
            String sql = "copy " + arguments.substring(0, tokens.get(i).start()) + (from ? "from stdin" : "to stdout")
                    + options(path, arguments.substring(end).strip());
            return new Command(sql, from ? Direction.IN : Direction.OUT, path);
        }
        return null;
    }

    /** The options, with the format that a file's name tells unless they do. */
    private static String options(String path, String given) {
        String format = format(path);
        String lower = given.toLowerCase(Locale.ROOT);
        if (format.isEmpty() || lower.contains("format") || lower.matches("(?s)(with\\s+)?csv\\b.*")) {
            return given.isEmpty() ? "" : " " + given;
        }
        int open = given.indexOf('(');
        if (open >= 0 && lower.substring(0, open).matches("\\s*(with\\s*)?")) {
            return " (" + format + ", " + given.substring(open + 1);
        }
        return lower.isEmpty() || lower.startsWith("where") ? " (" + format + ") " + given : " " + given;
    }

    private static String format(String path) {
        String name = path.toLowerCase(Locale.ROOT);
        if (name.endsWith(".csv")) {
            return "format csv";
        } else if (name.endsWith(".tsv")) {
            return "format csv, delimiter E'\\t'";
        } else if (name.endsWith(".parquet")) {
            return "format parquet";
        }
        return name.endsWith(".arrow") || name.endsWith(".feather") ? "format arrow" : "";
    }
}
