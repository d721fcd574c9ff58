package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.executor.pipeline.Stage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Drops rows of a scan whose key no row of a later join has, before they are aggregated or joined with others. A filter
 * that keeps most rows is given up.
 */
final class KeyFilters implements Stage {
    /** Rows after which a filter has shown what it is worth. */
    private static final int TRIAL_ROWS = 16 * Batch.MAX_ROWS;

    private final Filter[] filters;
    private final Stage next;
    private final int[] kept = new int[Batch.MAX_ROWS];

    /**
     * The keys of a join.
     *
     * @param columns the scan's columns that are compared with the table's key
     */
    record Keys(JoinBuild build, int[] columns) {}

    private static final class Filter {
        final KeyFinder finder;
        long seen;
        long passed;

        Filter(Keys keys) {
            finder = new KeyFinder(keys.build.table(), keys.columns);
        }

        boolean isUseful() {
            return seen < TRIAL_ROWS || passed * 2 < seen;
        }
    }

    private KeyFilters(List<Keys> keys, Stage next) {
        this.filters = keys.stream().map(Filter::new).toArray(Filter[]::new);
        this.next = next;
    }

    static Stage before(Stage next, List<Keys> keys) {
        return keys.isEmpty() ? next : new KeyFilters(keys, next);
    }

    @Override
    public void push(Batch batch, int @Nullable [] selection, int count) {
        int[] rows = selection;
        int n = count;
        for (Filter filter : filters) {
            if (filter.isUseful()) {
                int before = n;
                n = filter.finder.keep(batch, rows, n, kept);
                rows = kept;
                filter.seen += before;
                filter.passed += n;
                if (n == 0) {
                    return;
                }
            }
        }
        next.push(batch, rows, n);
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
