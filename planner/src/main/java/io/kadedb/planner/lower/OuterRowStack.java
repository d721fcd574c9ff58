package io.kadedb.planner.lower;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.planner.physical.Expr;
import java.util.HashMap;
import java.util.Map;

/** The outer rows that expressions may refer to while the right side of an Apply is lowered. */
public final class OuterRowStack implements ExprBuilder.OuterRows {
    private final Map<String, Open> open = new HashMap<>();
    private int ids;

    private record Open(int id, Lowered left) {}

    int enter(String correlation, Lowered left) {
        int id = ids++;
        open.put(correlation, new Open(id, left));
        return id;
    }

    void leave(String correlation) {
        open.remove(correlation);
    }

    @Override
    public Expr column(String correlation, int index, SqlType type, boolean nullable) {
        Open outer = open.get(correlation);
        if (outer == null) {
            if (lenient) {
                return new Expr.OuterColumn(-1, index, type, nullable);
            }
            throw KadeException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "this form of correlated subquery is not built");
        }
        return new Expr.OuterColumn(outer.id, outer.left.place(index), type, nullable);
    }

    private final boolean lenient;

    private OuterRowStack(boolean lenient, int first) {
        this.lenient = lenient;
        this.ids = first;
    }

    /** For plans; numbers what it opens from the given number. */
    public static OuterRowStack strict(int first) {
        return new OuterRowStack(false, first);
    }

    /** For estimates, which do not care which row is meant. */
    public static OuterRowStack lenient() {
        return new OuterRowStack(true, 0);
    }

    /** The number behind those given so far. */
    public int next() {
        return ids;
    }
}
