package io.kadedb.executor.operator;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.executor.kernel.Values;
import io.kadedb.executor.kernel.VectorBuilder;
import io.kadedb.planner.physical.WindowFunction;
import org.jspecify.annotations.Nullable;

/** first_value, last_value and nth_value: the value of one row of the frame. */
final class FrameValueColumn implements WindowColumn {
    private final WindowFunction function;
    private final FrameCursor frames;
    private final ColumnVector value;
    /** The position nth_value is asked for. */
    private final @Nullable ColumnVector position;

    FrameValueColumn(WindowFunction function, FrameCursor frames, ColumnVector value, @Nullable ColumnVector position) {
        this.function = function;
        this.frames = frames;
        this.value = value;
        this.position = position;
    }

    @Override
    public void append(int from, int count, VectorBuilder out) {
        for (int row = from; row < from + count; row++) {
            frames.moveTo(row);
            int found = find(row);
            if (found < 0) {
                out.appendNull();
            } else {
                out.append(value, found);
            }
        }
    }

    /** The row of the frame, or -1. */
    private int find(int row) {
        return switch (function) {
            case FIRST_VALUE -> frames.ranges() == 0 ? -1 : frames.from(0);
            case LAST_VALUE -> frames.ranges() == 0 ? -1 : frames.to(frames.ranges() - 1) - 1;
            case NTH_VALUE -> nth(position == null ? null : (Long) Values.get(position, row));
            default -> throw new IllegalStateException("not a value of the frame: " + function);
        };
    }

    private int nth(@Nullable Long wanted) {
        if (wanted == null) {
            return -1;
        }
        if (wanted <= 0) {
            throw KadeException.of(
                    ErrorCode.INVALID_ARGUMENT_FOR_NTH_VALUE, "argument of nth_value must be greater than zero");
        }
        long left = wanted - 1;
        for (int range = 0; range < frames.ranges(); range++) {
            int length = frames.to(range) - frames.from(range);
            if (left < length) {
                return (int) (frames.from(range) + left);
            }
            left -= length;
        }
        return -1;
    }
}
