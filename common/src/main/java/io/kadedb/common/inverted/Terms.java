package io.kadedb.common.inverted;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.json.Jsonb;
import io.kadedb.common.type.ArrayBytes;
import io.kadedb.common.type.SqlType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The terms of one row for an inverted index. A term is the part of the key it is of (one byte), what it is of the value
 * (one byte), and bytes that are equal for values that are equal in SQL. Long ones are cut and end with a hash.
 */
public final class Terms {
    /** Bytes of a term at most, and those that stay of a longer one. */
    static final int MAX_BYTES = 256;

    private static final int KEPT_BYTES = MAX_BYTES - Long.BYTES;
    /** Bits of a {@link #numbered number}. */
    private static final int NUMBER_BITS = 20;
    /** Terms that a row may have. */
    private static final int MAX_TERMS = 1 << NUMBER_BITS;
    /** A row id that terms can be numbered under, at most. */
    private static final long MAX_ROW_ID = -1L >>> (NUMBER_BITS + 1);

    private final TreeSet<byte[]> terms = new TreeSet<>(Arrays::compareUnsigned);

    /**
     * Adds the terms of a value.
     *
     * @param part which part of the key the value is of
     * @param value the bytes of a value that is not NULL, as it is stored
     */
    public void add(int part, TermClass terms, SqlType type, ByteBuffer value) {
        switch (terms) {
            case ARRAY -> ArrayTerms.addOf(ArrayBytes.decode(value, type.element()), type.element(), sink(part));
            case JSONB -> JsonTerms.addOf(Jsonb.of(value), sink(part));
            case JSONB_PATH -> JsonPathTerms.addOf(Jsonb.of(value), sink(part));
            case TRIGRAM ->
                TrigramTerms.addOf(
                        StandardCharsets.UTF_8.decode(value.duplicate()).toString(), sink(part));
            case TSVECTOR ->
                TextTerms.addOf(StandardCharsets.UTF_8.decode(value.duplicate()).toString(), sink(part));
        }
    }

    private TermSink sink(int part) {
        return (kind, bytes, from, to) -> terms.add(term(part, kind, bytes, from, to));
    }

    /** Takes what a value holds. */
    @FunctionalInterface
    interface TermSink {
        void add(char kind, byte[] bytes, int from, int to);

        default void add(char kind, byte[] bytes) {
            add(kind, bytes, 0, bytes.length);
        }
    }

    /** What an index holds of a part of a value, of whatever length. */
    static byte[] term(int part, char kind, byte[] bytes, int from, int to) {
        int length = to - from;
        boolean cut = length > MAX_BYTES;
        byte[] term = new byte[2 + (cut ? MAX_BYTES : length)];
        term[0] = (byte) part;
        term[1] = (byte) kind;
        System.arraycopy(bytes, from, term, 2, cut ? KEPT_BYTES : length);
        if (cut) {
            ByteBuffer.wrap(term, 2 + KEPT_BYTES, Long.BYTES).putLong(hash(bytes, from, to));
        }
        return term;
    }

    /** How terms begin that begin with bytes. */
    static byte[] prefix(int part, char kind, byte[] bytes) {
        byte[] prefix = new byte[2 + Math.min(KEPT_BYTES, bytes.length)];
        prefix[0] = (byte) part;
        prefix[1] = (byte) kind;
        System.arraycopy(bytes, 0, prefix, 2, prefix.length - 2);
        return prefix;
    }

    /** FNV-1a of 64 bits, mixed: it is stored, so it never changes. */
    static long hash(byte[] bytes, int from, int to) {
        long hash = 0xcbf29ce484222325L;
        for (int i = from; i < to; i++) {
            hash = (hash ^ (bytes[i] & 0xFF)) * 0x100000001b3L;
        }
        hash = (hash ^ (hash >>> 32)) * 0xd6e8feb86659fd93L;
        return hash ^ (hash >>> 32);
    }

    public int size() {
        return terms.size();
    }

    public List<byte[]> all() {
        return List.copyOf(terms);
    }

    /**
     * The terms with numbers below {@link #MAX_TERMS} that tell the entries of a row apart. The same terms have the same
     * numbers, and when some change, nearly all others keep theirs.
     *
     * @throws KadeException 54000 for more than {@link #MAX_TERMS}
     */
    public NavigableMap<Integer, byte[]> numbered() {
        if (terms.size() > MAX_TERMS) {
            throw KadeException.of(
                    ErrorCode.PROGRAM_LIMIT_EXCEEDED,
                    "a row has " + terms.size() + " terms for an inverted index, which takes " + MAX_TERMS);
        }
        NavigableMap<Integer, byte[]> numbered = new TreeMap<>();
        for (byte[] term : terms) {
            int number = (int) (hash(term, 0, term.length) >>> (Long.SIZE - NUMBER_BITS));
            while (numbered.containsKey(number)) {
                number = (number + 1) & (MAX_TERMS - 1);
            }
            numbered.put(number, term);
        }
        return numbered;
    }

    /**
     * The id of an entry: that of a row with the number of a term.
     *
     * @throws KadeException 54000 for a row beyond {@link #MAX_ROW_ID}
     */
    public static long entryId(long rowId, int number) {
        if (rowId > MAX_ROW_ID) {
            throw KadeException.of(
                    ErrorCode.PROGRAM_LIMIT_EXCEEDED, "a table of " + rowId + " rows cannot have an inverted index");
        }
        return (rowId << NUMBER_BITS) | number;
    }
}
