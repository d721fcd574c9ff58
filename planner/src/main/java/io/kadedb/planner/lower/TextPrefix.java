package io.kadedb.planner.lower;

import java.util.Optional;

/** What texts begin with, and where they lie: texts are in the order of their code points. */
final class TextPrefix {
    private TextPrefix() {}

    /** What all texts begin with that a pattern of LIKE matches; may be empty. */
    static String of(String pattern) {
        StringBuilder prefix = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '%' || c == '_') {
                break;
            }
            if (c == '\\') {
                if (++i == pattern.length()) {
                    // Ends with an escape: an error, which the operator tells.
                    return "";
                }
                c = pattern.charAt(i);
            }
            prefix.append(c);
        }
        return prefix.toString();
    }

    /** The first text behind all that begin with a prefix; empty if there is none. */
    static Optional<String> behind(String prefix) {
        int end = prefix.length();
        while (end > 0) {
            int last = prefix.codePointBefore(end);
            end -= Character.charCount(last);
            if (last < Character.MAX_CODE_POINT) {
                int next = last + 1 == Character.MIN_SURROGATE ? Character.MAX_SURROGATE + 1 : last + 1;
                return Optional.of(prefix.substring(0, end) + Character.toString(next));
            }
        }
        return Optional.empty();
    }
}
