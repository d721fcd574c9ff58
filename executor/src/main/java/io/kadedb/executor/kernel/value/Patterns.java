package io.kadedb.executor.kernel.value;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.planner.physical.ScalarFunction;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * LIKE and regular expressions. PostgreSQL's advanced regular expressions are translated to Java's, which share most of
 * their syntax. The pattern compiled last is kept, since it is nearly always constant.
 */
public final class Patterns {
    private Patterns() {}

    static @Nullable RowFunction bind(ScalarFunction function) {
        return switch (function) {
            case LIKE -> new Like(false);
            case ILIKE -> new Like(true);
            case REGEX_MATCH -> new Regex(0);
            case REGEX_IMATCH -> new Regex(Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
            case REGEXP_REPLACE -> Patterns::replace;
            default -> null;
        };
    }

    private static final class Like implements RowFunction {
        private final boolean ignoreCase;
        private @Nullable String source;
        private String escape = "\\";
        private @Nullable LikePattern compiled;

        Like(boolean ignoreCase) {
            this.ignoreCase = ignoreCase;
        }

        @Override
        public Object apply(@Nullable Object[] args) {
            String wantedEscape = args.length > 2 ? Args.text(args, 2) : "\\";
            String wanted = Args.text(args, 1);
            LikePattern pattern = compiled;
            if (pattern == null || !wanted.equals(source) || !wantedEscape.equals(escape)) {
                pattern = LikePattern.compile(fold(wanted), fold(wantedEscape));
                compiled = pattern;
                source = wanted;
                escape = wantedEscape;
            }
            return pattern.matches(fold(Args.text(args, 0)));
        }

        private String fold(String text) {
            return ignoreCase ? text.toLowerCase(Locale.ROOT) : text;
        }
    }

    private static final class Regex implements RowFunction {
        private final int flags;
        private @Nullable String source;
        private @Nullable Pattern compiled;

        Regex(int flags) {
            this.flags = flags;
        }

        @Override
        public Object apply(@Nullable Object[] args) {
            String wanted = Args.text(args, 1);
            Pattern pattern = compiled;
            if (pattern == null || !wanted.equals(source)) {
                pattern = compile(wanted, flags);
                compiled = pattern;
                source = wanted;
            }
            return pattern.matcher(Args.text(args, 0)).find();
        }
    }

    static Pattern compile(String regex, int flags) {
        // PostgreSQL's dot matches line ends too.
        return compileWith(regex, flags | Pattern.DOTALL);
    }

    /**
     * A regular expression of PostgreSQL's with Java's flags and no others.
     *
     * @throws KadeException 2201B
     */
    public static Pattern compileWith(String regex, int flags) {
        String translated = regex.replace("[:alpha:]", "\\p{IsAlphabetic}")
                .replace("[:digit:]", "\\d")
                .replace("[:alnum:]", "\\p{IsAlphabetic}\\d")
                .replace("[:space:]", "\\s")
                .replace("[:upper:]", "\\p{Lu}")
                .replace("[:lower:]", "\\p{Ll}")
                .replace("[:punct:]", "\\p{Punct}")
                .replace("[:xdigit:]", "\\p{XDigit}")
                .replace("\\m", "\\b(?=\\w)")
                .replace("\\M", "\\b(?<=\\w)")
                .replace("\\y", "\\b");
        try {
            return Pattern.compile(translated, flags);
        } catch (PatternSyntaxException e) {
            throw KadeException.of(
                    ErrorCode.INVALID_REGULAR_EXPRESSION, "invalid regular expression: " + e.getDescription());
        }
    }

    /** The first match, or its first group if there is one; null for none. */
    static @Nullable String extract(String text, String regex) {
        Matcher matcher = compile(regex, 0).matcher(text);
        return matcher.find() ? matcher.group(matcher.groupCount() > 0 ? 1 : 0) : null;
    }

    /** Goes to the next match; what Java matches of nothing between the two halves of one character is none. */
    static boolean next(Matcher matcher, String text) {
        while (matcher.find()) {
            int at = matcher.start();
            boolean within = at == matcher.end()
                    && at > 0
                    && at < text.length()
                    && Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at));
            if (!within) {
                return true;
            }
        }
        return false;
    }

    /** The flags of options, of which {@code g} is none. */
    static int flags(String options) {
        int flags = 0;
        for (int i = 0; i < options.length(); i++) {
            char option = options.charAt(i);
            switch (option) {
                case 'i' -> flags |= Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
                case 'g', 'c', 's' -> {}
                case 'n', 'm' -> flags |= Pattern.MULTILINE;
                default -> throw Failures.invalidParameter("invalid regular expression option: \"" + option + "\"");
            }
        }
        return flags;
    }

    private static String replace(@Nullable Object[] args) {
        String options = args.length > 3 ? Args.text(args, 3) : "";
        boolean all = options.indexOf('g') >= 0;
        String text = Args.text(args, 0);
        Matcher matcher = compile(Args.text(args, 1), flags(options)).matcher(text);
        String replacement = Args.text(args, 2);
        StringBuilder out = new StringBuilder();
        while (next(matcher, text)) {
            matcher.appendReplacement(out, "");
            appendReplacement(out, matcher, replacement);
            if (!all) {
                break;
            }
        }
        return matcher.appendTail(out).toString();
    }

    /** {@code \1} to {@code \9} are groups, {@code \&} the match, a doubled backslash one. */
    private static void appendReplacement(StringBuilder out, Matcher matcher, String replacement) {
        int i = 0;
        while (i < replacement.length()) {
            char c = replacement.charAt(i++);
            if (c != '\\' || i == replacement.length()) {
                out.append(c);
                continue;
            }
            char next = replacement.charAt(i++);
            if (next == '&') {
                out.append(matcher.group());
            } else if (next >= '1' && next <= '9') {
                String group = next - '0' <= matcher.groupCount() ? matcher.group(next - '0') : null;
                out.append(group == null ? "" : group);
            } else {
                out.append(next == '\\' ? "\\" : "\\" + next);
            }
        }
    }
}
