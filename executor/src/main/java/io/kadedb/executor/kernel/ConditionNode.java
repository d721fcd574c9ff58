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
    private int[] found = new int[0];
    private int[] rest = new int[0];

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
        found = Selections.room(found, count);
        int kept = condition.whenTrue(batch, selection, count, found);
        MemorySegment bits = data.bitmap(length);
        Bitmaps.fill(bits, length, false);
        setBits(bits, found, kept);
        if (!nullable || kept == count) {
            return ColumnVector.fixed(type, length, bits, null);
        }
        MemorySegment known = validity.bitmap(length);
        Bitmaps.fill(known, length, false);
        setBits(known, found, kept);
        rest = Selections.room(rest, count);
        int left = Selections.minus(selection, count, found, kept, rest);
        left = condition.whenFalse(batch, rest, left, found);
        setBits(known, found, left);
        return ColumnVector.fixed(type, length, bits, known);
    }

    private static void setBits(MemorySegment bits, int[] rows, int count) {
        for (int i = 0; i < count; i++) {
            ColumnVector.setBit(bits, rows[i], true);
        }
    }
}
