package io.kadedb.storage.table;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.storage.api.RowReader;
import io.kadedb.storage.format.v1.ColumnBuffer;
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

    /** A reader of some columns of a table. */
    public PointReader(TableStorage storage, TableDefinition table, List<Integer> columns) {
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
        RowFinder finder = new RowFinder(view);
        RowFinder.Found found = finder.find(ordered, logical, key, 0);
        if (found == null) {
            return null;
        }
        batch.clear();
        if (found.segment() == null && found.delta() != null) {
            deltas.add(found.delta());
        } else {
            finder.read(found, columns, batch.columns());
        }
        return batch.toBatch(1);
    }

    @Override
    public void close() {
        batch.close();
    }
}
