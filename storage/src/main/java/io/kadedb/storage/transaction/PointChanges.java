package io.kadedb.storage.transaction;

import com.apple.foundationdb.Transaction;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.storage.api.KeySpace;
import io.kadedb.storage.format.v1.KeyLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a transaction's statements that read or write one row each have done, by logical key, while there were no others:
 * enough to commit it, or to go on in the general way. Belongs to the session's thread.
 */
final class PointChanges {
    /** Beyond so many keys or bytes a transaction goes on in the general way. */
    private static final int MOST_KEYS = 1_000;

    private static final int MOST_BYTES = 128 << 10;
    /** So many keys are looked through one by one, which is faster than any order. */
    private static final int FEW_KEYS = 8;

    private byte[][] keys = new byte[FEW_KEYS][];
    /** With room for the stamp in front; null for a key that was only read or claimed. */
    private byte[] @Nullable [] values = new byte[FEW_KEYS][];

    private boolean[] read = new boolean[FEW_KEYS];
    private boolean[] claimed = new boolean[FEW_KEYS];
    private Touched[] tables = new Touched[FEW_KEYS];
    private int size;
    private int bytes;
    /** Which key was asked for last. */
    private int found;

    private @Nullable TreeMap<byte[], Integer> places;
    private final List<Touched> touched = new ArrayList<>(4);

    /** A table that something was done to. */
    private static final class Touched {
        private final TableDefinition table;
        private final byte[] fence;
        private boolean read;
        private boolean claimed;
        private long writes;
        private long bytes;

        Touched(TableDefinition table, byte[] fence) {
            this.table = table;
            this.fence = fence;
        }
    }

    /** Takes what is given back when a transaction goes on in the general way. */
    interface Receiver {
        /**
         * @param read whether a statement read the key
         * @param claimed whether nobody else may write it
         * @param value what was written last, with room for the stamp; null for nothing
         */
        void accept(TableDefinition table, byte[] key, boolean read, boolean claimed, byte @Nullable [] value);
    }

    /** Whether the transaction should go on in the general way. */
    boolean isFull() {
        return size >= MOST_KEYS || bytes >= MOST_BYTES;
    }

    boolean hasWrites() {
        for (Touched table : touched) {
            if (table.writes > 0) {
                return true;
            }
        }
        return false;
    }

    /** What was written on a key, with room for the stamp. */
    byte @Nullable [] written(byte[] key) {
        int place = find(key);
        return place < 0 ? null : values[place];
    }

    /** @param fence the table's, as {@link KeyLayout#fence} gives it */
    void read(TableDefinition table, byte[] fence, byte[] key) {
        int place = place(table, fence, key);
        read[place] = true;
        tables[place].read = true;
    }

    void claim(TableDefinition table, byte[] fence, byte[] key) {
        int place = place(table, fence, key);
        claimed[place] = true;
        tables[place].claimed = true;
    }

    /** Writes a key that was claimed. */
    void write(byte[] key, byte[] value) {
        int place = find(key);
        values[place] = value;
        Touched target = tables[place];
        target.writes++;
        target.bytes += key.length + value.length;
        bytes += key.length + value.length;
    }

    @SuppressWarnings("ReferenceEquality") // a statement asks for its key several times
    private int find(byte[] key) {
        if (found < size && keys[found] == key) {
            return found;
        }
        int place = search(key);
        found = Math.max(0, place);
        return place;
    }

    private int search(byte[] key) {
        TreeMap<byte[], Integer> known = places;
        if (known != null) {
            Integer place = known.get(key);
            return place == null ? -1 : place;
        }
        int last = key.length - 1;
        for (int i = 0; i < size; i++) {
            byte[] other = keys[i];
            // Keys of one table differ at their ends.
            if (other.length == key.length && other[last] == key[last] && Arrays.equals(other, key)) {
                return i;
            }
        }
        return -1;
    }

    private int place(TableDefinition table, byte[] fence, byte[] key) {
        int place = find(key);
        return place < 0 ? add(table, fence, key) : place;
    }

    private int add(TableDefinition table, byte[] fence, byte[] key) {
        if (size == keys.length) {
            grow();
        }
        keys[size] = key;
        tables[size] = touched(table, fence);
        TreeMap<byte[], Integer> known = places;
        if (known != null) {
            known.put(key, size);
        }
        found = size;
        return size++;
    }

    private void grow() {
        int capacity = 4 * size;
        keys = Arrays.copyOf(keys, capacity);
        values = Arrays.copyOf(values, capacity);
        read = Arrays.copyOf(read, capacity);
        claimed = Arrays.copyOf(claimed, capacity);
        tables = Arrays.copyOf(tables, capacity);
        if (places == null) {
            TreeMap<byte[], Integer> all = new TreeMap<>(Arrays::compareUnsigned);
            for (int i = 0; i < size; i++) {
                all.put(keys[i], i);
            }
            places = all;
        }
    }

    private Touched touched(TableDefinition table, byte[] fence) {
        for (int i = 0; i < touched.size(); i++) {
            Touched known = touched.get(i);
            if (known.table.storageId() == table.storageId()) {
                return known;
            }
        }
        Touched fresh = new Touched(table, fence);
        touched.add(fresh);
        return fresh;
    }

    /** Adds what must be unchanged for the transaction to go on, or to be committed. */
    void addReadConflicts(Transaction transaction, boolean withReads) {
        for (byte[] key : unchanged(withReads)) {
            transaction.addReadConflictKey(key);
        }
    }

    private byte[][] unchanged(boolean withReads) {
        byte[][] unchanged = new byte[size + touched.size()][];
        int count = 0;
        for (int i = 0; i < touched.size(); i++) {
            Touched table = touched.get(i);
            if (table.claimed || (withReads && table.read)) {
                unchanged[count++] = table.fence;
            }
        }
        for (int i = 0; i < size; i++) {
            if (claimed[i] || (withReads && read[i])) {
                unchanged[count++] = keys[i];
            }
        }
        return Arrays.copyOf(unchanged, count);
    }

    /** Commits what was written. */
    void commit(KeySpace keySpace, long readVersion, boolean withReads) {
        byte[][] writtenKeys = new byte[size][];
        byte[][] writtenValues = new byte[size][];
        int count = 0;
        for (int i = 0; i < size; i++) {
            byte[] value = values[i];
            if (value != null) {
                writtenKeys[count] = keys[i];
                writtenValues[count++] = value;
            }
        }
        keySpace.commitStamped(
                readVersion,
                unchanged(withReads),
                Arrays.copyOf(writtenKeys, count),
                Arrays.copyOf(writtenValues, count));
    }

    /** Tells of what a commit wrote. */
    void committed(Maintenance maintenance) {
        for (int i = 0; i < touched.size(); i++) {
            Touched table = touched.get(i);
            maintenance.written(table.table, new TableActivity.Backlog(table.writes, table.bytes));
        }
    }

    void giveTo(Receiver receiver) {
        for (int i = 0; i < size; i++) {
            receiver.accept(tables[i].table, keys[i], read[i], claimed[i], values[i]);
        }
    }
}
