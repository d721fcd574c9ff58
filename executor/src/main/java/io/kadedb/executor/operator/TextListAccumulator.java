package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.kernel.Values;
import io.kadedb.executor.kernel.VectorBuilder;
import io.kadedb.executor.memory.Native;
import io.kadedb.planner.physical.PhysicalPlan.SortKey;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** string_agg: keeps the rows, and joins them in their order at the end. */
final class TextListAccumulator implements Accumulator {
    private final MemoryPool memory;
    private final boolean separated;
    private final List<SortKey> order = new ArrayList<>();
    /** The group, the text, maybe the separator, then what it is ordered by. */
    private final RowStore rows;

    private final NativeArray groupVector;
    private int @Nullable [] sorted;
    private int groups;
    private int[] starts = new int[0];

    /**
     * @param arguments the text, maybe a separator, then the columns it is ordered by
     * @param orderBy with columns numbered within the arguments
     */
    TextListAccumulator(List<Field> arguments, boolean separated, List<SortKey> orderBy, MemoryPool memory) {
        this.memory = memory;
        this.separated = separated;
        List<Field> fields = new ArrayList<>();
        fields.add(new Field("group", SqlType.INTEGER, false));
        fields.addAll(arguments);
        this.rows = new RowStore(fields, memory);
        this.groupVector = new NativeArray(memory);
        order.add(new SortKey(0, false, false));
        orderBy.forEach(key -> order.add(new SortKey(key.column() + 1, key.descending(), key.nullsFirst())));
    }

    @Override
    public void resize(int newGroups) {
        groups = newGroups;
    }

    @Override
    public void update(int @Nullable [] groupOf, ColumnVector[] args, int @Nullable [] selection, int count) {
        int length = args[0].length();
        groupVector.ensure(4L * Math.max(Batch.MAX_ROWS, length));
        for (int i = 0; i < count; i++) {
            Native.putInt(groupVector.address() + 4L * Columns.row(selection, i), groupOf == null ? 0 : groupOf[i]);
        }
        ColumnVector[] columns = new ColumnVector[args.length + 1];
        columns[0] = Native.ints(groupVector.address(), length);
        System.arraycopy(args, 0, columns, 1, args.length);
        rows.append(new Batch(length, List.of(columns)), selection, count);
        sorted = null;
    }

    @Override
    public void merge(Accumulator other, int[] sources, int[] targets, int count) {
        TextListAccumulator from = (TextListAccumulator) other;
        int[] order1 = from.sorted();
        int[] chosen = new int[Batch.MAX_ROWS];
        int[] groupOf = new int[Batch.MAX_ROWS];
        int n = 0;
        for (int i = 0; i < count; i++) {
            for (int at = from.starts[sources[i]]; at < from.starts[sources[i] + 1]; at++) {
                chosen[n] = order1[at];
                groupOf[n++] = targets[i];
                if (n == chosen.length) {
                    take(from, chosen, groupOf, n);
                    n = 0;
                }
            }
        }
        take(from, chosen, groupOf, n);
    }

    private void take(TextListAccumulator from, int[] chosen, int[] groupOf, int n) {
        try (RowStore part = new RowStore(from.fields(), memory)) {
            part.append(from.rows.all(), chosen, n);
            ColumnVector[] args = new ColumnVector[part.columns() - 1];
            for (int c = 0; c < args.length; c++) {
                args[c] = part.column(c + 1);
            }
            update(groupOf, args, null, n);
        }
    }

    private List<Field> fields() {
        List<Field> fields = new ArrayList<>();
        for (int c = 0; c < rows.columns(); c++) {
            fields.add(new Field("c" + c, rows.column(c).type(), true));
        }
        return fields;
    }

    /** The rows by group and order, and where each group starts. */
    private int[] sorted() {
        int[] known = sorted;
        if (known == null) {
            known = RowOrder.sort(rows.all(), order);
            starts = new int[groups + 1];
            ColumnVector group = rows.column(0);
            for (int row : known) {
                starts[Native.getInt(group.data().address() + 4L * row) + 1]++;
            }
            for (int g = 0; g < groups; g++) {
                starts[g + 1] += starts[g];
            }
            sorted = known;
        }
        return known;
    }

    @Override
    public synchronized void emit(int from, int count, VectorBuilder out) {
        int[] known = sorted();
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        for (int g = from; g < from + count; g++) {
            if (starts[g] == starts[g + 1]) {
                out.appendNull();
                continue;
            }
            text.reset();
            for (int at = starts[g]; at < starts[g + 1]; at++) {
                if (separated && at > starts[g] && !rows.column(2).isNull(known[at])) {
                    text.writeBytes(Values.bytes(rows.column(2), known[at]));
                }
                text.writeBytes(Values.bytes(rows.column(1), known[at]));
            }
            out.appendBytes(text.toByteArray());
        }
    }

    @Override
    public void close() {
        rows.close();
        groupVector.close();
    }
}
