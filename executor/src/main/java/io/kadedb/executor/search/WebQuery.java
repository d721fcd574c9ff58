package io.kadedb.executor.search;

import io.kadedb.common.search.TsQuery;
import org.jspecify.annotations.Nullable;

/** Reads {@code "fat cat" or dog -rat}. */
final class WebQuery {
    private static final String OPERATORS = "!&|()";

    private final String text;
    private final TextAnalysis analysis;
    private int at;

    WebQuery(String text, TextAnalysis analysis) {
        this.text = text;
        this.analysis = analysis;
    }

    TsQuery read() {
        TsQuery all = null;
        TsQuery conjunction = null;
        while (true) {
            TsQuery operand = operand();
            if (operand == null) {
                break;
            }
            conjunction = conjunction == null ? operand : new TsQuery.And(conjunction, operand);
            skipBlanks();
            if (isOr()) {
                at += 2;
                all = all == null ? conjunction : new TsQuery.Or(all, conjunction);
                conjunction = null;
            }
        }
        if (conjunction == null) {
            return all == null ? new TsQuery.Nothing() : all;
        }
        return all == null ? conjunction : new TsQuery.Or(all, conjunction);
    }

    private void skipBlanks() {
        while (at < text.length()
                && (Character.isWhitespace(text.charAt(at)) || OPERATORS.indexOf(text.charAt(at)) >= 0)) {
            at++;
        }
    }

    /** Whether the word or comes next, and something behind it. */
    private boolean isOr() {
        if (!text.regionMatches(true, at, "or", 0, 2) || at + 2 >= text.length()) {
            return false;
        }
        char next = text.charAt(at + 2);
        return next != '-'
                && next != '_'
                && !Character.isLetterOrDigit(next)
                && !text.substring(at + 2).isBlank();
    }

    private @Nullable TsQuery operand() {
        boolean negated = false;
        while (true) {
            skipBlanks();
            boolean minus = at + 1 < text.length()
                    && text.charAt(at) == '-'
                    && (text.charAt(at + 1) == '"' || Character.isLetterOrDigit(text.charAt(at + 1)));
            if (minus) {
                negated = true;
                at++;
            } else if (at < text.length() && text.charAt(at) == '-') {
                at++;
            } else {
                break;
            }
        }
        if (at == text.length()) {
            return null;
        }
        TsQuery found = analysis.uncleaned(text.charAt(at) == '"' ? quoted() : word());
        return negated ? new TsQuery.Not(found) : found;
    }

    private String quoted() {
        int end = text.indexOf('"', at + 1);
        String inside = text.substring(at + 1, end < 0 ? text.length() : end);
        at = end < 0 ? text.length() : end + 1;
        return inside;
    }

    private String word() {
        int from = at;
        while (at < text.length()
                && !Character.isWhitespace(text.charAt(at))
                && text.charAt(at) != '"'
                && OPERATORS.indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(from, at);
    }
}
