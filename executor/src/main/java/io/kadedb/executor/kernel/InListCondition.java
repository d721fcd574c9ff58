package io.kadedb.executor.kernel;

import static io.kadedb.common.data.ColumnVector.INT32;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.Layout;
import io.kadedb.planner.physical.Expr;
import it.unimi.dsi.fastutil.longs.LongOpenHashSet;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code IN (constants)}: unknown where the value is NULL, or where it is not found and the list has a NULL. */
final class InListCondition extends Condition {
    private final Node input;
    private final List<Expr.Literal> values;
    private final boolean hasNull;
    private final VectorBuilder builder;
    private final DictionaryMatches matches = new DictionaryMatches();
    private int[] found = new int[0];

    private final LongOpenHashSet keys = new LongOpenHashSet();
    private long least = Long.MAX_VALUE;
    private long most = Long.MIN_VALUE;
    private byte @Nullable [] dense;
    private int @Nullable [] slots;
    private @Nullable ColumnVector list;

    InListCondition(Node input, List<Expr.Literal> values, Scratch scratch) {
        this.input = input;
        this.values = values;
        this.hasNull = values.stream().anyMatch(Expr.Literal::nullable);
        this.builder = scratch.builder(input.type);
    }

    @Override
    boolean isConstant() {
        return input.isConstant();
    }

    @Override
    boolean isStable() {
        return input.isStable();
    }

    @Override
    int whenTrue(Batch batch, int @Nullable [] selection, int count, int[] out) {
        return listed(input.evaluate(batch, selection, count), selection, count, out);
    }

    @Override
    int whenFalse(Batch batch, int @Nullable [] selection, int count, int[] out) {
        if (hasNull) {
            return 0;
        }
        found = Selections.room(found, count);
        ColumnVector vector = input.evaluate(batch, selection, count);
        int kept = listed(vector, selection, count, found);
        return others(vector, selection, count, found, kept, out);
    }

    @Override
    void split(Batch batch, int @Nullable [] selection, int count, TruthRows into) {
        into.room(count);
        ColumnVector vector = input.evaluate(batch, selection, count);
        into.trueCount = listed(vector, selection, count, into.trues);
        into.falseCount = hasNull ? 0 : others(vector, selection, count, into.trues, into.trueCount, into.falses);
    }

    /** The rows whose value is in the list. */
    private int listed(ColumnVector vector, int @Nullable [] selection, int count, int[] out) {
        ColumnVector constants = prepare();
        if (input.isConstant()) {
            boolean holds = !vector.isNull(0) && plain(vector, constants, null, 1, new int[1]) == 1;
            return holds ? Selections.all(selection, count, out) : 0;
        }
        ColumnVector dictionary = vector.dictionary();
        if (dictionary == null) {
            return ComparisonCondition.dropNulls(vector, out, plain(vector, constants, selection, count, out));
        }
        // A list has few values and a dictionary few entries: cheap enough whatever the rows.
        matches.flags(dictionary, Integer.MAX_VALUE);
        if (matches.isNew()) {
            int[] rows = new int[dictionary.length()];
            matches.remember(rows, plain(dictionary, constants, null, dictionary.length(), rows));
        }
        return matches.select(vector, selection, count, out);
    }

    /** The rows that are neither in the list nor NULL. */
    private int others(
            ColumnVector vector, int @Nullable [] selection, int count, int[] listed, int listedCount, int[] out) {
        if (input.isConstant()) {
            return listedCount > 0 || vector.isNull(0) ? 0 : Selections.all(selection, count, out);
        }
        return ComparisonCondition.dropNulls(vector, out, Selections.minus(selection, count, listed, listedCount, out));
    }

