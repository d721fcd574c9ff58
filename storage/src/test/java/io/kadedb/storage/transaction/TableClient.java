package io.kadedb.storage.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.common.catalog.CatalogChange;
import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.KeyMode;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.control.CancelToken;
import io.kadedb.common.data.Batch;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.inverted.TermClass;
import io.kadedb.common.inverted.TermQuery;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.api.BatchSource;
import io.kadedb.storage.api.ColumnRange;
import io.kadedb.storage.api.KeySpan;
import io.kadedb.storage.api.RowSink;
import io.kadedb.storage.api.SqlTransaction;
import io.kadedb.storage.api.StatementControl;
import io.kadedb.storage.api.Store;
import io.kadedb.storage.api.TableScan;
import io.kadedb.storage.table.TermScan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** One table through the store's interface, with Java values. */
public final class TableClient {
    private final TableDefinition table;
    private final List<SqlType> types;
    private final StatementControl control;

    TableClient(TableDefinition table) {
        this(table, StatementControl.unlimited());
    }

    private TableClient(TableDefinition table, StatementControl control) {
        this.table = table;
        this.control = control;
        this.types = table.columns().stream().map(ColumnDefinition::type).toList();
    }

    TableDefinition table() {
        return table;
    }

    /** The same table, waiting for locks for so long at most. */
    TableClient withLockTimeout(long millis) {
        return new TableClient(table, new StatementControl(CancelToken.unbounded(), millis));
    }

    /** Makes a table with columns c0, c1, ...; the first so many are its key. */
    static TableClient create(Store store, String name, int keys, SqlType... types) {
        try (SqlTransaction transaction = store.begin()) {
            TableClient client = create(transaction, name, keys, types);
            transaction.commit();
            return client;
        }
    }

    static TableClient create(SqlTransaction transaction, String name, int keys, SqlType... types) {
        List<ColumnDefinition> columns = new ArrayList<>();
        for (int i = 0; i < types.length; i++) {
            columns.add(ColumnDefinition.of(i + 1, "c" + i, types[i], i >= keys));
        }
        TableDefinition table = new TableDefinition(
                0,
                "public",
                name,
                1,
                "kadedb",
                columns,
                IntStream.range(0, keys).boxed().toList(),
                KeyMode.PLAIN,
                Optional.empty(),
                Map.of());
        transaction.beginStatement();
        transaction.apply(new CatalogChange.CreateTable(table));
        transaction.endStatement();
        return new TableClient(transaction.catalog().table("public", name).orElseThrow());
    }

    @SafeVarargs
    @SuppressWarnings("varargs")
    final long insert(SqlTransaction transaction, List<@Nullable Object>... rows) {
        return insert(transaction, List.of(rows));
    }

    long insert(SqlTransaction transaction, List<List<@Nullable Object>> rows) {
        return finish(transaction, () -> transaction.insert(table), types, rows);
    }

    /** Runs rows through a sink to the end of the statement, again after waiting for locks. */
    private long finish(
            SqlTransaction transaction,
            Supplier<RowSink> sinks,
            List<SqlType> sentTypes,
            List<List<@Nullable Object>> rows) {
        while (true) {
            transaction.beginStatement(control);
            boolean done = false;
            try {
                RowSink sink = sinks.get();
                for (int from = 0; from < rows.size(); from += Batch.MAX_ROWS) {
                    int to = Math.min(rows.size(), from + Batch.MAX_ROWS);
                    sink.accept(Values.batch(sentTypes, rows.subList(from, to)));
                }
                long count = sink.finish();
                transaction.endStatement();
                done = true;
                return count;
            } catch (KadeException e) {
                transaction.rollbackStatement();
                done = true;
                if (!transaction.awaitLocks()) {
                    throw e;
                }
            } finally {
                if (!done) {
                    transaction.rollbackStatement();
                }
            }
        }
    }

    /** Row id first, then all columns. */
    List<List<@Nullable Object>> rowsWithIds(SqlTransaction transaction, List<ColumnRange> ranges) {
        List<Integer> columns = new ArrayList<>();
        columns.add(TableDefinition.ROW_ID);
        IntStream.range(0, types.size()).forEach(columns::add);
        return read(transaction.scan(table, columns, ranges));
    }

