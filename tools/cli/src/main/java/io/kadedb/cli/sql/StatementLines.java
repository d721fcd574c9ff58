package io.kadedb.cli.sql;

import java.util.ArrayList;
import java.util.List;
import org.jline.reader.CompletingParsedLine;
import org.jline.reader.EOFError;
import org.jline.reader.ParsedLine;
import org.jline.reader.Parser;

/** Tells the line editor when what was typed is whole: a command with its line, a statement with its semicolon. */
final class StatementLines implements Parser {
    /** What stands before and at the cursor, as completion wants it. */
    record Line(String line, int cursor, List<String> words, int wordIndex, int wordCursor)
            implements CompletingParsedLine {
        @Override
        public String word() {
            return words.get(wordIndex);
        }

        @Override
        public CharSequence escape(CharSequence candidate, boolean complete) {
            return candidate;
        }

        @Override
        public int rawWordCursor() {
            return wordCursor;
        }

        @Override
        public int rawWordLength() {
            return word().length();
        }
    }

    private boolean rows;

    /** Whether what is typed now are rows for COPY, a line each. */
    void rows(boolean typed) {
        rows = typed;
    }

    static boolean isCommand(String line) {
        return line.startsWith("\\") || line.startsWith("!");
    }

    @Override
    public ParsedLine parse(String line, int cursor, ParseContext context) {
        boolean accepts = context == ParseContext.ACCEPT_LINE || context == ParseContext.UNSPECIFIED;
        if (!rows && accepts && !isCommand(line.strip()) && !StatementSplitter.isComplete(line)) {
            throw new EOFError(-1, -1, "the statement has no semicolon yet", ";");
        }
        List<String> words = new ArrayList<>();
        int at = -1;
        int within = 0;
        for (int i = 0; i < line.length(); ) {
            int end = i;
            while (end < line.length() && isWord(line.charAt(end))) {
                end++;
            }
            if (end > i) {
                if (cursor >= i && cursor <= end) {
                    at = words.size();
                    within = cursor - i;
                }
                words.add(line.substring(i, end));
            }
            i = Math.max(end, i + 1);
        }
        if (at < 0) {
            at = words.size();
            words.add("");
        }
        return new Line(line, cursor, List.copyOf(words), at, within);
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || c == '_' || c == '.' || c == '\\' || c == '!' || c == '"';
    }
}
