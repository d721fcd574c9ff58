package io.kadedb.executor.operator;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.type.Layout;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.kernel.Int128;
import io.kadedb.executor.kernel.VectorBuilder;
import io.kadedb.executor.memory.Native;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * min and max of text, bytes, wide decimals, intervals and uuids. A group's best value lies in a heap at the place its
 * state names: offset, length and room, 16 bytes a group; a longer value moves to the heap's end.
 */
final class WideExtremeAccumulator implements Accumulator {
    private static final int STATE_BYTES = 16;

    private final SqlType type;
    private final boolean greatest;
    private final NativeArray states;
    private final NativeArray heap;
    private long heapBytes;

    WideExtremeAccumulator(SqlType type, boolean greatest, MemoryPool memory) {
        this.type = type;
        this.greatest = greatest;
        this.states = new NativeArray(memory);
        this.heap = new NativeArray(memory);
    }

    @Override
    public void resize(int groups) {
        states.ensure((long) STATE_BYTES * groups);
    }

    @Override
    public void update(int @Nullable [] groups, ColumnVector[] args, int @Nullable [] selection, int count) {
        ColumnVector dictionary = args[0].dictionary();
        ColumnVector plain = dictionary == null ? args[0] : dictionary;
        long data = plain.data().address();
        MemorySegment bytes = plain.bytes();
        for (int i = 0; i < count; i++) {
            int row = Columns.row(selection, i);
            if (dictionary != null) {
                row = Native.getInt(args[0].data().address() + 4L * row);
            }
            int group = groups == null ? 0 : groups[i];
            if (bytes == null) {
                offer(group, data + 16L * row, 16);
            } else {
                int from = Native.getInt(data + 4L * row);
                offer(group, bytes.address() + from, Native.getInt(data + 4L * row + 4) - from);
            }
        }
    }

    /** A state holds the offset plus one, then the length and the room as int32. */
    private void offer(int group, long address, int length) {
        long state = states.address() + (long) STATE_BYTES * group;
        long offset = Native.getLong(state) - 1;
        if (offset >= 0) {
            int order = compare(address, length, heap.address() + offset, Native.getInt(state + 8));
            if (greatest ? order <= 0 : order >= 0) {
                return;
            }
        }
        if (offset < 0 || Native.getInt(state + 12) < length) {
            int room = Math.max(16, length + length / 2);
            heap.ensure(heapBytes + room);
            offset = heapBytes;
            heapBytes += room;
            Native.putLong(state, offset + 1);
            Native.putInt(state + 12, room);
        }
        Native.putInt(state + 8, length);
        Native.copy(address, heap.address() + offset, length);
    }

    private int compare(long a, int aLength, long b, int bLength) {
        return compare(type.layout(), a, aLength, b, bLength);
    }

    /** Compares two values of a layout that takes more than 8 bytes. */
    static int compare(Layout layout, long a, int aLength, long b, int bLength) {
        return switch (layout) {
            case INT128 ->
                Int128.compare(Native.getLong(a + 8), Native.getLong(a), Native.getLong(b + 8), Native.getLong(b));
            case INTERVAL -> compareIntervals(a, b);
            default -> Native.compare(a, aLength, b, bLength);
        };
    }

    private static int compareIntervals(long a, long b) {
        int days = Long.compare(days(a), days(b));
        return days != 0 ? days : Long.compare(micros(a), micros(b));
    }

    /** Whole days, where a month is 30 days and a day 24 hours, as PostgreSQL compares intervals. */
    private static long days(long at) {
        return Native.getInt(at) * 30L + Native.getInt(at + 4) + Math.floorDiv(Native.getLong(at + 8), 86_400_000_000L);
    }

    private static long micros(long at) {
        return Math.floorMod(Native.getLong(at + 8), 86_400_000_000L);
    }

    @Override
    public void merge(Accumulator other, int[] sources, int[] targets, int count) {
        WideExtremeAccumulator from = (WideExtremeAccumulator) other;
        for (int i = 0; i < count; i++) {
            long state = from.states.address() + (long) STATE_BYTES * sources[i];
            long offset = Native.getLong(state) - 1;
            if (offset >= 0) {
                offer(targets[i], from.heap.address() + offset, Native.getInt(state + 8));
            }
        }
    }

    @Override
    public void emit(int from, int count, VectorBuilder out) {
        for (int i = from; i < from + count; i++) {
            long state = states.address() + (long) STATE_BYTES * i;
            long offset = Native.getLong(state) - 1;
            if (offset < 0) {
                out.appendNull();
                continue;
            }
            long at = heap.address() + offset;
            switch (type.layout()) {
                case INT128, BYTES16 -> out.appendInt128(Native.getLong(at + 8), Native.getLong(at));
                case INTERVAL -> out.appendInterval(Native.getInt(at), Native.getInt(at + 4), Native.getLong(at + 8));
                default -> out.appendBytes(Native.bytes(at, Native.getInt(state + 8)));
            }
        }
    }

    @Override
    public void close() {
        states.close();
        heap.close();
    }
}
