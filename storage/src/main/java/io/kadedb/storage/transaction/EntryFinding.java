package io.kadedb.storage.transaction;

import io.kadedb.storage.format.v1.ColumnBuffer;
import io.kadedb.storage.format.v1.KeyEncoding;
import io.kadedb.storage.table.EntryValues;
import io.kadedb.storage.table.RowFinder;
import java.util.List;

/** Finds out which rows have their entries in an index that is not whole. Owned by one thread. */
final class EntryFinding {
    private final TableChanges entries;
    private final KeyEncoding keys;
    private final RowFinder finder;

    /** @param entries of the index, with those of the running statement */
    EntryFinding(TableChanges entries) {
        this.entries = entries;
        this.keys = new KeyEncoding(entries.table(), entries.storage().hash());
        this.finder = new RowFinder(entries.writtenView());
    }

    /**
     * Whether the index has the entry of a row, rather than none or that of another row under the same key. What is missing
     * must still be so when the transaction commits: else who builds the index could add it meanwhile.
     */
    boolean has(EntryValues values, int row, long rowId) {
        return has(values.key(row, rowId), rowId);
    }

    /** The same of the entry under a key and an id. */
    boolean has(List<ColumnBuffer> key, long entryId) {
        byte[] ordered = keys.ordered(key, 0);
        byte[] logical = keys.logical(ordered);
        RowFinder.Found found = finder.find(ordered, logical, key, 0);
        boolean present = found != null && found.rowId() == entryId;
        if (!present) {
            entries.claims().add(logical);
        }
        return present;
    }
}
