package io.kadedb.common.json;

import java.math.BigDecimal;
import java.util.Arrays;

/**
 * Byte strings that order as PostgreSQL orders jsonb when they are compared unsigned, byte by byte, and that are equal
 * exactly for values that are equal in SQL: {@code 1.0} and {@code 1.00} have one key.
 *
 * <p>Object &gt; array &gt; boolean &gt; number &gt; string &gt; null; containers by their size first, then value by
 * value; objects by key and value in the order in which keys are stored; an empty array that is the whole document comes
 * before all (PostgreSQL manual, 8.14.4, and its {@code compareJsonbContainers}). Strings order by code point.
 */
public final class JsonbKey {
    private static final byte EMPTY_DOCUMENT = 1;
    private static final byte NULL = 2;
    private static final byte STRING = 3;
    private static final byte NUMBER = 4;
    private static final byte FALSE = 5;
    private static final byte TRUE = 6;
    private static final byte ARRAY = 7;
    private static final byte OBJECT = 8;
    private static final byte NEGATIVE = 1;
    private static final byte ZERO = 2;
    private static final byte POSITIVE = 3;

    private byte[] out = new byte[64];
    private int length;

    /** The key of a document. */
    public static byte[] of(Jsonb document) {
        JsonbKey key = new JsonbKey();
        key.encode(document);
        return Arrays.copyOf(key.out, key.length);
    }

    /** Compares two documents. */
    public static int compare(Jsonb a, Jsonb b) {
        return a.sameBytes(b) ? 0 : Arrays.compareUnsigned(of(a), of(b));
    }

    /** Whether two values are equal, wherever they lie. */
    public static boolean equal(Jsonb a, Jsonb b) {
        return a.sameBytes(b) || (a.kind() == b.kind() && Arrays.equals(of(a), of(b)));
    }

    /** Writes the key of a document into {@link #bytes}; gives its length. */
    public int encode(Jsonb document) {
        length = 0;
        if (document.isArray() && document.size() == 0) {
            put(EMPTY_DOCUMENT);
        } else {
            value(document);
        }
        return length;
    }

    /** Where {@link #encode} writes. */
    public byte[] bytes() {
        return out;
    }

    private void value(Jsonb value) {
        switch (value.kind()) {
            case NULL -> put(NULL);
            case BOOLEAN -> put(value.truth() ? TRUE : FALSE);
            case STRING -> {
                put(STRING);
                text(value.bytes(), value.from() + 1, value.to());
            }
            case NUMBER -> {
                put(NUMBER);
                number(value.number());
            }
            case ARRAY -> {
                put(ARRAY);
                int size = value.size();
                integer(size);
                for (int i = 0; i < size; i++) {
                    value(value.value(i));
                }
            }
            case OBJECT -> {
                put(OBJECT);
                int size = value.size();
                integer(size);
                for (int i = 0; i < size; i++) {
                    byte[] key = value.keyBytes(i);
                    text(key, 0, key.length);
                    value(value.value(i));
                }
            }
        }
    }

    /** No string holds the byte 0, which therefore ends one. */
    private void text(byte[] source, int from, int to) {
        reserve(to - from + 1);
        System.arraycopy(source, from, out, length, to - from);
        length += to - from;
        out[length++] = 0;
    }

    /** Sign, exponent and digits; of a negative number the complements. */
    private void number(BigDecimal value) {
        BigDecimal bare = value.stripTrailingZeros();
        int sign = bare.signum();
        put(sign < 0 ? NEGATIVE : sign == 0 ? ZERO : POSITIVE);
        if (sign == 0) {
            return;
        }
        int flip = sign < 0 ? 0xFF : 0;
        int exponent = (bare.precision() - bare.scale()) ^ Integer.MIN_VALUE;
        integer(sign < 0 ? ~exponent : exponent);
        String digits = bare.unscaledValue().abs().toString();
        reserve(digits.length() + 1);
        for (int i = 0; i < digits.length(); i++) {
            out[length++] = (byte) (digits.charAt(i) ^ flip);
        }
        out[length++] = (byte) flip;
    }

    private void integer(int value) {
        reserve(4);
        for (int shift = 24; shift >= 0; shift -= 8) {
            out[length++] = (byte) (value >> shift);
        }
    }

    private void put(byte value) {
        reserve(1);
        out[length++] = value;
    }

    private void reserve(int count) {
        if (length + count > out.length) {
            out = Arrays.copyOf(out, Math.max(length + count, 2 * out.length));
        }
    }
}
