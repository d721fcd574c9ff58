package io.kadedb.storage.table;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.json.PathColumn;
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
record DeltaSplit(TableView view, List<KeyedDelta> deltas, List<Integer> columns, List<PathColumn> paths)
        implements TableScan.Split {
    @Override
    public long rows() {
        return deltas.size();
    }

    @Override
    public BatchSource open() {
        return new Source(this);
    }

    /** The types of columns, and of the value and the document of each path. */
    static List<SqlType> types(TableDefinition table, List<Integer> columns, List<PathColumn> paths) {
        List<SqlType> types = types(table, columns);
        for (PathColumn path : paths) {
            types.add(path.type());
            types.add(SqlType.JSONB);
        }
        return types;
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

    /** Decodes rows as they are asked for. Values of paths lie in the documents alone. */
    private static final class Source implements BatchSource {
        private final List<KeyedDelta> deltas;
        private final NativeBatch batch;
        private final RowReader reader;
        private final List<PathColumn> paths;
        private final int columns;
        /** Where the documents of each path are among what is read. */
        private final int[] documents;

        private int next;

        Source(DeltaSplit split) {
            TableDefinition table = split.view.table();
            List<Integer> read = new ArrayList<>(split.columns);
            this.deltas = split.deltas;
            this.paths = split.paths;
            this.columns = split.columns.size();
            this.documents = new int[paths.size()];
            for (int i = 0; i < documents.length; i++) {
                int column = paths.get(i).column();
                if (!read.contains(column)) {
                    read.add(column);
                }
                documents[i] = read.indexOf(column);
            }
            List<SqlType> types = types(table, read);
            paths.forEach(path -> types.add(path.type()));
            this.batch = new NativeBatch(split.view.storage().memory(), types);
            this.reader = new RowReader(table, read, batch.columns().subList(0, read.size()));
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
            return paths.isEmpty() ? batch.toBatch(rows) : withPaths(rows);
        }

        private Batch withPaths(int rows) {
            List<ColumnBuffer> all = batch.columns();
            int read = all.size() - paths.size();
            for (ColumnBuffer values : all.subList(read, all.size())) {
                for (int i = 0; i < rows; i++) {
                    values.addNull();
                }
            }
            List<ColumnVector> vectors = batch.toBatch(rows).columns();
            List<ColumnVector> given = new ArrayList<>(vectors.subList(0, columns));
            for (int i = 0; i < documents.length; i++) {
                given.add(vectors.get(read + i));
                given.add(vectors.get(documents[i]));
            }
            return new Batch(rows, given);
        }

        @Override
        public void close() {
            batch.close();
        }
    }
}
