package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.type.Field;
import io.kadedb.executor.kernel.VectorBuilder;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.AggregateCall;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Groups and the states of their aggregates. Belongs to one thread until it is complete. */
final class AggregateTable implements AutoCloseable {
    private final List<AggregateCall> calls;
    private final int[][] argumentColumns;
    private final boolean hasKeys;
    private final int[] keyColumns;
    private final @Nullable TextInterner[] texts;
    private final KeyTable keyTable;
    private final KeyEncoder encoder;
    private final KeyEncoder mergeEncoder;
    private final CodedGroups coded;
    private final RowStore keys;
    private final Accumulator[] accumulators;
    private final @Nullable DistinctRows[] distincts;

    private final int[] ids = new int[Batch.MAX_ROWS];
    private final int[] added = new int[Batch.MAX_ROWS];
    private final int[] positions = new int[Batch.MAX_ROWS];
    private final int[] keptRows = new int[Batch.MAX_ROWS];
    private final int[] keptGroups = new int[Batch.MAX_ROWS];

    AggregateTable(PhysicalPlan.Aggregate plan, ZoneId zone, MemoryPool memory) {
        List<Field> input = plan.input().output();
        calls = plan.calls();
        hasKeys = !plan.keys().isEmpty();
        keyColumns = JoinSpec.ints(plan.keys());
        List<Field> keyFields = plan.keys().stream().map(input::get).toList();
        int[] deciding = IntStream.range(0, keyColumns.length)
                .filter(position -> !plan.determined().contains(position))
                .toArray();
        List<Field> decidingFields =
                Arrays.stream(deciding).mapToObj(keyFields::get).toList();
        KeyLayout layout = KeyLayout.of(decidingFields, true);
        texts = KeyEncoder.interners(decidingFields, memory);
        keyTable = new KeyTable(layout, memory);
        int[] decidingColumns =
                Arrays.stream(deciding).map(position -> keyColumns[position]).toArray();
        encoder = new KeyEncoder(layout, decidingColumns, texts, true);
        coded = new CodedGroups(decidingColumns);
        mergeEncoder = new KeyEncoder(layout, deciding, texts, true);
        keys = new RowStore(keyFields, memory);
        accumulators = new Accumulator[calls.size()];
        distincts = new DistinctRows[calls.size()];
        argumentColumns = new int[calls.size()][];
        for (int i = 0; i < accumulators.length; i++) {
            AggregateCall call = calls.get(i);
            accumulators[i] = Accumulators.of(call, input, zone, memory);
            argumentColumns[i] = Accumulators.columns(call);
            if (Accumulators.distinctMatters(call)) {
                DistinctRows distinct = new DistinctRows(
                        Arrays.stream(argumentColumns[i]).mapToObj(input::get).toList(), memory);
                distincts[i] = distinct;
            }
        }
        if (!hasKeys) {
            resize(1);
        }
    }

    int groups() {
        return hasKeys ? keyTable.size() : 1;
    }

    private void resize(int groups) {
        for (Accumulator accumulator : accumulators) {
            accumulator.resize(groups);
        }
    }

    void add(Batch batch, int @Nullable [] selection, int count) {
        int[] groups = null;
        if (hasKeys) {
            groups = group(batch, selection, count);
        }
        for (int c = 0; c < accumulators.length; c++) {
            update(c, groups, batch, selection, count);
        }
    }

    private int[] group(Batch batch, int @Nullable [] selection, int count) {
        boolean isCoded = coded.read(batch, selection, count);
        if (isCoded && coded.find(count, ids)) {
            return ids;
        }
        assign(encoder, Columns.project(batch, keyColumns), batch, selection, count);
        if (isCoded) {
            coded.learn(count, ids);
        }
        return ids;
    }

    /** Sets {@link #ids} to the groups of the rows, making new groups. */
    private int[] assign(KeyEncoder keyEncoder, Batch keyBatch, Batch batch, int @Nullable [] selection, int count) {
        keyEncoder.encode(batch, selection, count);
        int fresh = keyTable.findOrAdd(keyEncoder.words, count, ids, added);
        if (fresh > 0) {
            for (int i = 0; i < fresh; i++) {
                added[i] = Columns.row(selection, added[i]);
            }
            keys.append(keyBatch, added, fresh);
            resize(keyTable.size());
        }
        return ids;
    }

