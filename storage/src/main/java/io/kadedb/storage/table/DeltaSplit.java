package io.kadedb.storage.table;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.Batch;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.api.BatchSource;
import io.kadedb.storage.api.TableScan;
import io.kadedb.storage.format.v1.ColumnBuffer;
import io.kadedb.storage.format.v1.Delta;
import io.kadedb.storage.format.v1.RowCodec;
import io.kadedb.storage.format.v1.RowLayout;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows that are deltas still. */
record DeltaSplit(TableView view, List<KeyedDelta> deltas, List<Integer> columns) implements TableScan.Split {
    @Override
    public long rows() {
        return deltas.size();
    }

    @Override
    public BatchSource open() {
        return new Source(view, deltas, columns);
    }

    /** The types of columns, the row id among them. */
    static List<SqlType> types(TableDefinition table, List<Integer> columns) {
        List<SqlType> types = new ArrayList<>();
        for (int ordinal : columns) {
            types.add(
                    ordinal == TableDefinition.ROW_ID
                            ? SqlType.BIGINT
                            : table.columns().get(ordinal).type());
        }
        return types;
    }

    /** Adds the wanted columns of rows to buffers. */
    static final class RowReader {
        private final List<Integer> wanted;
        private final RowLayout layout;
        private final List<@Nullable ColumnBuffer> targets;
        private final List<ColumnBuffer> output;

        RowReader(TableDefinition table, List<Integer> wanted, List<ColumnBuffer> output) {
            this.wanted = wanted;
            this.output = output;
            this.layout = RowLayout.of(table);
            this.targets = new ArrayList<>();
            table.columns().forEach(column -> targets.add(null));
            for (int i = 0; i < wanted.size(); i++) {
                int ordinal = wanted.get(i);
                if (ordinal != TableDefinition.ROW_ID && targets.get(ordinal) == null) {
                    targets.set(ordinal, output.get(i));
                }
            }
        }

        void add(Delta delta) {
            byte[] row = delta.row();
            if (row == null) {
                throw new IllegalArgumentException("a tombstone has no row");
            }
            RowCodec.decode(row, delta.rowOffset(), layout, targets);
            for (int i = 0; i < wanted.size(); i++) {
                int ordinal = wanted.get(i);
                ColumnBuffer column = output.get(i);
                if (ordinal == TableDefinition.ROW_ID) {
                    column.addFixed(delta.rowId(), 0);
                    continue;
                }
                ColumnBuffer first = targets.get(ordinal);
                if (first != null && first != column) {
                    // Asked for twice.
                    column.add(first, first.rows() - 1);
                }
            }
        }
    }

    /** Decodes rows as they are asked for. */
    private static final class Source implements BatchSource {
        private final List<KeyedDelta> deltas;
        private final NativeBatch batch;
        private final RowReader reader;
        private int next;

        Source(TableView view, List<KeyedDelta> deltas, List<Integer> columns) {
            this.deltas = deltas;
            this.batch = new NativeBatch(view.storage().memory(), types(view.table(), columns));
            this.reader = new RowReader(view.table(), columns, batch.columns());
        }

        @Override
        public @Nullable Batch next() {
            if (next == deltas.size()) {
                return null;
            }
            int rows = Math.min(Batch.MAX_ROWS, deltas.size() - next);
            batch.clear();
            for (int i = 0; i < rows; i++) {
                reader.add(deltas.get(next++).delta());
            }
            return batch.toBatch(rows);
        }

        @Override
        public void close() {
            batch.close();
        }
    }
}
