package io.kadedb.executor.kernel.value;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.planner.physical.ScalarFunction;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Functions of text. Positions and lengths count code points. */
final class TextFunctions {
    /** No text may be longer, as in PostgreSQL. */
    private static final int MAX_LENGTH = 1 << 30;

    private TextFunctions() {}

    static @Nullable RowFunction bind(ScalarFunction function, List<SqlType> args, SqlType result, ZoneId zone) {
        return switch (function) {
            case CONCAT ->
                result.id() == TypeId.BYTEA ? TextFunctions::concatBytes : values -> concat(values, args, zone);
            case CONCAT_FUNCTION -> values -> join("", values, 0, args, zone);
            case CONCAT_WS -> values -> values[0] == null ? null : join(Args.text(values, 0), values, 1, args, zone);
            case LOWER -> values -> Args.text(values, 0).toLowerCase(Locale.ROOT);
            case UPPER -> values -> CaseMapping.upper(Args.text(values, 0));
            case INITCAP -> values -> capitalize(Args.text(values, 0));
            case LENGTH ->
                values -> Args.value(values, 0) instanceof ByteBuffer b
                        ? (Long) (long) b.remaining()
                        : (Long) (long) points(Args.text(values, 0));
            case OCTET_LENGTH ->
                values -> Args.value(values, 0) instanceof ByteBuffer b
                        ? (Long) (long) b.remaining()
                        : (Long) (long) Args.text(values, 0).getBytes(StandardCharsets.UTF_8).length;
            case SUBSTRING ->
                args.get(1).isText()
                        ? values -> Patterns.extract(Args.text(values, 0), Args.text(values, 1))
                        : substring(args);
            case POSITION -> values -> (long) position(Args.text(values, 0), Args.text(values, 1));
            case BTRIM -> values -> trim(values, true, true);
            case LTRIM -> values -> trim(values, true, false);
            case RTRIM -> values -> trim(values, false, true);
            case REPLACE ->
                values -> Args.text(values, 1).isEmpty()
                        ? Args.text(values, 0)
                        : Args.text(values, 0).replace(Args.text(values, 1), Args.text(values, 2));
            case LEFT -> values -> left(Args.text(values, 0), Args.integer(values, 1));
            case RIGHT -> values -> right(Args.text(values, 0), Args.integer(values, 1));
            case LPAD -> values -> pad(values, true);
            case RPAD -> values -> pad(values, false);
            case REPEAT -> values -> repeat(Args.text(values, 0), Args.integer(values, 1));
            case REVERSE ->
                values -> new StringBuilder(Args.text(values, 0)).reverse().toString();
            case SPLIT_PART -> values -> splitPart(Args.text(values, 0), Args.text(values, 1), Args.integer(values, 2));
            case STARTS_WITH -> values -> Args.text(values, 0).startsWith(Args.text(values, 1));
            case OVERLAY -> TextFunctions::overlay;
            case ASCII ->
                values -> Args.text(values, 0).isEmpty()
                        ? 0L
                        : (long) Args.text(values, 0).codePointAt(0);
            case CHR -> values -> character(Args.number(values, 0));
            case TRANSLATE -> values -> translate(Args.text(values, 0), Args.text(values, 1), Args.text(values, 2));
            case QUOTE_IDENT -> values -> Quoting.identifier(Args.text(values, 0));
            case QUOTE_LITERAL, QUOTE_NULLABLE ->
                values ->
                        values[0] == null ? "NULL" : Quoting.literal(TextFormat.text(values[0], args.getFirst(), zone));
            case NUM_NULLS ->
                values -> Arrays.stream(values).filter(Objects::isNull).count();
            case NUM_NONNULLS ->
                values -> Arrays.stream(values).filter(Objects::nonNull).count();
            case PG_TYPEOF -> values -> typeName(args.getFirst());
            case MD5 -> values -> md5(Args.value(values, 0));
            default -> null;
        };
    }

    private static String typeName(SqlType type) {
        return switch (type.id()) {
            case ARRAY -> typeName(type.element()) + "[]";
            case NULL -> "unknown";
            case ENUM -> type.toString();
            default -> type.id().sqlName();
        };
    }

    private static String translate(String text, String from, String to) {
        int[] wanted = from.codePoints().toArray();
        int[] given = to.codePoints().toArray();
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(point -> {
            int at = 0;
            while (at < wanted.length && wanted[at] != point) {
                at++;
            }
            if (at == wanted.length) {
                out.appendCodePoint(point);
            } else if (at < given.length) {
                out.appendCodePoint(given[at]);
            }
        });
        return out.toString();
    }

    private static int points(String text) {
        return text.codePointCount(0, text.length());
    }

