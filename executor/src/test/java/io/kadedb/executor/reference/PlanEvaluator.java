package io.kadedb.executor.reference;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.JoinType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The rows of a plan, each node's rows computed whole before those above it. */
public final class PlanEvaluator {
    /** More rows than this are not worth the time. */
    private static final int MOST_ROWS = 100_000;

    private final Map<Long, List<List<@Nullable Object>>> tables;
    private final Scope scope;
    private final ExprEvaluator expressions;

    /** @param tables rows by the table's id */
    PlanEvaluator(Map<Long, List<List<@Nullable Object>>> tables, Scope scope) {
        this.tables = tables;
        this.scope = scope;
        this.expressions = new ExprEvaluator(scope);
    }

    private List<List<@Nullable Object>> in(Scope other, PhysicalPlan plan) {
        return new PlanEvaluator(tables, other).rows(plan);
    }

    List<List<@Nullable Object>> rows(PhysicalPlan plan) {
        List<List<@Nullable Object>> rows = evaluate(plan);
        if (rows.size() > MOST_ROWS) {
            throw new TooMuch();
        }
        return rows;
    }

    private List<List<@Nullable Object>> evaluate(PhysicalPlan plan) {
        return switch (plan) {
            case PhysicalPlan.TableScan scan -> filtered(columns(table(scan.table()), scan.columns()), scan.filter());
            case PhysicalPlan.TermScan scan ->
                filtered(columns(table(scan.table()), scan.columns()), Optional.of(scan.filter()));
            case PhysicalPlan.Values values ->
                values.tuples().stream().map(tuple -> row(tuple, List.of())).toList();
            case PhysicalPlan.FunctionScan scan -> series(scan);
            case PhysicalPlan.WorkingTable table ->
                Objects.requireNonNull(scope.working().get(table.id()));
            case PhysicalPlan.SharedRows shared ->
                in(scope.withWorking(shared.id(), rows(shared.shared())), shared.body());
            case PhysicalPlan.RecursiveUnion union -> recursion(union);
            case PhysicalPlan.Filter filter -> filtered(rows(filter.input()), Optional.of(filter.condition()));
            case PhysicalPlan.Project project -> projected(project.expressions(), rows(project.input()));
            case PhysicalPlan.Aggregate aggregate -> Groups.aggregate(aggregate, rows(aggregate.input()));
            case PhysicalPlan.GroupingSets sets -> Groups.sets(sets, rows(sets.input()));
            case PhysicalPlan.Window window -> new Windows(window, expressions).rows(rows(window.input()));
            case PhysicalPlan.HashJoin join -> Joins.hash(join, rows(join.left()), rows(join.right()), expressions);
            case PhysicalPlan.NestedLoopJoin join ->
                Joins.loop(join, rows(join.left()), rows(join.right()), expressions);
            case PhysicalPlan.GapFill fill -> GapFills.of(fill, rows(fill.input()));
            case PhysicalPlan.AsofJoin join -> Joins.asof(join, rows(join.left()), rows(join.right()));
            case PhysicalPlan.Apply apply -> apply(apply);
            case PhysicalPlan.Sort sort -> {
                List<List<@Nullable Object>> sorted = new ArrayList<>(rows(sort.input()));
                sorted.sort(ValueOrder.by(sort.keys()));
                yield part(sorted, sort.offset(), sort.fetch());
            }
            case PhysicalPlan.Limit limit -> part(rows(limit.input()), limit.offset(), limit.fetch());
            case PhysicalPlan.UnionAll union -> {
                List<List<@Nullable Object>> all = new ArrayList<>();
                union.inputs().forEach(input -> all.addAll(rows(input)));
                yield all;
            }
            case PhysicalPlan.SetOperation operation -> combined(operation);
            case PhysicalPlan.LockRows lock -> part(rows(lock.input()), lock.offset(), lock.fetch());
            case PhysicalPlan.KeyLookup lookup -> looked(lookup);
            case PhysicalPlan.KeyRangeScan range -> between(range);
            case PhysicalPlan.KeyJoin join -> joined(join);
            case PhysicalPlan.Check check -> checked(check);
            case PhysicalPlan.PathSearch search ->
                Walks.of(search, rows(search.left()), rows(search.edges()), rows(search.right()));
            case PhysicalPlan.GraphAlgorithm algorithm -> throw new IllegalArgumentException(algorithm.toString());
            case PhysicalPlan.FileScan scan -> throw new IllegalArgumentException(scan.toString());
            case PhysicalPlan.WithChanges with -> throw new IllegalArgumentException(with.toString());
            case PhysicalPlan.Modify modify -> throw new IllegalArgumentException(modify.toString());
        };
    }

