package io.kadedb.sqltests.slt;

import io.kadedb.common.data.Batch;
import io.kadedb.common.seam.Scheduler;
import io.kadedb.executor.api.Shortcuts;
import io.kadedb.planner.api.RuleSet;
import io.kadedb.planner.api.RuleSet.Rule;
import io.kadedb.server.NodeOptions;
import io.kadedb.storage.transaction.StoreConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/** The ways to put KadeDB together that must not change what statements give. */
enum Tuning {
    ONE_THREAD(NodeOptions.DEFAULT, "set threads = 1"),
    EIGHT_THREADS(NodeOptions.DEFAULT, "set threads = 8"),
    BATCHES_OF_1(batches(1)),
    BATCHES_OF_2(batches(2)),
    BATCHES_OF_7(batches(7)),
    LITTLE_MEMORY(NodeOptions.DEFAULT, "set memory_limit = '4MB'"),
    DELTAS_ONLY(NodeOptions.DEFAULT.withStore(store -> store.withFoldAfter(Integer.MAX_VALUE, Long.MAX_VALUE / 16))),
    SEGMENTS_ONLY(
            NodeOptions.DEFAULT.withStore(store -> store.withFoldAfter(1, 1).withScheduler(new AtOnce()))),
    SMALL_COLUMN_CACHE(NodeOptions.DEFAULT.withStore(store ->
            store.withFoldAfter(64, 1 << 16).withScheduler(new AtOnce()).withColumnCacheBytes(1 << 16))),
    TEST_CIPHER(NodeOptions.DEFAULT.withStore(StoreConfig::withTestCipher)),
    NO_KEPT_PLANS(NodeOptions.DEFAULT.withCachedPlans(0)),
    NO_POINT_QUERIES(without(Rule.POINT_QUERIES)),
    NO_UNNESTED_SUBQUERIES(without(Rule.UNNEST_SUBQUERIES)),
    NO_DECORRELATION(without(Rule.DECORRELATE)),
    NO_SUBQUERY_REWRITES(without(Rule.UNNEST_SUBQUERIES, Rule.DECORRELATE)),
    NO_PUSHED_PREDICATES(without(Rule.PUSH_PREDICATES)),
    NO_ORDERED_JOINS(without(Rule.ORDER_JOINS)),
    NO_BOUND_PATH_ENDS(without(Rule.BIND_PATH_ENDS)),
    NO_KEY_READS(without(Rule.READ_KEYS, Rule.POINT_QUERIES)),
    NO_PRUNED_SCANS(shortcuts(new Shortcuts(Batch.MAX_ROWS, false, true, true, true))),
    NO_KEY_FILTERS(shortcuts(new Shortcuts(Batch.MAX_ROWS, true, false, true, true))),
    NO_MARKING_JOINS(shortcuts(new Shortcuts(Batch.MAX_ROWS, true, true, false, true))),
    NO_INLINE_PLANS(shortcuts(new Shortcuts(Batch.MAX_ROWS, true, true, true, false))),
    NOTHING_OPTIMIZED(
            new NodeOptions(
                    store -> store.withFoldAfter(1, 1).withScheduler(new AtOnce()),
                    0,
                    new Shortcuts(3, false, false, false, false)),
            Set.of(Rule.values()),
            "set threads = 1");

    /** Joins of dozens of tables are products of all of them unless they are planned. */
    private static final Set<Rule> JOINS = Set.of(Rule.PUSH_PREDICATES, Rule.ORDER_JOINS);

    /** Forms of subqueries that are built as joins only. */
    private static final List<String> ONLY_JOINED =
            List.of("(select min(q.b) from outer_values q where q.a = x.a)", "d <> any (select a from outer_values");

    /** Rows that fail unless a condition that holds for none of them comes first. */
    private static final List<String> FAILING_ROWS =
            List.of("from strict where not a / b > 0", "from strict where b not in (b / 0");

    private final TunedTarget target;
    private final Set<Rule> without;

    Tuning(NodeOptions options, String... settings) {
        this(options, Set.of(), settings);
    }

    Tuning(Set<Rule> without) {
        this(NodeOptions.DEFAULT, without);
    }

    Tuning(NodeOptions options, Set<Rule> without, String... settings) {
        List<String> all = new ArrayList<>(List.of(settings));
        List<Rule> rules = new ArrayList<>(RuleSet.ALL.rules());
        rules.removeAll(without);
        all.add("set planner_rules = '" + new RuleSet(rules).text() + "'");
        this.target = new TunedTarget(name(), options, all);
        this.without = Set.copyOf(without);
    }

    private static Set<Rule> without(Rule... rules) {
        return Set.of(rules);
    }

    TunedTarget target() {
        return target;
    }

    /** Whether a file is run. */
    boolean runs(String file) {
        return !file.equals("many_joins") || Collections.disjoint(without, JOINS);
    }

    /** Whether a statement may fail, or give something else, because of what is left out. */
    boolean mayDiffer(String sql) {
        return !without.isEmpty()
                && (sql.startsWith("explain")
                        || (without.contains(Rule.PUSH_PREDICATES)
                                && FAILING_ROWS.stream().anyMatch(sql::contains))
                        || (without.contains(Rule.UNNEST_SUBQUERIES)
                                && ONLY_JOINED.stream().anyMatch(sql::contains)));
    }

    private static NodeOptions batches(int rows) {
        return shortcuts(new Shortcuts(rows, true, true, true, true));
    }

    private static NodeOptions shortcuts(Shortcuts shortcuts) {
        return NodeOptions.DEFAULT.with(shortcuts);
    }

    /** Folds as soon as something is written. */
    static final class AtOnce implements Scheduler {
        @Override
        public void execute(Runnable task) {
            task.run();
        }

        @Override
        public Cancellable schedule(Duration delay, Runnable task) {
            return () -> {};
        }
    }
}
