package io.kadedb.executor.kernel;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** CASE: each branch is computed for the rows that reach it, and not at all for none. */
final class CaseNode extends Node {
    private final Condition[] conditions;
    private final Node[] results;
    private final Branches branches;
    private int[] remaining = new int[0];

    /** One result more than conditions: the last is ELSE. */
    CaseNode(SqlType type, List<Condition> conditions, List<Node> results, Scratch scratch) {
        super(type);
        this.conditions = conditions.toArray(Condition[]::new);
        this.results = results.toArray(Node[]::new);
        this.branches = new Branches(type, results.size(), scratch);
    }

    @Override
    ColumnVector evaluate(Batch batch, int @Nullable [] selection, int count) {
        branches.clear();
        remaining = Selections.room(remaining, count);
        int left = Selections.all(selection, count, remaining);
        for (int b = 0; b < results.length && left > 0; b++) {
            int[] rows = branches.rows(b, left);
            int found;
            if (b < conditions.length) {
                found = conditions[b].whenTrue(batch, remaining, left, rows);
                left = Selections.minus(remaining, left, rows, found, remaining);
            } else {
                found = Selections.all(remaining, left, rows);
            }
            if (found > 0) {
                branches.add(b, results[b].evaluate(batch, rows, found), results[b].isConstant(), found);
            }
        }
        return branches.build(batch.length());
    }
}
