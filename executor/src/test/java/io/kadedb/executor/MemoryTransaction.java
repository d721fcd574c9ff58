package io.kadedb.executor;

import io.kadedb.common.catalog.CatalogChange;
import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.KeyMode;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.inverted.TermQuery;
import io.kadedb.common.json.PathColumn;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.kernel.Values;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.storage.api.BatchSource;
import io.kadedb.storage.api.ChangedBuckets;
import io.kadedb.storage.api.ColumnRange;
import io.kadedb.storage.api.IsolationLevel;
import io.kadedb.storage.api.KeySpan;
import io.kadedb.storage.api.LockPolicy;
import io.kadedb.storage.api.RowLockMode;
import io.kadedb.storage.api.RowReader;
import io.kadedb.storage.api.RowSink;
import io.kadedb.storage.api.SequenceValues;
import io.kadedb.storage.api.SqlTransaction;
import io.kadedb.storage.api.StatementControl;
import io.kadedb.storage.api.TablePartitions;
import io.kadedb.storage.api.TableScan;
import io.kadedb.storage.api.TableStatistics;
import io.kadedb.storage.api.TransactionUsage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Tables of rows as Java objects, given out in small splits; writes are only noted. */
public final class MemoryTransaction implements SqlTransaction {
    private final MemoryPool memory;
    private final Cut cut;
    private final Map<Long, TableDefinition> definitions = new HashMap<>();
    private final Map<Long, List<List<@Nullable Object>>> rows = new HashMap<>();
    final List<List<@Nullable Object>> written = new ArrayList<>();
    final List<ColumnRange> rangesSeen = new ArrayList<>();

    MemoryTransaction(MemoryPool memory, Cut cut) {
        this.memory = memory;
        this.cut = cut;
    }

    /**
     * How rows are given out.
     *
     * @param dictionaries whether every other column of a batch is dictionary-encoded
     */
    public record Cut(int splitRows, int batchRows, boolean dictionaries) {
        static final Cut USUAL = new Cut(3_000, 1_024, false);
    }

