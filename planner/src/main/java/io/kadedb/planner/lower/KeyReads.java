package io.kadedb.planner.lower;

import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.KeyMode;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.type.Field;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.Expr.Call;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.KeyLookup;
import io.kadedb.planner.physical.PhysicalPlan.TableRef;
import io.kadedb.planner.physical.ScalarFunction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Reads by key: by the primary key where a filter gives all of it, by an index where that is cheaper than a scan. */
final class KeyReads {
    private static final int MAX_KEYS = 1000;
    /** What finding one row by an index costs, and reading one in a scan: settled, or not yet. */
    private static final double LOOKUP_NANOS = 3_000;

    private static final double SETTLED_NANOS = 5;
    private static final double UNSETTLED_NANOS = 300;
    /** Rows under one key of an index of which nothing is known. */
    private static final double UNKNOWN_MATCHES = 10;

    private final TableDefinition table;
    private final TableRef reference;
    private final List<Integer> columns;
    private final List<Field> output;
    private final Statistics statistics;
    private final Map<Integer, Fixed> fixed = new HashMap<>();

    /**
     * What is known of the table.
     *
     * @param rows of the table
     * @param distinct values of a column by its ordinal, 0 if unknown
     */
    record Statistics(double rows, IntToDoubleFunction distinct) {}

    /** A conjunct that leaves a column so many values. */
    private record Fixed(Expr conjunct, List<Expr> values) {}

    KeyReads(
            TableDefinition table,
            TableRef reference,
            List<Integer> columns,
            List<Field> output,
            Statistics statistics) {
        this.table = table;
        this.reference = reference;
        this.columns = columns;
        this.output = output;
        this.statistics = statistics;
    }

    /** The read by key, if there is a good one for the filter. */
    Optional<PhysicalPlan> plan(Expr filter) {
        List<Expr> conjuncts = Scans.conjuncts(filter);
        conjuncts.forEach(this::fix);
        if (table.hasPrimaryKey() && fixed.keySet().containsAll(table.primaryKey())) {
            Optional<PhysicalPlan> byKey = lookup(Optional.empty(), table.primaryKey(), conjuncts, 1);
            if (byKey.isPresent()) {
                return byKey;
            }
        }
        IndexDefinition best = null;
        double least = Double.MAX_VALUE;
        for (IndexDefinition index : table.indexes()) {
            double matches = matches(index);
            if (matches < least) {
                least = matches;
                best = index;
            }
        }
        return best == null ? Optional.empty() : byIndex(best, least, conjuncts);
    }

    private Optional<PhysicalPlan> byIndex(IndexDefinition index, double matches, List<Expr> conjuncts) {
        List<Integer> prefix = prefix(index);
        double keys = 1;
        for (int ordinal : prefix) {
            keys *= values(ordinal).size();
        }
        boolean settled = statistics.distinct().applyAsDouble(prefix.getFirst()) > 0;
        double scan = statistics.rows() * (settled ? SETTLED_NANOS * columns.size() : UNSETTLED_NANOS);
        boolean single = index.unique() && prefix.size() == index.parts().size() && keys <= 10;
        if (!single && keys * (1 + matches) * LOOKUP_NANOS > scan) {
            return Optional.empty();
        }
        return lookup(Optional.of(index.name()), prefix, conjuncts, matches);
    }

    /** How many rows one key is expected to have; infinite if the filter gives no key. */
    private double matches(IndexDefinition index) {
        List<Integer> prefix = prefix(index);
        boolean whole = prefix.size() == index.parts().size();
        if (prefix.isEmpty() || (table.keyMode() == KeyMode.BUCKETED && !(whole && index.unique()))) {
            return Double.MAX_VALUE;
        }
        if (whole && index.unique()) {
            return 1;
        }
        double matches = statistics.rows();
        for (int ordinal : prefix) {
            double distinct = statistics.distinct().applyAsDouble(ordinal);
            matches = distinct > 0 ? matches / distinct : Math.min(matches, UNKNOWN_MATCHES);
        }
        return Math.max(matches, 1);
    }

    /** The leading columns of an index that the filter fixes. */
    private List<Integer> prefix(IndexDefinition index) {
        List<Integer> prefix = new ArrayList<>();
        for (int ordinal : table.ordinalsOf(index)) {
            if (!fixed.containsKey(ordinal)) {
                break;
            }
            prefix.add(ordinal);
        }
        return prefix;
    }

    private List<Expr> values(int ordinal) {
        Fixed found = fixed.get(ordinal);
        return found == null ? List.of() : found.values;
    }

    private Optional<PhysicalPlan> lookup(
            Optional<String> index, List<Integer> key, List<Expr> conjuncts, double matches) {
        List<List<Expr>> keys = List.of(List.of());
        List<Expr> rest = new ArrayList<>(conjuncts);
        for (int ordinal : key) {
            keys = combined(keys, values(ordinal));
            if (keys.size() > MAX_KEYS) {
                return Optional.empty();
            }
            rest.remove(conjunct(ordinal));
        }
        double rows = Math.min(statistics.rows(), keys.size() * matches);
        return Optional.of(new KeyLookup(
                reference,
                columns,
                index,
                keys,
                Scans.conjunction(rest),
                output,
                Math.max(rows, keys.isEmpty() ? 0 : 1)));
    }

    private @Nullable Expr conjunct(int ordinal) {
        Fixed found = fixed.get(ordinal);
        return found == null ? null : found.conjunct;
    }

    private static List<List<Expr>> combined(List<List<Expr>> prefixes, List<Expr> values) {
        List<List<Expr>> combined = new ArrayList<>();
        for (List<Expr> prefix : prefixes) {
            for (Expr value : values) {
                List<Expr> key = new ArrayList<>(prefix);
                key.add(value);
                combined.add(List.copyOf(key));
            }
        }
        return combined;
    }

    /** Remembers what a conjunct says of a column, the first one of each. */
    private void fix(Expr conjunct) {
        if (conjunct instanceof Call call
                && call.function() == ScalarFunction.EQ
                && call.args().get(0) instanceof Expr.Column column
                && isConstant(call.args().get(1))
                && call.args().get(1).type().layout() == column.type().layout()) {
            fix(column, new Fixed(conjunct, List.of(call.args().get(1))));
        } else if (conjunct instanceof Expr.InList in && in.input() instanceof Expr.Column column) {
            fix(column, new Fixed(conjunct, List.copyOf(in.values())));
        }
    }

    private void fix(Expr.Column column, Fixed value) {
        int ordinal = columns.get(column.index());
        if (ordinal != TableDefinition.ROW_ID) {
            fixed.putIfAbsent(ordinal, value);
        }
    }

    private static boolean isConstant(Expr expression) {
        return switch (expression) {
            case Expr.Literal literal -> literal.value() != null;
            case Expr.Parameter parameter -> true;
            case Expr.SessionValue value -> true;
            case Expr.OuterColumn column -> true;
            case Expr.Cast cast -> isConstant(cast.input());
            default -> false;
        };
    }
}
