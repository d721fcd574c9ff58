package io.kadedb.executor.kernel.value;

import io.kadedb.planner.physical.ScalarFunction;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** Places, parts and numbers of matches of regular expressions. Positions count code points, from 1. */
final class RegexFunctions {
    private RegexFunctions() {}

    static @Nullable RowFunction bind(ScalarFunction function) {
        return switch (function) {
            case REGEXP_COUNT -> RegexFunctions::count;
            case REGEXP_INSTR -> RegexFunctions::place;
            case REGEXP_SUBSTR -> RegexFunctions::part;
            case REGEXP_LIKE -> values -> matcher(values, 2).find();
            default -> null;
        };
    }

    private static Matcher matcher(@Nullable Object[] values, int flags) {
        String options = values.length > flags ? Args.text(values, flags) : "";
        if (options.indexOf('g') >= 0) {
            throw Failures.invalidParameter("regexp functions of one match do not support the \"global\" option");
        }
        return Patterns.compile(Args.text(values, 1), Patterns.flags(options)).matcher(Args.text(values, 0));
    }

    private static int number(@Nullable Object[] values, int index, int otherwise, String name, int least) {
        int value = values.length > index ? Args.integer(values, index) : otherwise;
        if (value < least) {
            throw Failures.invalidParameter("invalid value for parameter \"" + name + "\": " + value);
        }
        return value;
    }

    /** Where a code point begins, or behind the text. */
    private static int offset(String text, int position) {
        int points = text.codePointCount(0, text.length());
        return position > points ? text.length() + 1 : text.offsetByCodePoints(0, position - 1);
    }

    private static Object count(@Nullable Object[] values) {
        String text = Args.text(values, 0);
        int from = offset(text, number(values, 2, 1, "start", 1));
        Matcher matcher = matcher(values, 3);
        long count = 0;
        if (from <= text.length() && matcher.find(from)) {
            do {
                count++;
            } while (Patterns.next(matcher, text));
        }
        return count;
    }

    /** Goes to a match; false if there are not so many. */
    private static boolean find(Matcher matcher, String text, int start, int wanted) {
        int from = offset(text, start);
        if (from > text.length() || !matcher.find(from)) {
            return false;
        }
        for (int i = 1; i < wanted; i++) {
            if (!Patterns.next(matcher, text)) {
                return false;
            }
        }
        return true;
    }

    private static Object place(@Nullable Object[] values) {
        String text = Args.text(values, 0);
        int start = number(values, 2, 1, "start", 1);
        int wanted = number(values, 3, 1, "n", 1);
        int end = number(values, 4, 0, "endoption", 0);
        if (end > 1) {
            throw Failures.invalidParameter("invalid value for parameter \"endoption\": " + end);
        }
        int group = number(values, 6, 0, "subexpr", 0);
        Matcher matcher = matcher(values, 5);
        if (group > matcher.groupCount() || !find(matcher, text, start, wanted) || matcher.start(group) < 0) {
            return 0L;
        }
        return text.codePointCount(0, end == 0 ? matcher.start(group) : matcher.end(group)) + 1L;
    }

    private static @Nullable Object part(@Nullable Object[] values) {
        String text = Args.text(values, 0);
        int start = number(values, 2, 1, "start", 1);
        int wanted = number(values, 3, 1, "n", 1);
        int group = number(values, 5, 0, "subexpr", 0);
        Matcher matcher = matcher(values, 4);
        return group <= matcher.groupCount() && find(matcher, text, start, wanted) ? matcher.group(group) : null;
    }
}
