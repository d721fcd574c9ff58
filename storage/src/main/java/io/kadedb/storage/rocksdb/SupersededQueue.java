package io.kadedb.storage.rocksdb;

import static io.kadedb.storage.rocksdb.RocksFiles.Family.HISTORY;
import static io.kadedb.storage.rocksdb.RocksFiles.Family.PRESENT;
import static io.kadedb.storage.rocksdb.RocksFiles.Family.SUPERSEDED;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * Which superseded versions may be removed once the horizon reaches which version. An entry is the superseding version,
 * 8 bytes big endian, and the key; its value is the superseded version. Owned by the thread that holds the commit order.
 */
final class SupersededQueue {
    private static final long NONE = Long.MAX_VALUE;

    private final RocksDB db;
    private final ColumnFamilyHandle queue;
    private final int presentFamily;
    private final int historyFamily;
    private final int queueFamily;

    /** Everything before this is gone; looking from here spares RocksDB the way over what was deleted. */
    private byte[] head = {};

    /** The first superseding version that may be in the queue. */
    private long firstVersion = 0;

    SupersededQueue(RocksFiles files) {
        this.db = files.database();
        this.queue = files.family(SUPERSEDED);
        this.presentFamily = BatchBytes.family(files.family(PRESENT));
        this.historyFamily = BatchBytes.family(files.family(HISTORY));
        this.queueFamily = BatchBytes.family(queue);
    }

    /** What finds out which version of a key is the newest, and whether it removed it; -1 when there is none. */
    interface NewestTrailer {
        long of(byte[] key) throws RocksDBException;
    }

    void add(BatchBytes batch, long version, byte[] key, long supersededVersion) {
        byte[] entry = ByteBuffer.allocate(Long.BYTES + key.length)
                .putLong(version)
                .put(key)
                .array();
        batch.put(queueFamily, entry, supersededVersion);
        firstVersion = Math.min(firstVersion, version);
    }

    /** Whether there may be something to remove at a horizon. */
    boolean reaches(long horizon) {
        return firstVersion <= horizon;
    }

    /**
     * Adds the removal of versions that no read at or above the horizon can see.
     *
     * @return whether the budget ended before the work
     */
    boolean collect(BatchBytes batch, long horizon, int budget, NewestTrailer newestTrailer) throws RocksDBException {
        int left = budget;
        try (ReadOptions options = new ReadOptions().setFillCache(false);
                RocksIterator entries = db.newIterator(queue, options)) {
            for (entries.seek(head); entries.isValid(); entries.next()) {
                byte[] entry = entries.key();
                long version = ByteBuffer.wrap(entry).getLong();
                firstVersion = version;
                if (version > horizon) {
                    return false;
                }
                if (left-- == 0) {
                    return true;
                }
                byte[] key = Arrays.copyOfRange(entry, Long.BYTES, entry.length);
                batch.delete(
                        historyFamily,
                        HistoryKeys.of(key, ByteBuffer.wrap(entries.value()).getLong()));
                if (newestTrailer.of(key) == (version << 1 | 1)) {
                    batch.delete(presentFamily, key);
                }
                batch.delete(queueFamily, entry);
                head = entry;
            }
            entries.status();
        }
        firstVersion = NONE;
        return false;
    }
}