    private ColumnVector prepare() {
        ColumnVector known = list;
        if (known != null) {
            return known;
        }
        for (Expr.Literal literal : values) {
            if (!literal.nullable()) {
                builder.append(literal.value());
            }
        }
        ColumnVector built = builder.build();
        if (OrderKeys.has(input.type.layout())) {
            for (int i = 0; i < built.length(); i++) {
                long key = RangeKernels.key(built, i);
                keys.add(key);
                least = Math.min(least, key);
                most = Math.max(most, key);
            }
            if (most - least >= 0 && most - least < 4096) {
                byte[] flags = new byte[(int) (most - least) + 1];
                keys.forEach(key -> flags[(int) (key - least)] = 1);
                dense = flags;
            }
        } else if (input.type.layout() == Layout.VARBYTES) {
            slots = textSlots(built);
        }
        list = built;
        return built;
    }

    /** An open hash table of positions in the list, plus one; a power of two of slots, at most half used. */
    private static int[] textSlots(ColumnVector list) {
        int[] table = new int[Math.max(4, Integer.highestOneBit(Math.max(1, list.length())) * 4)];
        for (int i = 0; i < list.length(); i++) {
            int slot = (int) hash(list, i) & table.length - 1;
            while (table[slot] != 0) {
                slot = slot + 1 & table.length - 1;
            }
            table[slot] = i + 1;
        }
        return table;
    }

    private static long hash(ColumnVector text, int row) {
        return Hashing.hashBytes(
                Values.bytesOf(text),
                text.data().get(INT32, 4L * row),
                text.data().get(INT32, 4L * row + 4));
    }

    private int plain(ColumnVector vector, ColumnVector constants, int @Nullable [] rows, int count, int[] out) {
        if (slots != null) {
            return text(vector, constants, slots, rows, count, out);
        }
        if (!OrderKeys.has(vector.type().layout())) {
            return any(vector, constants, rows, count, out);
        }
        long[] values8 = new long[count];
        PairKernels.keys(vector, rows, count, values8);
        return dense != null ? dense(values8, dense, least, rows, count, out) : hashed(values8, keys, rows, count, out);
    }

    private static int dense(long[] values, byte[] flags, long least, int @Nullable [] rows, int count, int[] out) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            long at = values[i] - least;
            out[kept] = rows == null ? i : rows[i];
            kept += at >= 0 && at < flags.length ? flags[(int) at] : 0;
        }
        return kept;
    }

    private static int hashed(long[] values, LongOpenHashSet keys, int @Nullable [] rows, int count, int[] out) {
        int kept = 0;
        for (int i = 0; i < count; i++) {
            out[kept] = rows == null ? i : rows[i];
            kept += keys.contains(values[i]) ? 1 : 0;
        }
        return kept;
    }

    private static int text(
            ColumnVector vector, ColumnVector constants, int[] slots, int @Nullable [] rows, int count, int[] out) {
        int kept = 0;
        MemorySegment offsets = vector.data();
        MemorySegment bytes = Values.bytesOf(vector);
        for (int i = 0; i < count; i++) {
            int row = rows == null ? i : rows[i];
            int from = offsets.get(INT32, 4L * row);
            int to = offsets.get(INT32, 4L * row + 4);
            int slot = (int) Hashing.hashBytes(bytes, from, to) & slots.length - 1;
            while (slots[slot] != 0) {
                if (TextKernels.compare(vector, row, constants, slots[slot] - 1) == 0) {
                    out[kept++] = row;
                    break;
                }
                slot = slot + 1 & slots.length - 1;
            }
        }
        return kept;
    }

    private int any(ColumnVector vector, ColumnVector constants, int @Nullable [] rows, int count, int[] out) {
        Comparators.RowComparator order = Comparators.values(input.type);
        int kept = 0;
        for (int i = 0; i < count; i++) {
            int row = rows == null ? i : rows[i];
            for (int c = 0; c < constants.length(); c++) {
                if (order.compare(vector, row, constants, c) == 0) {
                    out[kept++] = row;
                    break;
                }
            }
        }
        return kept;
    }
}
