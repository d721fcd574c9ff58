package io.kadedb.storage.keyspace;

import com.apple.foundationdb.OptionConsumer;
import io.kadedb.storage.api.KeySpaceErrors;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * The options of a transaction that have a meaning on our engines; the others are hints to a FoundationDB cluster and
 * are accepted without effect. Options survive a retry.
 */
final class TransactionSettings implements OptionConsumer {
    private static final int NEXT_WRITE_NO_WRITE_CONFLICT_RANGE = 30;
    private static final int READ_YOUR_WRITES_DISABLE = 51;
    private static final int TIMEOUT = 500;
    private static final int RETRY_LIMIT = 501;
    private static final int SIZE_LIMIT = 503;
    private static final int SNAPSHOT_RYW_ENABLE = 600;
    private static final int SNAPSHOT_RYW_DISABLE = 601;

    private final long largestSize;
    private boolean nextWriteConflictFree;
    private boolean readYourWrites = true;
    private int snapshotReadYourWrites = 1;
    private long timeoutMillis;
    private long retryLimit = -1;
    private long sizeLimit;

    TransactionSettings(long largestSize) {
        this.largestSize = largestSize;
        this.sizeLimit = largestSize;
    }

    @Override
    public synchronized void setOption(int code, byte @Nullable [] parameter) {
        switch (code) {
            case NEXT_WRITE_NO_WRITE_CONFLICT_RANGE -> nextWriteConflictFree = true;
            case READ_YOUR_WRITES_DISABLE -> readYourWrites = false;
            case TIMEOUT -> timeoutMillis = number(parameter, 0, Integer.MAX_VALUE);
            case RETRY_LIMIT -> retryLimit = number(parameter, -1, Integer.MAX_VALUE);
            case SIZE_LIMIT -> sizeLimit = number(parameter, 32, largestSize);
            case SNAPSHOT_RYW_ENABLE -> snapshotReadYourWrites++;
            case SNAPSHOT_RYW_DISABLE -> snapshotReadYourWrites--;
            default -> {
                // A hint.
            }
        }
    }

    private static long number(byte @Nullable [] parameter, long least, long most) {
        if (parameter == null || parameter.length != Long.BYTES) {
            throw KeySpaceErrors.INVALID_OPTION_VALUE.exception();
        }
        long value = ByteBuffer.wrap(parameter).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (value < least || value > most) {
            throw KeySpaceErrors.INVALID_OPTION_VALUE.exception();
        }
        return value;
    }

    /** Whether the next write adds a write conflict; asking uses the exception up. */
    synchronized boolean takeWriteConflict() {
        boolean conflict = !nextWriteConflictFree;
        nextWriteConflictFree = false;
        return conflict;
    }

    synchronized boolean readsOwnWrites(boolean snapshot) {
        return readYourWrites && (!snapshot || snapshotReadYourWrites > 0);
    }

    synchronized long timeoutMillis() {
        return timeoutMillis;
    }

    /** How often {@code onError} may retry; -1 without limit. */
    synchronized long retryLimit() {
        return retryLimit;
    }

    synchronized long sizeLimit() {
        return sizeLimit;
    }
}
