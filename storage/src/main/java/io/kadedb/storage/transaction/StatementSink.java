package io.kadedb.storage.transaction;

import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.storage.api.RowSink;
import io.kadedb.storage.format.v1.KeyLayout;
import io.kadedb.storage.format.v1.VectorValues;
import io.kadedb.storage.table.ValueText;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Takes the rows of a statement: gathers them by column, and at the end, or when they become too many for one key-value
 * transaction, hands them on.
 */
final class StatementSink implements RowSink {
    /** A statement that writes more is staged. */
    static final int STAGE_BYTES = 4 << 20;

    /** What is done with the rows. */
    enum Kind {
        INSERT,
        UPDATE,
        DELETE
    }

    private final TableChanges changes;
    private final TableDefinition table;
    private final Kind kind;
    private final RowWriter writer;
    private final SentRows sent;
    private final List<IndexSink> indexes;
    private final List<BucketSink> buckets;
    private final @Nullable ReferentialStatement references;
    private final RowIds touched = new RowIds();
    private long count;

    StatementSink(
            TableChanges changes,
            Kind kind,
            int sequence,
            List<IndexSink> indexes,
            List<BucketSink> buckets,
            @Nullable ReferentialStatement references) {
        this.changes = changes;
        this.table = changes.table();
        this.kind = kind;
        this.writer = new RowWriter(changes, kind, sequence);
        this.sent = writer.sent();
        this.indexes = List.copyOf(indexes);
        this.buckets = List.copyOf(buckets);
        this.references = references;
    }

    @Override
    public void accept(Batch rows) {
        switch (kind) {
            case INSERT -> insert(rows);
            case UPDATE, DELETE -> change(rows, row -> true);
        }
        if (writer.isFull()) {
            stage();
        }
    }

    private void insert(Batch rows) {
        checkNotNull(rows, 0);
        long firstId = changes.storage()
                .sequences()
                .next(KeyLayout.rowIdSequence(table.storageId()), Math.max(1, rows.length()));
        int done = 0;
        while (done < rows.length()) {
            int part = Math.min(rows.length() - done, sent.room());
            for (int i = 0; i < table.columns().size(); i++) {
                sent.columns().get(i).addAll(rows.column(i), done, part);
            }
            for (int i = 0; i < part; i++) {
                sent.newIds().addFixed(firstId + done + i, 0);
            }
            done += part;
            if (done < rows.length()) {
                stage();
            }
        }
        count += rows.length();
    }

    /**
     * Takes rows with their id and old values first. The same row twice counts once, the first one.
     *
     * @param chosen which of them count
     */
    void change(Batch rows, IntPredicate chosen) {
        int keys = sent.old().size();
        if (kind == Kind.UPDATE) {
            checkNotNull(rows, 1 + keys);
        }
        for (int row = 0; row < rows.length(); row++) {
            long id = VectorValues.low(rows.column(0), row);
            if (!chosen.test(row) || !touched.add(id)) {
                continue;
            }
            sent.oldIds().addFixed(id, 0);
            for (int i = 0; i < keys; i++) {
                sent.old().get(i).add(rows.column(1 + i), row);
            }
            if (kind == Kind.UPDATE) {
                addNew(rows, row);
                sent.newIds().addFixed(sent.keyUnchanged(sent.oldIds().rows() - 1) ? id : nextId(), 0);
            }
            count++;
            if (sent.isFull()) {
                stage();
            }
        }
    }

    private void addNew(Batch rows, int row) {
        int first = 1 + sent.old().size();
        for (int i = 0; i < table.columns().size(); i++) {
            sent.columns().get(i).add(rows.column(first + i), row);
        }
    }

    private long nextId() {
        return changes.storage().sequences().next(KeyLayout.rowIdSequence(table.storageId()));
    }

    private void checkNotNull(Batch rows, int from) {
        for (int i = 0; i < table.columns().size(); i++) {
            ColumnDefinition column = table.columns().get(i);
            ColumnVector vector = rows.column(from + i);
            if (isRequired(i) && vector.validity() != null) {
                for (int row = 0; row < rows.length(); row++) {
                    if (vector.isNull(row)) {
                        throw KadeException.of(
                                        ErrorCode.NOT_NULL_VIOLATION,
                                        "null value in column \"" + column.name() + "\" of relation \"" + table.name()
                                                + "\" violates not-null constraint")
                                .detail(ValueText.failingRow(
                                        rows, from, table.columns().size(), row));
                    }
                }
            }
        }
    }

    private boolean isRequired(int ordinal) {
        return !table.columns().get(ordinal).nullable() || table.primaryKey().contains(ordinal);
    }

    private void show() {
        if (references != null) {
            references.wrote(table, sent);
        }
        indexes.forEach(index -> index.add(sent));
        buckets.forEach(log -> log.add(sent));
    }

    private void stage() {
        show();
        writer.stage();
    }

    @Override
    public long finish() {
        show();
        writer.finish();
        indexes.forEach(IndexSink::finish);
        return count;
    }
}
