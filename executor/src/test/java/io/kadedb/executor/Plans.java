package io.kadedb.executor;

import io.kadedb.common.control.CancelToken;
import io.kadedb.common.data.Batch;
import io.kadedb.common.type.Field;
import io.kadedb.executor.api.QueryContext;
import io.kadedb.executor.api.QueryResult;
import io.kadedb.executor.file.FilePolicy;
import io.kadedb.executor.file.LocalFiles;
import io.kadedb.executor.kernel.CpuKernels;
import io.kadedb.executor.kernel.Values;
import io.kadedb.executor.memory.ArrowMemoryPool;
import io.kadedb.planner.physical.PhysicalPlan;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs plans over tables in memory; closing it proves that nothing leaked. */
public final class Plans implements AutoCloseable {
    final ArrowMemoryPool memory = ArrowMemoryPool.root(1L << 31);
    public final MemoryTransaction transaction;
    final LocalExecutor executor;
    private final int threads;
    private final List<@Nullable Object> parameters;
    private final ZoneId zone;

    Plans(int threads) {
        this(threads, MemoryTransaction.Cut.USUAL, List.of(), ZoneId.of("UTC"));
    }

    public Plans(int threads, MemoryTransaction.Cut cut, List<@Nullable Object> parameters, ZoneId zone) {
        this.threads = threads;
        this.parameters = parameters;
        this.zone = zone;
        this.transaction = new MemoryTransaction(memory, cut);
        this.executor = new LocalExecutor(new CpuKernels(), memory, new LocalFiles(FilePolicy.all()), threads);
    }

    QueryResult start(PhysicalPlan plan, CancelToken cancel, long memoryLimit) {
        return executor.execute(
                plan,
                new QueryContext(
                        transaction,
                        transaction::definition,
                        parameters,
                        kind -> "ada",
                        FixedFunctions.INSTANCE,
                        zone,
                        cancel,
                        memoryLimit,
                        threads));
    }

    QueryContext context(List<@Nullable Object> parameters) {
        return new QueryContext(
                transaction,
                transaction::definition,
                parameters,
                kind -> "ada",
                FixedFunctions.INSTANCE,
                ZoneId.of("UTC"),
                CancelToken.unbounded(),
                1L << 30,
                threads);
    }

    public List<List<@Nullable Object>> run(PhysicalPlan plan) {
        try (QueryResult result = start(plan, CancelToken.unbounded(), 1L << 30)) {
            return rows(result);
        }
    }

    static List<List<@Nullable Object>> rows(QueryResult result) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Batch batch = result.next(); batch != null; batch = result.next()) {
            for (int i = 0; i < batch.length(); i++) {
                List<@Nullable Object> row = new ArrayList<>();
                for (int c = 0; c < batch.columns().size(); c++) {
                    row.add(Values.get(batch.column(c), i));
                }
                rows.add(row);
            }
        }
        return rows;
    }

    static List<Field> concat(List<Field> left, List<Field> right) {
        List<Field> both = new ArrayList<>(left);
        both.addAll(right);
        return both;
    }

    @Override
    public void close() {
        executor.close();
        memory.close();
    }
}
