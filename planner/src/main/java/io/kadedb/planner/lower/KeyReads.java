package io.kadedb.planner.lower;

import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.KeyMode;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.type.Field;
import io.kadedb.planner.api.StatisticsSource.Column;
import io.kadedb.planner.index.Implication;
import io.kadedb.planner.lower.KeyConditions.Fixed;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.KeyLookup;
import io.kadedb.planner.physical.PhysicalPlan.TableRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Reads by key: by the primary key where a filter gives all of it, by an index or a range of keys where that is cheaper than a
 * scan.
 */
final class KeyReads {
    private static final int MAX_KEYS = 1000;
    /** Rows of a segment: of those that a range touches, all are read by a scan. */
    private static final double PART_ROWS = 65_536;
    /** Rows under one key of an index of which nothing is known. */
    private static final double UNKNOWN_MATCHES = 10;

    private final TableDefinition table;
    private final TableRef reference;
    private final List<Integer> columns;
    private final List<Field> output;
    private final Set<Integer> wanted;
    private final Statistics statistics;
    private final ReadCosts costs;

    /**
     * What is known of the table.
     *
     * @param rows of the table
     * @param columns by their ordinals
     */
    record Statistics(double rows, IntFunction<Column> columns) {
        private static final Column UNKNOWN = new Column(0, 0, null, null);

        /** What is known of a column of the table, or its row id. */
        Column column(int ordinal) {
            return ordinal < 0 ? UNKNOWN : columns.apply(ordinal);
        }

        /** How many of so many rows have given values in parts of a key. */
        double matches(List<Expr> parts, double of) {
            double matches = of;
            for (Expr part : parts) {
                double distinct = part instanceof Expr.Column known
                        ? column(known.index()).distinct()
                        : 0;
                matches = distinct > 0 ? matches / distinct : Math.min(matches, UNKNOWN_MATCHES);
            }
            return Math.max(matches, 1);
        }
    }

    /** @param wanted places of the columns that are needed for more than the filter */
    KeyReads(
            TableDefinition table,
            TableRef reference,
            List<Integer> columns,
            List<Field> output,
            Set<Integer> wanted,
            Statistics statistics) {
        this.table = table;
        this.reference = reference;
        this.columns = columns;
        this.output = output;
        this.wanted = wanted;
        this.statistics = statistics;
        this.costs = new ReadCosts(isSettled(), columns.size());
    }

    /** Whether rows lie in segments, which alone have statistics of columns. */
    private boolean isSettled() {
        return columns.stream().anyMatch(ordinal -> statistics.column(ordinal).distinct() > 0);
    }

    /**
     * The read by key, if there is a good one for the filter or the order.
     *
     * @param rows that pass the filter
     * @param order over the ordinals of the table, if one is wanted
     */
    Optional<PhysicalPlan> plan(Optional<Expr> filter, double rows, @Nullable KeyOrder order) {
        List<Expr> conjuncts = filter.map(Scans::conjuncts).orElse(List.of());
        KeyConditions conditions = new KeyConditions(table, columns, conjuncts);
        Implication known =
                new Implication(conjuncts.stream().map(conditions::canonical).toList());
        List<KeySource> keys = keys(known);
        Optional<Lookup> lookup = lookup(keys, conditions, conjuncts);
        if (lookup.isPresent() && lookup.get().cost == 0) {
            return Optional.of(lookup.get().plan);
        }
        double sort = order == null ? 0 : costs.sort(rows);
        double scan = costs.scan(statistics.rows()) + sort;
        RangeReads ranges = new RangeReads(
                table, reference, columns, output, wanted, statistics, conditions, conjuncts, costs, rows);
        RangeReads.Read best = null;
        for (KeySource key : keys) {
            Optional<RangeReads.Read> read =
                    table.keyMode() == KeyMode.PLAIN ? ranges.of(key, order) : Optional.empty();
            if (read.isPresent() && (best == null || read.get().cost() < best.cost())) {
                best = read.get();
            }
        }
        boolean byLookup = lookup.isPresent() && lookup.get().cost + sort <= scan;
        Optional<PhysicalPlan> byTerms = byLookup
                ? Optional.empty()
                : new TermReads(table, reference, columns, output, statistics.rows()).plan(conjuncts, known);
        double others = byLookup
                ? lookup.get().cost + sort
                : byTerms.map(terms -> costs.lookups(terms.rows(), 0) + sort)
                        .orElseGet(() -> scanCost(conditions, rows) + sort);
        if (best != null && best.cost() < others) {
            return Optional.of(best.scan());
        }
        return byLookup ? Optional.of(lookup.get().plan) : byTerms;
    }

    /** A scan, which skips what lies outside bounds of the primary key's first column. */
    private double scanCost(KeyConditions conditions, double rows) {
        boolean skips = table.hasPrimaryKey()
                && conditions
                        .between(KeyConditions.parts(table).getFirst())
                        .filter(between ->
                                between.lower().isPresent() || between.upper().isPresent())
                        .isPresent();
        return costs.scanStart()
                + costs.scan(skips ? Math.min(statistics.rows(), rows + PART_ROWS) : statistics.rows());
    }

