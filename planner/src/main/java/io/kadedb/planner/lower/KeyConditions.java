package io.kadedb.planner.lower;

import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.planner.index.Canonical;
import io.kadedb.planner.index.IndexValues;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.Expr.Call;
import io.kadedb.planner.physical.Expr.Literal;
import io.kadedb.planner.physical.ScalarFunction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * What the conjuncts of a filter say of the columns and expressions that keys are made of. A part of a key is an expression
 * over the ordinals of the table, as {@link IndexValues} has it.
 */
final class KeyConditions {
    /** The columns of a comparison of rows that are looked at. */
    private static final int MAX_ROW_WIDTH = 64;

    private final TableDefinition table;
    private final List<Integer> columns;
    private final Map<Expr, Fixed> fixed = new HashMap<>();
    private final Map<Expr, Between> bounded = new HashMap<>();

    /** A conjunct that leaves a part so many values. */
    record Fixed(Expr conjunct, List<Expr> values) {}

    /**
     * A conjunct that says where the values of a part end.
     *
     * @param further what a comparison of rows says of the parts behind it, where those before have their bounds
     * @param inclusive whether the bound itself is within, with the values of all {@code further}
     * @param exact whether it says nothing else
     */
    record Limit(Expr conjunct, Expr value, List<PartBound> further, boolean inclusive, boolean exact) {
        Limit(Expr conjunct, Expr value, boolean inclusive, boolean exact) {
            this(conjunct, value, List.of(), inclusive, exact);
        }

        /** How many parts of a key it bounds. */
        int width() {
            return 1 + further.size();
        }

        /** What it says of fewer parts. */
        Limit cut(int width) {
            return new Limit(conjunct, value, further.subList(0, width - 1), true, false);
        }

        Limit inexact() {
            return new Limit(conjunct, value, further, inclusive, false);
        }
    }

    /** A part of a key and its value at a bound. */
    record PartBound(Expr part, Expr value) {}

    /** The first bounds that are known of a part. */
    static final class Between {
        private @Nullable Limit lower;
        private @Nullable Limit upper;
        private @Nullable Expr notNull;

        Optional<Limit> lower() {
            return Optional.ofNullable(lower);
        }

        Optional<Limit> upper() {
            return Optional.ofNullable(upper);
        }

        /** The conjunct that says that it is not NULL. */
        Optional<Expr> notNull() {
            return Optional.ofNullable(notNull);
        }

        /** With other limits, given each limit and whether it is the upper one. */
        Between map(BiFunction<Limit, Boolean, Limit> change) {
            Between changed = new Between();
            changed.lower = lower == null ? null : change.apply(lower, false);
            changed.upper = upper == null ? null : change.apply(upper, true);
            changed.notNull = notNull;
            return changed;
        }

        private void addLower(Limit limit) {
            lower = lower == null || isNarrower(limit, lower) ? limit : lower;
        }

        private void addUpper(Limit limit) {
            upper = upper == null || isNarrower(limit, upper) ? limit : upper;
        }

        private static boolean isNarrower(Limit limit, Limit known) {
            return limit.value().equals(known.value())
                    && limit.further().size() > known.further().size();
        }
    }

    /**
     * Reads conjuncts.
     *
     * @param columns the table's ordinal of each column that they are over
     */
    KeyConditions(TableDefinition table, List<Integer> columns, List<Expr> conjuncts) {
        this.table = table;
        this.columns = columns;
        conjuncts.forEach(this::add);
    }

    /** The parts of an index's key. */
    static List<Expr> parts(TableDefinition table, IndexDefinition index) {
        return IndexValues.of(table, index).parts();
    }

    /** The parts of the primary key. */
    static List<Expr> parts(TableDefinition table) {
        return table.primaryKey().stream().map(ordinal -> part(table, ordinal)).toList();
    }

    private static Expr part(TableDefinition table, int ordinal) {
        return new Expr.Column(ordinal, table.columns().get(ordinal).type(), true);
    }

