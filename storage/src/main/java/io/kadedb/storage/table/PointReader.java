package io.kadedb.storage.table;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.HeapRow;
import io.kadedb.storage.api.LatestRows.Answer;
import io.kadedb.storage.api.RowReader;
import io.kadedb.storage.format.v1.ColumnBuffer;
import io.kadedb.storage.format.v1.Delta;
import io.kadedb.storage.format.v1.KeyEncoding;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Reads rows one by one, with the buffers of the row before. */
public final class PointReader implements RowReader {
    private final TableDefinition table;
    private final List<Integer> columns;
    private final KeyEncoding keys;
    private final List<ColumnBuffer> key = new ArrayList<>();
    private final NativeBatch batch;
    private final DeltaSplit.RowReader deltas;
    private final TableStorage storage;
    private final HeapRow sought;
    private final HeapRow found;
    private @Nullable Manifest known;
    private SegmentRow[] segments = {};

    /** A reader of some columns of a table. */
    public PointReader(TableStorage storage, TableDefinition table, List<Integer> columns) {
        this.storage = storage;
        this.sought = new HeapRow(table.primaryKey().size());
        this.found = new HeapRow(columns.size());
        this.table = table;
        this.columns = List.copyOf(columns);
        this.keys = new KeyEncoding(table, storage.hash());
        for (int ordinal : table.primaryKey()) {
            key.add(new ColumnBuffer(table.columns().get(ordinal).type(), 1));
        }
        this.batch = new NativeBatch(storage.memory(), DeltaSplit.types(table, columns));
        this.deltas = new DeltaSplit.RowReader(table, columns, batch.columns());
    }

    public TableDefinition table() {
        return table;
    }

    /**
     * The row of a key in a view of the table, or null.
     *
     * @param reads is told the logical key
     */
    public @Nullable Batch read(TableView view, Batch row, Consumer<byte[]> reads) {
        for (int i = 0; i < key.size(); i++) {
            ColumnVector value = row.column(i);
            if (value.isNull(0)) {
                return null;
            }
            key.get(i).clear();
            key.get(i).add(value, 0);
        }
        byte[] ordered = keys.ordered(key, 0);
        byte[] logical = keys.logical(ordered);
        reads.accept(logical);
        Delta delta = view.deltaAt(logical);
        batch.clear();
        if (delta != null && view.isLive(delta)) {
            deltas.add(delta);
            return batch.toBatch(1);
        }
        Answer answer = delta == null ? readSegments(view, ordered) : Answer.UNKNOWN;
        if (answer == Answer.UNKNOWN) {
            return search(view, ordered, logical);
        }
        return answer == Answer.FOUND ? batch.toBatch(1) : null;
    }

    /** Looks into columns that are decoded already; of what is hidden and of the transaction's own it knows nothing. */
    @SuppressWarnings("ReferenceEquality") // the manifest of the view before
    private Answer readSegments(TableView view, byte[] ordered) {
        if (!view.isPlain()) {
            return Answer.UNKNOWN;
        }
        if (view.manifest() != known) {
            known = view.manifest();
            segments = view.segments().stream()
                    .map(segment -> new SegmentRow(storage, table, segment, columns))
                    .toArray(SegmentRow[]::new);
        }
        boolean isBound = false;
        for (SegmentRow segment : segments) {
            if (segment.covers(ordered, 0)) {
                for (int i = 0; !isBound && i < key.size(); i++) {
                    key.get(i).copyTo(0, sought, i);
                }
                isBound = true;
                Answer answer = segment.read(sought, found);
                if (answer == Answer.FOUND) {
                    for (int i = 0; i < columns.size(); i++) {
                        batch.columns().get(i).add(found, i);
                    }
                }
                if (answer != Answer.MISSING) {
                    return answer;
                }
            }
        }
        return Answer.MISSING;
    }

    private @Nullable Batch search(TableView view, byte[] ordered, byte[] logical) {
        RowFinder finder = new RowFinder(view);
        RowFinder.Found row = finder.find(ordered, logical, key, 0);
        if (row == null) {
            return null;
        }
        finder.read(row, columns, batch.columns());
        return batch.toBatch(1);
    }

    @Override
    public void close() {
        batch.close();
    }
}
