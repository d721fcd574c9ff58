package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.memory.Native;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The distinct arguments of an aggregate, by group. */
final class DistinctRows implements AutoCloseable {
    private final @Nullable TextInterner[] texts;
    private final KeyTable table;
    private final KeyEncoder encoder;
    private final RowStore rows;
    private final NativeArray groupVector;
    private final int[] ids = new int[Batch.MAX_ROWS];
    private final int[] added = new int[Batch.MAX_ROWS];
    private final int[] groupOf = new int[Batch.MAX_ROWS];

    /**
     * @param arguments the columns given; all of them have to differ
     */
    DistinctRows(List<Field> arguments, MemoryPool memory) {
        List<Field> fields = new ArrayList<>();
        fields.add(new Field("group", SqlType.INTEGER, false));
        arguments.forEach(f -> fields.add(new Field(f.name(), f.type(), true)));
        KeyLayout layout = KeyLayout.of(fields, true);
        texts = KeyEncoder.interners(fields, memory);
        table = new KeyTable(layout, memory);
        int[] columns = new int[fields.size()];
        for (int i = 0; i < columns.length; i++) {
            columns[i] = i;
        }
        encoder = new KeyEncoder(layout, columns, texts, true);
        rows = new RowStore(fields, memory);
        groupVector = new NativeArray(memory);
    }

    void add(int @Nullable [] groups, ColumnVector[] args, int @Nullable [] selection, int count) {
        int length = args[0].length();
        groupVector.ensure(4L * Math.max(Batch.MAX_ROWS, length));
        for (int i = 0; i < count; i++) {
            Native.putInt(groupVector.address() + 4L * Columns.row(selection, i), groups == null ? 0 : groups[i]);
        }
        ColumnVector[] columns = new ColumnVector[args.length + 1];
        columns[0] = Native.ints(groupVector.address(), length);
        System.arraycopy(args, 0, columns, 1, args.length);
        Batch batch = new Batch(length, List.of(columns));
        encoder.encode(batch, selection, count);
        int fresh = table.findOrAdd(encoder.words, count, ids, added);
        for (int i = 0; i < fresh; i++) {
            added[i] = Columns.row(selection, added[i]);
        }
        if (fresh > 0) {
            rows.append(batch, added, fresh);
        }
    }

    /** Adds another's rows, whose groups have other numbers here. */
    void merge(DistinctRows other, int[] targets) {
        for (int from = 0; from < other.rows.rows(); from += Batch.MAX_ROWS) {
            int count = Math.min(Batch.MAX_ROWS, other.rows.rows() - from);
            Batch batch = other.rows.slice(from, count);
            Columns.loadCodes(batch.column(0), null, count, groupOf);
            for (int i = 0; i < count; i++) {
                groupOf[i] = targets[groupOf[i]];
            }
            add(groupOf, arguments(batch), null, count);
        }
    }

    /** Gives all rows to the accumulator. */
    void feed(Accumulator accumulator) {
        for (int from = 0; from < rows.rows(); from += Batch.MAX_ROWS) {
            int count = Math.min(Batch.MAX_ROWS, rows.rows() - from);
            Batch batch = rows.slice(from, count);
            Columns.loadCodes(batch.column(0), null, count, groupOf);
            accumulator.update(groupOf, arguments(batch), null, count);
        }
    }

    private static ColumnVector[] arguments(Batch batch) {
        return batch.columns().subList(1, batch.columns().size()).toArray(ColumnVector[]::new);
    }

    @Override
    public void close() {
        KeyEncoder.close(texts);
        table.close();
        rows.close();
        groupVector.close();
    }
}
