package io.kadedb.server;

import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.seam.Clock;
import io.kadedb.common.seam.Random;
import io.kadedb.common.security.AccessControl;
import io.kadedb.executor.IndexComputations;
import io.kadedb.executor.LocalExecutor;
import io.kadedb.executor.file.FilePolicy;
import io.kadedb.executor.file.LocalFiles;
import io.kadedb.executor.kernel.CpuKernels;
import io.kadedb.executor.memory.ArrowMemoryPool;
import io.kadedb.parser.SqlParser;
import io.kadedb.planner.KadePlanner;
import io.kadedb.planner.index.IndexValues;
import io.kadedb.server.session.AggregateRefresh;
import io.kadedb.server.session.MachineMemory;
import io.kadedb.server.session.OpenTransactions;
import io.kadedb.server.session.Services;
import io.kadedb.server.session.StatementReader;
import io.kadedb.server.session.TemporaryTables;
import io.kadedb.storage.api.Store;
import io.kadedb.storage.transaction.StoreConfig;
import io.kadedb.storage.transaction.Stores;
import java.nio.file.Path;
import java.util.List;

/** Puts a node together: the only place that names the implementations of the stages. */
final class NodeWiring {
    private static final String UNNAMED = "kadedb";

    private NodeWiring() {}

    static Node open(DatabaseUrl url, FilePolicy files, NodeOptions options) {
        MemoryPool memory = ArrowMemoryPool.root(MachineMemory.LIMIT_BYTES);
        BackgroundScheduler background = new BackgroundScheduler("kadedb-background");
        boolean opened = false;
        try {
            Store store = Stores.open(options.store()
                    .apply(config(url, memory)
                            .withScheduler(background)
                            .withExpressions(new IndexComputations(new CpuKernels(), memory, NodeWiring::computed))));
            TemporaryTables.clear(store);
            LocalFiles readable = new LocalFiles(files);
            LocalExecutor executor = new LocalExecutor(
                    new CpuKernels(),
                    memory,
                    readable,
                    Runtime.getRuntime().availableProcessors(),
                    options.shortcuts());
            Services services = new Services(
                    name(url),
                    store,
                    new StatementReader(new SqlParser()),
                    new KadePlanner(options.cachedPlans()),
                    executor,
                    readable,
                    readable,
                    ExplainedPlan::print,
                    AccessControl.allowAll(),
                    Clock.system(),
                    background,
                    Random.system(),
                    new OpenTransactions());
            AggregateRefresh refresh = new AggregateRefresh(services);
            refresh.start();
            opened = true;
            return new Node(services, List.of(refresh, executor, background, store, memory));
        } finally {
            if (!opened) {
                Closing.all(List.of(background, memory));
            }
        }
    }

    private static IndexComputations.Computed computed(TableDefinition table, IndexDefinition index) {
        IndexValues values = IndexValues.of(table, index).over(table, index);
        return new IndexComputations.Computed(values.parts(), values.condition());
    }

    private static StoreConfig config(DatabaseUrl url, MemoryPool memory) {
        return switch (url) {
            case DatabaseUrl.InMemory ignored -> StoreConfig.inMemory(memory);
            case DatabaseUrl.Directory directory -> StoreConfig.inDirectory(directory.canonical(), memory);
        };
    }

    private static String name(DatabaseUrl url) {
        return switch (url) {
            case DatabaseUrl.InMemory memory -> memory.name().isEmpty() ? UNNAMED : memory.name();
            case DatabaseUrl.Directory directory -> {
                Path last = directory.canonical().getFileName();
                yield last == null ? UNNAMED : last.toString();
            }
        };
    }
}
