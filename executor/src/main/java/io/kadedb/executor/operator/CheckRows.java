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
        for (int i = 0; i < check.constraints().size(); i++) {
            ColumnVector violated = batch.column(passed + i);
            for (int k = 0; k < count; k++) {
                int row = Columns.row(selection, k);
                if (Boolean.TRUE.equals(Values.get(violated, row))) {
                    throw violation(check.constraints().get(i), batch, row);
                }
            }
        }
        next.push(new Batch(batch.length(), batch.columns().subList(0, passed)), selection, count);
    }

    private KadeException violation(String constraint, Batch batch, int row) {
        TableDefinition table =
                worker.run().context().tables().apply(check.table().id());
        StringJoiner values = new StringJoiner(", ");
        for (int i = 0; i < table.columns().size(); i++) {
            values.add(shown(batch.column(check.first() + i), row));
        }
        return KadeException.of(
                        ErrorCode.CHECK_VIOLATION,
                        "new row for relation \"" + table.name() + "\" violates check constraint \"" + constraint
                                + "\"")
                .detail("Failing row contains (" + values + ").");
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