    /** Which values a part may have, if they are told; the first conjunct counts. */
    Optional<Fixed> fixed(Expr part) {
        return Optional.ofNullable(fixed.get(part));
    }

    /** Between which bounds a part lies, if any is known. */
    Optional<Between> between(Expr part) {
        return Optional.ofNullable(bounded.get(part));
    }

    /** As what indexes compute is written. */
    Expr canonical(Expr expression) {
        return Canonical.of(expression, columns::get);
    }

    private void add(Expr conjunct) {
        if (conjunct instanceof Expr.InList in) {
            part(in.input()).ifPresent(part -> fixed.putIfAbsent(part, new Fixed(conjunct, List.copyOf(in.values()))));
        } else if (conjunct instanceof Call call) {
            switch (call.function()) {
                case EQ -> equality(call);
                case LT, LE, GT, GE ->
                    comparison(
                            call,
                            call.function(),
                            call.args().get(0),
                            call.args().get(1));
                case IS_NOT_NULL -> part(call.args().getFirst()).ifPresent(part -> betweenOf(part).notNull = call);
                case LIKE, STARTS_WITH -> beginning(call);
                case OR -> rows(call);
                default -> {}
            }
        }
    }

    private void equality(Call call) {
        Expr value = call.args().get(1);
        Expr known = call.args().get(0);
        if (isConstant(value) && value.type().layout() == known.type().layout()) {
            part(known).ifPresent(part -> fixed.putIfAbsent(part, new Fixed(call, List.of(value))));
        }
    }

    private void comparison(Call call, ScalarFunction function, Expr known, Expr value) {
        if (isConstant(known) && !isConstant(value)) {
            comparison(call, Comparisons.mirrored(function), value, known);
            return;
        }
        if (!isConstant(value) || !haveOneOrder(known.type(), value)) {
            return;
        }
        part(known).ifPresent(part -> {
            boolean inclusive = function == ScalarFunction.LE || function == ScalarFunction.GE;
            Limit limit = new Limit(call, value, inclusive, true);
            if (function == ScalarFunction.GT || function == ScalarFunction.GE) {
                betweenOf(part).addLower(limit);
            } else {
                betweenOf(part).addUpper(limit);
            }
        });
    }

    /** {@code a > x or (a = x and ..)}, which a comparison of rows is, leaves nothing below x. */
    private void rows(Call call) {
        RowBound row = rowBound(call, 0).orElse(null);
        if (row == null) {
            return;
        }
        PartBound first = row.bounds().getFirst();
        List<PartBound> further = row.bounds().subList(1, row.bounds().size());
        Limit limit = new Limit(
                call, first.value(), further, row.inclusive() || further.isEmpty(), row.whole() && !further.isEmpty());
        if (row.lower()) {
            betweenOf(first.part()).addLower(limit);
        } else {
            betweenOf(first.part()).addUpper(limit);
        }
    }

    /**
     * A comparison of rows.
     *
     * @param whole whether the bounds say all of it
     */
    private record RowBound(List<PartBound> bounds, boolean lower, boolean inclusive, boolean whole) {}

    private Optional<RowBound> rowBound(Call call, int depth) {
        if (call.function() != ScalarFunction.OR
                || call.args().size() != 2
                || !(call.args().get(0) instanceof Call strict)
                || !(strict.function() == ScalarFunction.GT || strict.function() == ScalarFunction.LT)
                || depth == MAX_ROW_WIDTH) {
            return Optional.empty();
        }
        List<Expr> equal = new ArrayList<>(Scans.conjuncts(call.args().get(1)));
        boolean lower = strict.function() == ScalarFunction.GT;
        Optional<PartBound> first = partBound(strict);
        if (first.isEmpty() || !equal.remove(equal(strict))) {
            return Optional.empty();
        }
        List<PartBound> bounds = new ArrayList<>(List.of(first.get()));
        if (equal.size() != 1 || !(equal.getFirst() instanceof Call behind)) {
            return Optional.of(new RowBound(bounds, lower, true, false));
        }
        Optional<RowBound> next = rowBound(behind, depth + 1).or(() -> lastBound(behind));
        if (next.isEmpty() || next.get().lower() != lower) {
            return Optional.of(new RowBound(bounds, lower, true, false));
        }
        bounds.addAll(next.get().bounds());
        return Optional.of(
                new RowBound(bounds, lower, next.get().inclusive(), next.get().whole()));
    }

