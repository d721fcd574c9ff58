package io.kadedb.executor.operator;

import io.kadedb.common.error.KadeException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The working tables of the recursions around a part of a plan. Immutable. */
final class WorkingTables {
    static final WorkingTables NONE = new WorkingTables(Map.of());

    private final Map<Integer, RowStore> byId;

    private WorkingTables(Map<Integer, RowStore> byId) {
        this.byId = byId;
    }

    WorkingTables with(int id, RowStore rows) {
        Map<Integer, RowStore> more = new HashMap<>(byId);
        more.put(id, rows);
        return new WorkingTables(more);
    }

    RowStore get(int id) {
        RowStore rows = byId.get(id);
        if (rows == null) {
            throw KadeException.internal("no working table " + id, (@Nullable Throwable) null);
        }
        return rows;
    }
}
