package io.kadedb.executor.kernel.value;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.planner.physical.ScalarFunction;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Bytes as text, their digests, and numbers to other bases. */
final class EncodingFunctions {
    /** Base64 breaks its lines there (RFC 2045). */
    private static final int LINE = 76;

    private EncodingFunctions() {}

    static @Nullable RowFunction bind(ScalarFunction function, List<SqlType> args) {
        return switch (function) {
            case ENCODE -> values -> encode(bytes(values, 0), Args.text(values, 1));
            case DECODE -> values -> ByteBuffer.wrap(decode(Args.text(values, 0), Args.text(values, 1)));
            case SHA224 -> values -> digest(values, "SHA-224");
            case SHA256 -> values -> digest(values, "SHA-256");
            case SHA384 -> values -> digest(values, "SHA-384");
            case SHA512 -> values -> digest(values, "SHA-512");
            case BIT_LENGTH ->
                values -> 8L
                        * (Args.value(values, 0) instanceof ByteBuffer b
                                ? b.remaining()
                                : Args.text(values, 0).getBytes(StandardCharsets.UTF_8).length);
            case BIT_COUNT ->
                values -> {
                    long count = 0;
                    for (byte b : bytes(values, 0)) {
                        count += Integer.bitCount(b & 0xFF);
                    }
                    return count;
                };
            case TO_HEX -> values -> unsigned(values, args.getFirst(), 16);
            case TO_OCT -> values -> unsigned(values, args.getFirst(), 8);
            case TO_BIN -> values -> unsigned(values, args.getFirst(), 2);
            default -> null;
        };
    }

    private static byte[] bytes(@Nullable Object[] values, int index) {
        ByteBuffer buffer = ((ByteBuffer) Args.value(values, index)).duplicate();
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static String unsigned(@Nullable Object[] values, SqlType type, int radix) {
        long value = Args.number(values, 0);
        return type.id() == TypeId.BIGINT
                ? Long.toUnsignedString(value, radix)
                : Integer.toUnsignedString((int) value, radix);
    }

    private static ByteBuffer digest(@Nullable Object[] values, String algorithm) {
        try {
            return ByteBuffer.wrap(MessageDigest.getInstance(algorithm).digest(bytes(values, 0)));
        } catch (NoSuchAlgorithmException e) {
            throw KadeException.internal("there is no " + algorithm, e);
        }
    }

    private static String encode(byte[] bytes, String format) {
        return switch (format.toLowerCase(Locale.ROOT)) {
            case "hex" -> HexFormat.of().formatHex(bytes);
            case "base64" -> Base64.getMimeEncoder(LINE, new byte[] {'\n'}).encodeToString(bytes);
            case "escape" -> escaped(bytes);
            default -> throw unknown(format);
        };
    }

    private static KadeException unknown(String format) {
        return Failures.invalidParameter("unrecognized encoding: \"" + format + "\"")
                .hint("there are base64, escape and hex");
    }

    private static String escaped(byte[] bytes) {
        StringBuilder out = new StringBuilder();
        for (byte b : bytes) {
            int value = b & 0xFF;
            if (value == 0 || value > 127) {
                out.append(String.format(Locale.ROOT, "\\%03o", value));
            } else {
                out.append(value == '\\' ? "\\\\" : String.valueOf((char) value));
            }
        }
        return out.toString();
    }

    private static byte[] decode(String text, String format) {
        return switch (format.toLowerCase(Locale.ROOT)) {
            case "hex" -> unhex(text);
            case "base64" -> unbase64(text);
            case "escape" -> unescaped(text);
            default -> throw unknown(format);
        };
    }

    private static byte[] unhex(String text) {
        String digits = text.replaceAll("\\s", "");
        for (int i = 0; i < digits.length(); i++) {
            if (Character.digit(digits.charAt(i), 16) < 0) {
                throw Failures.invalidParameter("invalid hexadecimal digit: \"" + digits.charAt(i) + "\"");
            }
        }
        if (digits.length() % 2 != 0) {
            throw Failures.invalidParameter("invalid hexadecimal data: odd number of digits");
        }
        return HexFormat.of().parseHex(digits);
    }

    private static byte[] unbase64(String text) {
        try {
            return Base64.getDecoder().decode(text.replaceAll("\\s", ""));
        } catch (IllegalArgumentException e) {
            throw Failures.invalidParameter("invalid base64 end sequence or symbol: " + e.getMessage());
        }
    }

    private static byte[] unescaped(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = 0; at < text.length(); ) {
            char c = text.charAt(at);
            if (c != '\\') {
                int end = text.offsetByCodePoints(at, 1);
                out.writeBytes(text.substring(at, end).getBytes(StandardCharsets.UTF_8));
                at = end;
            } else if (text.startsWith("\\\\", at)) {
                out.write('\\');
                at += 2;
            } else if (at + 4 <= text.length() && text.substring(at + 1, at + 4).matches("[0-3][0-7][0-7]")) {
                out.write(Integer.parseInt(text.substring(at + 1, at + 4), 8));
                at += 4;
            } else {
                throw KadeException.of(ErrorCode.INVALID_TEXT_REPRESENTATION, "invalid input syntax for type bytea");
            }
        }
        return out.toByteArray();
    }
}
