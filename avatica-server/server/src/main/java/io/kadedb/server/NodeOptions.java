package io.kadedb.server;

import io.kadedb.executor.api.Shortcuts;
import io.kadedb.planner.KadePlanner;
import io.kadedb.storage.transaction.StoreConfig;
import java.util.function.UnaryOperator;

/**
 * What may differ between nodes without any effect on results: for tests, and nothing that users set.
 *
 * @param store changes how the store is opened
 * @param cachedPlans how many plans are kept
 * @param shortcuts what the executor does for speed
 */
public record NodeOptions(UnaryOperator<StoreConfig> store, int cachedPlans, Shortcuts shortcuts) {
    /** As users have it. */
    public static final NodeOptions DEFAULT =
            new NodeOptions(UnaryOperator.identity(), KadePlanner.DEFAULT_CACHED_PLANS, Shortcuts.ALL);

    public NodeOptions withStore(UnaryOperator<StoreConfig> change) {
        return new NodeOptions(change, cachedPlans, shortcuts);
    }

    public NodeOptions withCachedPlans(int plans) {
        return new NodeOptions(store, plans, shortcuts);
    }

    public NodeOptions with(Shortcuts others) {
        return new NodeOptions(store, cachedPlans, others);
    }
}
