package io.kadedb.executor.operator;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.executor.pipeline.Sink;
import io.kadedb.executor.pipeline.Source;
import io.kadedb.executor.pipeline.Stage;
import io.kadedb.executor.pipeline.Worker;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.storage.api.LockPolicy;
import io.kadedb.storage.api.RowLockMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Locks rows as they come, one worker at a time, no more than are wanted, and gives them when all are locked: until then the
 * statement can be run again.
 */
final class LockedRows implements Sink {
    private final PhysicalPlan.LockRows plan;
    private final QueryRun run;
    private final MemoryPool memory;
    private final RowStore candidates;
    private final RowStore locked;
    private final int[] given = new int[Batch.MAX_ROWS];
    private @Nullable RowRange range;
    private long count;

    LockedRows(PhysicalPlan.LockRows plan, QueryRun run) {
        this.plan = plan;
        this.run = run;
        this.memory = run.memoryFor("LockRows");
        this.candidates = new RowStore(plan.output(), memory);
        this.locked = new RowStore(plan.output(), memory);
    }

    private synchronized RowRange range() {
        RowRange known = range;
        if (known == null) {
            known = RowRange.of(plan.offset(), plan.fetch(), run);
            range = known;
        }
        return known;
    }

    @Override
    public Stage open(Worker worker) {
        return new Locking(range());
    }

    /** Locks rows one after another while more are wanted; all at once where it makes no difference. */
    private synchronized void lock(Batch batch, int @Nullable [] selection, int rows, RowRange part) {
        boolean single = part.end() != Long.MAX_VALUE || plan.locks().size() > 1;
        int step = single ? 1 : rows;
        int[] one = new int[1];
        for (int i = 0; i < rows && count < part.end(); i += step) {
            run.context().cancel().checkpoint();
            candidates.clear();
            if (single) {
                one[0] = Columns.row(selection, i);
                candidates.append(batch, one, 1);
            } else {
                candidates.append(batch, selection, rows);
            }
            lock(candidates.all(), part);
        }
    }

    /** Locks rows of the only table, or one row of each. */
    private void lock(Batch rows, RowRange part) {
        int[] places = IntStream.range(0, rows.length()).toArray();
        for (PhysicalPlan.RowLock lock : plan.locks()) {
            if (places.length > 0) {
                places = lock(rows, lock);
            }
        }
        int n = 0;
        for (int place : places) {
            if (count++ >= part.offset()) {
                given[n++] = place;
            }
        }
        if (n > 0) {
            locked.append(rows, given, n);
        }
    }

    /** The places of the rows that are locked now. */
    private int[] lock(Batch rows, PhysicalPlan.RowLock lock) {
        TableDefinition table = run.context().tables().apply(lock.table().id());
        List<ColumnVector> key = new ArrayList<>();
        for (int column : lock.key()) {
            key.add(rows.column(column));
        }
        return run.context().transaction().lock(table, new Batch(rows.length(), key), mode(lock), policy(lock));
    }

    private static RowLockMode mode(PhysicalPlan.RowLock lock) {
        return switch (lock.strength()) {
            case KEY_SHARE -> RowLockMode.KEY_SHARE;
            case SHARE -> RowLockMode.SHARE;
            case NO_KEY_UPDATE -> RowLockMode.NO_KEY_UPDATE;
            case UPDATE -> RowLockMode.UPDATE;
        };
    }

    private static LockPolicy policy(PhysicalPlan.RowLock lock) {
        return switch (lock.policy()) {
            case WAIT -> LockPolicy.WAIT;
            case NOWAIT -> LockPolicy.NOWAIT;
            case SKIP_LOCKED -> LockPolicy.SKIP_LOCKED;
        };
    }

    /** The rows that are locked. */
    Source locked() {
        return new StoredRows(() -> locked);
    }

    @Override
    public void close() {
        candidates.close();
        locked.close();
        memory.close();
    }

    private final class Locking implements Stage {
        private final RowRange part;

        Locking(RowRange part) {
            this.part = part;
        }

        @Override
        public void push(Batch batch, int @Nullable [] selection, int rows) {
            lock(batch, selection, rows, part);
        }

        @Override
        public void end() {}

        @Override
        public boolean satisfied() {
            synchronized (LockedRows.this) {
                return count >= part.end();
            }
        }

        @Override
        public void close() {}
    }
}
