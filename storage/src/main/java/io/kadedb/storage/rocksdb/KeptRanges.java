package io.kadedb.storage.rocksdb;

import com.apple.foundationdb.KeyValue;
import io.kadedb.storage.keyspace.Keys;
import io.kadedb.storage.keyspace.VersionedStore.Rows;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;

/**
 * Pieces of the key space as short scans have read them, kept on the heap: to go from one key to the next in RocksDB costs ten
 * times as much. A piece says all that its range holds at versions from its newest write on; a write into it drops it before
 * anybody may read at the write's version. Read without waiting by any number of threads.
 */
final class KeptRanges {
    /** Longer scans are of those who read once. */
    private static final int MOST_ROWS = 4_096;
    /** Fewer rows are not worth a piece, unless they lie beside one. */
    private static final int LEAST_ROWS = 8;
    /** At least so many are read behind a piece. */
    private static final int AHEAD_ROWS = 32;

    private static final KeyValue[] NO_ROWS = {};
    /** Of a row besides its key and value, about: two arrays and what holds them. */
    private static final int ROW_BYTES = 64;

    private final long limit;
    private final ConcurrentSkipListMap<byte[], Piece> pieces = new ConcurrentSkipListMap<>(Keys.ORDER);
    private final ReentrantLock lock = new ReentrantLock();
    /** What is being read to be kept; changed under the lock. */
    private final List<Reading> readings = new ArrayList<>();
    /** How many those are, and pieces with them. */
    private volatile int held;

    private long bytes;
    private byte[] hand = Keys.FIRST;

    /** @param limit bytes that pieces may take, about */
    KeptRanges(long limit) {
        this.limit = limit;
    }

    /** The rows of a range, none of them removed, without gaps. */
    private static final class Piece {
        private final byte[] begin;
        private final byte[] end;
        private final KeyValue[] rows;
        private final long newest;
        private final long bytes;
        private volatile boolean used;

        Piece(byte[] begin, byte[] end, List<KeyValue> rows, long newest) {
            this.begin = begin;
            this.end = end;
            this.rows = rows.toArray(NO_ROWS);
            this.newest = newest;
            long sum = 2L * ROW_BYTES + begin.length + end.length;
            for (KeyValue row : rows) {
                sum += ROW_BYTES + row.getKey().length + row.getValue().length;
            }
            this.bytes = sum;
        }

        /** The first row that is not before a key. */
        int firstFrom(byte[] key) {
            int low = 0;
            int high = rows.length;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (Keys.compare(rows[middle].getKey(), key) < 0) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }
    }

    /** A range that somebody reads in order to keep it. */
    private static final class Reading {
        private final byte[] begin;
        private final byte[] end;
        private boolean stale;

        Reading(byte[] begin, byte[] end) {
            this.begin = begin;
            this.end = end;
        }
    }

    /**
     * What a scan found.
     *
     * @param more whether the range has rows behind these
     * @param newest the version of the newest write to the part that was read, removals among them
     */
    record Found(List<KeyValue> rows, boolean more, long newest) {}

    /** Scans of RocksDB, in the order of the keys. */
    interface Source {
        Found scan(byte[] begin, byte[] end, int maxRows, long maxBytes) throws RocksDBException;
    }

    /** Whether scans of so many rows are kept. */
    static boolean keeps(int maxRows) {
        return maxRows <= MOST_ROWS;
    }

    /**
     * A scan in the order of the keys, see {@link io.kadedb.storage.keyspace.VersionedStore#scan}; null where what is kept is too
     * new for the version.
     */
    @Nullable
    Rows scan(byte[] begin, byte[] end, long version, int maxRows, int maxBytes, Source source)
            throws RocksDBException {
        List<KeyValue> rows = new ArrayList<>(Math.min(maxRows, 128));
        long read = 0;
        byte[] at = begin;
        while (Keys.compare(at, end) < 0) {
            Map.Entry<byte[], Piece> below = pieces.floorEntry(at);
            Piece piece = below == null ? null : below.getValue();
            KeyValue[] next;
            int first = 0;
            byte[] reached = end;
            boolean more = false;
            if (piece != null && Keys.compare(at, piece.end) < 0) {
                if (piece.newest > version) {
                    return null;
                }
                piece.used = true;
                next = piece.rows;
                first = piece.firstFrom(at);
                reached = piece.end;
            } else if (rows.size() >= maxRows || read > maxBytes) {
                return new Rows(rows, true);
            } else {
                byte[] above = pieces.ceilingKey(at);
                boolean isGap = above != null && Keys.compare(above, end) <= 0;
                reached = isGap ? above : end;
                // Who comes here from a piece comes again.
                int wanted = Math.max(maxRows - rows.size(), rows.isEmpty() ? 0 : AHEAD_ROWS);
                Found found = read(at, reached, isGap || !rows.isEmpty(), version, wanted, maxBytes - read, source);
                next = found.rows.toArray(NO_ROWS);
                more = found.more;
            }
            boolean isWithin = Keys.compare(reached, end) <= 0;
            for (int i = first; i < next.length; i++) {
                KeyValue row = next[i];
                if (!isWithin && Keys.compare(row.getKey(), end) >= 0) {
                    return new Rows(rows, false);
                }
                if (rows.size() >= maxRows || read > maxBytes) {
                    return new Rows(rows, true);
                }
                rows.add(row);
                read += row.getKey().length + row.getValue().length;
            }
            if (more) {
                return new Rows(rows, true);
            }
            at = reached;
        }
        return new Rows(rows, false);
    }

