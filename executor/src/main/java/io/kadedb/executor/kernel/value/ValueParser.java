package io.kadedb.executor.kernel.value;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.json.JsonReader;
import io.kadedb.common.search.TsQuery;
import io.kadedb.common.search.TsVector;
import io.kadedb.common.type.SqlType;
import io.kadedb.parser.path.JsonPath;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.ZoneId;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;

/** Reads values from text, as PostgreSQL's input functions do. */
public final class ValueParser {
    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");
    private static final Pattern NUMBER = Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]{1,9})?");
    private static final Pattern UUID_TEXT = Pattern.compile("([0-9a-fA-F]{4}-?){7}[0-9a-fA-F]{4}");
    /** Exponents beyond this overflow every type; expanding such numbers would take memory. */
    private static final int MAX_EXPONENT = 400;

    private ValueParser() {}

    /**
     * The value, of the class {@link io.kadedb.planner.physical.Expr.Literal} says.
     *
     * @param zone for TIMESTAMPTZ without one
     * @throws KadeException 22P02, 22003, 22007, 22008 or 22001
     */
    public static Object parse(String text, SqlType type, ZoneId zone) {
        return switch (type.id()) {
            case BOOLEAN -> parseBoolean(text, type);
            case SMALLINT, INTEGER, BIGINT -> parseInteger(text, type);
            case REAL, DOUBLE -> parseFloat(text, type);
            case DECIMAL -> parseDecimal(text, type);
            case TEXT, VARCHAR, CHAR -> Casts.fit(text, type);
            case BYTEA -> parseBytes(text);
            case DATE, TIME, TIMESTAMP, TIMESTAMPTZ -> new DateTimeParser(text, type, zone).parse();
            case INTERVAL -> new IntervalParser(text).parse();
            case UUID -> parseUuid(text, type);
            case JSON -> {
                JsonReader.check(text);
                yield text;
            }
            case JSONPATH -> JsonPath.parse(text).toString();
            case JSONB -> ByteBuffer.wrap(JsonReader.toJsonb(text)).asReadOnlyBuffer();
            case TSVECTOR -> TsVector.parse(text).toString();
            case TSQUERY -> TsQuery.parse(text).written();
            case ARRAY -> ArrayTexts.parse(text, type, zone);
            case ENUM -> place(text, type);
            case NULL -> throw Failures.invalidText(type, text);
        };
    }

    private static long place(String text, SqlType type) {
        return type.labels()
                .label(text)
                .orElseThrow(() -> Failures.invalidLabel(type, text))
                .place();
    }

    private static boolean parseBoolean(String text, SqlType type) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        if (!word.isEmpty()) {
            if ("true".startsWith(word) || "yes".startsWith(word) || word.equals("on") || word.equals("1")) {
                return true;
            }
            if ("false".startsWith(word)
                    || "no".startsWith(word)
                    || word.equals("off")
                    || word.equals("of")
                    || word.equals("0")) {
                return false;
            }
        }
        throw Failures.invalidText(type, text);
    }

    private static long parseInteger(String text, SqlType type) {
        String digits = text.strip();
        if (!INTEGER.matcher(digits).matches()) {
            throw Failures.invalidText(type, text);
        }
        try {
            return Numbers.checkInteger(Long.parseLong(digits), type);
        } catch (NumberFormatException e) {
            throw outOfRange(text, type, e);
        } catch (KadeException e) {
            throw outOfRange(text, type, e);
        }
    }

    private static KadeException outOfRange(String text, SqlType type, Throwable cause) {
        return KadeException.of(
                ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
                "value \"" + text + "\" is out of range for type " + type.id().sqlName(),
                cause);
    }

    private static double parseFloat(String text, SqlType type) {
        String number = text.strip();
        switch (number.toLowerCase(Locale.ROOT)) {
            case "nan" -> {
                return Double.NaN;
            }
            case "infinity", "+infinity", "inf", "+inf" -> {
                return Double.POSITIVE_INFINITY;
            }
            case "-infinity", "-inf" -> {
                return Double.NEGATIVE_INFINITY;
            }
            default -> {
                if (!NUMBER.matcher(number).matches()) {
                    throw Failures.invalidText(type, text);
                }
            }
        }
        double value = type.equals(SqlType.REAL) ? Float.parseFloat(number) : Double.parseDouble(number);
        boolean zero = number.chars().takeWhile(c -> c != 'e' && c != 'E').noneMatch(c -> c >= '1' && c <= '9');
        if (Double.isInfinite(value) || (value == 0 && !zero)) {
            throw KadeException.of(
                    ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
                    "\"" + text + "\" is out of range for type " + type.id().sqlName());
        }
        return value;
    }

    private static BigDecimal parseDecimal(String text, SqlType type) {
        String number = text.strip();
        if (!NUMBER.matcher(number).matches()) {
            throw Failures.invalidText(type, text);
        }
        BigDecimal value = new BigDecimal(number);
        if (value.signum() != 0 && (long) value.precision() - value.scale() > MAX_EXPONENT) {
            throw Failures.numericOverflow(type);
        }
        if (value.signum() == 0 || (long) value.precision() - value.scale() < -MAX_EXPONENT) {
            value = BigDecimal.ZERO;
        }
        return Numbers.toDecimal(value, type);
    }

    private static UUID parseUuid(String text, SqlType type) {
        String body = text.strip();
        if (body.startsWith("{") && body.endsWith("}")) {
            body = body.substring(1, body.length() - 1);
        }
        if (!UUID_TEXT.matcher(body).matches()) {
            throw Failures.invalidText(type, text);
        }
        String hex = body.replace("-", "");
        return new UUID(
                Long.parseUnsignedLong(hex.substring(0, 16), 16), Long.parseUnsignedLong(hex.substring(16), 16));
    }

    private static ByteBuffer parseBytes(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        if (text.startsWith("\\x")) {
            parseHex(text, bytes);
        } else {
            parseEscapes(text, bytes);
        }
        return ByteBuffer.wrap(bytes.toByteArray()).asReadOnlyBuffer();
    }

    private static void parseHex(String text, ByteArrayOutputStream bytes) {
        int high = -1;
        for (int i = 2; i < text.length(); i++) {
            char c = text.charAt(i);
            if (high < 0 && Character.isWhitespace(c)) {
                continue;
            }
            int digit = c < 128 ? Character.digit(c, 16) : -1;
            if (digit < 0) {
                throw KadeException.of(
                        ErrorCode.INVALID_TEXT_REPRESENTATION, "invalid hexadecimal digit: \"" + c + "\"");
            }
            if (high < 0) {
                high = digit;
            } else {
                bytes.write(high << 4 | digit);
                high = -1;
            }
        }
        if (high >= 0) {
            throw KadeException.of(
                    ErrorCode.INVALID_TEXT_REPRESENTATION, "invalid hexadecimal data: odd number of digits");
        }
    }

    /** The older form: bytes as they are, {@code \\} for a backslash, {@code \nnn} in octal. */
    private static void parseEscapes(String text, ByteArrayOutputStream bytes) {
        byte[] raw = text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        for (int i = 0; i < raw.length; i++) {
            if (raw[i] != '\\') {
                bytes.write(raw[i]);
            } else if (i + 1 < raw.length && raw[i + 1] == '\\') {
                bytes.write('\\');
                i++;
            } else if (i + 3 < raw.length && octal(raw[i + 1], 3) && octal(raw[i + 2], 7) && octal(raw[i + 3], 7)) {
                bytes.write((raw[i + 1] - '0') << 6 | (raw[i + 2] - '0') << 3 | raw[i + 3] - '0');
                i += 3;
            } else {
                throw Failures.invalidText(SqlType.BYTEA, text);
            }
        }
    }

    private static boolean octal(byte digit, int most) {
        return digit >= '0' && digit <= '0' + most;
    }
}
