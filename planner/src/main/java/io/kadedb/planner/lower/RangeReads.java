package io.kadedb.planner.lower;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.type.Field;
import io.kadedb.planner.estimate.Selectivity;
import io.kadedb.planner.index.Canonical;
import io.kadedb.planner.index.Implication;
import io.kadedb.planner.lower.KeyConditions.Between;
import io.kadedb.planner.lower.KeyConditions.Fixed;
import io.kadedb.planner.lower.KeyConditions.Limit;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan.KeyBound;
import io.kadedb.planner.physical.PhysicalPlan.KeyNulls;
import io.kadedb.planner.physical.PhysicalPlan.KeyRangeScan;
import io.kadedb.planner.physical.PhysicalPlan.TableRef;
import io.kadedb.planner.physical.ScalarFunction;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads of the rows between two keys, in the order of the keys where that is wanted. */
final class RangeReads {
    private static final int MAX_RANGES = 1000;
    /** The share of the texts with a beginning that have one of a character more. */
    private static final double LONGER_PREFIX = 0.5;

    private final TableDefinition table;
    private final TableRef reference;
    private final List<Integer> columns;
    private final List<Field> output;
    private final Set<Integer> wanted;
    private final KeyReads.Statistics statistics;
    private final KeyConditions conditions;
    private final List<Expr> conjuncts;
    private final ReadCosts costs;

    /** The rows that pass the whole filter. */
    private final double rows;

    /** A read and what it costs, in nanoseconds. */
    record Read(KeyRangeScan scan, double cost) {}

    /**
     * @param wanted places of the columns that are needed above the filter
     * @param rows that pass the filter
     */
    RangeReads(
            TableDefinition table,
            TableRef reference,
            List<Integer> columns,
            List<Field> output,
            Set<Integer> wanted,
            KeyReads.Statistics statistics,
            KeyConditions conditions,
            List<Expr> conjuncts,
            ReadCosts costs,
            double rows) {
        this.table = table;
        this.reference = reference;
        this.columns = columns;
        this.output = output;
        this.wanted = wanted;
        this.statistics = statistics;
        this.conditions = conditions;
        this.conjuncts = conjuncts;
        this.costs = costs;
        this.rows = rows;
    }

    /**
     * The read of a range of a key; empty if the filter says nothing of it and its order is not wanted.
     *
     * @param order over the table's ordinals
     */
    Optional<Read> of(KeySource key, @Nullable KeyOrder order) {
        List<Fixed> prefix = new ArrayList<>();
        while (prefix.size() < key.parts().size()) {
            Optional<Fixed> fixed = conditions.fixed(key.parts().get(prefix.size()));
            if (fixed.isEmpty()) {
                break;
            }
            prefix.add(fixed.get());
        }
        if (prefix.size() == key.parts().size()) {
            return Optional.empty();
        }
        List<List<Expr>> prefixes =
                KeyReads.combined(prefix.stream().map(Fixed::values).toList(), MAX_RANGES);
        if (prefixes.isEmpty()) {
            return Optional.empty();
        }
        Expr next = key.parts().get(prefix.size());
        Between between = KeyConditions.isOrdered(next.type())
                ? conditions
                        .between(next)
                        .map(known -> along(known, key, prefix.size()))
                        .orElseGet(Between::new)
                : new Between();
        boolean excluded = between.lower().isPresent()
                || between.upper().isPresent()
                || between.notNull().isPresent();
        KeyOrderMatch match =
                order == null ? KeyOrderMatch.NONE : KeyOrderMatch.of(table, key, prefix, excluded, order);
        if (!excluded && !match.isOrdered()) {
            return Optional.empty();
        }
        return Optional.of(read(key, prefix, prefixes, between, match, order));
    }

    /** Bounds that compare rows, cut to the parts that follow each other in the key. */
    private Between along(Between known, KeySource key, int first) {
        return known.map((limit, upper) -> {
            int width = 1;
            boolean nullable = false;
            for (KeyConditions.PartBound further : limit.further()) {
                int place = first + width;
                if (place == key.parts().size() || !key.parts().get(place).equals(further.part())) {
                    return limit.cut(width);
                }
                nullable |= key.isNullable(table, place);
                width++;
            }
            // NULL lies below an upper bound, but is not less.
            return nullable && upper ? limit.inexact() : limit;
        });
    }

