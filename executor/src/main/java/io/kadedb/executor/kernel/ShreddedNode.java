package io.kadedb.executor.kernel;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.SqlType;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** A value that lies in a column of its own, computed from the document only in rows that have one. */
final class ShreddedNode extends Node {
    private final Node value;
    private final Node document;
    private final Node computed;
    private final Branches branches;

    ShreddedNode(SqlType type, Node value, Node document, Node computed, Scratch scratch) {
        super(type);
        this.value = value;
        this.document = document;
        this.computed = computed;
        this.branches = new Branches(type, 2, scratch);
    }

    @Override
    ColumnVector evaluate(Batch batch, int @Nullable [] selection, int count) {
        ColumnVector documents = document.evaluate(batch, selection, count);
        MemorySegment present = Bitmaps.validity(documents);
        if (present == null) {
            return computed.evaluate(batch, selection, count);
        }
        branches.clear();
        int[] others = branches.rows(1, count);
        int found = Bitmaps.select(present, true, selection, count, others);
        if (found == 0) {
            return value.evaluate(batch, selection, count);
        }
        int[] known = branches.rows(0, count);
        int rest = Bitmaps.select(present, false, selection, count, known);
        branches.add(0, value.evaluate(batch, known, rest), value.isConstant(), rest);
        branches.add(1, computed.evaluate(batch, others, found), computed.isConstant(), found);
        return branches.build(batch.length());
    }
}
