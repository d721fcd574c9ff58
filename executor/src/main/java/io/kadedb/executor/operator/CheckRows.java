package io.kadedb.executor.operator;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.executor.kernel.Values;
import io.kadedb.executor.kernel.value.ValueText;
import io.kadedb.executor.pipeline.Stage;
import io.kadedb.executor.pipeline.Worker;
import io.kadedb.planner.physical.PhysicalPlan;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/** Lets rows pass that violate no constraint, without the columns that say so. */
final class CheckRows implements Stage {
    /** Characters of a value that an error shows. */
    private static final int SHOWN = 64;

    private final PhysicalPlan.Check check;
    private final Worker worker;
    private final Stage next;
    private final int passed;

    CheckRows(PhysicalPlan.Check check, Worker worker, Stage next) {
        this.check = check;
        this.worker = worker;
        this.next = next;
        this.passed = check.output().size();
    }

    @Override
    public void push(Batch batch, int @Nullable [] selection, int count) {
        int first = count;
        int constraint = -1;
        for (int i = 0; i < check.constraints().size(); i++) {
            ColumnVector violated = batch.column(passed + i);
            for (int k = 0; k < first; k++) {
                if (Boolean.TRUE.equals(Values.get(violated, Columns.row(selection, k)))) {
                    first = k;
                    constraint = i;
                }
            }
        }
        Batch rows = new Batch(batch.length(), batch.columns().subList(0, passed));
        // Those before the first that is refused may have faults of their own.
        if (first > 0 || constraint < 0) {
            next.push(rows, selection, first);
        }
        if (constraint >= 0) {
            throw violation(check.constraints().get(constraint), batch, Columns.row(selection, first));
        }
    }

    private KadeException violation(String constraint, Batch batch, int row) {
        TableDefinition table =
                worker.run().context().tables().apply(check.table().id());
        StringJoiner values = new StringJoiner(", ");
        String missing = null;
        for (int i = 0; i < table.columns().size(); i++) {
            ColumnVector column = batch.column(check.first() + i);
            values.add(shown(column, row));
            boolean required =
                    !table.columns().get(i).nullable() || table.primaryKey().contains(i);
            if (!check.views() && missing == null && required && Values.get(column, row) == null) {
                missing = table.columns().get(i).name();
            }
        }
        if (check.views()) {
            return KadeException.of(
                            ErrorCode.WITH_CHECK_OPTION_VIOLATION,
                            "new row violates check option for view \"" + constraint + "\"")
                    .detail("Failing row contains (" + values + ").");
        }
        KadeException error = missing != null
                ? KadeException.of(
                        ErrorCode.NOT_NULL_VIOLATION,
                        "null value in column \"" + missing + "\" of relation \"" + table.name()
                                + "\" violates not-null constraint")
                : KadeException.of(
                        ErrorCode.CHECK_VIOLATION,
                        "new row for relation \"" + table.name() + "\" violates check constraint \"" + constraint
                                + "\"");
        return error.detail("Failing row contains (" + values + ").");
    }

    private String shown(ColumnVector column, int row) {
        Object value = Values.get(column, row);
        if (value == null) {
            return "null";
        }
        if (value instanceof Boolean truth) {
            return truth ? "t" : "f";
        }
        String text = ValueText.of(value, column.type(), worker.run().context().timeZone());
        return text.codePointCount(0, text.length()) > SHOWN
                ? text.substring(0, text.offsetByCodePoints(0, SHOWN)) + "..."
                : text;
    }

    @Override
    public void end() {
        next.end();
    }

    @Override
    public boolean satisfied() {
        return next.satisfied();
    }

    @Override
    public void close() {
        next.close();
    }
}