    /** The rows of a scan, which are the same whether hidden ones are left out of batches or of what is selected. */
    static List<List<@Nullable Object>> read(TableScan scan) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (TableScan.Split split : scan.splits()) {
            List<List<@Nullable Object>> own = new ArrayList<>();
            try (BatchSource source = split.open()) {
                for (Batch batch = source.next(); batch != null; batch = source.next()) {
                    own.addAll(Values.rows(batch));
                }
            }
            assertThat(selected(split)).isEqualTo(own);
            rows.addAll(own);
        }
        return rows;
    }

    private static List<List<@Nullable Object>> selected(TableScan.Split split) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        try (BatchSource source = split.openSelected()) {
            for (Batch batch = source.next(); batch != null; batch = source.next()) {
                List<List<@Nullable Object>> all = Values.rows(batch);
                int[] selection = source.selection();
                if (selection == null) {
                    rows.addAll(all);
                } else {
                    for (int i = 0; i < source.selected(); i++) {
                        rows.add(all.get(selection[i]));
                    }
                }
            }
        }
        return rows;
    }

    /** All rows, sorted as text for comparison. */
    List<List<@Nullable Object>> rows(SqlTransaction transaction) {
        List<List<@Nullable Object>> rows = read(
                transaction.scan(table, IntStream.range(0, types.size()).boxed().toList(), List.of()));
        rows.sort(Comparator.comparing(Object::toString));
        return rows;
    }

    List<List<@Nullable Object>> rows(Store store) {
        try (SqlTransaction transaction = store.begin()) {
            return rows(transaction);
        }
    }

    long count(Store store) {
        try (SqlTransaction transaction = store.begin()) {
            long count = 0;
            for (TableScan.Split split :
                    transaction.scan(table, List.of(0), List.of()).splits()) {
                try (BatchSource source = split.open()) {
                    for (Batch batch = source.next(); batch != null; batch = source.next()) {
                        count += batch.length();
                    }
                }
            }
            return count;
        }
    }

    List<List<@Nullable Object>> lookup(SqlTransaction transaction, List<@Nullable Object> key) {
        List<SqlType> keyTypes = table.primaryKey().stream().map(types::get).toList();
        List<Integer> columns = IntStream.range(0, types.size()).boxed().toList();
        try (BatchSource source = transaction.lookup(table, columns, Values.batch(keyTypes, List.of(key)))) {
            Batch batch = source.next();
            return batch == null ? List.of() : Values.rows(batch);
        }
    }

    /** The rows that an index has under a key. */
    List<List<@Nullable Object>> lookup(SqlTransaction transaction, String index, List<@Nullable Object> key) {
        IndexDefinition definition = table.index(index).orElseThrow();
        List<SqlType> keyTypes = table.ordinalsOf(definition).stream()
                .limit(key.size())
                .map(types::get)
                .toList();
        List<Integer> columns = IntStream.range(0, types.size()).boxed().toList();
        List<List<@Nullable Object>> rows = new ArrayList<>();
        try (BatchSource source =
                transaction.lookup(table, definition, columns, Values.batch(keyTypes, List.of(key)))) {
            for (Batch batch = source.next(); batch != null; batch = source.next()) {
                rows.addAll(Values.rows(batch));
            }
        }
        rows.sort(Comparator.comparing(Object::toString));
        return rows;
    }

    /**
     * The first rows that a key has in a span, in the order in which they come.
     *
     * @param index the name of one; null for the primary key
     * @param most how many batches are asked for
     */
    List<List<@Nullable Object>> readSpan(SqlTransaction transaction, @Nullable String index, KeySpan span, int most) {
        List<Integer> columns = IntStream.range(0, types.size()).boxed().toList();
        List<List<@Nullable Object>> rows = new ArrayList<>();
        try (BatchSource source =
                transaction.readSpan(table, Optional.ofNullable(index).map(this::index), columns, span)) {
            Batch batch = source.next();
            for (int i = 0; batch != null && i < most; i++) {
                rows.addAll(Values.rows(batch));
                batch = i + 1 < most ? source.next() : null;
            }
        }
        return rows;
    }

    private IndexDefinition index(String name) {
        return table.index(name).orElseThrow();
    }

    /** Keys of one column between bounds of which each may be missing. */
    KeySpan span(int column, @Nullable Object lower, @Nullable Object upper, boolean inclusive, boolean descending) {
        return new KeySpan(
                new Batch(1, List.of()),
                0,
                bound(column, lower, inclusive),
                bound(column, upper, inclusive),
                KeySpan.Nulls.WITHOUT,
                descending,
                1);
    }

    private Optional<KeySpan.Bound> bound(int column, @Nullable Object value, boolean inclusive) {
        return value == null
                ? Optional.empty()
                : Optional.of(new KeySpan.Bound(
                        Values.batch(List.of(types.get(column)), List.of(Collections.singletonList(value))),
                        inclusive));
    }

    /** The rows that an inverted index finds, and whether it was used. */
    boolean search(SqlTransaction transaction, String index, TermQuery query, List<List<@Nullable Object>> target) {
        List<Integer> columns = IntStream.range(0, types.size()).boxed().toList();
        TableScan scan = transaction.search(table, index(index), columns, query);
        for (TableScan.Split split : scan.splits()) {
            try (BatchSource source = split.open()) {
                for (Batch batch = source.next(); batch != null; batch = source.next()) {
                    target.addAll(Values.rows(batch));
                }
            }
        }
        target.sort(Comparator.comparing(Object::toString));
        return scan instanceof TermScan;
    }

    /** The same table after the transaction gave it an inverted index over a column. */
    TableClient inverted(SqlTransaction transaction, String name, TermClass terms, int column) {
        IndexDefinition.Part part =
                new IndexDefinition.Part(table.columns().get(column).id(), false).withTerms(terms);
        return index(transaction, name, false, List.of(part));
    }

    /** The same table after the transaction gave it an index over columns. */
    TableClient index(SqlTransaction transaction, String name, boolean unique, int... columns) {
        List<IndexDefinition.Part> parts = IntStream.of(columns)
                .mapToObj(column ->
                        new IndexDefinition.Part(table.columns().get(column).id(), false))
                .toList();
        return index(transaction, name, unique, parts);
    }

    private TableClient index(
            SqlTransaction transaction, String name, boolean unique, List<IndexDefinition.Part> parts) {
        transaction.apply(new CatalogChange.CreateIndex(
                table.schema(),
                table.name(),
                new IndexDefinition(0, name, parts, unique, false, false, Optional.empty())));
        return new TableClient(
                transaction.catalog().table(table.schema(), table.name()).orElseThrow());
    }

    /** Reads and changes the number beside a key in one statement, which waits for others' locks and sees what they wrote. */
    void change(SqlTransaction transaction, long key, LongUnaryOperator change) {
        Object _ = RepeatedStatement.run(transaction, control, () -> {
            List<Integer> columns = List.of(TableDefinition.ROW_ID, 0, 1);
            List<@Nullable Object> row;
            try (BatchSource source =
                    transaction.lookup(table, columns, Values.batch(List.of(types.get(0)), List.of(List.of(key))))) {
                row = Values.rows(Objects.requireNonNull(source.next())).getFirst();
            }
            List<@Nullable Object> sent = oldKey(row);
            sent.add(key);
            sent.add(change.applyAsLong((Long) Values.required(row.get(2))));
            List<SqlType> sentTypes = new ArrayList<>(keyTypes());
            sentTypes.addAll(types);
            RowSink sink = transaction.update(table);
            sink.accept(Values.batch(sentTypes, List.of(sent)));
            sink.finish();
            return row;
        });
    }

    /** Changes rows given with their id and old values to new values. */
    long update(
            SqlTransaction transaction,
            List<List<@Nullable Object>> withIds,
            java.util.function.UnaryOperator<List<@Nullable Object>> change) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (List<@Nullable Object> row : withIds) {
            List<@Nullable Object> sent = oldKey(row);
            sent.addAll(change.apply(row.subList(1, row.size())));
            rows.add(sent);
        }
        List<SqlType> sentTypes = new ArrayList<>(keyTypes());
        sentTypes.addAll(types);
        return finish(transaction, () -> transaction.update(table), sentTypes, rows);
    }

    long delete(SqlTransaction transaction, List<List<@Nullable Object>> withIds) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (List<@Nullable Object> row : withIds) {
            rows.add(oldKey(row));
        }
        return finish(transaction, () -> transaction.delete(table), keyTypes(), rows);
    }

    private List<@Nullable Object> oldKey(List<@Nullable Object> rowWithId) {
        List<@Nullable Object> key = new ArrayList<>();
        key.add(rowWithId.getFirst());
        table.identity().forEach(ordinal -> key.add(rowWithId.get(1 + ordinal)));
        return key;
    }

    private List<SqlType> keyTypes() {
        List<SqlType> sent = new ArrayList<>();
        sent.add(SqlType.BIGINT);
        table.identity().forEach(ordinal -> sent.add(types.get(ordinal)));
        return sent;
    }
}
