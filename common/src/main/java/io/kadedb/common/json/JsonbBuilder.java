package io.kadedb.common.json;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Writes a document of type jsonb from its values in the order of reading. Of keys that come twice the last stays. Reused
 * after {@link #clear}.
 */
public final class JsonbBuilder {
    private static final int MAX_SCALE = 16_383;
    private static final int MAX_WHOLE_DIGITS = 131_072;
    private static final Comparator<Entry> BY_KEY = (a, b) -> Jsonb.compareKeys(a.key, b.key);

    private byte[] out = new byte[256];
    private int length;
    private final List<Container> open = new ArrayList<>();
    private final ByteBuffer number = ByteBuffer.allocate(8);

    /** A value of an object and where it lies. */
    private static final class Entry {
        private final byte[] key;
        private final int from;
        private final int to;

        Entry(byte[] key, int from, int to) {
            this.key = key;
            this.from = from;
            this.to = to;
        }
    }

    /** A container whose end is not there yet. */
    private static final class Container {
        private final boolean object;
        private final int start;
        private final List<byte[]> keys = new ArrayList<>();
        private int[] ends = new int[8];
        private int count;

        Container(boolean object, int start) {
            this.object = object;
            this.start = start;
        }

        void valueEnds(int at) {
            if (count == ends.length) {
                ends = Arrays.copyOf(ends, 2 * count);
            }
            ends[count++] = at;
        }
    }

    public JsonbBuilder() {
        clear();
    }

    /** Forgets what was written. */
    public void clear() {
        out[0] = Jsonb.VERSION;
        length = 1;
        open.clear();
    }

    /**
     * Opens an object; a {@link #key} comes before each of its values.
     *
     * @throws KadeException 54001 beyond {@link Jsonb#MAX_DEPTH}
     */
    public JsonbBuilder startObject() {
        return start(true);
    }

    public JsonbBuilder startArray() {
        return start(false);
    }

    private JsonbBuilder start(boolean object) {
        if (open.size() >= Jsonb.MAX_DEPTH) {
            throw tooDeep();
        }
        open.add(new Container(object, length));
        return this;
    }

    static KadeException tooDeep() {
        return KadeException.of(
                ErrorCode.STATEMENT_TOO_COMPLEX,
                "a JSON document is nested deeper than " + Jsonb.MAX_DEPTH + " levels");
    }

    public JsonbBuilder key(String key) {
        return key(key.getBytes(StandardCharsets.UTF_8));
    }

    public JsonbBuilder key(byte[] key) {
        open.getLast().keys.add(key);
        return this;
    }

    public JsonbBuilder nullValue() {
        return tagged(Jsonb.NULL);
    }

    public JsonbBuilder truth(boolean value) {
        return tagged(value ? Jsonb.TRUE : Jsonb.FALSE);
    }

    private JsonbBuilder tagged(int tag) {
        reserve(1);
        out[length++] = (byte) tag;
        return ended();
    }

    public JsonbBuilder integer(long value) {
        reserve(9);
        out[length++] = Jsonb.INTEGER;
        int width = 1;
        while (width < 8 && value != (value << (64 - 8 * width)) >> (64 - 8 * width)) {
            width++;
        }
        number.putLong(0, value);
        number.get(8 - width, out, length, width);
        length += width;
        return ended();
    }

    /**
     * A number with its scale; a negative scale becomes zeros.
     *
     * @throws KadeException 22003 beyond the digits PostgreSQL's numeric has
     */
    public JsonbBuilder number(BigDecimal value) {
        if ((long) value.precision() - value.scale() > MAX_WHOLE_DIGITS || value.scale() > MAX_SCALE) {
            throw KadeException.of(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "value overflows numeric format");
        }
        BigDecimal plain = value.scale() < 0 ? value.setScale(0) : value;
        if (plain.scale() == 0 && plain.precision() < 19) {
            return integer(plain.longValue());
        }
        BigInteger unscaled = plain.unscaledValue();
        byte[] digits = unscaled.toByteArray();
        reserve(3 + digits.length);
        out[length++] = (byte) (plain.scale() == 0 ? Jsonb.INTEGER : Jsonb.DECIMAL);
        if (plain.scale() > 0) {
            out[length++] = (byte) (plain.scale() >> 8);
            out[length++] = (byte) plain.scale();
        }
        System.arraycopy(digits, 0, out, length, digits.length);
        length += digits.length;
        return ended();
    }

    public JsonbBuilder string(String value) {
        return string(value.getBytes(StandardCharsets.UTF_8));
    }

    /** A string by its UTF-8. */
    public JsonbBuilder string(byte[] utf8) {
        reserve(1 + utf8.length);
        out[length++] = Jsonb.STRING;
        System.arraycopy(utf8, 0, out, length, utf8.length);
        length += utf8.length;
        return ended();
    }

    /** A copy of a value of another document. */
    public JsonbBuilder value(Jsonb value) {
        int size = value.to() - value.from();
        reserve(size);
        System.arraycopy(value.bytes(), value.from(), out, length, size);
        length += size;
        return ended();
    }

    private JsonbBuilder ended() {
        if (!open.isEmpty()) {
            open.getLast().valueEnds(length);
        }
        return this;
    }

    /** Closes the innermost container. */
    public JsonbBuilder end() {
        Container container = open.removeLast();
        if (container.object) {
            endObject(container);
        } else {
            endArray(container);
        }
        return ended();
    }

    private void endArray(Container array) {
        int size = length - array.start;
        int width = width(Math.max(size, array.count));
        int header = 1 + (1 << width) * (1 + array.count);
        insert(array.start, header);
        int at = header(array.start, Jsonb.ARRAY, width, array.count);
        for (int i = 0; i < array.count; i++) {
            at = put(at, width, array.ends[i] - array.start);
        }
    }

    private void endObject(Container object) {
        List<Entry> entries = new ArrayList<>(object.count);
        boolean sorted = true;
        for (int i = 0; i < object.count; i++) {
            int from = i == 0 ? object.start : object.ends[i - 1];
            Entry entry = new Entry(object.keys.get(i), from, object.ends[i]);
            sorted = sorted && (i == 0 || BY_KEY.compare(entries.getLast(), entry) < 0);
            entries.add(entry);
        }
        if (!sorted) {
            entries.sort(BY_KEY);
            entries = lastOfEach(entries);
            moveValues(object, entries);
        }
        int keys = 0;
        for (Entry entry : entries) {
            keys += entry.key.length;
        }
        int count = entries.size();
        int width = width(Math.max(Math.max(keys, length - object.start), count));
        int fields = 1 + (1 << width) * (1 + 2 * count);
        insert(object.start, fields + keys);
        int at = header(object.start, Jsonb.OBJECT, width, count);
        int keyEnd = 0;
        for (Entry entry : entries) {
            System.arraycopy(entry.key, 0, out, object.start + fields + keyEnd, entry.key.length);
            keyEnd += entry.key.length;
            at = put(at, width, keyEnd);
        }
        int valueEnd = 0;
        for (Entry entry : entries) {
            valueEnd += entry.to - entry.from;
            at = put(at, width, valueEnd);
        }
    }

    /** The sort is stable, so the last of equal keys is the one written last. */
    private static List<Entry> lastOfEach(List<Entry> sorted) {
        List<Entry> kept = new ArrayList<>(sorted.size());
        for (Entry entry : sorted) {
            if (!kept.isEmpty() && Arrays.equals(kept.getLast().key, entry.key)) {
                kept.removeLast();
            }
            kept.add(entry);
        }
        return kept;
    }

    private void moveValues(Container object, List<Entry> entries) {
        byte[] written = Arrays.copyOfRange(out, object.start, length);
        length = object.start;
        for (Entry entry : entries) {
            int size = entry.to - entry.from;
            System.arraycopy(written, entry.from - object.start, out, length, size);
            length += size;
        }
    }

    private static int width(int largest) {
        return largest < (1 << 8) ? 0 : largest < (1 << 16) ? 1 : 2;
    }

    private void insert(int at, int count) {
        reserve(count);
        System.arraycopy(out, at, out, at + count, length - at);
        length += count;
    }

    private int header(int at, int kind, int width, int count) {
        out[at] = (byte) (kind | (width << 4));
        return put(at + 1, width, count);
    }

    private int put(int at, int width, int value) {
        int next = at;
        for (int i = 0; i < (1 << width); i++) {
            out[next++] = (byte) (value >> (8 * i));
        }
        return next;
    }

    private void reserve(int count) {
        long wanted = (long) length + count;
        if (wanted > Jsonb.MAX_BYTES) {
            throw KadeException.of(
                    ErrorCode.PROGRAM_LIMIT_EXCEEDED, "a jsonb value is larger than " + Jsonb.MAX_BYTES + " bytes");
        }
        if (wanted > out.length) {
            out = Arrays.copyOf(out, (int) Math.min(Jsonb.MAX_BYTES, Math.max(wanted, 2L * out.length)));
        }
    }

    /** The document; every container has to be closed, and there is one value outside of all. */
    public byte[] build() {
        if (!open.isEmpty() || length < 2) {
            throw KadeException.internal("a jsonb document that is not complete", null);
        }
        return Arrays.copyOf(out, length);
    }

    public ByteBuffer buildBuffer() {
        return ByteBuffer.wrap(build()).asReadOnlyBuffer();
    }
}