    private Read read(
            KeySource key,
            List<Fixed> prefix,
            List<List<Expr>> prefixes,
            Between between,
            KeyOrderMatch match,
            @Nullable KeyOrder order) {
        boolean ordered = match.isOrdered() && prefixes.size() == 1;
        List<Expr> rest = rest(key, prefix, between);
        Set<Integer> used = new TreeSet<>(wanted);
        rest.forEach(conjunct -> Canonical.of(conjunct, index -> {
            used.add(index);
            return index;
        }));
        boolean direct = key.gives(table, used.stream().map(columns::get).toList());
        double within = within(key, prefix, prefixes.size(), between);
        double passing = Math.clamp(rows / within, Math.min(1, 1 / within), 1.0);
        double read = within;
        if (ordered && order != null && order.fetch().isPresent()) {
            read = Math.min(within, order.fetch().getAsDouble() / passing);
        }
        double cost = costs.range(prefixes.size(), read, direct);
        if (order != null && !ordered) {
            cost += costs.sort(within * passing);
        }
        int bounds = Math.max(
                between.lower().map(Limit::width).orElse(0),
                between.upper().map(Limit::width).orElse(0));
        int shown = prefix.size() + Math.max(bounds, nullsFollow(between, match) ? 0 : 1);
        KeyRangeScan scan = new KeyRangeScan(
                reference,
                columns,
                key.index().map(index -> index.name()),
                key.names().subList(0, shown),
                prefixes,
                between.lower().map(RangeReads::bound),
                between.upper().map(RangeReads::bound),
                nulls(between, match),
                ordered && match.descending(),
                ordered,
                Scans.conjunction(rest),
                output,
                Math.max(1, Math.min(rows, within)),
                key.index().isPresent() && table.covers(key.index().get(), columns));
        return new Read(scan, cost);
    }

    private static KeyBound bound(Limit limit) {
        List<Expr> values = new ArrayList<>(List.of(limit.value()));
        limit.further().forEach(further -> values.add(further.value()));
        return new KeyBound(values, limit.inclusive());
    }

    private static boolean nullsFollow(Between between, KeyOrderMatch match) {
        return nulls(between, match) != KeyNulls.EXCLUDED;
    }

    private static KeyNulls nulls(Between between, KeyOrderMatch match) {
        if (between.lower().isPresent()
                || between.upper().isPresent()
                || between.notNull().isPresent()) {
            return KeyNulls.EXCLUDED;
        }
        return match.nulls();
    }

    /** The conjuncts that the range does not say. */
    private List<Expr> rest(KeySource key, List<Fixed> prefix, Between between) {
        Set<Expr> said = new LinkedHashSet<>();
        prefix.forEach(fixed -> said.add(fixed.conjunct()));
        between.lower().filter(Limit::exact).ifPresent(limit -> said.add(limit.conjunct()));
        between.upper().filter(Limit::exact).ifPresent(limit -> said.add(limit.conjunct()));
        between.notNull().ifPresent(said::add);
        List<Expr> rest = KeyConditions.without(conjuncts, List.copyOf(said));
        key.condition().ifPresent(inIndex -> {
            Implication known = new Implication(List.of(inIndex));
            rest.removeIf(conjunct -> known.implies(conditions.canonical(conjunct)));
        });
        return rest;
    }

    /** How many rows lie in the ranges. */
    private double within(KeySource key, List<Fixed> prefix, int ranges, Between between) {
        double all = key.condition().isPresent() ? Math.max(rows, statistics.rows() / 10) : statistics.rows();
        double each = statistics.matches(key.parts().subList(0, prefix.size()), all);
        Set<Expr> bounds = new LinkedHashSet<>();
        between.lower().ifPresent(limit -> bounds.add(limit.conjunct()));
        between.upper().ifPresent(limit -> bounds.add(limit.conjunct()));
        between.notNull().ifPresent(bounds::add);
        boolean pair = between.lower().isPresent()
                && between.upper().isPresent()
                && bounds.size() > 1
                && !(isKnown(between.lower().get()) && isKnown(between.upper().get()));
        double share = bounds.isEmpty()
                ? 1
                : new Selectivity(index -> statistics.column(columns.get(index)))
                        .of(Scans.conjunction(List.copyOf(bounds)).orElseThrow());
        share *= between.lower()
                .filter(limit -> limit.conjunct() instanceof Expr.Call call
                        && (call.function() == ScalarFunction.LIKE || call.function() == ScalarFunction.STARTS_WITH))
                .map(limit -> Math.pow(LONGER_PREFIX, length(limit.value()) - 1))
                .orElse(1.0);
        return Math.max(1, Math.min(all, ranges * each * (pair ? Math.min(share, Selectivity.UNKNOWN_PAIR) : share)));
    }

    private static int length(Expr prefix) {
        return prefix instanceof Expr.Literal literal && literal.value() instanceof String text ? text.length() : 1;
    }

    /** Whether the place of a bound among the values is known. */
    private boolean isKnown(Limit limit) {
        return limit.value() instanceof Expr.Literal
                && limit.conjunct() instanceof Expr.Call call
                && call.args().getFirst() instanceof Expr.Column column
                && statistics.column(columns.get(column.index())).min() != null;
    }
}