    public PhysicalPlan.TableScan table(
            String name, List<Field> fields, List<? extends List<@Nullable Object>> values) {
        long id = definitions.size() + 1L;
        List<ColumnDefinition> columns = new ArrayList<>();
        for (Field field : fields) {
            columns.add(ColumnDefinition.of(columns.size() + 1, field.name(), field.type(), field.nullable()));
        }
        definitions.put(
                id,
                new TableDefinition(
                        id, "public", name, 1, "ada", columns, List.of(0), KeyMode.PLAIN, Optional.empty(), Map.of()));
        rows.put(id, List.copyOf(values));
        List<Integer> ordinals = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            ordinals.add(i);
        }
        return new PhysicalPlan.TableScan(
                new PhysicalPlan.TableRef(id, "public", name, 1), ordinals, Optional.empty(), fields, values.size());
    }

    TableDefinition definition(long id) {
        TableDefinition table = definitions.get(id);
        if (table == null) {
            throw new IllegalArgumentException("no table " + id);
        }
        return table;
    }

    @Override
    public TableScan scan(
            TableDefinition table, List<Integer> columns, List<PathColumn> paths, List<ColumnRange> ranges) {
        if (!paths.isEmpty()) {
            throw new UnsupportedOperationException();
        }
        rangesSeen.addAll(ranges);
        List<List<@Nullable Object>> all = rows.getOrDefault(table.id(), List.of());
        List<TableScan.Split> splits = new ArrayList<>();
        for (int from = 0; from < all.size(); from += cut.splitRows) {
            splits.add(
                    new RowSplit(table, columns, all.subList(from, Math.min(all.size(), from + cut.splitRows)), from));
        }
        return () -> splits;
    }

    @Override
    public BatchSource lookup(TableDefinition table, IndexDefinition index, List<Integer> columns, Batch keys) {
        throw new UnsupportedOperationException();
    }

    @Override
    public TableScan search(TableDefinition table, IndexDefinition index, List<Integer> columns, TermQuery query) {
        throw new UnsupportedOperationException();
    }

    @Override
    public BatchSource lookup(TableDefinition table, List<Integer> columns, Batch keys) {
        List<List<@Nullable Object>> found = new ArrayList<>();
        for (int i = 0; i < keys.length(); i++) {
            Object key = Values.get(keys.column(0), i);
            rows.getOrDefault(table.id(), List.of()).stream()
                    .filter(row -> java.util.Objects.equals(row.get(0), key))
                    .forEach(found::add);
        }
        return new RowSplit(table, columns, found, 0).open();
    }

    @Override
    public BatchSource readSpan(
            TableDefinition table, Optional<IndexDefinition> index, List<Integer> columns, KeySpan span) {
        if (index.isPresent()) {
            throw new UnsupportedOperationException();
        }
        List<List<@Nullable Object>> found = new ArrayList<>(rows.getOrDefault(table.id(), List.of()).stream()
                .filter(row -> isWithin(span, (long) java.util.Objects.requireNonNull(row.getFirst())))
                .sorted(java.util.Comparator.comparingLong(row -> (long) row.getFirst()))
                .toList());
        if (span.descending()) {
            java.util.Collections.reverse(found);
        }
        return new RowSplit(table, columns, found, 0).open();
    }

    /** For keys of one BIGINT. */
    private static boolean isWithin(KeySpan span, long key) {
        boolean above = span.lower()
                .map(bound -> key > value(bound) || (key == value(bound) && bound.inclusive()))
                .orElse(true);
        boolean below = span.upper()
                .map(bound -> key < value(bound) || (key == value(bound) && bound.inclusive()))
                .orElse(true);
        return above && below && span.nulls() != KeySpan.Nulls.ONLY;
    }

    private static long value(KeySpan.Bound bound) {
        return (long) java.util.Objects.requireNonNull(Values.get(bound.values().column(0), 0));
    }

    @Override
    public void relyOn(TableDefinition table) {
        throw new UnsupportedOperationException();
    }

    @Override
    public ChangedBuckets buckets() {
        throw new UnsupportedOperationException();
    }

    @Override
    public TablePartitions partitions() {
        throw new UnsupportedOperationException();
    }

    @Override
    public RowReader reader(TableDefinition table, List<Integer> columns) {
        return new Reader(table, columns);
    }

    @Override
    public @Nullable Batch read(RowReader reader, Batch key) {
        Reader own = (Reader) reader;
        own.close();
        own.open = lookup(own.table, own.columns, key);
        return own.open.next();
    }

    private static final class Reader implements RowReader {
        private final TableDefinition table;
        private final List<Integer> columns;
        private @Nullable BatchSource open;

        Reader(TableDefinition table, List<Integer> columns) {
            this.table = table;
            this.columns = columns;
        }

        @Override
        public void close() {
            BatchSource last = open;
            if (last != null) {
                open = null;
                last.close();
            }
        }
    }

    private final class RowSplit implements TableScan.Split {
        private final TableDefinition table;
        private final List<Integer> columns;
        private final List<List<@Nullable Object>> part;
        private final int firstId;

        RowSplit(TableDefinition table, List<Integer> columns, List<List<@Nullable Object>> part, int firstId) {
            this.table = table;
            this.columns = columns;
            this.part = part;
            this.firstId = firstId;
        }

        @Override
        public long rows() {
            return part.size();
        }

        @Override
        public BatchSource open() {
            List<ColumnWriter> writers = new ArrayList<>();
            for (int column : columns) {
                SqlType type = column < 0
                        ? SqlType.BIGINT
                        : table.columns().get(column).type();
                writers.add(new ColumnWriter(type, cut.dictionaries && writers.size() % 2 == 0, memory));
            }
            return new BatchSource() {
                private int at;

                @Override
                public @Nullable Batch next() {
                    if (at >= part.size()) {
                        return null;
                    }
                    writers.forEach(ColumnWriter::clear);
                    int n = Math.min(cut.batchRows, part.size() - at);
                    for (int i = 0; i < n; i++, at++) {
                        for (int c = 0; c < columns.size(); c++) {
                            int ordinal = columns.get(c);
                            writers.get(c)
                                    .append(
                                            ordinal < 0
                                                    ? (Long) (long) (firstId + at)
                                                    : part.get(at).get(ordinal));
                        }
                    }
                    List<ColumnVector> vectors =
                            writers.stream().map(ColumnWriter::build).toList();
                    return new Batch(n, vectors);
                }

                @Override
                public void close() {
                    writers.forEach(ColumnWriter::close);
                }
            };
        }
    }

    private RowSink sink() {
        return new RowSink() {
            private long count;

            @Override
            public void accept(Batch batch) {
                for (int i = 0; i < batch.length(); i++) {
                    List<@Nullable Object> row = new ArrayList<>();
                    for (ColumnVector column : batch.columns()) {
                        assert !column.isDictionary();
                        row.add(Values.get(column, i));
                    }
                    written.add(row);
                    count++;
                }
            }

            @Override
            public long finish() {
                return count;
            }
        };
    }

    @Override
    public RowSink insert(TableDefinition table) {
        return sink();
    }

    @Override
    public RowSink update(TableDefinition table) {
        return sink();
    }

    @Override
    public RowSink delete(TableDefinition table) {
        return sink();
    }

    @Override
    public void lock(TableDefinition table, io.kadedb.common.lock.TableLockMode mode, boolean wait) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean lock(io.kadedb.storage.api.AdvisoryLock lock, boolean wait) {
        throw new UnsupportedOperationException();
    }

    @Override
    public TransactionUsage usage() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void readAsOf(long epochMicros) {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isHistorical() {
        return false;
    }

    @Override
    public long readVersion() {
        return 1;
    }

    @Override
    public CatalogSnapshot catalog() {
        return new CatalogSnapshot(1, Map.of());
    }

    @Override
    public void apply(CatalogChange change) {
        throw new UnsupportedOperationException();
    }

    @Override
    public SequenceValues sequences() {
        throw new UnsupportedOperationException();
    }

    @Override
    public TableStatistics statistics(TableDefinition table) {
        return new TableStatistics(0, List.of());
    }

    @Override
    public IsolationLevel isolation() {
        return IsolationLevel.SERIALIZABLE;
    }

    @Override
    public void setIsolation(IsolationLevel isolation) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void beginStatement(StatementControl control) {}

    @Override
    public boolean awaitLocks() {
        return false;
    }

    @Override
    public boolean refresh() {
        return false;
    }

    /** Locks every row. */
    @Override
    public int[] lock(TableDefinition table, Batch keys, RowLockMode mode, LockPolicy policy) {
        return IntStream.range(0, keys.length()).toArray();
    }

    @Override
    public Savepoint savepoint() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void rollbackTo(Savepoint savepoint) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void release(Savepoint savepoint) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void endStatement() {}

    @Override
    public void rollbackStatement() {}

    @Override
    public boolean hasWrites() {
        return !written.isEmpty();
    }

    @Override
    public void commit() {}

    @Override
    public void rollback() {}

    @Override
    public void close() {}
}
