package io.kadedb.sqltests.slt;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A line {@code onlyif} or {@code skipif} above a directive.
 *
 * @param skip whether it says {@code skipif}
 * @param word an engine, or {@code variable=value} with one of the comparisons {@code = <> < <= > >=}
 */
record Condition(boolean skip, String word) {
    private static final Pattern COMPARISON = Pattern.compile("(\\w+)(<>|!=|<=|>=|=|<|>)(.*)");

    /** Whether the record under it runs. */
    boolean allows(Set<String> engines, Map<String, String> variables) {
        return holds(engines, variables) != skip;
    }

    /** Whether it compares a loop's variable. */
    boolean isComparison() {
        return COMPARISON.matcher(word).matches();
    }

    private boolean holds(Set<String> engines, Map<String, String> variables) {
        Matcher comparison = COMPARISON.matcher(word);
        if (!comparison.matches()) {
            return engines.contains(word.toLowerCase(Locale.ROOT));
        }
        String value = variables.get(comparison.group(1));
        if (value == null) {
            return false;
        }
        String other = comparison.group(3);
        return switch (comparison.group(2)) {
            case "=" -> value.equals(other);
            case "<>", "!=" -> !value.equals(other);
            case "<" -> compare(value, other) < 0;
            case "<=" -> compare(value, other) <= 0;
            case ">" -> compare(value, other) > 0;
            case ">=" -> compare(value, other) >= 0;
            default -> throw new AssertionError(comparison.group(2));
        };
    }

    private static int compare(String left, String right) {
        try {
            return Long.compare(Long.parseLong(left), Long.parseLong(right));
        } catch (NumberFormatException e) {
            return left.compareTo(right);
        }
    }

    @Override
    public String toString() {
        return (skip ? "skipif " : "onlyif ") + word;
    }
}
