package io.kadedb.common.json;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A value within a document of type jsonb, read where it lies.
 *
 * <p>The binary form, version 1:
 *
 * <pre>
 * document := 0x01 value
 * value    := tag payload          ends where its container says, or with the document
 * tag      := kind | width &lt;&lt; 4    one byte; width only in containers: 0, 1, 2 for fields of 1, 2, 4 bytes
 * kind 0   null
 * kind 1   false
 * kind 2   true
 * kind 3   integer: two's complement, big-endian, as few bytes as hold it
 * kind 4   decimal: scale (2 bytes, big-endian, 1..16383), then the unscaled value like an integer
 * kind 5   string: UTF-8 without U+0000
 * kind 6   array:  count, end of each value, values
 * kind 7   object: count, end of each key, end of each value, keys, values
 * </pre>
 *
 * <p>Counts and ends are little-endian and as wide as the tag says; ends count from the first key, or from the first
 * value. Keys are UTF-8, unique, sorted by length in bytes and then by byte, so that a key is found by binary search and
 * an element by its number, without reading the others. A value holds no absolute place: with the version before it, it
 * is a document itself. Numbers keep their scale, so {@code 1.0} and {@code 1.00} differ here and are equal in SQL; see
 * {@link JsonbKey}.
 *
 * @param bytes holds the value; never changed
 * @param from the place of the tag
 * @param to one beyond the last byte
 */
@SuppressWarnings("ArrayRecordComponent") // a view of shared bytes, compared by nobody
public record Jsonb(byte[] bytes, int from, int to) {
    public static final byte VERSION = 1;
    static final int NULL = 0;
    static final int FALSE = 1;
    static final int TRUE = 2;
    static final int INTEGER = 3;
    static final int DECIMAL = 4;
    static final int STRING = 5;
    static final int ARRAY = 6;
    static final int OBJECT = 7;

    /** Bytes a document may have, as PostgreSQL's jsonb. */
    public static final int MAX_BYTES = (1 << 28) - 1;
    /** Levels of nesting a document may have. */
    public static final int MAX_DEPTH = 1000;

    /**
     * The value of a document.
     *
     * @throws KadeException XX003 if a later version wrote it
     */
    public static Jsonb of(byte[] document) {
        return of(document, document.length);
    }

    /** The value of the document in the first bytes of an array. */
    public static Jsonb of(byte[] document, int length) {
        if (length < 2) {
            throw KadeException.of(ErrorCode.DATA_CORRUPTED, "a jsonb value of " + length + " bytes");
        }
        if (document[0] != VERSION) {
            throw KadeException.of(
                    ErrorCode.INCOMPATIBLE_FORMAT, "a jsonb value of format " + document[0] + ", which is unknown");
        }
        return new Jsonb(document, 1, length);
    }

    /** The value of a document as plans and vectors hand it over. */
    public static Jsonb of(ByteBuffer document) {
        if (document.hasArray() && document.arrayOffset() == 0 && document.position() == 0) {
            return of(document.array(), document.limit());
        }
        byte[] copy = new byte[document.remaining()];
        document.get(document.position(), copy);
        return of(copy);
    }

    /** The value as a document of its own. */
    public byte[] document() {
        byte[] document = new byte[to - from + 1];
        document[0] = VERSION;
        System.arraycopy(bytes, from, document, 1, to - from);
        return document;
    }

    public ByteBuffer buffer() {
        return ByteBuffer.wrap(document()).asReadOnlyBuffer();
    }

    public JsonKind kind() {
        return switch (tag()) {
            case NULL -> JsonKind.NULL;
            case FALSE, TRUE -> JsonKind.BOOLEAN;
            case INTEGER, DECIMAL -> JsonKind.NUMBER;
            case STRING -> JsonKind.STRING;
            case ARRAY -> JsonKind.ARRAY;
            case OBJECT -> JsonKind.OBJECT;
            default -> throw KadeException.of(ErrorCode.DATA_CORRUPTED, "a jsonb value of kind " + tag());
        };
    }

    int tag() {
        return bytes[from] & 15;
    }

    public boolean isObject() {
        return tag() == OBJECT;
    }

    public boolean isArray() {
        return tag() == ARRAY;
    }

