package io.kadedb.executor.kernel;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.SqlType;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** A condition as a value of type boolean. */
final class ConditionNode extends Node {
    private final Condition condition;
    private final boolean nullable;
    private final Scratch.Buffer data;
    private final Scratch.Buffer validity;
    private final TruthRows rows = new TruthRows();

    ConditionNode(Condition condition, boolean nullable, Scratch scratch) {
        super(SqlType.BOOLEAN);
        this.condition = condition;
        this.nullable = nullable;
        this.data = scratch.buffer();
        this.validity = scratch.buffer();
    }

    Condition condition() {
        return condition;
    }

    @Override
    ColumnVector evaluate(Batch batch, int @Nullable [] selection, int count) {
        int length = batch.length();
        if (nullable) {
            condition.split(batch, selection, count, rows);
        } else {
            rows.room(count);
            rows.trueCount = condition.whenTrue(batch, selection, count, rows.trues);
        }
        MemorySegment bits = data.bitmap(length);
        Bitmaps.fill(bits, length, false);
        setBits(bits, rows.trues, rows.trueCount);
        if (!nullable || rows.trueCount == count) {
            return ColumnVector.fixed(type, length, bits, null);
        }
        MemorySegment known = validity.bitmap(length);
        Bitmaps.fill(known, length, false);
        setBits(known, rows.trues, rows.trueCount);
        setBits(known, rows.falses, rows.falseCount);
        return ColumnVector.fixed(type, length, bits, known);
    }

    private static void setBits(MemorySegment bits, int[] rows, int count) {
        for (int i = 0; i < count; i++) {
            ColumnVector.setBit(bits, rows[i], true);
        }
    }
}
