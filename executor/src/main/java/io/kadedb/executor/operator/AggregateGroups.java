package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.type.Field;
import io.kadedb.executor.kernel.VectorBuilder;
import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.executor.pipeline.Sink;
import io.kadedb.executor.pipeline.Source;
import io.kadedb.executor.pipeline.Stage;
import io.kadedb.executor.pipeline.Worker;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.storage.api.BatchSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Groups and aggregates: each worker in a table of its own, which are merged at the end. Then gives the groups. */
final class AggregateGroups implements Sink {
    private static final int MORSEL_GROUPS = 1 << 16;

    private final PhysicalPlan.Aggregate plan;
    /** The numbers of the grouping sets that have a group even when there are no rows. */
    private final List<Integer> emptySets;

    private final QueryRun run;
    private final MemoryPool memory;
    private final List<AggregateTable> tables = new ArrayList<>();
    private @Nullable AggregateTable result;

    AggregateGroups(PhysicalPlan.Aggregate plan, QueryRun run) {
        this(plan, List.of(), run);
    }

    private AggregateGroups(PhysicalPlan.Aggregate plan, List<Integer> emptySets, QueryRun run) {
        this.plan = plan;
        this.emptySets = emptySets;
        this.run = run;
        this.memory = run.memoryFor("Aggregate");
    }

    /** Groups what {@link ReplicateRows} makes of the rows. */
    static AggregateGroups of(PhysicalPlan.GroupingSets sets, QueryRun run) {
        List<Field> fields = ReplicateRows.fields(sets);
        int width = sets.input().output().size();
        List<Integer> keys = IntStream.range(width, fields.size()).boxed().toList();
        PhysicalPlan rows = new PhysicalPlan.Values(List.of(), fields);
        List<Integer> empty = IntStream.range(0, sets.sets().size())
                .filter(set -> sets.sets().get(set).isEmpty())
                .boxed()
                .toList();
        return new AggregateGroups(
                new PhysicalPlan.Aggregate(rows, keys, sets.calls(), sets.output(), sets.rows()), empty, run);
    }

    @Override
    public Stage open(Worker worker) {
        AggregateTable table =
                new AggregateTable(plan, worker.run().evaluation().timeZone(), memory);
        synchronized (tables) {
            tables.add(table);
        }
        return new Grouping(table);
    }

    @Override
    public void finish() {
        AggregateTable first = tables.getFirst();
        for (int i = 1; i < tables.size(); i++) {
            if (tables.get(i).groups() > first.groups()) {
                first = tables.get(i);
            }
        }
        for (AggregateTable table : tables) {
            if (table != first) {
                first.merge(table, run::checkpoint);
                table.close();
            }
        }
        tables.clear();
        tables.add(first);
        if (first.groups() == 0 && !emptySets.isEmpty()) {
            addEmptySets(first);
        }
        first.complete();
        result = first;
    }

    private void addEmptySets(AggregateTable table) {
        List<Field> keys = plan.input()
                .output()
                .subList(plan.keys().getFirst(), plan.input().output().size());
        try (RowStore rows = new RowStore(keys, memory)) {
            for (int set : emptySets) {
                rows.beginRow();
                for (int key = 0; key < keys.size() - 1; key++) {
                    rows.builder(key).appendNull();
                }
                rows.builder(keys.size() - 1).appendLong(set);
            }
            table.addGroups(rows.all());
        }
    }

    @Override
    public void close() {
        tables.forEach(AggregateTable::close);
        memory.close();
    }

    /** The groups, once complete. */
    Source groups() {
        return new Groups();
    }

    private record Grouping(AggregateTable table) implements Stage {
        @Override
        public void push(Batch batch, int @Nullable [] selection, int count) {
            table.add(batch, selection, count);
        }

        @Override
        public void end() {}

        @Override
        public boolean satisfied() {
            return false;
        }

        @Override
        public void close() {}
    }

    private final class Groups implements Source {
        private final AtomicInteger taken = new AtomicInteger();

        private AggregateTable complete() {
            AggregateTable table = result;
            if (table == null) {
                throw new IllegalStateException("the groups are not complete yet");
            }
            return table;
        }

        @Override
        public int start() {
            return 1 + complete().groups() / MORSEL_GROUPS;
        }

        @Override
        public @Nullable BatchSource next() {
            AggregateTable table = complete();
            long from = (long) taken.getAndIncrement() * MORSEL_GROUPS;
            return from >= table.groups()
                    ? null
                    : new Reader(table, (int) from, (int) Math.min(table.groups(), from + MORSEL_GROUPS));
        }
    }

    private final class Reader implements BatchSource {
        private final AggregateTable table;
        private final int end;
        private final VectorBuilder[] builders;
        private int at;

        Reader(AggregateTable table, int from, int end) {
            this.table = table;
            this.at = from;
            this.end = end;
            List<Field> output = plan.output();
            builders = new VectorBuilder[table.callCount()];
            for (int i = 0; i < builders.length; i++) {
                builders[i] = new VectorBuilder(output.get(table.keyCount() + i).type(), memory);
            }
        }

        @Override
        public @Nullable Batch next() {
            if (at >= end) {
                return null;
            }
            int count = Math.min(Batch.MAX_ROWS, end - at);
            ColumnVector[] columns = new ColumnVector[table.keyCount() + builders.length];
            if (table.keyCount() > 0) {
                Batch keys = table.keys(at, count);
                for (int i = 0; i < table.keyCount(); i++) {
                    columns[i] = keys.column(i);
                }
            }
            for (int i = 0; i < builders.length; i++) {
                builders[i].clear();
                table.emit(i, at, count, builders[i]);
                columns[table.keyCount() + i] = builders[i].build();
            }
            at += count;
            return new Batch(count, Arrays.asList(columns));
        }

        @Override
        public void close() {
            for (VectorBuilder builder : builders) {
                builder.close();
            }
        }
    }
}
