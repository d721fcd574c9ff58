package io.kadedb.storage.table;

import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.format.v1.ColumnBuffer;
import io.kadedb.storage.format.v1.KeyEncoding;
import io.kadedb.storage.format.v1.Stamp;
import io.kadedb.storage.format.v1.ValueOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.roaringbitmap.RoaringBitmap;

/** Writes the rows of a fold as segments in key order: deltas and the segments that are written again, merged. */
final class FoldWriter {
    private static final int MAX_TEXT_BYTES = 4 << 20;

    private final TableView view;
    private final StagedBatch batch;
    private final Stamp stamp;
    private final List<Integer> keyOrdinals;
    private final List<ColumnBuffer> columns = new ArrayList<>();
    private final ColumnBuffer rowIds = new ColumnBuffer(SqlType.BIGINT);

    FoldWriter(TableView view, StagedBatch batch, long version) {
        this.view = view;
        this.batch = batch;
        this.stamp = new Stamp(version, Stamp.FOLDED);
        this.keyOrdinals = KeyEncoding.ordinals(view.table());
        for (ColumnDefinition column : view.table().columns()) {
            columns.add(new ColumnBuffer(column.type()));
        }
    }

    /** Rows in key order, one at a time. */
    private interface Input {
        boolean next();

        List<ColumnBuffer> key();

        /** Adds the row to the output. */
        void copy();

        void close();
    }

    /** Writes the rows of each partition by themselves. */
    void write(FoldPlan plan) {
        SortedMap<Long, List<KeyedDelta>> live = new TreeMap<>(RowPartitions.of(view.table())
                .map(partitions -> partitions.split(plan.live()))
                .orElseGet(() -> new TreeMap<>(Map.of(0L, plan.live()))));
        Map<Long, Map<Segment, RoaringBitmap>> rewritten = new HashMap<>();
        plan.rewritten()
                .forEach((segment, gone) -> rewritten
                        .computeIfAbsent(segment.partition().orElse(0), key -> new LinkedHashMap<>())
                        .put(segment, gone));
        rewritten.keySet().forEach(partition -> live.putIfAbsent(partition, List.of()));
        live.forEach((partition, deltas) -> write(deltas, rewritten.getOrDefault(partition, Map.of())));
    }

    private void write(List<KeyedDelta> live, Map<Segment, RoaringBitmap> rewritten) {
        List<Input> inputs = new ArrayList<>();
        try {
            if (!live.isEmpty()) {
                inputs.add(new Deltas(live));
            }
            for (Map.Entry<Segment, RoaringBitmap> entry : rewritten.entrySet()) {
                if (entry.getValue().getCardinality() < entry.getKey().rows()) {
                    inputs.add(new Settled(entry.getKey(), entry.getValue()));
                }
            }
            merge(inputs);
        } finally {
            inputs.forEach(Input::close);
        }
    }

    private void merge(List<Input> inputs) {
        PriorityQueue<Input> queue = new PriorityQueue<>((a, b) -> ValueOrder.compare(a.key(), 0, b.key(), 0));
        for (Input input : inputs) {
            if (input.next()) {
                queue.add(input);
            }
        }
        for (Input least = queue.poll(); least != null; least = queue.poll()) {
            least.copy();
            if (rowIds.rows() == Segment.MAX_ROWS || textBytes() >= MAX_TEXT_BYTES) {
                flush();
            }
            if (least.next()) {
                queue.add(least);
            }
        }
        flush();
    }

    private int textBytes() {
        int bytes = 0;
        for (ColumnBuffer column : columns) {
            bytes += column.totalBytes();
        }
        return bytes;
    }

    private void flush() {
        if (rowIds.rows() > 0) {
            batch.addSegment(columns, rowIds, stamp);
            columns.forEach(ColumnBuffer::clear);
            rowIds.clear();
        }
    }

    private List<ColumnBuffer> emptyKey() {
        List<ColumnBuffer> key = new ArrayList<>();
        KeyEncoding.types(view.table()).forEach(type -> key.add(new ColumnBuffer(type, 1)));
        return key;
    }

    /** Live deltas, sorted by the values of their keys, which in a bucketed table is another order than theirs. */
    private final class Deltas implements Input {
        private final List<ColumnBuffer> rows = new ArrayList<>();
        private final ColumnBuffer ids = new ColumnBuffer(SqlType.BIGINT);
        private final int[] order;
        private final List<ColumnBuffer> allKeys = new ArrayList<>();
        private final List<ColumnBuffer> key = emptyKey();
        private int at = -1;

        Deltas(List<KeyedDelta> live) {
            TableDefinition table = view.table();
            table.columns().forEach(column -> rows.add(new ColumnBuffer(column.type())));
            List<Integer> all = IntStream.range(0, rows.size()).boxed().toList();
            DeltaSplit.RowReader reader = new DeltaSplit.RowReader(table, all, rows);
            for (KeyedDelta entry : live) {
                reader.add(entry.delta());
                ids.addFixed(entry.delta().rowId(), 0);
            }
            keyOrdinals.forEach(ordinal -> allKeys.add(ordinal == TableDefinition.ROW_ID ? ids : rows.get(ordinal)));
            order = io.kadedb.storage.format.v1.Rows.sort(
                    live.size(), (a, b) -> ValueOrder.compare(allKeys, a, allKeys, b));
        }

        @Override
        public boolean next() {
            if (++at == order.length) {
                return false;
            }
            for (int i = 0; i < key.size(); i++) {
                key.get(i).clear();
                key.get(i).add(allKeys.get(i), order[at]);
            }
            return true;
        }

        @Override
        public List<ColumnBuffer> key() {
            return key;
        }

        @Override
        public void copy() {
            for (int i = 0; i < rows.size(); i++) {
                columns.get(i).add(rows.get(i), order[at]);
            }
            rowIds.add(ids, order[at]);
        }

        @Override
        public void close() {}
    }

    /** The visible rows of a segment. */
    private final class Settled implements Input {
        private final Segment segment;
        private final RoaringBitmap hidden;
        private final List<DecodedColumn> held = new ArrayList<>();
        private final List<ColumnVector> vectors = new ArrayList<>();
        private final ColumnVector ids;
        private final List<ColumnBuffer> key = emptyKey();
        private int at = -1;

        Settled(Segment segment, RoaringBitmap hidden) {
            this.segment = segment;
            this.hidden = hidden;
            boolean complete = false;
            try {
                for (int i = 0; i < columns.size(); i++) {
                    vectors.add(hold(i));
                }
                ids = hold(TableDefinition.ROW_ID);
                complete = true;
            } finally {
                if (!complete) {
                    held.forEach(DecodedColumn::release);
                }
            }
        }

        private ColumnVector hold(int ordinal) {
            DecodedColumn column = SegmentSplit.acquire(view, segment, ordinal);
            held.add(column);
            return column.vector();
        }

        @Override
        public boolean next() {
            do {
                at++;
            } while (at < segment.rows() && hidden.contains(at));
            if (at == segment.rows()) {
                return false;
            }
            for (int i = 0; i < key.size(); i++) {
                int ordinal = keyOrdinals.get(i);
                key.get(i).clear();
                key.get(i).add(ordinal == TableDefinition.ROW_ID ? ids : vectors.get(ordinal), at);
            }
            return true;
        }

        @Override
        public List<ColumnBuffer> key() {
            return key;
        }

        @Override
        public void copy() {
            for (int i = 0; i < vectors.size(); i++) {
                columns.get(i).add(vectors.get(i), at);
            }
            rowIds.add(ids, at);
        }

        @Override
        public void close() {
            held.forEach(DecodedColumn::release);
        }
    }
}
