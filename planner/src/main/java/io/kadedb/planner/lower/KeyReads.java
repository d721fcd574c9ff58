package io.kadedb.planner.lower;

import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.KeyMode;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.type.Field;
import io.kadedb.planner.index.Canonical;
import io.kadedb.planner.index.Implication;
import io.kadedb.planner.index.IndexValues;
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
import java.util.Objects;
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
    private final Map<Expr, Fixed> computed = new HashMap<>();

    /**
     * What is known of the table.
     *
     * @param rows of the table
     * @param distinct values of a column by its ordinal, 0 if unknown
     */
    record Statistics(double rows, IntToDoubleFunction distinct) {}

    /** A conjunct that leaves a column or expression so many values. */
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
            Optional<PhysicalPlan> byKey = lookup(
                    Optional.empty(),
                    Optional.empty(),
                    table.primaryKey().stream()
                            .map(ordinal -> Objects.requireNonNull(fixed.get(ordinal)))
                            .toList(),
                    conjuncts,
                    1,
                    false);
            if (byKey.isPresent()) {
                return byKey;
            }
        }
        Implication known =
                new Implication(conjuncts.stream().map(this::canonical).toList());
        Candidate best = null;
        for (IndexDefinition index : table.indexes()) {
            Candidate candidate = candidate(index, known);
            if (candidate != null && (best == null || candidate.isBetter(best))) {
                best = candidate;
            }
        }
        Optional<PhysicalPlan> byValues = best == null ? Optional.empty() : byIndex(best, conjuncts);
        return byValues.isPresent()
                ? byValues
                : new TermReads(table, reference, columns, output, statistics.rows()).plan(conjuncts, known);
    }

    /**
     * An index that may be used.
     *
     * @param prefix what the filter says of its leading parts
     * @param matches how many rows one key is expected to have
     * @param covered whether it holds all columns
     */
    private record Candidate(IndexDefinition index, List<Fixed> prefix, double matches, boolean covered) {
        /** Of two that find as many rows, the better one need not read them, or is the smaller one. */
        boolean isBetter(Candidate other) {
            if (matches != other.matches) {
                return matches < other.matches;
            }
            if (covered != other.covered) {
                return covered;
            }
            return index.condition().isPresent() && other.index.condition().isEmpty();
        }

        boolean isWhole() {
            return prefix.size() == index.parts().size();
        }
    }

    private @Nullable Candidate candidate(IndexDefinition index, Implication known) {
        if (!index.isPublic() || index.isInverted()) {
            return null;
        }
        List<Fixed> prefix = new ArrayList<>();
        List<Integer> ordinals = table.ordinalsOf(index);
        IndexValues values = IndexValues.of(table, index);
        for (int i = 0; i < ordinals.size(); i++) {
            Fixed found = ordinals.get(i) == TableDefinition.COMPUTED
                    ? computed.get(values.parts().get(i))
                    : fixed.get(ordinals.get(i));
            if (found == null) {
                break;
            }
            prefix.add(found);
        }
        boolean whole = prefix.size() == ordinals.size();
        boolean ordered = table.keyMode() == KeyMode.PLAIN || (whole && index.unique());
        if (prefix.isEmpty()
                || !ordered
                || !values.condition().map(known::implies).orElse(true)) {
            return null;
        }
        double matches = whole && index.unique() ? 1 : matches(ordinals.subList(0, prefix.size()));
        return new Candidate(index, prefix, matches, table.covers(index, columns));
    }

    private double matches(List<Integer> ordinals) {
        double matches = statistics.rows();
        for (int ordinal : ordinals) {
            double distinct = ordinal == TableDefinition.COMPUTED
                    ? 0
                    : statistics.distinct().applyAsDouble(ordinal);
            matches = distinct > 0 ? matches / distinct : Math.min(matches, UNKNOWN_MATCHES);
        }
        return Math.max(matches, 1);
    }

    private Optional<PhysicalPlan> byIndex(Candidate candidate, List<Expr> conjuncts) {
        double keys = 1;
        for (Fixed part : candidate.prefix) {
            keys *= part.values.size();
        }
        int first = table.ordinalsOf(candidate.index).getFirst();
        boolean settled =
                statistics.distinct().applyAsDouble(first == TableDefinition.COMPUTED ? columns.getFirst() : first) > 0;
        double scan = statistics.rows() * (settled ? SETTLED_NANOS * columns.size() : UNSETTLED_NANOS);
        boolean single = candidate.index.unique() && candidate.isWhole() && keys <= 10;
        if (!single && keys * (1 + candidate.matches) * LOOKUP_NANOS > scan) {
            return Optional.empty();
        }
        return lookup(
                Optional.of(candidate.index.name()),
                IndexValues.of(table, candidate.index).condition(),
                candidate.prefix,
                conjuncts,
                candidate.matches,
                candidate.covered);
    }

    private Optional<PhysicalPlan> lookup(
            Optional<String> index,
            Optional<Expr> condition,
            List<Fixed> key,
            List<Expr> conjuncts,
            double matches,
            boolean covered) {
        List<List<Expr>> keys = List.of(List.of());
        List<Expr> rest = new ArrayList<>(conjuncts);
        for (Fixed part : key) {
            keys = combined(keys, part.values);
            if (keys.size() > MAX_KEYS) {
                return Optional.empty();
            }
            rest.remove(part.conjunct);
        }
        condition.ifPresent(inIndex -> {
            Implication known = new Implication(List.of(inIndex));
            rest.removeIf(conjunct -> known.implies(canonical(conjunct)));
        });
        double rows = Math.min(statistics.rows(), keys.size() * matches);
        return Optional.of(new KeyLookup(
                reference,
                columns,
                index,
                keys,
                Scans.conjunction(rest),
                output,
                Math.max(rows, keys.isEmpty() ? 0 : 1),
                covered));
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

    /** Remembers what a conjunct says of a column or expression, the first one of each. */
    private void fix(Expr conjunct) {
        if (conjunct instanceof Call call
                && call.function() == ScalarFunction.EQ
                && isConstant(call.args().get(1))
                && call.args().get(1).type().layout()
                        == call.args().get(0).type().layout()) {
            fix(call.args().get(0), new Fixed(conjunct, List.of(call.args().get(1))));
        } else if (conjunct instanceof Expr.InList in) {
            fix(in.input(), new Fixed(conjunct, List.copyOf(in.values())));
        }
    }

    private void fix(Expr known, Fixed value) {
        if (!(known instanceof Expr.Column column)) {
            computed.putIfAbsent(canonical(known), value);
        } else if (columns.get(column.index()) != TableDefinition.ROW_ID) {
            fixed.putIfAbsent(columns.get(column.index()), value);
        }
    }

    /** As what indexes compute is written. */
    private Expr canonical(Expr expression) {
        return Canonical.of(expression, columns::get);
    }

    static boolean isConstant(Expr expression) {
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
