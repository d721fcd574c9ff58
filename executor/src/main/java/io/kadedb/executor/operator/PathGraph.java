package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.type.Field;
import io.kadedb.executor.memory.Native;
import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.planner.physical.PhysicalPlan;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The graph a path search walks: edges grouped by the vertex they start at (compressed sparse rows), and for each edge
 * the number of the vertex it ends at. A vertex has up to two numbers, -1 where it has none: one among the vertices where
 * edges start, one among the keys of the right rows, which paths are to end at. Built by one thread, then read by all.
 */
final class PathGraph implements AutoCloseable {
    private final PhysicalPlan.PathSearch plan;
    private final QueryRun run;
    private final MemoryPool memory;
    private final NativeArray ends;
    private final NativeArray begins;
    private final NativeArray identities;
    private final NativeArray costs;
    private int identityCount;
    private boolean built;

    /** Where searches begin; their rows, by key. */
    final JoinBuild left;

    /** The edges by the vertex where they start. */
    final JoinBuild edges;

    /** Where paths end, by key. */
    final JoinBuild right;

    PathGraph(PhysicalPlan.PathSearch plan, QueryRun run) {
        this.plan = plan;
        this.run = run;
        this.memory = run.memoryFor("Path search");
        this.ends = new NativeArray(memory);
        this.begins = new NativeArray(memory);
        this.identities = new NativeArray(memory);
        this.costs = new NativeArray(memory);
        List<Field> keys = new ArrayList<>();
        for (int column : plan.leftKeys()) {
            Field field = plan.left().output().get(column);
            keys.add(new Field(field.name(), field.type(), true));
        }
        this.left = build(plan.left(), plan.leftKeys(), keys);
        this.edges = build(plan.edges(), plan.sourceKeys(), keys);
        this.right = build(plan.right(), plan.rightKeys(), keys);
    }

    private JoinBuild build(PhysicalPlan input, List<Integer> keyColumns, List<Field> keys) {
        return new JoinBuild("Path search", input.output(), JoinSpec.ints(keyColumns), keys, true, false, run);
    }

    /** Numbers the vertices, when all rows are there; once. */
    synchronized void build() {
        if (built) {
            return;
        }
        built = true;
        number(edges.table(), JoinSpec.ints(plan.destinationKeys()), ends);
        number(left.table(), JoinSpec.ints(plan.leftKeys()), begins);
        identify();
        plan.cost().ifPresent(this::price);
    }

    /** Keeps the costs of edges; NaN for NULL. */
    private void price(int column) {
        RowStore rows = edges.table().rows;
        costs.ensure(8L * Math.max(1, rows.rows()));
        double[] values = new double[Batch.MAX_ROWS];
        for (int from = 0; from < rows.rows(); from += Batch.MAX_ROWS) {
            run.checkpoint();
            int count = Math.min(Batch.MAX_ROWS, rows.rows() - from);
            ColumnVector vector = rows.slice(from, count).column(column);
            Columns.loadDoubles(vector, null, count, values);
            for (int i = 0; i < count; i++) {
                Native.putDouble(costs.address() + 8L * (from + i), vector.isNull(i) ? Double.NaN : values[i]);
            }
        }
    }

    /** What taking an edge costs, if the plan says. */
    double cost(int edge) {
        return Native.getDouble(costs.address() + 8L * edge);
    }