    private Optional<RowBound> lastBound(Call call) {
        return switch (call.function()) {
            case LT, LE, GT, GE ->
                partBound(call)
                        .map(bound -> new RowBound(
                                List.of(bound),
                                call.function() == ScalarFunction.GT || call.function() == ScalarFunction.GE,
                                call.function() == ScalarFunction.LE || call.function() == ScalarFunction.GE,
                                true));
            default -> Optional.empty();
        };
    }

    /** The part on the left of a comparison with a constant. */
    private Optional<PartBound> partBound(Call comparison) {
        Expr known = comparison.args().get(0);
        Expr value = comparison.args().get(1);
        return isConstant(value) && haveOneOrder(known.type(), value)
                ? part(known).map(part -> new PartBound(part, value))
                : Optional.empty();
    }

    private static Expr equal(Call comparison) {
        return new Call(ScalarFunction.EQ, comparison.args(), comparison.type(), comparison.nullable());
    }

    /** Whether keys of a type are in the order of its values, and a value can be put among them. */
    private static boolean haveOneOrder(SqlType type, Expr value) {
        return isOrdered(type)
                && type.layout() == value.type().layout()
                && (type.id() != TypeId.DECIMAL || type.scale() == value.type().scale())
                && (type.id() != TypeId.CHAR || value instanceof Literal);
    }

    /** Whether keys of a type are in the order of its values. */
    static boolean isOrdered(SqlType type) {
        return !type.isJson() && !type.isArray();
    }

    /** Texts that begin with a constant lie together. */
    private void beginning(Call call) {
        if (call.args().size() != 2
                || !(call.args().get(1) instanceof Literal literal)
                || !(literal.value() instanceof String pattern)
                || call.args().getFirst().type().id() == TypeId.CHAR) {
            return;
        }
        String prefix = call.function() == ScalarFunction.STARTS_WITH ? pattern : TextPrefix.of(pattern);
        if (prefix.isEmpty()) {
            return;
        }
        part(call.args().getFirst()).ifPresent(part -> {
            betweenOf(part).addLower(new Limit(call, new Literal(prefix, literal.type()), true, false));
            TextPrefix.behind(prefix)
                    .ifPresent(end ->
                            betweenOf(part).addUpper(new Limit(call, new Literal(end, literal.type()), false, false)));
        });
    }

    private Between betweenOf(Expr part) {
        return bounded.computeIfAbsent(part, ignored -> new Between());
    }

    /** The part that an expression is, unless it is the row's id. */
    private Optional<Expr> part(Expr expression) {
        if (!(expression instanceof Expr.Column column)) {
            return Optional.of(canonical(expression));
        }
        int ordinal = columns.get(column.index());
        return ordinal == TableDefinition.ROW_ID ? Optional.empty() : Optional.of(part(table, ordinal));
    }

    static boolean isConstant(Expr expression) {
        return switch (expression) {
            case Literal literal -> literal.value() != null;
            case Expr.Parameter parameter -> true;
            case Expr.SessionValue value -> true;
            case Expr.OuterColumn column -> true;
            case Expr.Cast cast -> isConstant(cast.input());
            default -> false;
        };
    }

    /** The conjuncts without those that a range says all of. */
    static List<Expr> without(List<Expr> conjuncts, List<Expr> said) {
        List<Expr> rest = new ArrayList<>(conjuncts);
        said.forEach(rest::remove);
        return rest;
    }
}