    private void update(int c, int @Nullable [] groups, Batch batch, int @Nullable [] selection, int count) {
        AggregateCall call = calls.get(c);
        int[] rows = selection;
        int[] groupOf = groups;
        int n = count;
        if (call.filter().isPresent()) {
            n = passing(batch.column(call.filter().get()), rows, n);
            groupOf = keep(rows, groupOf, n);
            rows = keptRows;
        }
        if (Accumulators.skipsNulls(call.function())) {
            int decisive = argumentColumns[c][Accumulators.decisive(call.function())];
            int kept = Columns.dropNulls(batch.column(decisive), rows, n, positions);
            if (kept >= 0) {
                n = kept;
                groupOf = keep(rows, groupOf, n);
                rows = keptRows;
            }
        }
        if (n == 0) {
            return;
        }
        ColumnVector[] args = new ColumnVector[argumentColumns[c].length];
        for (int i = 0; i < args.length; i++) {
            args[i] = batch.column(argumentColumns[c][i]);
        }
        DistinctRows distinct = distincts[c];
        if (distinct == null) {
            accumulators[c].update(groupOf, args, rows, n);
        } else {
            distinct.add(groupOf, args, rows, n);
        }
    }

    /** Writes the positions of the rows where a condition is true. */
    private int passing(ColumnVector condition, int @Nullable [] selection, int count) {
        long[] values = new long[count];
        Columns.loadLongs(condition, selection, count, values);
        int n = 0;
        for (int i = 0; i < count; i++) {
            positions[n] = i;
            n += values[i] != 0 && !condition.isNull(Columns.row(selection, i)) ? 1 : 0;
        }
        return n;
    }

    /** Reduces rows and groups to {@link #positions}, which ascend, so that in place is safe. */
    private int @Nullable [] keep(int @Nullable [] selection, int @Nullable [] groups, int count) {
        for (int i = 0; i < count; i++) {
            keptRows[i] = Columns.row(selection, positions[i]);
        }
        if (groups == null) {
            return null;
        }
        for (int i = 0; i < count; i++) {
            keptGroups[i] = groups[positions[i]];
        }
        return keptGroups;
    }

    /** Makes groups of these keys, of no rows yet. */
    void addGroups(Batch keyRows) {
        assign(mergeEncoder, keyRows, keyRows, null, keyRows.length());
    }

    /** Adds the groups of another table of the same plan. */
    void merge(AggregateTable other, Runnable checkpoint) {
        int[] sources = new int[Batch.MAX_ROWS];
        int[] targets = new int[other.groups()];
        for (int from = 0; from < other.groups(); from += Batch.MAX_ROWS) {
            checkpoint.run();
            int count = Math.min(Batch.MAX_ROWS, other.groups() - from);
            if (hasKeys) {
                Batch batch = other.keys.slice(from, count);
                assign(mergeEncoder, batch, batch, null, count);
            } else {
                Arrays.fill(ids, 0, count, 0);
            }
            for (int i = 0; i < count; i++) {
                sources[i] = from + i;
            }
            System.arraycopy(ids, 0, targets, from, count);
            for (int c = 0; c < accumulators.length; c++) {
                accumulators[c].merge(other.accumulators[c], sources, ids, count);
            }
        }
        for (int c = 0; c < accumulators.length; c++) {
            DistinctRows distinct = distincts[c];
            DistinctRows others = other.distincts[c];
            if (distinct != null && others != null) {
                distinct.merge(others, targets);
            }
        }
    }

    /** Ends the input: what had to be gathered first is aggregated. */
    void complete() {
        keys.all();
        for (int c = 0; c < accumulators.length; c++) {
            DistinctRows distinct = distincts[c];
            if (distinct != null) {
                distinct.feed(accumulators[c]);
            }
        }
    }

    /** The key columns of some groups; {@code from} is a multiple of 8. */
    Batch keys(int from, int count) {
        return keys.slice(from, count);
    }

    int keyCount() {
        return keyColumns.length;
    }

    int callCount() {
        return accumulators.length;
    }

    /** Appends the results of an aggregate for some groups. */
    void emit(int call, int from, int count, VectorBuilder out) {
        accumulators[call].emit(from, count, out);
    }

    @Override
    public void close() {
        KeyEncoder.close(texts);
        keyTable.close();
        keys.close();
        for (Accumulator accumulator : accumulators) {
            accumulator.close();
        }
        for (DistinctRows distinct : distincts) {
            if (distinct != null) {
                distinct.close();
            }
        }
    }
}