    /** Numbers the edges that rows are of: two rows are one edge that may be taken either way. */
    private void identify() {
        if (plan.edgeKeys().isEmpty()) {
            return;
        }
        RowStore rows = edges.table().rows;
        identities.ensure(4L * Math.max(1, rows.rows()));
        List<Field> keys = plan.edgeKeys().stream()
                .map(column -> plan.edges().output().get(column))
                .map(field -> new Field(field.name(), field.type(), true))
                .toList();
        KeyLayout layout = KeyLayout.of(keys, true);
        @Nullable TextInterner[] texts = KeyEncoder.interners(keys, memory);
        try (KeyTable table = new KeyTable(layout, memory)) {
            KeyEncoder encoder = new KeyEncoder(layout, JoinSpec.ints(plan.edgeKeys()), texts, true);
            int[] ids = new int[Batch.MAX_ROWS];
            int[] added = new int[Batch.MAX_ROWS];
            for (int from = 0; from < rows.rows(); from += Batch.MAX_ROWS) {
                run.checkpoint();
                int count = Math.min(Batch.MAX_ROWS, rows.rows() - from);
                encoder.encode(rows.slice(from, count), null, count);
                table.findOrAdd(encoder.words, count, ids, added);
                for (int i = 0; i < count; i++) {
                    Native.putInt(identities.address() + 4L * (from + i), ids[i]);
                }
            }
            identityCount = table.size();
        } finally {
            KeyEncoder.close(texts);
        }
    }

    /** Writes for each row of a table the two numbers of the vertex that its columns name. */
    private void number(JoinTable table, int[] columns, NativeArray numbers) {
        int rows = table.rows.rows();
        numbers.ensure(8L * Math.max(1, rows));
        writeNumbers(table, columns, edges.table(), numbers.address());
        writeNumbers(table, columns, right.table(), numbers.address() + 4);
    }

    private void writeNumbers(JoinTable table, int[] columns, JoinTable among, long out) {
        KeyEncoder encoder = among.probeEncoder(columns);
        int[] ids = new int[Batch.MAX_ROWS];
        int[] scratch = new int[Batch.MAX_ROWS];
        int rows = table.rows.rows();
        for (int from = 0; from < rows; from += Batch.MAX_ROWS) {
            run.checkpoint();
            int count = Math.min(Batch.MAX_ROWS, rows - from);
            encoder.encode(table.rows.slice(from, count), null, count);
            among.find(encoder.words, count, ids, scratch);
            for (int i = 0; i < count; i++) {
                Native.putInt(out + 8L * (from + i), ids[i]);
            }
        }
    }

    /** How many different edges there are, if it is told which row is which. */
    int identities() {
        return identityCount;
    }

    /** The number of the edge that a row is of. */
    int identity(int edge) {
        return Native.getInt(identities.address() + 4L * edge);
    }

    /** How many numbers {@link #vertex} gives. */
    int vertices() {
        return sources() + targets();
    }

    /** One number for the vertex of two numbers; -1 for one from which nothing leads on and where nothing ends. */
    int vertex(int source, int target) {
        return source >= 0 ? source : target < 0 ? -1 : sources() + target;
    }

    /** How many different vertices searches begin at. */
    int origins() {
        return left.table().keyCount();
    }

    /** How many different vertices paths may end at. */
    int targets() {
        return right.table().keyCount();
    }

    /** How many different vertices edges start at. */
    int sources() {
        return edges.table().keyCount();
    }

    /** The first place of the rows of a key in a table. */
    static int first(JoinTable table, int key) {
        return table.unique() ? key : table.start(key);
    }

    /** The place after the last row of a key. */
    static int last(JoinTable table, int key) {
        return table.unique() ? key + 1 : table.start(key + 1);
    }

    /** The row at a place. */
    static int row(JoinTable table, int place) {
        return table.unique() ? place : table.row(place);
    }

    /** The number of the origin among the vertices where edges start. */
    int originSource(int origin) {
        return Native.getInt(begins.address() + 8L * row(left.table(), first(left.table(), origin)));
    }

    /** The number of the origin among the targets. */
    int originTarget(int origin) {
        return Native.getInt(begins.address() + 8L * row(left.table(), first(left.table(), origin)) + 4);
    }

    /** The number of the vertex where an edge ends, among those where edges start. */
    int endSource(int edge) {
        return Native.getInt(ends.address() + 8L * edge);
    }

    /** The number of the vertex where an edge ends, among the targets. */
    int endTarget(int edge) {
        return Native.getInt(ends.address() + 8L * edge + 4);
    }

    @Override
    public void close() {
        ends.close();
        begins.close();
        identities.close();
        costs.close();
        memory.close();
    }
}
