package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.planner.physical.PhysicalPlan.JoinType;
import org.jspecify.annotations.Nullable;

/** Enumerates, for the rows of a left batch, the right rows that may be partners. */
final class JoinCandidates {
    private final JoinSpec spec;
    private final JoinTable table;
    private final boolean stopAtMatch;
    private final boolean nullAware;
    private int @Nullable [] nullKeyRows;

    private @Nullable Batch batch;
    private int @Nullable [] selection;
    private int count;
    private int[] ids = new int[0];
    /** The left row we are at, and the places of right rows still to come for it. */
    private int at;

    private int place;
    private int end;
    /** How a place is read: as a row, by the table's order, or as a row with a NULL key. */
    private Kind kind = Kind.ROW;

    private enum Kind {
        ROW,
        ORDERED,
        NULL_KEY
    }

    JoinCandidates(JoinSpec spec, JoinTable table) {
        this.spec = spec;
        this.table = table;
        this.stopAtMatch = spec.type().leftOnly();
        this.nullAware = spec.type() == JoinType.NULL_AWARE_ANTI;
    }

    /**
     * Starts with the first row.
     *
     * @param keyIds for joins with keys, the key number of each selected row
     */
    void begin(Batch left, int @Nullable [] rows, int selected, int[] keyIds) {
        batch = left;
        selection = rows;
        count = selected;
        ids = keyIds;
        at = -1;
        place = 0;
        end = 0;
        kind = Kind.NULL_KEY;
    }

    /**
     * Writes further pairs, leaving out what no longer matters for left rows that are matched already.
     *
     * @return how many; 0 at the end
     */
    int next(int[] left, int[] right, boolean[] matched) {
        int n = 0;
        while (true) {
            while (place >= end) {
                if (!advance()) {
                    return n;
                }
            }
            int row = Columns.row(selection, at);
            if (stopAtMatch && matched[row]) {
                place = end;
                kind = Kind.NULL_KEY;
                continue;
            }
            int run = Math.min(end - place, left.length - n);
            for (int i = 0; i < run; i++) {
                left[n] = row;
                right[n++] = rightRow(place + i);
            }
            place += run;
            if (n == left.length) {
                return n;
            }
        }
    }

    private int rightRow(int where) {
        return switch (kind) {
            case ROW -> where;
            case ORDERED -> table.row(where);
            case NULL_KEY -> nullKeys()[where];
        };
    }

    private int[] nullKeys() {
        int[] rows = nullKeyRows;
        if (rows == null) {
            rows = table.nullKeyRows();
            nullKeyRows = rows;
        }
        return rows;
    }

    /** Goes to the next range of places; false after the last row's. */
    private boolean advance() {
        if (nullAware && at >= 0 && kind != Kind.NULL_KEY) {
            // Rows with a NULL key are candidates of everybody: the comparison is not false.
            kind = Kind.NULL_KEY;
            place = 0;
            end = table.hasNullKey() ? nullKeys().length : 0;
            return true;
        }
        if (++at >= count) {
            return false;
        }
        if (!spec.hasKeys() || (nullAware && keyIsNull())) {
            all();
            return true;
        }
        int id = ids[at];
        kind = table.unique() ? Kind.ROW : Kind.ORDERED;
        if (id < 0) {
            place = 0;
            end = 0;
        } else if (table.unique()) {
            place = id;
            end = id + 1;
        } else {
            place = table.start(id);
            end = table.start(id + 1);
        }
        return true;
    }

    private void all() {
        kind = Kind.ROW;
        place = 0;
        end = table.rows.rows();
    }

    private boolean keyIsNull() {
        Batch left = batch;
        if (left == null) {
            throw new IllegalStateException("begin comes first");
        }
        ColumnVector key = left.column(spec.leftKeys()[0]);
        return key.isNull(Columns.row(selection, at));
    }
}
