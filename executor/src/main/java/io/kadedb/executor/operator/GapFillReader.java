package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.executor.kernel.VectorBuilder;
import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.storage.api.BatchSource;
import it.unimi.dsi.fastutil.ints.IntComparator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Walks through the sorted rows of gap filling, group by group, and steps from bucket to bucket between them. */
final class GapFillReader implements BatchSource {
    private final PhysicalPlan.GapFill plan;
    private final RowStore rows;
    private final int[] order;
    private final QueryRun run;
    private final GapFillRange range;
    private final ColumnVector timeColumn;
    private final long[] times;
    private final IntComparator groups;
    private final VectorGather[] gathers;
    private final VectorBuilder timeBuilder;
    private final List<GapFillColumn> fills = new ArrayList<>();

    /** For each row of a batch the row it is, or -1; and a row of its group, or -1. */
    private final int[] sources = new int[Batch.MAX_ROWS];

    private final int[] members = new int[Batch.MAX_ROWS];
    private int filled;

    /** The place of the next row, and where its group ends; the group begun has none of its rows behind it. */
    private int at;

    private int groupEnd;
    private int member = -1;
    private boolean inGroup;
    private boolean ended;
    private long bucket;

    GapFillReader(PhysicalPlan.GapFill plan, RowStore rows, int[] order, QueryRun run) {
        this.plan = plan;
        this.rows = rows;
        this.order = order;
        this.run = run;
        this.range = GapFillRange.of(plan, run);
        this.timeColumn = rows.column(plan.time());
        this.times = new long[rows.rows()];
        Columns.loadLongs(timeColumn, null, times.length, times);
        this.groups = RowOrder.comparing(rows.all(), GapFillRows.groupKeys(plan));
        this.gathers = VectorGather.of(plan.input().output(), run.memory());
        this.timeBuilder = new VectorBuilder(timeColumn.type(), run.memory());
        for (int i = 0; i < plan.fills().size(); i++) {
            PhysicalPlan.GapFill.Fill fill = plan.fills().get(i);
            int place = plan.input().output().size() + i;
            fills.add(new GapFillColumn(fill, plan.output().get(place).type(), rows, times, run.memory()));
        }
    }

    @Override
    public @Nullable Batch next() {
        run.checkpoint();
        filled = 0;
        timeBuilder.clear();
        fills.forEach(GapFillColumn::clear);
        boolean more = true;
        while (more && filled < Batch.MAX_ROWS) {
            more = step();
        }
        return filled == 0 ? null : batch();
    }

    private Batch batch() {
        int width = gathers.length;
        ColumnVector[] columns = new ColumnVector[width + fills.size()];
        for (int c = 0; c < width; c++) {
            columns[c] = c == plan.time()
                    ? timeBuilder.build()
                    : gathers[c].gather(
                            rows.column(c), plan.keys().contains(c) ? members : sources, null, filled, filled, true);
        }
        for (int f = 0; f < fills.size(); f++) {
            columns[width + f] = fills.get(f).build();
        }
        return new Batch(filled, Arrays.asList(columns));
    }

    /** Goes on by a row, a bucket or a group; false at the end. */
    private boolean step() {
        if (!inGroup) {
            return begin();
        }
        int row = at < groupEnd ? order[at] : -1;
        boolean timed = row >= 0 && !timeColumn.isNull(row);
        if (bucket < range.end() && (!timed || bucket < times[row])) {
            fills.forEach(fill -> fill.gap(bucket, timed ? row : -1, member));
            emit(-1, bucket);
            bucket = range.after(bucket);
        } else if (row >= 0) {
            fills.forEach(fill -> fill.row(row, member));
            emit(row, times[row]);
            at++;
            if (timed && bucket <= times[row]) {
                bucket = range.after(times[row]);
            }
        } else {
            inGroup = false;
        }
        return true;
    }

    private boolean begin() {
        boolean alone = order.length == 0 && plan.keys().isEmpty() && !ended;
        if (at == order.length && !alone) {
            return false;
        }
        ended = true;
        groupEnd = at;
        while (groupEnd < order.length && groups.compare(order[at], order[groupEnd]) == 0) {
            groupEnd++;
        }
        member = alone ? -1 : order[at];
        bucket = range.first();
        fills.forEach(GapFillColumn::begin);
        inGroup = true;
        return true;
    }

    private void emit(int row, long time) {
        sources[filled] = row;
        members[filled++] = member;
        if (row >= 0 && timeColumn.isNull(row)) {
            timeBuilder.appendNull();
        } else {
            timeBuilder.appendLong(time);
        }
    }

    @Override
    public void close() {
        for (VectorGather gather : gathers) {
            gather.close();
        }
        timeBuilder.close();
        fills.forEach(GapFillColumn::close);
    }
}
