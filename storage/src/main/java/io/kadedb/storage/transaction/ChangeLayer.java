package io.kadedb.storage.transaction;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.storage.format.v1.Delta;
import io.kadedb.storage.table.StagedBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** What was written of a table between two savepoints. */
final class ChangeLayer {
    private int depth;
    private TableDefinition table;
    private final ReadSet claims = new ReadSet();
    private final ReadSet stagedKeys = new ReadSet();
    private final List<StagedBatch> staged = new ArrayList<>(0);
    private TreeMap<byte[], Delta> rows = new TreeMap<>(Arrays::compareUnsigned);
    private long bytes;
    private long keyBytes;

    /**
     * @param depth how many savepoints were set before
     * @param table as it was when the layer was last written to
     */
    ChangeLayer(int depth, TableDefinition table) {
        this.depth = depth;
        this.table = table;
    }

    /** The table as it was when the layer was last written to: no later definition outlives the layer. */
    TableDefinition table() {
        return table;
    }

    int depth() {
        return depth;
    }

    /** Makes it the layer of a depth. */
    ChangeLayer atDepth(int newDepth) {
        depth = newDepth;
        return this;
    }

    /** Goes on under another definition before anything is written. */
    void redefine(TableDefinition newTable) {
        table = newTable;
    }

    /** Keys that nobody else may write meanwhile, whatever the isolation. */
    ReadSet claims() {
        return claims;
    }

    /** Keys that staged rows lie at or between: claimed, and written as far as others are concerned. */
    ReadSet stagedKeys() {
        return stagedKeys;
    }

    List<StagedBatch> staged() {
        return staged;
    }

    NavigableMap<byte[], Delta> rows() {
        return rows;
    }

    /** Bytes of the rows, those written more than once counted each time. */
    long bytes() {
        return bytes;
    }

    /** What counts towards the limit of a key-value transaction: a key that is written is a conflict too. */
    long commitBytes() {
        return bytes + 2 * (keyBytes + claims.bytes()) + 4 * stagedKeys.bytes();
    }

    /** Counts the rows of a statement that has ended, which wrote them one by one. */
    void count() {
        bytes = 0;
        keyBytes = 0;
        rows.forEach(this::count);
    }

    private void count(byte[] key, Delta delta) {
        bytes += key.length + delta.bytes();
        keyBytes += key.length;
    }

    boolean isEmpty() {
        return rows.isEmpty() && staged.isEmpty();
    }

    void putAll(Map<byte[], Delta> more) {
        more.forEach(this::count);
        rows.putAll(more);
    }

    /** Takes over what a later layer has, which is not used any more. The smaller one is added to the other. */
    void merge(ChangeLayer later) {
        table = later.table;
        claims.absorb(later.claims);
        stagedKeys.absorb(later.stagedKeys);
        staged.addAll(later.staged);
        if (later.rows.size() <= rows.size()) {
            putAll(later.rows);
        } else {
            TreeMap<byte[], Delta> earlier = rows;
            rows = later.rows;
            earlier.forEach(rows::putIfAbsent);
            bytes += later.bytes;
            keyBytes += later.keyBytes;
        }
    }

    /** Forgets the rows after they were staged. */
    void clearRows() {
        rows = new TreeMap<>(Arrays::compareUnsigned);
        bytes = 0;
        keyBytes = 0;
    }

    void discard() {
        clearRows();
        List<StagedBatch> dropped = List.copyOf(staged);
        staged.clear();
        dropped.forEach(StagedBatch::discard);
    }
}
