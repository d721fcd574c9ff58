package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.executor.kernel.PredicateEvaluator;
import io.kadedb.executor.pipeline.Stage;
import io.kadedb.executor.pipeline.Worker;
import io.kadedb.planner.physical.PhysicalPlan.JoinType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Finds the partners of left rows. Where each row has at most one and there is no further condition, left columns pass
 * as they are and only the selection shrinks; else pairs are gathered into batches of their own.
 */
final class JoinProbe implements Stage {
    private final JoinSpec spec;
    private final JoinTable table;
    private final Worker worker;
    private final Stage next;
    private final @Nullable KeyFinder finder;
    private final @Nullable PredicateEvaluator condition;
    private final VectorGather[] leftGathers;
    private final VectorGather[] rightGathers;
    private final JoinCandidates candidates;
    private final SinglePartners partnerOf;

    private int[] ids = new int[Batch.MAX_ROWS];
    private final int[] kept = new int[Batch.MAX_ROWS];
    private final int[] partners = new int[Batch.MAX_ROWS];
    private final int[] pairLeft = new int[Batch.MAX_ROWS];
    private final int[] pairRight = new int[Batch.MAX_ROWS];
    private final int[] pairKept = new int[Batch.MAX_ROWS];
    private final boolean[] leftMatched = new boolean[Batch.MAX_ROWS];

    JoinProbe(JoinSpec spec, JoinTable table, Worker worker, Stage next) {
        this.spec = spec;
        this.table = table;
        this.worker = worker;
        this.next = next;
        this.finder = spec.hasKeys() ? new KeyFinder(table, spec.leftKeys()) : null;
        MemoryPool memory = worker.run().memory();
        this.condition = spec.condition()
                .map(c -> worker.run().kernels().predicate(c, worker.run().evaluation(), memory))
                .orElse(null);
        this.leftGathers = VectorGather.of(spec.leftFields(), memory);
        this.rightGathers = VectorGather.of(spec.rightFields(), memory);
        this.partnerOf = new SinglePartners(spec, table, rightGathers, next);
        this.candidates = new JoinCandidates(spec, table);
    }

    @Override
    public void push(Batch batch, int @Nullable [] selection, int count) {
        boolean nullAware = spec.type() == JoinType.NULL_AWARE_ANTI;
        if (nullAware && spec.condition().isEmpty()) {
            notIn(batch, selection, count);
            return;
        }
        if (spec.hasKeys()) {
            findKeys(batch, selection, count);
            if (condition == null) {
                if (spec.type().leftOnly()) {
                    pushLeft(batch, selection, count, spec.type() == JoinType.SEMI);
                    return;
                }
                if (table.unique()) {
                    partnerOf.push(batch, selection, count, ids);
                    return;
                }
            }
        } else if (table.rows.rows() == 1 && condition == null && !spec.type().leftOnly()) {
            Arrays.fill(ids, 0, count, 0);
            partnerOf.push(batch, selection, count, ids);
            return;
        }
        pushPairs(batch, selection, count);
    }

    /** Sets {@link #ids} to each selected row's key number, -1 if it has no partner. */
    private void findKeys(Batch batch, int @Nullable [] selection, int count) {
        KeyFinder keys = finder;
        if (keys == null) {
            throw new IllegalStateException("a join without keys");
        }
        ids = keys.find(batch, selection, count);
    }

    private void pushLeft(Batch batch, int @Nullable [] selection, int count, boolean matched) {
        int n = 0;
        for (int i = 0; i < count; i++) {
            kept[n] = Columns.row(selection, i);
            n += ids[i] >= 0 == matched ? 1 : 0;
        }
        if (n > 0) {
            next.push(batch, kept, n);
        }
    }

