package io.kadedb.executor.kernel.value;

import io.kadedb.common.type.ArrayBytes;
import io.kadedb.common.type.ArrayText;
import io.kadedb.common.type.ArrayValue;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.planner.physical.ScalarFunction;
import java.nio.ByteBuffer;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Arrays from text and to text. */
public final class ArrayTexts {
    private static final SqlType TEXTS = SqlType.array(SqlType.TEXT);

    private ArrayTexts() {}

    static @Nullable RowFunction bind(ScalarFunction function, List<SqlType> args, ZoneId zone) {
        return switch (function) {
            case ARRAY_TO_STRING -> {
                ArrayArg array = new ArrayArg(0, args.getFirst());
                yield values ->
                        values[0] == null || values[1] == null ? null : joined(array, array.of(values), values, zone);
            }
            case STRING_TO_ARRAY ->
                values -> values[0] == null ? null : ArrayFunctions.bytes(ArrayValue.of(parts(values)), TEXTS);
            case REGEXP_SPLIT_TO_ARRAY -> values -> ArrayFunctions.bytes(ArrayValue.of(split(values)), TEXTS);
            case REGEXP_MATCH -> ArrayTexts::match;
            default -> null;
        };
    }

    /** The text of an array's bytes. */
    public static String of(ByteBuffer array, SqlType type, ZoneId zone) {
        SqlType element = type.element();
        return ArrayText.format(ArrayBytes.decode(array, element), value -> text(value, element, zone));
    }

    /** Within arrays booleans are {@code t} and {@code f}. */
    private static String text(Object value, SqlType element, ZoneId zone) {
        return element.id() == TypeId.BOOLEAN ? ((Boolean) value ? "t" : "f") : ValueText.of(value, element, zone);
    }

    static ByteBuffer parse(String text, SqlType type, ZoneId zone) {
        SqlType element = type.element();
        return ArrayFunctions.bytes(ArrayText.parse(text, item -> ValueParser.parse(item, element, zone)), type);
    }

    private static String joined(ArrayArg arg, ArrayValue array, @Nullable Object[] values, ZoneId zone) {
        String separator = Args.text(values, 1);
        Object missing = values.length > 2 ? values[2] : null;
        StringBuilder out = new StringBuilder();
        boolean first = true;
        for (Object element : array.elements()) {
            if (element == null && missing == null) {
                continue;
            }
            out.append(first ? "" : separator);
            out.append(element == null ? missing : text(element, arg.element(), zone));
            first = false;
        }
        return out.toString();
    }

    /** The parts between separators; of single characters without a separator, the whole with an empty one. */
    static List<@Nullable Object> parts(@Nullable Object[] values) {
        String text = Args.text(values, 0);
        Object missing = values.length > 2 ? values[2] : null;
        List<@Nullable Object> parts = new ArrayList<>();
        if (text.isEmpty()) {
            return parts;
        }
        if (values[1] == null) {
            text.codePoints().forEach(point -> parts.add(Character.toString(point)));
        } else {
            String separator = Args.text(values, 1);
            int from = 0;
            while (!separator.isEmpty()) {
                int at = text.indexOf(separator, from);
                if (at < 0) {
                    break;
                }
                parts.add(text.substring(from, at));
                from = at + separator.length();
            }
            parts.add(text.substring(from));
        }
        parts.replaceAll(part -> part != null && part.equals(missing) ? null : part);
        return parts;
    }

    /** The parts between matches; matches of nothing count only within the text. */
    static List<@Nullable Object> split(@Nullable Object[] values) {
        String text = Args.text(values, 0);
        Matcher matcher = pattern(values, false).matcher(text);
        List<@Nullable Object> parts = new ArrayList<>();
        int from = 0;
        while (Patterns.next(matcher, text)) {
            boolean nothing = matcher.end() == matcher.start();
            if (nothing && (matcher.start() == from || matcher.start() == text.length())) {
                continue;
            }
            parts.add(text.substring(from, matcher.start()));
            from = matcher.end();
        }
        parts.add(text.substring(from));
        return parts;
    }

    private static @Nullable Object match(@Nullable Object[] values) {
        Matcher matcher = pattern(values, false).matcher(Args.text(values, 0));
        return matcher.find() ? groups(matcher) : null;
    }

    /** The groups of a match, or all of it, as an array. */
    static ByteBuffer groups(Matcher matcher) {
        List<@Nullable Object> groups = new ArrayList<>();
        for (int i = 1; i <= matcher.groupCount(); i++) {
            groups.add(matcher.group(i));
        }
        if (groups.isEmpty()) {
            groups.add(matcher.group());
        }
        return ArrayFunctions.bytes(ArrayValue.of(groups), TEXTS);
    }

    /** The pattern of the second argument under the options of the third, of which {@code g} may be one. */
    static Pattern pattern(@Nullable Object[] values, boolean global) {
        String options = values.length > 2 ? Args.text(values, 2) : "";
        if (!global && options.indexOf('g') >= 0) {
            throw Failures.invalidParameter("this function does not support the \"global\" option");
        }
        return Patterns.compile(Args.text(values, 1), Patterns.flags(options));
    }
}
