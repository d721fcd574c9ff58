package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.kernel.VectorBuilder;
import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.executor.pipeline.Stage;
import io.kadedb.planner.physical.PhysicalPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Passes each row once for every grouping set: its columns, the keys again with NULL for those the set lacks, and the
 * number of the set. Nothing is copied: what differs are vectors made once.
 */
final class ReplicateRows implements Stage {
    private final PhysicalPlan.GroupingSets plan;
    private final QueryRun run;
    private final Stage next;
    /** For each key a vector of NULLs. */
    private final VectorBuilder[] missing;
    /** For each set a vector of its number. */
    private final VectorBuilder[] numbers;

    ReplicateRows(PhysicalPlan.GroupingSets plan, QueryRun run, Stage next) {
        MemoryPool memory = run.memory();
        this.plan = plan;
        this.run = run;
        this.next = next;
        this.missing = new VectorBuilder[plan.keys().size()];
        this.numbers = new VectorBuilder[plan.sets().size()];
        for (int key = 0; key < missing.length; key++) {
            missing[key] = new VectorBuilder(
                    plan.input().output().get(plan.keys().get(key)).type(), memory);
        }
        for (int set = 0; set < numbers.length; set++) {
            numbers[set] = new VectorBuilder(SqlType.INTEGER, memory);
        }
    }

    /** The columns of the rows passed on. */
    static List<Field> fields(PhysicalPlan.GroupingSets plan) {
        List<Field> fields = new ArrayList<>(plan.input().output());
        fields.addAll(plan.output().subList(0, plan.keys().size() + 1));
        return fields;
    }

    private void fill() {
        if (numbers[0].length() > 0) {
            return;
        }
        for (VectorBuilder nulls : missing) {
            nulls.appendNulls(Batch.MAX_ROWS);
        }
        for (int set = 0; set < numbers.length; set++) {
            for (int i = 0; i < Batch.MAX_ROWS; i++) {
                numbers[set].appendLong(set);
            }
        }
    }

    @Override
    public void push(Batch batch, int @Nullable [] selection, int count) {
        fill();
        int width = batch.columns().size();
        int rows = batch.length();
        for (int set = 0; set < numbers.length; set++) {
            run.checkpoint();
            ColumnVector[] columns =
                    Arrays.copyOf(batch.columns().toArray(ColumnVector[]::new), width + missing.length + 1);
            for (int key = 0; key < missing.length; key++) {
                columns[width + key] = plan.sets().get(set).contains(key)
                        ? batch.column(plan.keys().get(key))
                        : missing[key].build().slice(0, rows);
            }
            columns[width + missing.length] = numbers[set].build().slice(0, rows);
            next.push(new Batch(rows, Arrays.asList(columns)), selection, count);
        }
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
        for (VectorBuilder builder : missing) {
            builder.close();
        }
        for (VectorBuilder builder : numbers) {
            builder.close();
        }
        next.close();
    }
}
