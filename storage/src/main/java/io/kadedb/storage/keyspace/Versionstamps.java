package io.kadedb.storage.keyspace;

import com.apple.foundationdb.tuple.Tuple;
import com.apple.foundationdb.tuple.Versionstamp;
import io.kadedb.storage.api.KeySpaceErrors;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Versionstamps as FoundationDB lays them out: 8 bytes commit version and 2 bytes order within the version, both big
 * endian. In the parameter of a versionstamped mutation, the last 4 bytes, little endian, say where the stamp goes.
 */
public final class Versionstamps {
    /** The length of a stamp in bytes, without the 2 bytes that a program adds for its own order. */
    public static final int STAMP_BYTES = 10;

    private Versionstamps() {}

    /** The stamp of a transaction committed at a version. */
    public static byte[] stamp(long version) {
        return ByteBuffer.allocate(STAMP_BYTES).putLong(version).array();
    }

    /** The commit version in a stamp that starts at an offset. */
    public static long version(byte[] bytes, int offset) {
        return ByteBuffer.wrap(bytes, offset, Long.BYTES).getLong();
    }

    /**
     * Packs a tuple with exactly one incomplete versionstamp for a versionstamped mutation, with a prefix before it.
     * {@code Tuple.packWithVersionstamp} gives the same bytes but asks the native library for its version.
     */
    public static byte[] pack(byte[] prefix, Tuple tuple) {
        // Packed once with zeros and once with ones in place of the stamp: where the two differ, the stamp is.
        int[] stamps = new int[1];
        byte[] packed =
                Tuple.fromList(complete(tuple.getItems(), (byte) 0, stamps)).pack();
        byte[] other =
                Tuple.fromList(complete(tuple.getItems(), (byte) 1, new int[1])).pack();
        if (stamps[0] != 1) {
            throw new IllegalArgumentException("a tuple needs one incomplete versionstamp but has " + stamps[0]);
        }
        int at = Arrays.mismatch(packed, other);
        Arrays.fill(packed, at, at + STAMP_BYTES, (byte) 0xFF);
        ByteBuffer buffer = ByteBuffer.allocate(prefix.length + packed.length + Integer.BYTES);
        buffer.put(prefix).put(packed).order(ByteOrder.LITTLE_ENDIAN).putInt(prefix.length + at);
        return buffer.array();
    }

    private static List<@Nullable Object> complete(List<?> items, byte fill, int[] stamps) {
        List<@Nullable Object> completed = new ArrayList<>(items.size());
        for (Object item : items) {
            completed.add(
                    switch (item) {
                        case Versionstamp stamp
                        when !stamp.isComplete() -> {
                            stamps[0]++;
                            byte[] bytes = new byte[STAMP_BYTES];
                            Arrays.fill(bytes, fill);
                            yield Versionstamp.complete(bytes, stamp.getUserVersion());
                        }
                        case Tuple nested -> Tuple.fromList(complete(nested.getItems(), fill, stamps));
                        case List<?> nested -> complete(nested, fill, stamps);
                        case null -> null;
                        default -> item;
                    });
        }
        return completed;
    }

    /** A versionstamped parameter from raw bytes: a value whose stamp goes to an offset. */
    public static byte[] parameter(byte[] bytes, int offset) {
        if (offset < 0 || offset + STAMP_BYTES > bytes.length) {
            throw new IllegalArgumentException("the stamp does not fit at offset " + offset);
        }
        ByteBuffer buffer = ByteBuffer.allocate(bytes.length + Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        return buffer.put(bytes).putInt(offset).array();
    }

    /** Reads and checks where the stamp goes in the parameter of a versionstamped mutation. */
    public static int offset(byte[] parameter) {
        int length = parameter.length - Integer.BYTES;
        if (length < STAMP_BYTES) {
            throw KeySpaceErrors.CLIENT_INVALID_OPERATION.exception();
        }
        int offset = ByteBuffer.wrap(parameter, length, Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .getInt();
        if (offset < 0 || offset > length - STAMP_BYTES) {
            throw KeySpaceErrors.CLIENT_INVALID_OPERATION.exception();
        }
        return offset;
    }

    /** Writes a stamp into the beginning of a value. */
    static void stamp(long version, byte[] value) {
        for (int i = 0; i < Long.BYTES; i++) {
            value[i] = (byte) (version >>> (Long.SIZE - Byte.SIZE * (i + 1)));
        }
        value[Long.BYTES] = 0;
        value[Long.BYTES + 1] = 0;
    }

    /** The bytes that a versionstamped parameter comes to at a version. */
    static byte[] complete(byte[] parameter, long version) {
        byte[] bytes = Arrays.copyOf(parameter, parameter.length - Integer.BYTES);
        ByteBuffer.wrap(bytes).putLong(offset(parameter), version).putShort(offset(parameter) + Long.BYTES, (short) 0);
        return bytes;
    }

    static byte[] fill(byte[] template, int offset, long version) {
        byte[] bytes = template.clone();
        ByteBuffer.wrap(bytes).putLong(offset, version).putShort(offset + Long.BYTES, (short) 0);
        return bytes;
    }
}
