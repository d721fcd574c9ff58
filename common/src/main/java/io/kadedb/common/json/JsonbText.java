package io.kadedb.common.json;

/** The text of jsonb as PostgreSQL writes it: a blank after each colon and comma, or in lines with indents of four. */
public final class JsonbText {
    private static final String HEX = "0123456789abcdef";

    private final StringBuilder out;
    private final boolean pretty;

    private JsonbText(StringBuilder out, boolean pretty) {
        this.out = out;
        this.pretty = pretty;
    }

    public static String of(Jsonb value) {
        StringBuilder out = new StringBuilder(2 * (value.to() - value.from()));
        append(out, value);
        return out.toString();
    }

    public static void append(StringBuilder out, Jsonb value) {
        new JsonbText(out, false).write(value, 0);
    }

    /** In lines, as {@code jsonb_pretty} does. */
    public static String pretty(Jsonb value) {
        StringBuilder out = new StringBuilder();
        new JsonbText(out, true).write(value, 0);
        return out.toString();
    }

    /** The text that {@code ->>} gives: strings without quotes. */
    public static String bare(Jsonb value) {
        return value.isString() ? value.string() : of(value);
    }

    /** A string in quotes, escaped where JSON or PostgreSQL does. */
    public static void quote(StringBuilder out, String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < ' ') {
                        out.append("\\u00").append(HEX.charAt(c >> 4)).append(HEX.charAt(c & 15));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }

    private void write(Jsonb value, int depth) {
        switch (value.kind()) {
            case NULL -> out.append("null");
            case BOOLEAN -> out.append(value.truth());
            case NUMBER -> {
                if (value.isLong()) {
                    out.append(value.longValue());
                } else {
                    out.append(value.number().toPlainString());
                }
            }
            case STRING -> quote(out, value.string());
            case ARRAY, OBJECT -> container(value, depth);
        }
    }

    private void container(Jsonb value, int depth) {
        boolean object = value.isObject();
        out.append(object ? '{' : '[');
        int size = value.size();
        for (int i = 0; i < size; i++) {
            if (i > 0) {
                out.append(pretty ? "," : ", ");
            }
            newLine(depth + 1);
            if (object) {
                quote(out, value.key(i));
                out.append(": ");
            }
            write(value.value(i), depth + 1);
        }
        newLine(depth);
        out.append(object ? '}' : ']');
    }

    private void newLine(int depth) {
        if (pretty) {
            out.append('\n').repeat(' ', 4 * depth);
        }
    }
}
