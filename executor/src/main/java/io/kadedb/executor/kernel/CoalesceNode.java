package io.kadedb.executor.kernel;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.SqlType;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** COALESCE: each argument is computed for the rows in which all before it are NULL. */
final class CoalesceNode extends Node {
    private final Node[] args;
    private final Branches branches;
    private int[] remaining = new int[0];

    CoalesceNode(SqlType type, List<Node> args, Scratch scratch) {
        super(type);
        this.args = args.toArray(Node[]::new);
        this.branches = new Branches(type, args.size(), scratch);
    }

    @Override
    ColumnVector evaluate(Batch batch, int @Nullable [] selection, int count) {
        ColumnVector first = args[0].evaluate(batch, selection, count);
        if (!args[0].isConstant() && Bitmaps.validity(first) == null) {
            return first;
        }
        branches.clear();
        remaining = Selections.room(remaining, count);
        int left = Selections.all(selection, count, remaining);
        for (int b = 0; b < args.length && left > 0; b++) {
            ColumnVector vector = b == 0 ? first : args[b].evaluate(batch, remaining, left);
            int[] rows = branches.rows(b, left);
            int found = b == args.length - 1
                    ? Selections.all(remaining, left, rows)
                    : present(vector, args[b].isConstant(), left, rows);
            left = Selections.minus(remaining, left, rows, found, remaining);
            branches.add(b, vector, args[b].isConstant(), found);
        }
        return branches.build(batch.length());
    }

    private int present(ColumnVector vector, boolean constant, int count, int[] out) {
        MemorySegment validity = vector.validity();
        if (validity == null || (constant && ColumnVector.bit(validity, 0))) {
            return Selections.all(remaining, count, out);
        }
        return constant ? 0 : Bitmaps.select(validity, true, remaining, count, out);
    }
}