    private Found read(
            byte[] begin, byte[] end, boolean isWanted, long version, int maxRows, long maxBytes, Source source)
            throws RocksDBException {
        Reading reading = new Reading(begin, end);
        lock.lock();
        try {
            readings.add(reading);
            count();
        } finally {
            lock.unlock();
        }
        // Who writes after this knows of it, and what was written before is read.
        VarHandle.fullFence();
        Piece piece = null;
        try {
            Found found = source.scan(begin, end, maxRows, maxBytes);
            if (found.newest <= version && (isWanted || found.rows.size() >= LEAST_ROWS)) {
                byte[] reached = found.more ? Keys.after(found.rows.getLast().getKey()) : end;
                piece = new Piece(begin, reached, found.rows, found.newest);
            }
            return found;
        } finally {
            lock.lock();
            try {
                readings.remove(reading);
                if (piece != null && !reading.stale) {
                    keep(piece);
                }
                count();
            } finally {
                lock.unlock();
            }
        }
    }

    private void count() {
        held = readings.size() + (pieces.isEmpty() ? 0 : 1);
    }

    /** What the pieces take, about. */
    long bytes() {
        lock.lock();
        try {
            return bytes;
        } finally {
            lock.unlock();
        }
    }

    /** Under the lock. */
    private void keep(Piece piece) {
        Map.Entry<byte[], Piece> below = pieces.lowerEntry(piece.end);
        if (below != null && Keys.compare(below.getValue().end, piece.begin) > 0) {
            // Somebody else has kept a part of it meanwhile.
            return;
        }
        pieces.put(piece.begin, piece);
        bytes += piece.bytes;
        while (bytes > limit) {
            Map.Entry<byte[], Piece> candidate = pieces.higherEntry(hand);
            if (candidate == null) {
                candidate = pieces.firstEntry();
            }
            hand = candidate.getKey();
            if (candidate.getValue().used && pieces.size() > 1) {
                candidate.getValue().used = false;
            } else {
                drop(candidate.getValue());
            }
        }
    }

    private void drop(Piece piece) {
        pieces.remove(piece.begin);
        bytes -= piece.bytes;
    }

    /** Forgets what holds a key that RocksDB has another value of by now; called before anybody may ask for that value. */
    void forget(byte[] key) {
        if (isUnused()) {
            return;
        }
        lock.lock();
        try {
            for (Reading reading : readings) {
                reading.stale |= Keys.compare(reading.begin, key) <= 0 && Keys.compare(key, reading.end) < 0;
            }
            Map.Entry<byte[], Piece> below = pieces.floorEntry(key);
            if (below != null && Keys.compare(key, below.getValue().end) < 0) {
                drop(below.getValue());
                count();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The same for all keys of {@code [begin, end)}. */
    void forget(byte[] begin, byte[] end) {
        if (isUnused()) {
            return;
        }
        lock.lock();
        try {
            for (Reading reading : readings) {
                reading.stale |= Keys.compare(reading.begin, end) < 0 && Keys.compare(begin, reading.end) < 0;
            }
            Map.Entry<byte[], Piece> below = pieces.lowerEntry(end);
            while (below != null && Keys.compare(begin, below.getValue().end) < 0) {
                drop(below.getValue());
                below = pieces.lowerEntry(end);
            }
            count();
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing is kept, nor read by anybody who may have missed the last write. */
    private boolean isUnused() {
        // Who begins to read after this sees what was written before it.
        VarHandle.fullFence();
        return held == 0;
    }
}
