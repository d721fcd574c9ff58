package io.kadedb.storage.transaction;

import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.inverted.Terms;
import io.kadedb.storage.format.v1.ColumnBuffer;
import io.kadedb.storage.format.v1.ValueOrder;
import io.kadedb.storage.table.EntryValues;
import io.kadedb.storage.table.IndexTable;
import io.kadedb.storage.transaction.StatementSink.Kind;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Keeps an index with what a statement does to its table. Owned by one thread. */
final class IndexSink {
    private static final NavigableMap<Integer, byte[]> EMPTY = Collections.emptyNavigableMap();

    private final TableChanges changes;
    private final IndexTable index;
    private final Kind kind;
    private final int sequence;
    private final boolean missingOnly;
    private final Map<Kind, RowWriter> writers = new EnumMap<>(Kind.class);

    IndexSink(TableChanges changes, IndexTable index, Kind kind, int sequence) {
        this(changes, index, kind, sequence, false);
    }

    private IndexSink(TableChanges changes, IndexTable index, Kind kind, int sequence, boolean missingOnly) {
        this.changes = changes;
        this.index = index;
        this.kind = kind;
        this.sequence = sequence;
        this.missingOnly = missingOnly;
    }

    /** Adds the entries of rows that have none yet. */
    static IndexSink ofMissing(TableChanges changes, IndexTable index, int sequence) {
        return new IndexSink(changes, index, Kind.INSERT, sequence, true);
    }

    /** Takes rows of the table. */
    void add(SentRows rows) {
        int count = rows.rows();
        EntryValues before = kind == Kind.INSERT ? null : values(rows::old, count);
        EntryValues after = kind == Kind.DELETE || isDeleteOnly()
                ? null
                : values(ordinal -> rows.columns().get(ordinal), count);
        EntryFinding present = index.index().isPublic() ? null : new EntryFinding(changes);
        for (int row = 0; row < count; row++) {
            EntryValues old = before != null && before.contains(row) ? before : null;
            EntryValues fresh = after != null && after.contains(row) ? after : null;
            if (index.index().isInverted()) {
                addTerms(rows, old, fresh, row, present);
                continue;
            }
            if (old != null && fresh != null && isUnchanged(rows, old, fresh, row)) {
                continue;
            }
            if (present != null) {
                // The entry may be missing yet, or that of another row with the same key.
                old = old != null && present.has(old, row, rows.oldIds().low(row)) ? old : null;
                fresh = fresh != null
                                && missingOnly
                                && present.has(fresh, row, rows.newIds().low(row))
                        ? null
                        : fresh;
            }
            add(rows, old, fresh, row);
        }
        writers.values().stream().filter(RowWriter::isFull).forEach(RowWriter::stage);
    }

    /** Whether entries go but none come. */
    private boolean isDeleteOnly() {
        return index.index().state() == IndexDefinition.State.DELETE_ONLY;
    }

    private EntryValues values(IntFunction<ColumnBuffer> columns, int count) {
        return EntryValues.of(changes.storage(), index, columns, count);
    }

    private boolean isUnchanged(SentRows rows, EntryValues before, EntryValues after, int row) {
        if (rows.oldIds().low(row) != rows.newIds().low(row)) {
            return false;
        }
        return areUnchanged(before, after, 0, row);
    }

    /** Whether the columns from a place on are as they were. */
    private boolean areUnchanged(EntryValues before, EntryValues after, int first, int row) {
        for (int i = first; i < index.origins().size(); i++) {
            if (index.origins().get(i) != TableDefinition.ROW_ID && !isUnchanged(before, after, i, row)) {
                return false;
            }
        }
        return true;
    }

    /** A column of the key is as it was if it is equal, others only if they are the same bits. */
    private boolean isUnchanged(EntryValues before, EntryValues after, int column, int row) {
        ColumnBuffer old = before.column(column);
        ColumnBuffer fresh = after.column(column);
        boolean equal = ValueOrder.compare(old, row, fresh, row) == 0;
        boolean exact = column > index.width() && !old.isVarbytes() && !old.isNull(row);
        return equal && (!exact || (old.low(row) == fresh.low(row) && old.high(row) == fresh.high(row)));
    }

    private RowWriter writer(Kind change) {
        return writers.computeIfAbsent(change, ignored -> new RowWriter(changes, change, sequence));
    }