    private static String concat(@Nullable Object[] values, List<SqlType> args, ZoneId zone) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < values.length; i++) {
            Object value = Args.value(values, i);
            out.append(value instanceof String s ? s : ValueText.of(value, args.get(i), zone));
        }
        return out.toString();
    }

    private static ByteBuffer concatBytes(@Nullable Object[] values) {
        int length = 0;
        for (int i = 0; i < values.length; i++) {
            length += ((ByteBuffer) Args.value(values, i)).remaining();
        }
        ByteBuffer out = ByteBuffer.allocate(length);
        for (int i = 0; i < values.length; i++) {
            out.put(((ByteBuffer) Args.value(values, i)).duplicate());
        }
        return out.flip().asReadOnlyBuffer();
    }

    /** Values as {@code COPY} writes them: booleans are t and f. */
    private static String join(String separator, @Nullable Object[] values, int from, List<SqlType> args, ZoneId zone) {
        StringBuilder out = new StringBuilder();
        boolean first = true;
        for (int i = from; i < values.length; i++) {
            Object value = values[i];
            if (value != null) {
                out.append(first ? "" : separator);
                first = false;
                switch (value) {
                    case Boolean b -> out.append(b ? 't' : 'f');
                    case String s -> out.append(s);
                    default -> ValueText.append(out, value, args.get(i), zone);
                }
            }
        }
        return out.toString();
    }

    private static String capitalize(String text) {
        StringBuilder out = new StringBuilder(text.length());
        boolean inWord = false;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            out.appendCodePoint(inWord ? Character.toLowerCase(c) : Character.toUpperCase(c));
            inWord = Character.isLetterOrDigit(c);
        }
        return out.toString();
    }

    private static RowFunction substring(List<SqlType> args) {
        if (args.get(1).isText()) {
            return values -> Patterns.extract(Args.text(values, 0), Args.text(values, 1));
        }
        return values -> {
            long from = Args.number(values, 1);
            long to = Long.MAX_VALUE;
            if (args.size() > 2) {
                long count = Args.number(values, 2);
                if (count < 0) {
                    throw KadeException.of(ErrorCode.SUBSTRING_ERROR, "negative substring length not allowed");
                }
                to = from + count;
            }
            long start = Math.max(from, 1);
            if (Args.value(values, 0) instanceof ByteBuffer bytes) {
                int begin = (int) Math.min(start - 1, bytes.remaining());
                int end = Math.clamp(to - 1, begin, bytes.remaining());
                return bytes.slice(bytes.position() + begin, end - begin).asReadOnlyBuffer();
            }
            return slice(Args.text(values, 0), start - 1, to - 1);
        };
    }

    /** Code points from (inclusive, 0-based) to (exclusive). */
    private static String slice(String text, long from, long to) {
        int count = points(text);
        if (from >= count || to <= from) {
            return "";
        }
        int begin = text.offsetByCodePoints(0, (int) from);
        return to >= count
                ? text.substring(begin)
                : text.substring(begin, text.offsetByCodePoints(begin, (int) (to - from)));
    }

    private static int position(String part, String text) {
        int at = text.indexOf(part);
        return at < 0 ? 0 : text.codePointCount(0, at) + 1;
    }

    private static String trim(@Nullable Object[] values, boolean start, boolean end) {
        String text = Args.text(values, 0);
        String set = values.length > 1 ? Args.text(values, 1) : " ";
        int from = 0;
        int to = text.length();
        while (start && from < to && set.indexOf(text.codePointAt(from)) >= 0) {
            from += Character.charCount(text.codePointAt(from));
        }
        while (end && to > from && set.indexOf(text.codePointBefore(to)) >= 0) {
            to -= Character.charCount(text.codePointBefore(to));
        }
        return text.substring(from, to);
    }

    private static String left(String text, int count) {
        return slice(text, 0, count >= 0 ? count : (long) points(text) + count);
    }

    private static String right(String text, int count) {
        int length = points(text);
        return slice(text, count >= 0 ? Math.max(0L, (long) length - count) : -(long) count, length);
    }

    private static String pad(@Nullable Object[] values, boolean left) {
        String text = Args.text(values, 0);
        int wanted = Math.max(0, Args.integer(values, 1));
        String fill = values.length > 2 ? Args.text(values, 2) : " ";
        int length = points(text);
        if (length >= wanted || fill.isEmpty()) {
            return slice(text, 0, wanted);
        }
        checkLength(wanted);
        int missing = wanted - length;
        int fillPoints = points(fill);
        String padding = fill.repeat(missing / fillPoints) + slice(fill, 0, missing % fillPoints);
        return left ? padding + text : text + padding;
    }

    private static void checkLength(long length) {
        if (length > MAX_LENGTH) {
            throw KadeException.of(ErrorCode.PROGRAM_LIMIT_EXCEEDED, "requested length too large");
        }
    }

    private static String repeat(String text, int count) {
        checkLength((long) text.length() * Math.max(0, count));
        return text.repeat(Math.max(0, count));
    }

    private static String splitPart(String text, String separator, int wanted) {
        if (wanted == 0) {
            throw Failures.invalidParameter("field position must not be zero");
        }
        if (separator.isEmpty()) {
            return wanted == 1 || wanted == -1 ? text : "";
        }
        String[] parts = text.split(java.util.regex.Pattern.quote(separator), -1);
        int index = wanted > 0 ? wanted - 1 : parts.length + wanted;
        return index >= 0 && index < parts.length ? parts[index] : "";
    }

    private static String overlay(@Nullable Object[] values) {
        String text = Args.text(values, 0);
        String part = Args.text(values, 1);
        long from = Args.number(values, 2);
        long count = values.length > 3 ? Args.number(values, 3) : points(part);
        if (from <= 0) {
            throw KadeException.of(ErrorCode.SUBSTRING_ERROR, "negative substring length not allowed");
        }
        return slice(text, 0, from - 1) + part + slice(text, Math.max(0, from - 1 + count), Long.MAX_VALUE);
    }

    private static String character(long point) {
        if (point == 0) {
            throw KadeException.of(ErrorCode.PROGRAM_LIMIT_EXCEEDED, "null character not permitted");
        }
        if (point < 0 || point > Character.MAX_CODE_POINT || (point >= 0xD800 && point <= 0xDFFF)) {
            throw KadeException.of(
                    ErrorCode.PROGRAM_LIMIT_EXCEEDED, "requested character not valid for encoding: " + point);
        }
        return Character.toString((int) point);
    }

    private static String md5(Object value) {
        byte[] bytes;
        if (value instanceof ByteBuffer b) {
            bytes = new byte[b.remaining()];
            b.duplicate().get(bytes);
        } else {
            bytes = ((String) value).getBytes(StandardCharsets.UTF_8);
        }
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw KadeException.internal("this Java has no MD5", e);
        }
    }
}