    private void notIn(Batch batch, int @Nullable [] selection, int count) {
        if (table.rows.rows() == 0) {
            next.push(batch, selection, count);
            return;
        }
        if (table.hasNullKey()) {
            return;
        }
        findKeys(batch, selection, count);
        ColumnVector key = batch.column(spec.leftKeys()[0]);
        int n = 0;
        for (int i = 0; i < count; i++) {
            int row = Columns.row(selection, i);
            kept[n] = row;
            n += ids[i] < 0 && !key.isNull(row) ? 1 : 0;
        }
        if (n > 0) {
            next.push(batch, kept, n);
        }
    }

    private void pushPairs(Batch batch, int @Nullable [] selection, int count) {
        Arrays.fill(leftMatched, 0, batch.length(), false);
        candidates.begin(batch, selection, count, ids);
        int n = candidates.next(pairLeft, pairRight, leftMatched);
        while (n > 0 && !next.satisfied()) {
            worker.checkpoint();
            pairs(batch, n);
            n = candidates.next(pairLeft, pairRight, leftMatched);
        }
        switch (spec.type()) {
            case SEMI -> pushByMatch(batch, selection, count, true, false);
            case ANTI, NULL_AWARE_ANTI -> pushByMatch(batch, selection, count, false, false);
            case LEFT, FULL -> pushByMatch(batch, selection, count, false, true);
            case INNER, RIGHT -> {}
        }
    }

    private void pairs(Batch left, int n) {
        boolean leftOnly = spec.type().leftOnly();
        int[] passing = null;
        int count = n;
        Batch joined = null;
        if (!leftOnly || condition != null) {
            joined = gather(left, n);
        }
        if (condition != null && joined != null) {
            count = condition.select(joined, null, n, pairKept);
            passing = pairKept;
        }
        for (int i = 0; i < count; i++) {
            leftMatched[pairLeft[Columns.row(passing, i)]] = true;
        }
        if (spec.keepsRight()) {
            for (int i = 0; i < count; i++) {
                table.markMatched(pairRight[Columns.row(passing, i)]);
            }
        }
        if (!leftOnly && joined != null && count > 0) {
            next.push(joined, count == n ? null : passing, count);
        }
    }

    private Batch gather(Batch left, int n) {
        ColumnVector[] columns = new ColumnVector[leftGathers.length + rightGathers.length];
        for (int c = 0; c < leftGathers.length; c++) {
            columns[c] = leftGathers[c].gather(left.column(c), pairLeft, null, n, n, false);
        }
        for (int c = 0; c < rightGathers.length; c++) {
            columns[leftGathers.length + c] =
                    rightGathers[c].gather(table.rows.column(c), pairRight, null, n, n, false);
        }
        return new Batch(n, Arrays.asList(columns));
    }

    /** The left rows with or without a partner, maybe extended by NULLs. */
    private void pushByMatch(Batch batch, int @Nullable [] selection, int count, boolean matched, boolean extend) {
        int n = 0;
        for (int i = 0; i < count; i++) {
            int row = Columns.row(selection, i);
            kept[n] = row;
            n += leftMatched[row] == matched ? 1 : 0;
        }
        if (n == 0) {
            return;
        }
        if (!extend) {
            next.push(batch, kept, n);
            return;
        }
        Arrays.fill(partners, 0, n, -1);
        int length = batch.length();
        ColumnVector[] columns = new ColumnVector[leftGathers.length + rightGathers.length];
        for (int c = 0; c < leftGathers.length; c++) {
            columns[c] = batch.column(c);
        }
        for (int c = 0; c < rightGathers.length; c++) {
            columns[leftGathers.length + c] =
                    rightGathers[c].gather(table.rows.column(c), partners, kept, n, length, true);
        }
        next.push(new Batch(length, Arrays.asList(columns)), kept, n);
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
        if (condition != null) {
            condition.close();
        }
        for (VectorGather gather : leftGathers) {
            gather.close();
        }
        for (VectorGather gather : rightGathers) {
            gather.close();
        }
        next.close();
    }
}