    private List<List<@Nullable Object>> table(PhysicalPlan.TableRef table) {
        return Objects.requireNonNull(tables.get(table.id()));
    }

    private List<@Nullable Object> row(List<Expr> made, List<@Nullable Object> from) {
        List<@Nullable Object> row = new ArrayList<>();
        made.forEach(expression -> row.add(expressions.value(expression, from)));
        return row;
    }

    private List<List<@Nullable Object>> projected(List<Expr> made, List<List<@Nullable Object>> rows) {
        List<List<@Nullable Object>> projected = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            projected.add(row(made, row));
        }
        return projected;
    }

    private static List<List<@Nullable Object>> columns(List<List<@Nullable Object>> rows, List<Integer> columns) {
        List<List<@Nullable Object>> picked = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            picked.add(picked(columns, row));
        }
        return picked;
    }

    static List<@Nullable Object> picked(List<Integer> columns, List<@Nullable Object> row) {
        List<@Nullable Object> picked = new ArrayList<>();
        columns.forEach(column -> picked.add(row.get(column)));
        return picked;
    }

    private List<List<@Nullable Object>> filtered(List<List<@Nullable Object>> rows, Optional<Expr> condition) {
        if (condition.isEmpty()) {
            return rows;
        }
        List<List<@Nullable Object>> passing = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            if (expressions.isTrue(condition.get(), row)) {
                passing.add(row);
            }
        }
        return passing;
    }

    private List<List<@Nullable Object>> part(
            List<List<@Nullable Object>> rows, Optional<Expr> offset, Optional<Expr> fetch) {
        Long skipped = count(offset, ErrorCode.INVALID_ROW_COUNT_IN_OFFSET);
        Long wanted = count(fetch, ErrorCode.INVALID_ROW_COUNT_IN_LIMIT);
        int from = (int) Math.min(rows.size(), skipped == null ? 0 : skipped);
        int size = (int) Math.min(rows.size() - from, wanted == null ? Long.MAX_VALUE : wanted);
        return rows.subList(from, from + size);
    }

    private @Nullable Long count(Optional<Expr> expression, ErrorCode negative) {
        Object value = expression.isEmpty() ? null : expressions.value(expression.get(), List.of());
        if (value instanceof Long number && number < 0) {
            throw new Refusal(negative);
        }
        return (Long) value;
    }

    private List<List<@Nullable Object>> series(PhysicalPlan.FunctionScan scan) {
        List<@Nullable Object> args = row(scan.args(), List.of());
        List<List<@Nullable Object>> rows = new ArrayList<>();
        if (args.contains(null)) {
            return rows;
        }
        long from = (Long) Objects.requireNonNull(args.get(0));
        long to = (Long) Objects.requireNonNull(args.get(1));
        long step = args.size() > 2 ? (Long) Objects.requireNonNull(args.get(2)) : 1;
        if (step == 0) {
            throw new Refusal(ErrorCode.INVALID_PARAMETER_VALUE);
        }
        for (long value = from; step > 0 ? value <= to : value >= to; value += step) {
            List<@Nullable Object> row = new ArrayList<>(List.of(value));
            if (scan.ordinality()) {
                row.add(rows.size() + 1L);
            }
            rows.add(row);
        }
        return rows;
    }

    private List<List<@Nullable Object>> recursion(PhysicalPlan.RecursiveUnion union) {
        List<List<@Nullable Object>> all = new ArrayList<>();
        List<List<@Nullable Object>> last = fresh(union, rows(union.seed()), all);
        while (!last.isEmpty()) {
            last = fresh(union, in(scope.withWorking(union.id(), last), union.step()), all);
        }
        return all;
    }

    private static List<List<@Nullable Object>> fresh(
            PhysicalPlan.RecursiveUnion union, List<List<@Nullable Object>> given, List<List<@Nullable Object>> all) {
        TooMuch.check(union.distinct() ? (long) given.size() * all.size() : 0);
        List<List<@Nullable Object>> fresh = new ArrayList<>();
        for (List<@Nullable Object> row : given) {
            if (!union.distinct() || !ValueOrder.contains(all, row)) {
                fresh.add(row);
                all.add(row);
            }
            if (all.size() > MOST_ROWS) {
                throw new TooMuch();
            }
        }
        return fresh;
    }

    private List<List<@Nullable Object>> apply(PhysicalPlan.Apply apply) {
        List<List<@Nullable Object>> out = new ArrayList<>();
        int width = apply.right().output().size();
        for (List<@Nullable Object> left : rows(apply.left())) {
            List<List<@Nullable Object>> right = in(scope.withOuter(apply.id(), left), apply.right());
            if (apply.type() == JoinType.SEMI || apply.type() == JoinType.ANTI) {
                if (right.isEmpty() == (apply.type() == JoinType.ANTI)) {
                    out.add(left);
                }
                continue;
            }
            right.forEach(row -> out.add(Joins.concat(left, row)));
            if (right.isEmpty() && apply.type() == JoinType.LEFT) {
                out.add(Joins.concat(left, Collections.nCopies(width, null)));
            }
        }
        return out;
    }

    private List<List<@Nullable Object>> combined(PhysicalPlan.SetOperation operation) {
        List<List<@Nullable Object>> left = rows(operation.left());
        List<List<@Nullable Object>> rest = new ArrayList<>(rows(operation.right()));
        TooMuch.check((long) left.size() * rest.size());
        boolean intersect = operation.kind() == PhysicalPlan.SetOperation.Kind.INTERSECT;
        List<List<@Nullable Object>> out = new ArrayList<>();
        for (List<@Nullable Object> row : operation.all() ? left : Groups.distinct(left)) {
            int found = -1;
            for (int i = 0; i < rest.size() && found < 0; i++) {
                found = ValueOrder.sameRows(row, rest.get(i)) ? i : -1;
            }
            if (found >= 0 && operation.all()) {
                rest.remove(found);
            }
            if (found >= 0 == intersect) {
                out.add(row);
            }
        }
        return out;
    }

    private List<List<@Nullable Object>> looked(PhysicalPlan.KeyLookup lookup) {
        List<List<@Nullable Object>> out = new ArrayList<>();
        List<List<@Nullable Object>> keys = new ArrayList<>();
        lookup.keys().forEach(key -> keys.add(row(key, List.of())));
        for (List<@Nullable Object> row : table(lookup.table())) {
            // A row that several keys name is there once.
            boolean named = keys.stream()
                    .anyMatch(key -> !key.contains(null) && ValueOrder.same(key.getFirst(), row.getFirst()));
            if (named) {
                out.add(picked(lookup.columns(), row));
            }
        }
        return filtered(out, lookup.filter());
    }

    /** The rows of a range over a key of one column, in order. */
    private List<List<@Nullable Object>> between(PhysicalPlan.KeyRangeScan range) {
        List<List<@Nullable Object>> rows = new ArrayList<>(table(range.table()));
        rows.removeIf(
                row -> !(isWithin(range.lower(), row.getFirst(), 1) && isWithin(range.upper(), row.getFirst(), -1)));
        rows.sort((a, b) -> Long.compare((long) number(a.getFirst()), (long) number(b.getFirst())));
        if (range.descending()) {
            Collections.reverse(rows);
        }
        return filtered(
                new ArrayList<>(
                        rows.stream().map(row -> picked(range.columns(), row)).toList()),
                range.filter());
    }

    private boolean isWithin(Optional<PhysicalPlan.KeyBound> bound, @Nullable Object key, int side) {
        if (bound.isEmpty()) {
            return true;
        }
        Object end = row(bound.get().values(), List.of()).getFirst();
        if (end == null) {
            return false;
        }
        int order = Integer.signum(Long.compare((long) number(key), (long) end)) * side;
        return order > 0 || (order == 0 && bound.get().inclusive());
    }

    private static Object number(@Nullable Object key) {
        return java.util.Objects.requireNonNull(key);
    }

    private List<List<@Nullable Object>> joined(PhysicalPlan.KeyJoin join) {
        List<List<@Nullable Object>> out = new ArrayList<>();
        for (List<@Nullable Object> row : rows(join.input())) {
            Object key = row.get(join.keys().getFirst());
            List<@Nullable Object> partner = null;
            for (List<@Nullable Object> other : table(join.table())) {
                if (key != null && ValueOrder.same(key, other.getFirst())) {
                    partner = picked(join.columns(), other);
                }
            }
            out.add(Joins.concat(
                    row, partner == null ? Collections.nCopies(join.columns().size(), null) : partner));
        }
        return out;
    }

    private List<List<@Nullable Object>> checked(PhysicalPlan.Check check) {
        List<List<@Nullable Object>> out = new ArrayList<>();
        int width = check.output().size();
        for (List<@Nullable Object> row : rows(check.input())) {
            if (row.subList(width, row.size()).contains(true)) {
                throw new Refusal(check.views() ? ErrorCode.WITH_CHECK_OPTION_VIOLATION : ErrorCode.CHECK_VIOLATION);
            }
            out.add(row.subList(0, width));
        }
        return out;
    }
}