    public boolean isScalar() {
        return tag() < ARRAY;
    }

    public boolean isNull() {
        return tag() == NULL;
    }

    public boolean isString() {
        return tag() == STRING;
    }

    /** The value of a boolean. */
    public boolean truth() {
        return tag() == TRUE;
    }

    /** Whether it is a number without a fraction that fits an int64. */
    public boolean isLong() {
        return tag() == INTEGER && to - from <= 9;
    }

    /** The value of a number that {@link #isLong is one}. */
    public long longValue() {
        long value = bytes[from + 1];
        for (int at = from + 2; at < to; at++) {
            value = (value << 8) | (bytes[at] & 0xFF);
        }
        return value;
    }

    /** The value of a number, with its scale. */
    public BigDecimal number() {
        if (tag() == INTEGER) {
            return isLong()
                    ? BigDecimal.valueOf(longValue())
                    : new BigDecimal(new BigInteger(bytes, from + 1, to - from - 1));
        }
        int scale = ((bytes[from + 1] & 0xFF) << 8) | (bytes[from + 2] & 0xFF);
        return new BigDecimal(new BigInteger(bytes, from + 3, to - from - 3), scale);
    }

    /** The text of a string. */
    public String string() {
        return new String(bytes, from + 1, to - from - 1, StandardCharsets.UTF_8);
    }

    private int width() {
        return 1 << ((bytes[from] >> 4) & 3);
    }

    private int field(int width, int index) {
        int at = from + 1 + width * index;
        return switch (width) {
            case 1 -> bytes[at] & 0xFF;
            case 2 -> (bytes[at] & 0xFF) | ((bytes[at + 1] & 0xFF) << 8);
            default ->
                (bytes[at] & 0xFF)
                        | ((bytes[at + 1] & 0xFF) << 8)
                        | ((bytes[at + 2] & 0xFF) << 16)
                        | ((bytes[at + 3] & 0xFF) << 24);
        };
    }

    /** How many elements or keys a container has. */
    public int size() {
        return field(width(), 0);
    }

    /** A value of a container, by its place. */
    public Jsonb value(int index) {
        int width = width();
        int count = field(width, 0);
        int ends = 1;
        int start = from + 1 + width * (1 + count);
        if (isObject()) {
            ends += count;
            start += width * count + (count == 0 ? 0 : field(width, count));
        }
        int valueFrom = start + (index == 0 ? 0 : field(width, ends + index - 1));
        return new Jsonb(bytes, valueFrom, start + field(width, ends + index));
    }

    /** A key of an object, by its place. */
    public String key(int index) {
        byte[] key = keyBytes(index);
        return new String(key, StandardCharsets.UTF_8);
    }

    /** The UTF-8 of a key. */
    public byte[] keyBytes(int index) {
        int width = width();
        int keys = keysFrom(width);
        return Arrays.copyOfRange(bytes, keys + (index == 0 ? 0 : field(width, index)), keys + field(width, index + 1));
    }

    private int keysFrom(int width) {
        return from + 1 + width * (1 + 2 * field(width, 0));
    }

    /** The place of a key, or -1. */
    public int find(byte[] key) {
        int width = width();
        int low = 0;
        int high = field(width, 0) - 1;
        int keys = keysFrom(width);
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int start = keys + (middle == 0 ? 0 : field(width, middle));
            int end = keys + field(width, middle + 1);
            int order = Integer.compare(end - start, key.length);
            if (order == 0) {
                order = Arrays.compareUnsigned(bytes, start, end, key, 0, key.length);
            }
            if (order == 0) {
                return middle;
            }
            if (order < 0) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }

    /** The order of keys within an object. */
    static int compareKeys(byte[] a, byte[] b) {
        return a.length != b.length ? Integer.compare(a.length, b.length) : Arrays.compareUnsigned(a, b);
    }

    /** Whether the values are written with the same bytes; equal numbers may not be. */
    boolean sameBytes(Jsonb other) {
        return Arrays.equals(bytes, from, to, other.bytes, other.from, other.to);
    }

    /** Its text, as PostgreSQL shows it. */
    @Override
    public String toString() {
        return JsonbText.of(this);
    }
}
