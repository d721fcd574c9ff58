package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.executor.memory.Native;
import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.SortKey;
import it.unimi.dsi.fastutil.ints.IntComparator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The rows of a window sorted by partition and order, and where partitions and groups of peers start. */
final class WindowOrder implements AutoCloseable {
    private final RowStore sorted;
    /** int32: the first row of each group of peers, and the number of rows. */
    private final NativeArray groupStarts;
    /** int32: the first group of each partition, and the number of groups. */
    private final NativeArray partitionGroups;

    private int groups;
    private int partitions;

    /**
     * Sorts the rows.
     *
     * @param unsorted is closed, or becomes part of this
     */
    WindowOrder(RowStore unsorted, PhysicalPlan.Window plan, MemoryPool memory, QueryRun run) {
        groupStarts = new NativeArray(memory);
        partitionGroups = new NativeArray(memory);
        List<SortKey> partitionBy = new ArrayList<>();
        plan.partitionBy().forEach(column -> partitionBy.add(new SortKey(column, false, false)));
        List<SortKey> orderBy = plan.orderBy().stream()
                .filter(key -> !plan.partitionBy().contains(key.column()))
                .toList();
        List<SortKey> all = new ArrayList<>(partitionBy);
        all.addAll(orderBy);
        sorted = all.isEmpty() ? unsorted : sorted(unsorted, all, plan, memory, run);
        try {
            findGroups(partitionBy, orderBy, run);
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private static RowStore sorted(
            RowStore unsorted, List<SortKey> keys, PhysicalPlan.Window plan, MemoryPool memory, QueryRun run) {
        int[] order = RowOrder.sort(unsorted.all(), keys);
        RowStore copy = new RowStore(plan.input().output(), memory);
        try {
            Batch all = unsorted.all();
            for (int from = 0; from < order.length; from += Batch.MAX_ROWS) {
                run.checkpoint();
                int count = Math.min(Batch.MAX_ROWS, order.length - from);
                copy.append(all, Arrays.copyOfRange(order, from, from + count), count);
            }
        } catch (RuntimeException | Error e) {
            copy.close();
            throw e;
        }
        unsorted.close();
        return copy;
    }

    private void findGroups(List<SortKey> partitionBy, List<SortKey> orderBy, QueryRun run) {
        int rows = sorted.rows();
        Batch all = sorted.all();
        IntComparator byPartition = RowOrder.comparing(all, partitionBy);
        IntComparator byOrder = RowOrder.comparing(all, orderBy);
        for (int row = 0; row < rows; row++) {
            if ((row & 0xFFFF) == 0) {
                run.checkpoint();
            }
            boolean newPartition = row == 0 || byPartition.compare(row - 1, row) != 0;
            if (newPartition) {
                append(partitionGroups, partitions++, groups);
            }
            if (newPartition || byOrder.compare(row - 1, row) != 0) {
                append(groupStarts, groups++, row);
            }
        }
        append(partitionGroups, partitions, groups);
        append(groupStarts, groups, rows);
    }

    private static void append(NativeArray array, int index, int value) {
        array.ensure(4L * (index + 1L));
        Native.putInt(array.address() + 4L * index, value);
    }

    RowStore rows() {
        return sorted;
    }

    /** The first row of a group of peers. */
    int groupStart(int group) {
        return Native.getInt(groupStarts.address() + 4L * group);
    }

    /** The first group of a partition. */
    int firstGroup(int partition) {
        return Native.getInt(partitionGroups.address() + 4L * partition);
    }

    /** The group of a row. */
    int groupOf(int row) {
        return lastAtMost(groupStarts, groups, row);
    }

    /** The partition of a group. */
    int partitionOf(int group) {
        return lastAtMost(partitionGroups, partitions, group);
    }

    private static int lastAtMost(NativeArray ascending, int length, int value) {
        int low = 0;
        int high = length - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (Native.getInt(ascending.address() + 4L * middle) <= value) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    @Override
    public void close() {
        sorted.close();
        groupStarts.close();
        partitionGroups.close();
    }
}
