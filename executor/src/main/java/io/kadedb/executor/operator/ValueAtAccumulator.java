package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.kernel.VectorBuilder;
import io.kadedb.executor.memory.Native;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * first, last, arg_min and arg_max: the value, the first argument, of the row whose second argument is least or greatest.
 * A group has an int64, the row of its best pair, counted from 1, and the place of the better one that a batch has. Of
 * rows with equal keys the one seen first is kept. Pairs that have been surpassed are dropped when they outnumber the
 * others.
 */
final class ValueAtAccumulator implements Accumulator {
    private static final int STATE_BYTES = 8;
    /** Pairs surpassed that are not worth the work of dropping them. */
    private static final int SLACK = 8 * Batch.MAX_ROWS;

    private final boolean greatest;
    private final boolean nulls;
    private final List<Field> fields;
    private final MemoryPool memory;
    private final NativeArray states;
    private final int[] touched = new int[Batch.MAX_ROWS];
    private final int[] chosen = new int[Batch.MAX_ROWS];
    private RowStore pairs;
    private int groups;
    /** Groups with a pair. */
    private int present;

    /**
     * @param greatest whether the greatest key wins
     * @param nulls whether a NULL is a value like others
     */
    ValueAtAccumulator(SqlType value, SqlType key, boolean greatest, boolean nulls, MemoryPool memory) {
        this.greatest = greatest;
        this.nulls = nulls;
        this.fields = List.of(new Field("value", value, true), new Field("key", key, true));
        this.memory = memory;
        this.states = new NativeArray(memory);
        this.pairs = new RowStore(fields, memory);
    }

    @Override
    public void resize(int count) {
        groups = Math.max(groups, count);
        states.ensure((long) STATE_BYTES * groups);
    }

    @Override
    public void update(int @Nullable [] groupOf, ColumnVector[] args, int @Nullable [] selection, int count) {
        int n = 0;
        for (int i = 0; i < count; i++) {
            int row = Columns.row(selection, i);
            if (nulls || !args[0].isNull(row)) {
                n = offer(groupOf == null ? 0 : groupOf[i], args[1], row, n);
            }
        }
        take(new Batch(args[0].length(), List.of(args[0], args[1])), n);
    }

    /**
     * Notes a row that surpasses the group's pair.
     *
     * @param pending rows noted so far
     * @return rows noted now
     */
    private int offer(int group, ColumnVector keys, int row, int pending) {
        long state = states.address() + (long) STATE_BYTES * group;
        int noted = Native.getInt(state + 4);
        if (noted > 0) {
            if (surpasses(keys, row, keys, chosen[noted - 1])) {
                chosen[noted - 1] = row;
            }
            return pending;
        }
        int kept = Native.getInt(state);
        if (kept > 0 && !surpasses(keys, row, pairs.column(1), kept - 1)) {
            return pending;
        }
        touched[pending] = group;
        chosen[pending] = row;
        Native.putInt(state + 4, pending + 1);
        return pending + 1;
    }

    private boolean surpasses(ColumnVector keys, int row, ColumnVector others, int other) {
        int order = RowOrder.compareValues(keys, row, others, other);
        return greatest ? order > 0 : order < 0;
    }

    /** Keeps the rows noted. */
    private void take(Batch batch, int count) {
        if (count == 0) {
            return;
        }
        int first = pairs.rows();
        pairs.append(batch, chosen, count);
        for (int i = 0; i < count; i++) {
            long state = states.address() + (long) STATE_BYTES * touched[i];
            present += Native.getInt(state) == 0 ? 1 : 0;
            Native.putInt(state, first + i + 1);
            Native.putInt(state + 4, 0);
        }
        if (pairs.rows() > 2L * present + SLACK) {
            dropSurpassed();
        }
    }

    private void dropSurpassed() {
        RowStore kept = new RowStore(fields, memory);
        try {
            int n = 0;
            for (int group = 0; group < groups; group++) {
                long state = states.address() + (long) STATE_BYTES * group;
                int row = Native.getInt(state);
                if (row > 0) {
                    chosen[n++] = row - 1;
                    Native.putInt(state, kept.rows() + n);
                }
                if (n == chosen.length || group == groups - 1) {
                    kept.append(pairs.all(), chosen, n);
                    n = 0;
                }
            }
        } catch (RuntimeException | Error e) {
            kept.close();
            throw e;
        }
        pairs.close();
        pairs = kept;
    }

    @Override
    public void merge(Accumulator other, int[] sources, int[] targets, int count) {
        ValueAtAccumulator from = (ValueAtAccumulator) other;
        int n = 0;
        for (int i = 0; i < count; i++) {
            int row = Native.getInt(from.states.address() + (long) STATE_BYTES * sources[i]);
            if (row > 0) {
                n = offer(targets[i], from.pairs.column(1), row - 1, n);
            }
        }
        take(from.pairs.all(), n);
    }

    @Override
    public void emit(int from, int count, VectorBuilder out) {
        for (int i = from; i < from + count; i++) {
            int row = Native.getInt(states.address() + (long) STATE_BYTES * i);
            if (row == 0) {
                out.appendNull();
            } else {
                out.append(pairs.column(0), row - 1);
            }
        }
    }

    @Override
    public void close() {
        states.close();
        pairs.close();
    }
}
