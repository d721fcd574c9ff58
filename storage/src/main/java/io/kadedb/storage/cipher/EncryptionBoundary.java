package io.kadedb.storage.cipher;

import com.apple.foundationdb.KeyValue;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.storage.keyspace.Versionstamps;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/**
 * How keys and values look on either side of the boundary. Values of PLAINTEXT spaces are stored as they are. Others
 * start with a byte of flags: 1 when the key travels with the value, because its space is BUCKETED; 2 when a
 * versionstamp stands in the clear, because it is known only at the commit. Then come, for a stamp, 4 bytes where in the
 * value it belongs and its 10 bytes; then the ciphertext. Its plaintext is, for a travelling key, 4 bytes length of what
 * follows the prefix and those bytes; then the value, with zeros where a stamp belongs.
 */
final class EncryptionBoundary {
    private static final int WITH_KEY = 1;
    private static final int STAMPED = 2;
    private static final int KNOWN_FLAGS = WITH_KEY | STAMPED;

    /** Where the stamp stands in the stored form of a stamped value. */
    static final int STAMP_OFFSET = 1 + Integer.BYTES;

    private static final int STAMP_BYTES = Versionstamps.STAMP_BYTES;
    private static final byte[] NO_CONTEXT = {};

    private final ValueCipher cipher;
    private final TreeMap<byte[], KeyMode> modes = new TreeMap<>(Arrays::compareUnsigned);

    EncryptionBoundary(ValueCipher cipher, Map<byte[], KeyMode> modes) {
        this.cipher = cipher;
        this.modes.putAll(modes);
        byte[] outer = null;
        for (byte[] prefix : this.modes.keySet()) {
            if (outer != null && startsWith(prefix, outer)) {
                throw new IllegalArgumentException("prefixes with key modes must not contain each other");
            }
            outer = prefix;
        }
    }

    private static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    /** The bytes that a stored value may have beyond the plain one. */
    int overheadBytes(int largestKey) {
        return cipher.overheadBytes() + STAMP_OFFSET + STAMP_BYTES + Integer.BYTES + largestKey;
    }

    /** The prefix of the space a key belongs to; empty when no mode was set for it. */
    private byte[] space(byte[] key) {
        byte[] prefix = modes.floorKey(key);
        return prefix != null && startsWith(key, prefix) ? prefix : NO_CONTEXT;
    }

    KeyMode modeOf(byte[] key) {
        return modes.getOrDefault(space(key), KeyMode.PLAIN);
    }

    /**
     * Checks that a range is of one kind: it may reach over PLAIN and PLAINTEXT spaces, but a BUCKETED one only as a
     * whole.
     */
    void checkRange(byte[] begin, byte[] end) {
        for (Map.Entry<byte[], KeyMode> space : modes.entrySet()) {
            if (space.getValue() == KeyMode.BUCKETED && cutsInto(begin, end, space.getKey())) {
                throw unordered();
            }
        }
    }

    private static boolean cutsInto(byte[] begin, byte[] end, byte[] prefix) {
        boolean beginsInside = startsWith(begin, prefix) && begin.length > prefix.length;
        boolean endsInside = startsWith(end, prefix) && end.length > prefix.length;
        return beginsInside || endsInside;
    }

    static KadeException unordered() {
        return KadeException.of(
                ErrorCode.FEATURE_NOT_SUPPORTED,
                "keys of an encrypted space without order can be read whole or one by one");
    }

    byte[] storedKey(byte[] key) {
        byte[] prefix = space(key);
        if (modes.get(prefix) != KeyMode.BUCKETED) {
            return key;
        }
        byte[] hash = cipher.hash(prefix, Arrays.copyOfRange(key, prefix.length, key.length));
        return join(prefix, hash);
    }

    byte[] storedValue(byte[] key, byte[] value) {
        if (modeOf(key) == KeyMode.PLAINTEXT) {
            return value;
        }
        byte[] encrypted = encrypted(key, value);
        return ByteBuffer.allocate(1 + encrypted.length)
                .put((byte) keyFlag(key))
                .put(encrypted)
                .array();
    }

    /** The stored form of a value whose stamp is filled in at the commit: it goes to {@link #STAMP_OFFSET}. */
    byte[] storedStampedValue(byte[] key, byte[] value, int stampOffset) {
        byte[] unstamped = value.clone();
        Arrays.fill(unstamped, stampOffset, stampOffset + STAMP_BYTES, (byte) 0);
        byte[] encrypted = encrypted(key, unstamped);
        return ByteBuffer.allocate(STAMP_OFFSET + STAMP_BYTES + encrypted.length)
                .put((byte) (STAMPED | keyFlag(key)))
                .putInt(stampOffset)
                .put(new byte[STAMP_BYTES])
                .put(encrypted)
                .array();
    }

    private int keyFlag(byte[] key) {
        return modeOf(key) == KeyMode.BUCKETED ? WITH_KEY : 0;
    }

    private byte[] encrypted(byte[] key, byte[] value) {
        byte[] prefix = space(key);
        if (keyFlag(key) == 0) {
            return cipher.encrypt(prefix, value);
        }
        int rest = key.length - prefix.length;
        byte[] both = ByteBuffer.allocate(Integer.BYTES + rest + value.length)
                .putInt(rest)
                .put(key, prefix.length, rest)
                .put(value)
                .array();
        return cipher.encrypt(prefix, both);
    }

    byte[] plainValue(byte[] storedKey, byte[] stored) {
        return plainRow(new KeyValue(storedKey, stored)).getValue();
    }

    /** A row as it was written, from a row as it is stored. */
    KeyValue plainRow(KeyValue row) {
        byte[] key = row.getKey();
        byte[] stored = row.getValue();
        if (modeOf(key) == KeyMode.PLAINTEXT) {
            return row;
        }
        if (stored.length == 0 || (stored[0] & ~KNOWN_FLAGS) != 0) {
            throw damaged();
        }
        boolean stamped = (stored[0] & STAMPED) != 0;
        byte[] space = space(key);
        int start = stamped ? STAMP_OFFSET + STAMP_BYTES : 1;
        ByteBuffer plain = ByteBuffer.wrap(cipher.decrypt(space, Arrays.copyOfRange(stored, start, stored.length)));
        if ((stored[0] & WITH_KEY) != 0) {
            byte[] rest = new byte[plain.getInt()];
            plain.get(rest);
            key = join(space, rest);
        }
        byte[] value = new byte[plain.remaining()];
        plain.get(value);
        if (stamped) {
            int offset = ByteBuffer.wrap(stored).getInt(1);
            System.arraycopy(stored, STAMP_OFFSET, value, offset, STAMP_BYTES);
        }
        return new KeyValue(key, value);
    }

    private static KadeException damaged() {
        return KadeException.of(ErrorCode.DATA_CORRUPTED, "an encrypted value has no known form");
    }

    private static byte[] join(byte[] left, byte[] right) {
        byte[] joined = Arrays.copyOf(left, left.length + right.length);
        System.arraycopy(right, 0, joined, left.length, right.length);
        return joined;
    }
}