    /** The keys that may be used. */
    private List<KeySource> keys(Implication known) {
        List<KeySource> keys = new ArrayList<>();
        if (table.hasPrimaryKey()) {
            keys.add(KeySource.ofPrimaryKey(table));
        }
        for (IndexDefinition index : table.indexes()) {
            if (index.isPublic() && !index.isInverted()) {
                KeySource key = KeySource.of(table, index);
                if (key.condition().map(known::implies).orElse(true)) {
                    keys.add(key);
                }
            }
        }
        return keys;
    }

    /** A lookup and what it costs, in nanoseconds; 0 for one that is always the best. */
    private record Lookup(KeyLookup plan, double cost) {}

    private Optional<Lookup> lookup(List<KeySource> keys, KeyConditions conditions, List<Expr> conjuncts) {
        Candidate best = null;
        for (KeySource key : keys) {
            List<Fixed> prefix = prefix(key, conditions);
            boolean whole = prefix.size() == key.parts().size();
            if (key.index().isEmpty()) {
                Optional<KeyLookup> plan =
                        whole ? plan(new Candidate(key, prefix, 1, false), conditions, conjuncts) : Optional.empty();
                if (plan.isPresent()) {
                    return Optional.of(new Lookup(plan.get(), 0));
                }
                continue;
            }
            if (prefix.isEmpty() || !(table.keyMode() == KeyMode.PLAIN || (whole && key.isUnique()))) {
                continue;
            }
            double matches = whole && key.isUnique()
                    ? 1
                    : statistics.matches(key.parts().subList(0, prefix.size()), statistics.rows());
            Candidate candidate =
                    new Candidate(key, prefix, matches, table.covers(key.index().get(), columns));
            if (best == null || candidate.isBetter(best)) {
                best = candidate;
            }
        }
        if (best == null) {
            return Optional.empty();
        }
        double count = best.keys();
        boolean single = best.key.isUnique() && best.isWhole() && count <= 10;
        double cost = single ? 0 : costs.lookups(count, best.matches);
        return plan(best, conditions, conjuncts).map(plan -> new Lookup(plan, cost));
    }

    private static List<Fixed> prefix(KeySource key, KeyConditions conditions) {
        List<Fixed> prefix = new ArrayList<>();
        for (Expr part : key.parts()) {
            Optional<Fixed> found = conditions.fixed(part);
            if (found.isEmpty()) {
                break;
            }
            prefix.add(found.get());
        }
        return prefix;
    }

    /**
     * A key that may be used.
     *
     * @param prefix what the filter says of its leading parts
     * @param matches how many rows one key is expected to have
     * @param covered whether it holds all columns
     */
    private record Candidate(KeySource key, List<Fixed> prefix, double matches, boolean covered) {
        /** Of two that find as many rows, the better one need not read them, or is the smaller one. */
        boolean isBetter(Candidate other) {
            if (matches != other.matches) {
                return matches < other.matches;
            }
            if (covered != other.covered) {
                return covered;
            }
            return key.condition().isPresent() && other.key.condition().isEmpty();
        }

        boolean isWhole() {
            return prefix.size() == key.parts().size();
        }

        double keys() {
            double keys = 1;
            for (Fixed part : prefix) {
                keys *= part.values().size();
            }
            return keys;
        }
    }

    private Optional<KeyLookup> plan(Candidate candidate, KeyConditions conditions, List<Expr> conjuncts) {
        List<List<Expr>> keys =
                combined(candidate.prefix.stream().map(Fixed::values).toList(), MAX_KEYS);
        if (keys.isEmpty()) {
            return Optional.empty();
        }
        List<Expr> rest = KeyConditions.without(
                conjuncts, candidate.prefix.stream().map(Fixed::conjunct).toList());
        candidate.key.condition().ifPresent(inIndex -> {
            Implication known = new Implication(List.of(inIndex));
            rest.removeIf(conjunct -> known.implies(conditions.canonical(conjunct)));
        });
        double rows = Math.min(statistics.rows(), keys.size() * candidate.matches);
        return Optional.of(new KeyLookup(
                reference,
                columns,
                candidate.key.index().map(IndexDefinition::name),
                keys,
                Scans.conjunction(rest),
                output,
                Math.max(rows, 1),
                candidate.covered));
    }

    /** Every way to take one value of each; nothing if there are more than so many. */
    static List<List<Expr>> combined(List<List<Expr>> values, int most) {
        List<List<Expr>> prefixes = List.of(List.of());
        for (List<Expr> next : values) {
            List<List<Expr>> longer = new ArrayList<>();
            if ((long) prefixes.size() * next.size() > most) {
                return List.of();
            }
            for (List<Expr> prefix : prefixes) {
                for (Expr value : next) {
                    List<Expr> key = new ArrayList<>(prefix);
                    key.add(value);
                    longer.add(List.copyOf(key));
                }
            }
            prefixes = longer;
        }
        return prefixes;
    }
}