    /** Replaces, removes and adds the entries of a row in an inverted index, where its terms differ. */
    private void addTerms(
            SentRows rows,
            @Nullable EntryValues before,
            @Nullable EntryValues after,
            int row,
            @Nullable EntryFinding present) {
        NavigableMap<Integer, byte[]> old = before == null ? EMPTY : before.terms(row);
        NavigableMap<Integer, byte[]> fresh = after == null ? EMPTY : after.terms(row);
        long oldId = before == null ? 0 : rows.oldIds().low(row);
        long newId = after == null ? 0 : rows.newIds().low(row);
        boolean sameRow = before != null && after != null && oldId == newId;
        boolean sameBehind =
                before != null && after != null && sameRow && areUnchanged(before, after, index.width() + 1, row);
        old.forEach((number, term) -> {
            byte[] next = sameRow ? fresh.get(number) : null;
            if (next != null && sameBehind && Arrays.equals(term, next)) {
                return;
            }
            boolean there = present == null || present.has(EntryValues.key(term, oldId), Terms.entryId(oldId, number));
            if (there || next != null) {
                change(
                        there ? new Entry(oldId, number, term) : null,
                        next == null ? null : new Entry(newId, number, next),
                        after,
                        row);
            }
        });
        fresh.forEach((number, term) -> {
            boolean isNew = !sameRow || !old.containsKey(number);
            boolean there = missingOnly
                    && present != null
                    && present.has(EntryValues.key(term, newId), Terms.entryId(newId, number));
            if (isNew && !there) {
                change(null, new Entry(newId, number, term), after, row);
            }
        });
    }

    /** An entry of an inverted index: a term of a row, and its number there. */
    @SuppressWarnings("ArrayRecordComponent") // compared by nobody
    private record Entry(long rowId, int number, byte[] term) {
        long id() {
            return Terms.entryId(rowId, number);
        }
    }

    /** Replaces an entry of an inverted index, removes or adds one. */
    private void change(@Nullable Entry old, @Nullable Entry fresh, @Nullable EntryValues after, int row) {
        RowWriter writer = writer(old == null ? Kind.INSERT : fresh == null ? Kind.DELETE : Kind.UPDATE);
        SentRows entries = writer.sent();
        if (old != null) {
            entries.old().get(0).addVarbytes(old.term, 0, old.term.length);
            entries.old().get(1).addFixed(old.rowId, 0);
            entries.oldIds().addFixed(old.id(), 0);
        }
        if (fresh != null && after != null) {
            entries.columns().get(0).addVarbytes(fresh.term, 0, fresh.term.length);
            entries.columns().get(1).addFixed(fresh.rowId, 0);
            for (int i = 2; i < index.origins().size(); i++) {
                entries.columns().get(i).add(after.column(i), row);
            }
            entries.newIds().addFixed(fresh.id(), 0);
        }
        if (writer.isFull()) {
            writer.stage();
        }
    }

    /** Replaces an entry, removes or adds one. */
    private void add(SentRows rows, @Nullable EntryValues before, @Nullable EntryValues after, int row) {
        if (before == null && after == null) {
            return;
        }
        RowWriter writer = writer(before == null ? Kind.INSERT : after == null ? Kind.DELETE : Kind.UPDATE);
        SentRows entries = writer.sent();
        if (before != null) {
            long id = rows.oldIds().low(row);
            for (int i = 0; i < index.width(); i++) {
                entries.old().get(i).add(before.column(i), row);
            }
            entries.old().get(index.width()).addFixed(before.tie(row, id), 0);
            entries.oldIds().addFixed(id, 0);
        }
        if (after != null) {
            long id = rows.newIds().low(row);
            for (int i = 0; i < index.origins().size(); i++) {
                ColumnBuffer entry = entries.columns().get(i);
                if (index.origins().get(i) == TableDefinition.ROW_ID) {
                    entry.addFixed(after.tie(row, id), 0);
                } else {
                    entry.add(after.column(i), row);
                }
            }
            entries.newIds().addFixed(id, 0);
        }
        if (entries.isFull()) {
            writer.stage();
        }
    }

    /** Writes what is left: what goes first, since others may take its key. */
    void finish() {
        finish(Kind.DELETE);
        finish(Kind.UPDATE);
        finish(Kind.INSERT);
    }

    private void finish(Kind change) {
        RowWriter writer = writers.get(change);
        if (writer != null) {
            writer.finish();
        }
    }
}
