package io.kadedb.executor.kernel.value;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import java.io.ByteArrayOutputStream;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A compiled LIKE pattern that works on UTF-8 where it lies: pieces between {@code %}, each a run of bytes and
 * single-character wildcards. Pieces are found from the left, each at the first place it fits, which is enough.
 */
public final class LikePattern {
    /** In a piece: any one code point. No UTF-8 text has this byte. */
    private static final byte ANY = (byte) 0xff;

    private static final ValueLayout.OfLong WORD =
            ValueLayout.JAVA_LONG_UNALIGNED.withOrder(java.nio.ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    private final byte[][] pieces;
    private final boolean[] wild;
    private final boolean openStart;
    private final boolean openEnd;

    private LikePattern(List<byte[]> pieces, boolean openStart, boolean openEnd) {
        this.pieces = pieces.toArray(byte[][]::new);
        this.wild = new boolean[this.pieces.length];
        for (int i = 0; i < this.pieces.length; i++) {
            for (byte b : this.pieces[i]) {
                wild[i] |= b == ANY;
            }
        }
        this.openStart = openStart;
        this.openEnd = openEnd;
    }

    /**
     * @param escape the escape character, or the empty text for none
     * @throws KadeException 22025 for a bad escape
     */
    public static LikePattern compile(String pattern, String escape) {
        if (escape.codePointCount(0, escape.length()) > 1) {
            throw KadeException.of(ErrorCode.INVALID_ESCAPE_SEQUENCE, "invalid escape string")
                    .hint("the escape string must be empty or one character");
        }
        int escapePoint = escape.isEmpty() ? -1 : escape.codePointAt(0);
        List<byte[]> pieces = new ArrayList<>();
        ByteArrayOutputStream piece = new ByteArrayOutputStream();
        boolean openStart = false;
        boolean openEnd = false;
        for (int i = 0; i < pattern.length(); ) {
            int c = pattern.codePointAt(i);
            i += Character.charCount(c);
            openEnd = false;
            if (c == escapePoint) {
                if (i >= pattern.length()) {
                    throw KadeException.of(
                            ErrorCode.INVALID_ESCAPE_SEQUENCE, "LIKE pattern must not end with escape character");
                }
                c = pattern.codePointAt(i);
                i += Character.charCount(c);
                piece.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
            } else if (c == '%') {
                openStart |= pieces.isEmpty() && piece.size() == 0;
                openEnd = true;
                if (piece.size() > 0) {
                    pieces.add(piece.toByteArray());
                    piece.reset();
                }
            } else if (c == '_') {
                piece.write(ANY);
            } else {
                piece.writeBytes(Character.toString(c).getBytes(StandardCharsets.UTF_8));
            }
        }
        if (piece.size() > 0) {
            pieces.add(piece.toByteArray());
        }
        return new LikePattern(pieces, openStart, openEnd);
    }

    public boolean matches(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return matches(MemorySegment.ofArray(bytes), 0, bytes.length);
    }

    /** Whether the bytes from (inclusive) to (exclusive) match. */
    public boolean matches(MemorySegment bytes, long from, long to) {
        int count = pieces.length;
        if (count == 0) {
            return openStart || from == to;
        }
        long at = from;
        int first = 0;
        if (!openStart) {
            at = matchAt(bytes, at, to, 0);
            if (at < 0) {
                return false;
            }
            if (count == 1) {
                return openEnd || at == to;
            }
            first = 1;
        }
        int last = openEnd ? count : count - 1;
        for (int i = first; i < last; i++) {
            at = find(bytes, at, to, i);
            if (at < 0) {
                return false;
            }
        }
        return openEnd || endsWith(bytes, at, to, last);
    }

    /** Where the piece ends if it fits at the place, else -1. */
    private long matchAt(MemorySegment bytes, long from, long to, int index) {
        byte[] piece = pieces[index];
        long at = from;
        for (byte wanted : piece) {
            if (at >= to) {
                return -1;
            }
            byte found = bytes.get(ValueLayout.JAVA_BYTE, at);
            if (wanted == ANY) {
                at += width(found);
            } else if (wanted == found) {
                at++;
            } else {
                return -1;
            }
        }
        return at <= to ? at : -1;
    }

    private static int width(byte lead) {
        if (lead >= 0) {
            return 1;
        }
        return (lead & 0xe0) == 0xc0 ? 2 : (lead & 0xf0) == 0xe0 ? 3 : 4;
    }

    /** The end of the first place at or after {@code from} where the piece fits, or -1. */
    private long find(MemorySegment bytes, long from, long to, int index) {
        byte[] piece = pieces[index];
        byte lead = piece[0];
        if (lead == ANY) {
            for (long at = from; at < to; at += width(bytes.get(ValueLayout.JAVA_BYTE, at))) {
                long end = matchAt(bytes, at, to, index);
                if (end >= 0) {
                    return end;
                }
            }
            return -1;
        }
        if (!wild[index] && piece.length >= 2) {
            return findBytes(bytes, from, to, piece);
        }
        long lastStart = wild[index] ? to - 1 : to - piece.length;
        for (long at = from; at <= lastStart; at++) {
            if (bytes.get(ValueLayout.JAVA_BYTE, at) == lead) {
                long end = matchAt(bytes, at, to, index);
                if (end >= 0) {
                    return end;
                }
            }
        }
        return -1;
    }

    /**
     * Looks at eight places at once: a word of which a byte is zero where both the piece's first byte and, further on,
     * its last byte fit (the zero-byte test of Hacker's Delight, exact for the lowest zero byte).
     */
    private static long findBytes(MemorySegment bytes, long from, long to, byte[] piece) {
        int length = piece.length;
        long lastStart = to - length;
        long first = (piece[0] & 0xffL) * ONES;
        long last = (piece[length - 1] & 0xffL) * ONES;
        long at = from;
        for (; at + 7 <= lastStart; at += 8) {
            long different = (bytes.get(WORD, at) ^ first) | (bytes.get(WORD, at + length - 1) ^ last);
            long candidates = (different - ONES) & ~different & HIGHS;
            while (candidates != 0) {
                long place = at + (Long.numberOfTrailingZeros(candidates) >>> 3);
                if (equal(bytes, place, piece)) {
                    return place + length;
                }
                candidates &= candidates - 1;
            }
        }
        for (; at <= lastStart; at++) {
            if (equal(bytes, at, piece)) {
                return at + length;
            }
        }
        return -1;
    }

    private static boolean equal(MemorySegment bytes, long at, byte[] piece) {
        for (int i = 0; i < piece.length; i++) {
            if (bytes.get(ValueLayout.JAVA_BYTE, at + i) != piece[i]) {
                return false;
            }
        }
        return true;
    }

    private boolean endsWith(MemorySegment bytes, long from, long to, int index) {
        byte[] piece = pieces[index];
        long at = to;
        for (int i = piece.length - 1; i >= 0; i--) {
            if (at <= from) {
                return false;
            }
            at--;
            if (piece[i] == ANY) {
                while (at > from && (bytes.get(ValueLayout.JAVA_BYTE, at) & 0xc0) == 0x80) {
                    at--;
                }
            } else if (bytes.get(ValueLayout.JAVA_BYTE, at) != piece[i]) {
                return false;
            }
        }
        return true;
    }
}
