package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.kernel.VectorBuilder;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.AggregateCall;
import io.kadedb.planner.physical.PhysicalPlan.SortKey;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/** Aggregates over the edges of each path of a batch, in the order in which the path takes them. */
final class PathAggregates implements AutoCloseable {
    private final RowStore edges;
    private final MemoryPool memory;
    private final ZoneId zone;
    /** The columns of the edges that aggregates read. */
    private final List<Integer> columns;

    private final PhysicalPlan.Aggregate plan;
    private final VectorBuilder group;
    private final VectorBuilder[] arguments;
    private final VectorBuilder[] results;
    private final int[] rows = new int[Batch.MAX_ROWS];
    private final int[] groupOfPath = new int[Batch.MAX_ROWS];
    private AggregateTable table;
    private int pending;
    private int groups;

    PathAggregates(PhysicalPlan.PathSearch search, RowStore edges, ZoneId zone, MemoryPool memory) {
        this.edges = edges;
        this.memory = memory;
        this.zone = zone;
        List<Field> fields = search.edges().output();
        TreeSet<Integer> used = new TreeSet<>();
        for (AggregateCall call : search.calls()) {
            used.addAll(call.args());
            call.filter().ifPresent(used::add);
            call.orderBy().forEach(key -> used.add(key.column()));
        }
        columns = List.copyOf(used);
        List<Field> input = new ArrayList<>();
        input.add(new Field("path", SqlType.BIGINT, false));
        columns.forEach(column -> input.add(fields.get(column)));
        List<AggregateCall> calls = search.calls().stream().map(this::placed).toList();
        PhysicalPlan values = new PhysicalPlan.Values(List.of(), input);
        plan = new PhysicalPlan.Aggregate(values, List.of(0), calls, List.of(), 1);
        group = new VectorBuilder(SqlType.BIGINT, memory);
        arguments = columns.stream()
                .map(column -> new VectorBuilder(fields.get(column).type(), memory))
                .toArray(VectorBuilder[]::new);
        results = search.calls().stream()
                .map(call -> new VectorBuilder(call.type(), memory))
                .toArray(VectorBuilder[]::new);
        table = new AggregateTable(plan, zone, memory);
    }

    private AggregateCall placed(AggregateCall call) {
        return new AggregateCall(
                call.function(),
                call.args().stream().map(this::place).toList(),
                call.distinct(),
                call.filter().map(this::place),
                call.orderBy().stream()
                        .map(key -> new SortKey(place(key.column()), key.descending(), key.nullsFirst()))
                        .toList(),
                call.type());
    }

    private int place(int column) {
        return 1 + columns.indexOf(column);
    }

    /** Adds the edges of a path, which is the batch's row of this number; paths come in order. */
    void add(int path, int[] taken, int length) {
        groupOfPath[path] = length == 0 ? -1 : groups++;
        for (int i = 0; i < length; i++) {
            group.appendLong(path);
            rows[pending++] = taken[i];
            if (pending == Batch.MAX_ROWS) {
                feed();
            }
        }
    }

    private void feed() {
        if (pending == 0) {
            return;
        }
        ColumnVector[] batch = new ColumnVector[1 + arguments.length];
        batch[0] = group.build();
        for (int i = 0; i < arguments.length; i++) {
            arguments[i].appendOrNull(edges.column(columns.get(i)), rows, pending);
            batch[1 + i] = arguments[i].build();
        }
        table.add(new Batch(pending, Arrays.asList(batch)), null, pending);
        group.clear();
        for (VectorBuilder argument : arguments) {
            argument.clear();
        }
        pending = 0;
    }

    /** Appends the results for all paths since the last call; paths without an edge have NULLs. */
    void emit(int paths, VectorBuilder[] out, int first) {
        feed();
        table.complete();
        for (int i = 0; i < results.length; i++) {
            table.emit(i, 0, groups, results[i]);
            out[first + i].appendOrNull(results[i].build(), groupOfPath, paths);
            results[i].clear();
        }
        groups = 0;
        table.close();
        table = new AggregateTable(plan, zone, memory);
    }

    @Override
    public void close() {
        table.close();
        group.close();
        for (VectorBuilder builder : arguments) {
            builder.close();
        }
        for (VectorBuilder builder : results) {
            builder.close();
        }
    }
}
