package io.kadedb.storage.keyspace;

import com.apple.foundationdb.MutationType;
import io.kadedb.storage.api.KeySpaceErrors;
import io.kadedb.storage.api.KeySpaceLimits;
import java.util.Arrays;

/**
 * What one try of a transaction wrote and declared: checked against the limits, copied, with the conflicts that follow.
 * Guarded by the transaction.
 */
final class TransactionWrites {
    private final KeySpaceLimits limits;
    private final TransactionSettings settings;
    private final WriteBuffer buffer;
    private final ConflictRanges readConflicts = new ConflictRanges();
    private final ConflictRanges writeConflicts = new ConflictRanges();

    TransactionWrites(KeySpaceLimits limits, TransactionSettings settings) {
        this.limits = limits;
        this.settings = settings;
        this.buffer = new WriteBuffer(limits.valueBytes());
    }

    WriteBuffer buffer() {
        return buffer;
    }

    ConflictRanges readConflicts() {
        return readConflicts;
    }

    /** Whether a commit has nothing to do. */
    boolean isEmpty() {
        return buffer.isEmpty() && writeConflicts.isEmpty();
    }

    /** The size that counts towards the limit of a transaction. */
    long bytes() {
        return buffer.bytes() + readConflicts.bytes() + writeConflicts.bytes();
    }

    /** What is handed over to be committed. */
    Sequencer.Commit commit(long readVersion) {
        return new Sequencer.Commit(readVersion, readConflicts, writeConflicts, buffer);
    }

    void addReadConflictRange(byte[] begin, byte[] end) {
        checkRange(begin, end);
        readConflicts.addRange(begin.clone(), end.clone());
    }

    void addReadConflictKey(byte[] key) {
        readConflicts.addKey(key.clone());
    }

    void addWriteConflictRange(byte[] begin, byte[] end) {
        checkRange(begin, end);
        writeConflicts.addRange(begin.clone(), end.clone());
    }

    void addWriteConflictKey(byte[] key) {
        writeConflicts.addKey(key.clone());
    }

    void set(byte[] key, byte[] value) {
        checkKey(key);
        checkValue(value.length);
        byte[] ownKey = key.clone();
        buffer.set(ownKey, value.clone());
        addWriteConflict(ownKey);
    }

    void clear(byte[] key) {
        checkKey(key);
        byte[] ownKey = key.clone();
        buffer.set(ownKey, null);
        addWriteConflict(ownKey);
    }

    void clear(byte[] begin, byte[] end) {
        checkRange(begin, end);
        boolean conflict = settings.takeWriteConflict();
        if (Keys.compare(begin, end) < 0) {
            byte[] ownBegin = begin.clone();
            byte[] ownEnd = end.clone();
            buffer.clearRange(ownBegin, ownEnd);
            if (conflict) {
                writeConflicts.addRange(ownBegin, ownEnd);
            }
        }
    }

    void mutate(MutationType type, byte[] key, byte[] operand) {
        boolean stampedKey = type == MutationType.SET_VERSIONSTAMPED_KEY;
        boolean stampedValue = type == MutationType.SET_VERSIONSTAMPED_VALUE;
        checkKey(stampedKey && key.length >= Integer.BYTES ? withoutOffset(key) : key);
        checkValue(stampedValue ? operand.length - Integer.BYTES : operand.length);
        byte[] ownKey = key.clone();
        buffer.mutate(type, ownKey, operand.clone());
        if (stampedKey) {
            // Its conflict key is known at the commit only.
            settings.takeWriteConflict();
        } else {
            addWriteConflict(ownKey);
        }
    }

    private static byte[] withoutOffset(byte[] key) {
        return Arrays.copyOf(key, key.length - Integer.BYTES);
    }

    private void addWriteConflict(byte[] key) {
        if (settings.takeWriteConflict()) {
            writeConflicts.addKey(key);
        }
    }

    void checkKey(byte[] key) {
        if (key.length > limits.keyBytes()) {
            throw KeySpaceErrors.KEY_TOO_LARGE.exception();
        }
        if (Keys.compare(key, Keys.END) >= 0) {
            throw KeySpaceErrors.KEY_OUTSIDE_LEGAL_RANGE.exception();
        }
    }

    private void checkValue(int length) {
        if (length > limits.valueBytes()) {
            throw KeySpaceErrors.VALUE_TOO_LARGE.exception();
        }
    }

    static void checkRange(byte[] begin, byte[] end) {
        if (Keys.compare(begin, Keys.END) > 0 || Keys.compare(end, Keys.END) > 0) {
            throw KeySpaceErrors.KEY_OUTSIDE_LEGAL_RANGE.exception();
        }
        if (Keys.compare(begin, end) > 0) {
            throw KeySpaceErrors.INVERTED_RANGE.exception();
        }
    }
}
