package io.kadedb.cli.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jline.utils.WCWidth;

/** Texts as a terminal shows them: their widths in columns, and nothing in them that would steer it. */
final class CellText {
    private CellText() {}

    /** Columns a text takes: two for wide characters of East Asia, none for those that combine. */
    static int width(String text) {
        return text.codePoints().map(c -> Math.max(0, WCWidth.wcwidth(c))).sum();
    }

    /** One line: line ends, tabs and control characters as escapes. */
    static String line(String text) {
        if (text.chars().noneMatch(CellText::isControl)) {
            return text;
        }
        StringBuilder shown = new StringBuilder();
        text.chars().forEach(c -> {
            switch (c) {
                case '\n' -> shown.append("\\n");
                case '\r' -> shown.append("\\r");
                case '\t' -> shown.append("\\t");
                default -> {
                    if (isControl(c)) {
                        shown.append(String.format(Locale.ROOT, "\\x%02X", c));
                    } else {
                        shown.append((char) c);
                    }
                }
            }
        });
        return shown.toString();
    }

    private static boolean isControl(int c) {
        return c < ' ' || (c >= 0x7F && c < 0xA0);
    }

    /** The lines of a text, each cut, behind a blank if one is near, into pieces no wider than that. */
    static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            wrap(line(line), width, lines);
        }
        return lines;
    }

    private static void wrap(String line, int width, List<String> into) {
        int from = 0;
        int columns = 0;
        for (int i = 0; i < line.length(); ) {
            int c = line.codePointAt(i);
            int wide = Math.max(0, WCWidth.wcwidth(c));
            if (columns + wide > width && i > from) {
                int blank = line.lastIndexOf(' ', i - 1);
                int cut = blank > from + (i - from) / 2 ? blank + 1 : i;
                into.add(line.substring(from, cut));
                from = cut;
                columns = width(line.substring(from, i));
            }
            columns += wide;
            i += Character.charCount(c);
        }
        into.add(line.substring(from));
    }
}
