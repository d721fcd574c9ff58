package io.kadedb.storage.transaction;

import io.kadedb.storage.api.RowLockMode;
import io.kadedb.storage.format.v1.ColumnBuffer;
import io.kadedb.storage.format.v1.Delta;
import io.kadedb.storage.format.v1.KeyEncoding;
import io.kadedb.storage.format.v1.RowCodec;
import io.kadedb.storage.format.v1.RowLayout;
import io.kadedb.storage.table.RowFinder;
import io.kadedb.storage.table.TableView;
import io.kadedb.storage.table.ValueText;
import io.kadedb.storage.transaction.StatementSink.Kind;
import io.kadedb.storage.transaction.TransactionLocks.Row;
import it.unimi.dsi.fastutil.longs.LongArrayList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import org.jspecify.annotations.Nullable;

/** Writes the rows of a statement as deltas. */
final class SmallStatement {
    /** A larger row does not fit a value of the key space and is staged. */
    static final int MAX_ROW_BYTES = 80_000;

    private static final Comparator<Row> BY_KEY = Comparator.comparing(Row::key, Arrays::compareUnsigned);

    private final TableChanges changes;
    private final Kind kind;
    private final int sequence;
    private final TableView view;
    private final KeyEncoding keys;
    private final RowFinder finder;
    private final NavigableMap<byte[], Delta> pending;

    SmallStatement(TableChanges changes, Kind kind, int sequence) {
        this.changes = changes;
        this.kind = kind;
        this.sequence = sequence;
        this.view = changes.view();
        this.keys = new KeyEncoding(changes.table(), changes.storage().hash());
        this.finder = new RowFinder(view);
        this.pending = changes.pending();
    }

    /** Writes the rows, or returns false when one is too large. */
    boolean write(SentRows sent) {
        List<byte[]> encoded = new ArrayList<>();
        if (kind != Kind.DELETE) {
            RowLayout layout = RowLayout.of(changes.table());
            for (int row = 0; row < sent.rows(); row++) {
                byte[] bytes = RowCodec.encode(layout, sent.columns(), row);
                if (bytes.length > MAX_ROW_BYTES) {
                    return false;
                }
                encoded.add(bytes);
            }
        }
        lock(sent);
        if (kind != Kind.INSERT) {
            removeOld(sent);
        }
        if (kind != Kind.DELETE) {
            for (int row = 0; row < sent.rows(); row++) {
                put(sent, row, encoded.get(row));
            }
        }
        return true;
    }

    /** Locks all keys, in their order, and makes sure that they are as the statement saw them. */
    private void lock(SentRows sent) {
        List<Row> weak = new ArrayList<>();
        List<Row> strong = new ArrayList<>();
        boolean newRows = kind == Kind.INSERT && !changes.hasUniqueKey();
        if (newRows) {
            changes.addsRows();
        }
        for (int row = 0; row < sent.rows() && !newRows; row++) {
            boolean sameKey = sent.sameRow(row);
            if (kind != Kind.INSERT) {
                add(sent.oldKey(), row, sameKey ? weak : strong);
            }
            if (kind != Kind.DELETE && !sameKey) {
                add(sent.newKey(), row, strong);
            }
        }
        strong.sort(BY_KEY);
        weak.sort(BY_KEY);
        changes.guard().lock(changes, strong, RowLockMode.UPDATE);
        changes.guard().lock(changes, weak, RowLockMode.NO_KEY_UPDATE);
    }

    private void add(List<ColumnBuffer> key, int row, List<Row> rows) {
        if (!changes.isLocked(key, row)) {
            return;
        }
        byte[] logical = keys.logical(key, row);
        changes.claims().add(logical);
        rows.add(new Row(logical, () -> ValueText.key(changes.table(), key, row)));
    }

    /** Removes all old keys first, so that rows of the statement may take them. */
    private void removeOld(SentRows sent) {
        for (int row = 0; row < sent.rows(); row++) {
            if (sent.sameRow(row)) {
                continue;
            }
            byte[] logical = keys.logical(sent.oldKey(), row);
            long id = sent.oldIds().low(row);
            pending.put(logical, Delta.tombstone(sequence, id, hides(prior(logical), id)));
        }
    }

    private @Nullable Delta prior(byte[] logical) {
        Delta written = pending.get(logical);
        return written != null ? written : view.deltaAt(logical);
    }

    private void put(SentRows sent, int row, byte[] bytes) {
        List<ColumnBuffer> key = sent.newKey();
        byte[] ordered = keys.ordered(key, row);
        byte[] logical = keys.logical(ordered);
        long id = sent.newIds().low(row);
        Delta written = pending.get(logical);
        if (!sent.sameRow(row) && changes.isUnique(key, row) && exists(written, ordered, logical, key, row)) {
            throw changes.duplicate(key, row);
        }
        pending.put(logical, Delta.put(sequence, id, hides(prior(logical), id), bytes));
    }

    private boolean exists(@Nullable Delta written, byte[] ordered, byte[] logical, List<ColumnBuffer> key, int row) {
        if (written != null) {
            return written.isPut();
        }
        return finder.find(ordered, logical, key, row) != null;
    }

    /** The ids that a new word on a key has to hide, besides its own. */
    private static long[] hides(@Nullable Delta prior, long id) {
        if (prior == null || (prior.hides().length == 0 && prior.rowId() == id)) {
            return new long[0];
        }
        LongArrayList hides = new LongArrayList();
        for (long hidden : prior.hides()) {
            if (hidden != id) {
                hides.add(hidden);
            }
        }
        if (prior.rowId() != id) {
            hides.add(prior.rowId());
        }
        return hides.toLongArray();
    }
}
