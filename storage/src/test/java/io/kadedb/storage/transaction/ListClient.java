package io.kadedb.storage.transaction;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.Batch;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.api.BatchSource;
import io.kadedb.storage.api.RowSink;
import io.kadedb.storage.api.SqlTransaction;
import io.kadedb.storage.api.StatementControl;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Lists of numbers as rows of key and text, read and appended to by statements, as a session runs them. */
final class ListClient {
    private final TableDefinition table;

    /** @param table of an integer key and a text */
    ListClient(TableClient table) {
        this.table = table.table();
    }

    /** Runs a statement, again while it has to wait or can move to a newer snapshot. */
    static <T> T statement(SqlTransaction transaction, Supplier<T> work) {
        return RepeatedStatement.run(transaction, StatementControl.unlimited(), work);
    }

    List<Integer> read(SqlTransaction transaction, int key) {
        return statement(transaction, () -> values(row(transaction, key)));
    }

    /** Several lists in one statement. */
    List<List<Integer>> readAll(SqlTransaction transaction, List<Integer> keys) {
        return statement(
                transaction,
                () -> keys.stream().map(key -> values(row(transaction, key))).toList());
    }

    /** Appends in one statement. */
    void append(SqlTransaction transaction, int key, int value) {
        statement(transaction, () -> {
            List<@Nullable Object> row = row(transaction, key);
            List<Integer> longer = new ArrayList<>(values(row));
            longer.add(value);
            write(transaction, key, row, longer);
            return key;
        });
    }

    /** Writes a list that was read by an earlier statement. */
    void overwrite(SqlTransaction transaction, int key, List<Integer> values) {
        statement(transaction, () -> {
            write(transaction, key, row(transaction, key), values);
            return key;
        });
    }

    private static List<Integer> values(List<@Nullable Object> row) {
        return row.isEmpty()
                ? List.of()
                : Arrays.stream(String.valueOf(row.get(2)).split(","))
                        .map(Integer::valueOf)
                        .toList();
    }

    /** Row id, key and text; empty when there is none. */
    private List<@Nullable Object> row(SqlTransaction transaction, int key) {
        Batch keys = Values.batch(List.of(SqlType.INTEGER), List.of(List.of((long) key)));
        try (BatchSource source = transaction.lookup(table, List.of(TableDefinition.ROW_ID, 0, 1), keys)) {
            Batch batch = source.next();
            return batch == null ? List.of() : Values.rows(batch).getFirst();
        }
    }

    private void write(SqlTransaction transaction, int key, List<@Nullable Object> row, List<Integer> values) {
        String text = String.join(",", values.stream().map(String::valueOf).toList());
        if (row.isEmpty()) {
            send(transaction.insert(table), List.of(SqlType.INTEGER, SqlType.TEXT), Arrays.asList((long) key, text));
        } else {
            List<SqlType> types = new ArrayList<>(List.of(SqlType.BIGINT));
            List<@Nullable Object> sent = new ArrayList<>();
            sent.add(row.getFirst());
            for (int ordinal : table.identity()) {
                types.add(table.columns().get(ordinal).type());
                sent.add(row.get(1 + ordinal));
            }
            types.addAll(List.of(SqlType.INTEGER, SqlType.TEXT));
            sent.addAll(Arrays.asList((long) key, text));
            send(transaction.update(table), types, sent);
        }
    }

    private static void send(RowSink sink, List<SqlType> types, List<@Nullable Object> row) {
        sink.accept(Values.batch(types, List.of(row)));
        sink.finish();
    }
}
