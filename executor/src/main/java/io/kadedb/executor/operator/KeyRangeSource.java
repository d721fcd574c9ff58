package io.kadedb.executor.operator;

import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.Batch;
import io.kadedb.common.type.Field;
import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.executor.pipeline.Source;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan.KeyBound;
import io.kadedb.planner.physical.PhysicalPlan.KeyRangeScan;
import io.kadedb.storage.api.BatchSource;
import io.kadedb.storage.api.KeySpan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The rows whose keys lie between others, one range after another. */
final class KeyRangeSource implements Source {
    private final KeyRangeScan scan;
    private final QueryRun run;
    private final LongSupplier wanted;
    private final TableDefinition table;
    private final Optional<IndexDefinition> index;
    private final List<Field> fields;
    private final SoughtKeys prefixes;
    private final List<SoughtKeys> bounds = new ArrayList<>();
    private final Deque<KeySpan> spans = new ArrayDeque<>();

    /** @param wanted how many rows are, as far as that is known */
    KeyRangeSource(KeyRangeScan scan, QueryRun run, LongSupplier wanted) {
        this.scan = scan;
        this.run = run;
        this.wanted = wanted;
        this.table = run.context().tables().apply(scan.table().id());
        this.index = SoughtKeys.index(table, scan.index());
        this.fields = SoughtKeys.fields(table, index);
        this.prefixes =
                new SoughtKeys(fields.subList(0, scan.prefixes().getFirst().size()), run);
    }

    @Override
    public int start() {
        prefixes.evaluate(scan.prefixes());
        Optional<KeySpan.Bound> lower = bound(scan.lower());
        Optional<KeySpan.Bound> upper = bound(scan.upper());
        if (lower.isPresent() != scan.lower().isPresent()
                || upper.isPresent() != scan.upper().isPresent()) {
            // Nothing compares with NULL.
            return 1;
        }
        int first = (int) Math.min(wanted.getAsLong(), Batch.MAX_ROWS);
        Batch keys = prefixes.all();
        for (int i = 0; i < prefixes.rows(); i++) {
            for (KeySpan.Nulls nulls : nulls()) {
                spans.add(new KeySpan(keys, i, lower, upper, nulls, scan.descending(), first));
            }
        }
        return 1;
    }

    /** What is read of the keys with a prefix: in two parts where NULLs are not wanted where they lie. */
    private List<KeySpan.Nulls> nulls() {
        return switch (scan.nulls()) {
            case EXCLUDED -> List.of(KeySpan.Nulls.WITHOUT);
            case FIRST ->
                scan.descending() ? List.of(KeySpan.Nulls.ONLY, KeySpan.Nulls.WITHOUT) : List.of(KeySpan.Nulls.WITH);
            case LAST ->
                scan.descending() ? List.of(KeySpan.Nulls.WITH) : List.of(KeySpan.Nulls.WITHOUT, KeySpan.Nulls.ONLY);
        };
    }

    /** A bound with its values; empty if the first is NULL. */
    private Optional<KeySpan.Bound> bound(Optional<KeyBound> bound) {
        if (bound.isEmpty()) {
            return Optional.empty();
        }
        List<Expr> values = bound.get().values();
        for (int width = values.size(); width > 0; width--) {
            Batch known = evaluated(values.subList(0, width));
            if (known.length() > 0) {
                return Optional.of(new KeySpan.Bound(known, bound.get().inclusive() && width == values.size()));
            }
        }
        return Optional.empty();
    }

    /** A row of values; none if one is NULL. */
    private Batch evaluated(List<Expr> row) {
        int from = scan.prefixes().getFirst().size();
        SoughtKeys values = new SoughtKeys(fields.subList(from, from + row.size()), run);
        bounds.add(values);
        values.evaluate(List.of(row));
        return values.all();
    }

    @Override
    public synchronized @Nullable BatchSource next() {
        KeySpan span = spans.poll();
        return span == null ? null : run.context().transaction().readSpan(table, index, scan.columns(), span);
    }

    @Override
    public void close() {
        prefixes.close();
        bounds.forEach(SoughtKeys::close);
    }
}
