package io.kadedb.planner.physical;

import io.kadedb.common.type.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Draws a plan as a tree of lines: what EXPLAIN shows, and the form golden plans are kept in. */
public final class PlanPrinter {
    private final Function<PhysicalPlan, String> remark;
    private final StringBuilder out = new StringBuilder();

    private PlanPrinter(Function<PhysicalPlan, String> remark) {
        this.remark = remark;
    }

    /** The plan with the planner's estimates. */
    public static String text(PhysicalPlan plan) {
        return text(plan, node -> "");
    }

    /**
     * The plan with the planner's estimates and a remark behind each node, e.g. what it did.
     *
     * @param remark of a node; may be empty
     */
    public static String text(PhysicalPlan plan, Function<PhysicalPlan, String> remark) {
        PlanPrinter printer = new PlanPrinter(remark);
        printer.node(plan, "", "");
        return printer.out.toString();
    }

    private void node(PhysicalPlan plan, String firstIndent, String indent) {
        String note = remark.apply(plan);
        out.append(firstIndent).append(title(plan)).append("  (rows ").append(count(plan.rows()));
        out.append(note.isEmpty() ? ")" : "; " + note + ")").append('\n');
        boolean leaf = plan.inputs().isEmpty();
        for (String detail : details(plan)) {
            out.append(indent).append(leaf ? "    " : "│   ").append(detail).append('\n');
        }
        for (int i = 0; i < plan.inputs().size(); i++) {
            boolean last = i == plan.inputs().size() - 1;
            node(plan.inputs().get(i), indent + (last ? "└─ " : "├─ "), indent + (last ? "   " : "│  "));
        }
    }

    private static String count(double rows) {
        return rows < 1e15 ? String.format(Locale.ROOT, "%.0f", rows) : String.format(Locale.ROOT, "%.1e", rows);
    }

    private static String title(PhysicalPlan plan) {
        return switch (plan) {
            case PhysicalPlan.TableScan scan -> "Scan " + table(scan.table());
            case PhysicalPlan.KeyLookup lookup ->
                "Lookup " + table(lookup.table())
                        + lookup.index().map(index -> " by " + index).orElse("")
                        + (lookup.covered() ? " (index only)" : "");
            case PhysicalPlan.TermScan scan ->
                "Inverted index scan " + table(scan.table()) + " by " + scan.index() + " ("
                        + scan.condition().text(scan.parts()) + ")";
            case PhysicalPlan.KeyRangeScan range -> KeyRangePrinter.title(range) + table(range.table());
            case PhysicalPlan.FileScan scan ->
                (scan.fromClient() ? "Client" : "File '" + scan.path() + "'") + " (" + scan.format() + ")";
            case PhysicalPlan.Values values -> "Values";
            case PhysicalPlan.FunctionScan scan -> "Function " + scan.function().sqlName();
            case PhysicalPlan.RecursiveUnion union ->
                (union.distinct() ? "Recursive union #" : "Recursive union all #") + union.id();
            case PhysicalPlan.WithChanges with -> "With changes";
            case PhysicalPlan.SharedRows shared -> "With shared rows #" + shared.number();
            case PhysicalPlan.WorkingTable table ->
                table.id() >= PhysicalPlan.SharedRows.FIRST
                        ? "Shared rows #" + PhysicalPlan.SharedRows.number(table.id())
                        : "Working table #" + table.id();
            case PhysicalPlan.Filter filter -> "Filter";
            case PhysicalPlan.Project project -> "Project";
            case PhysicalPlan.Aggregate aggregate -> aggregate.calls().isEmpty() ? "Distinct" : "Aggregate";
            case PhysicalPlan.GroupingSets sets -> "Grouping sets";
            case PhysicalPlan.Window window -> "Window";
            case PhysicalPlan.HashJoin join -> "Hash join " + lower(join.type());
            case PhysicalPlan.AsofJoin join -> "Asof join " + lower(join.type());
            case PhysicalPlan.NestedLoopJoin join -> "Nested loop join " + lower(join.type());
            case PhysicalPlan.Apply apply -> "Apply " + lower(apply.type()) + " #" + apply.id();
            case PhysicalPlan.GapFill fill -> "Gap fill";
            case PhysicalPlan.Sort sort -> sort.fetch().isPresent() ? "Top" : "Sort";
            case PhysicalPlan.Limit limit -> "Limit";
            case PhysicalPlan.LockRows lock -> "Lock rows";
            case PhysicalPlan.UnionAll union -> "Union all";
            case PhysicalPlan.GraphAlgorithm algorithm ->
                "Graph algorithm " + algorithm.function().sqlName();
            case PhysicalPlan.PathSearch search ->
                "Path search " + search.selection().sql();
            case PhysicalPlan.Check check -> "Check " + table(check.table());
            case PhysicalPlan.SetOperation operation -> lower(operation.kind()) + (operation.all() ? " all" : "");
            case PhysicalPlan.KeyJoin join -> "Key join " + table(join.table());
            case PhysicalPlan.Modify modify -> lower(modify.operation()) + " " + table(modify.table());
        };
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String table(PhysicalPlan.TableRef table) {
        return table.schema() + "." + table.name();
    }

    /** Each a word of ours, a colon and what it is. */
    static List<String> details(PhysicalPlan plan) {
        List<String> lines = new ArrayList<>();
        switch (plan) {
            case PhysicalPlan.TableScan scan -> {
                int columns = scan.columns().size();
                lines.add("columns: " + names(scan.output().subList(0, columns)));
                List<Field> values = new ArrayList<>();
                for (int i = 0; i < scan.paths().size(); i++) {
                    values.add(scan.output().get(columns + 2 * i));
                }
                if (!values.isEmpty()) {
                    lines.add("shredded: " + names(values));
                }
                filter(scan.filter(), scan.output(), lines);
            }
            case PhysicalPlan.KeyLookup lookup -> {
                lines.add("columns: " + names(lookup.output()));
                lines.add(
                        "keys: " + lookup.keys().stream().map(key -> tuple(key)).collect(Collectors.joining(", ")));
                filter(lookup.filter(), lookup.output(), lines);
            }
            case PhysicalPlan.TermScan scan -> {
                lines.add("columns: " + names(scan.output()));
                filter(Optional.of(scan.filter()), scan.output(), lines);
            }
            case PhysicalPlan.KeyRangeScan range -> {
                lines.add("columns: " + names(range.output()));
                lines.add("range: " + KeyRangePrinter.range(range));
                filter(range.filter(), range.output(), lines);
            }
            case PhysicalPlan.FileScan scan -> lines.add("columns: " + names(scan.output()));
            case PhysicalPlan.Filter filter -> filter(Optional.of(filter.condition()), filter.output(), lines);
            case PhysicalPlan.Project project -> lines.add("gives: " + projections(project));
            case PhysicalPlan.Aggregate aggregate -> aggregate(aggregate, lines);
            case PhysicalPlan.GroupingSets sets -> groupingSets(sets, lines);
            case PhysicalPlan.Window window -> WindowPrinter.details(window, lines);
            case PhysicalPlan.HashJoin join -> hashJoin(join, lines);
            case PhysicalPlan.AsofJoin join -> asofJoin(join, lines);
            case PhysicalPlan.NestedLoopJoin join ->
                join.condition()
                        .ifPresent(on -> lines.add("on: " + ExprPrinter.text(on, both(join.left(), join.right()))));
            case PhysicalPlan.GapFill fill -> gapFill(fill, lines);
            case PhysicalPlan.Sort sort -> {
                lines.add("by: " + sortKeys(sort.keys(), sort.output()));
                part(sort.offset(), sort.fetch(), lines);
            }
            case PhysicalPlan.Limit limit -> part(limit.offset(), limit.fetch(), lines);
            case PhysicalPlan.LockRows lock -> {
                lock.locks().forEach(row -> lines.add(lock(row)));
                part(lock.offset(), lock.fetch(), lines);
            }
            case PhysicalPlan.Values values -> {}
            case PhysicalPlan.FunctionScan scan -> lines.add("arguments: " + tuple(scan.args()));
            case PhysicalPlan.RecursiveUnion union -> {}
            case PhysicalPlan.WithChanges with ->
                lines.add("gives: "
                        + with.changes().stream()
                                .map(change -> "#" + change.id())
                                .collect(Collectors.joining(", ")));
            case PhysicalPlan.SharedRows shared -> {}
            case PhysicalPlan.WorkingTable table -> {}
            case PhysicalPlan.Apply apply -> {}
            case PhysicalPlan.UnionAll union -> {}
            case PhysicalPlan.GraphAlgorithm algorithm -> algorithm(algorithm, lines);
            case PhysicalPlan.PathSearch search -> pathSearch(search, lines);
            case PhysicalPlan.Check check -> lines.add("constraints: " + String.join(", ", check.constraints()));
            case PhysicalPlan.SetOperation operation -> {}
            case PhysicalPlan.KeyJoin join ->
                lines.add("keys: "
                        + join.keys().stream()
                                .map(key -> ExprPrinter.name(key, join.input().output()))
                                .collect(Collectors.joining(", ")));
            case PhysicalPlan.Modify modify ->
                modify.returning().ifPresent(columns -> lines.add("returning: " + names(modify.output())));
        }
        return lines;
    }

    private static String lock(PhysicalPlan.RowLock lock) {
        String waiting = switch (lock.policy()) {
            case WAIT -> "";
            case NOWAIT -> ", nowait";
            case SKIP_LOCKED -> ", skip locked";
        };
        return lower(lock.strength()) + " of " + table(lock.table()) + waiting;
    }

    private static String names(List<Field> fields) {
        return fields.stream().map(Field::name).collect(Collectors.joining(", "));
    }

    private static String tuple(List<Expr> key) {
        return key.stream().map(part -> ExprPrinter.text(part, List.of())).collect(Collectors.joining(", ", "(", ")"));
    }

    private static void filter(Optional<Expr> condition, List<Field> input, List<String> lines) {
        condition.ifPresent(filter -> lines.add("where: " + ExprPrinter.text(filter, input)));
    }

    private static String projections(PhysicalPlan.Project project) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < project.expressions().size(); i++) {
            String expression = ExprPrinter.text(
                    project.expressions().get(i), project.input().output());
            String name = project.output().get(i).name();
            parts.add(expression.equals(name) || name.isEmpty() ? expression : expression + " as " + name);
        }
        return String.join(", ", parts);
    }

    private static void aggregate(PhysicalPlan.Aggregate aggregate, List<String> lines) {
        List<Field> input = aggregate.input().output();
        if (!aggregate.keys().isEmpty()) {
            lines.add("by: " + keys(aggregate, false));
        }
        if (!aggregate.determined().isEmpty()) {
            lines.add("with: " + keys(aggregate, true));
        }
        if (!aggregate.calls().isEmpty()) {
            lines.add("gives: "
                    + aggregate.calls().stream().map(call -> call(call, input)).collect(Collectors.joining(", ")));
        }
    }

    private static String keys(PhysicalPlan.Aggregate aggregate, boolean determined) {
        List<Field> input = aggregate.input().output();
        return IntStream.range(0, aggregate.keys().size())
                .filter(position -> aggregate.determined().contains(position) == determined)
                .mapToObj(position -> ExprPrinter.name(aggregate.keys().get(position), input))
                .collect(Collectors.joining(", "));
    }

    private static void groupingSets(PhysicalPlan.GroupingSets plan, List<String> lines) {
        List<Field> input = plan.input().output();
        List<String> sets = new ArrayList<>();
        for (List<Integer> set : plan.sets()) {
            sets.add(set.stream()
                    .map(key -> ExprPrinter.name(plan.keys().get(key), input))
                    .collect(Collectors.joining(", ", "(", ")")));
        }
        lines.add("by: " + String.join(", ", sets));
        if (!plan.calls().isEmpty()) {
            lines.add("gives: "
                    + plan.calls().stream().map(call -> call(call, input)).collect(Collectors.joining(", ")));
        }
    }

    static String call(PhysicalPlan.AggregateCall call, List<Field> input) {
        if (call.function() == AggregateFunction.COUNT_STAR) {
            return "count(*)" + suffix(call, input);
        }
        String args =
                call.args().stream().map(arg -> ExprPrinter.name(arg, input)).collect(Collectors.joining(", "));
        String order = call.orderBy().isEmpty() ? "" : " order by " + sortKeys(call.orderBy(), input);
        String distinct = call.distinct() ? "distinct " : "";
        return call.function().sqlName() + "(" + distinct + args + order + ")" + suffix(call, input);
    }

    private static String suffix(PhysicalPlan.AggregateCall call, List<Field> input) {
        return call.filter()
                .map(column -> " filter (" + ExprPrinter.name(column, input) + ")")
                .orElse("");
    }

    private static List<String> keys(
            List<Integer> leftKeys, List<Field> left, String equal, List<Integer> rightKeys, List<Field> right) {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < leftKeys.size(); i++) {
            keys.add(ExprPrinter.name(leftKeys.get(i), left) + equal + ExprPrinter.name(rightKeys.get(i), right));
        }
        return keys;
    }

    private static void gapFill(PhysicalPlan.GapFill fill, List<String> lines) {
        List<Field> input = fill.input().output();
        lines.add("buckets: " + ExprPrinter.name(fill.time(), input) + " by "
                + ExprPrinter.text(fill.width(), List.of())
                + bounds(" from ", fill.starts()) + bounds(" until ", fill.finishes()));
        if (!fill.keys().isEmpty()) {
            lines.add("keys: " + columns(fill.keys(), input));
        }
        if (!fill.fills().isEmpty()) {
            lines.add("fills: "
                    + fill.fills().stream()
                            .map(f -> lower(f.method()) + "(" + ExprPrinter.name(f.value(), input) + ")")
                            .collect(Collectors.joining(", ")));
        }
    }

    private static String bounds(String word, List<PhysicalPlan.GapFill.Bound> bounds) {
        return word
                + bounds.stream()
                        .map(bound -> ExprPrinter.text(bound.value(), List.of()))
                        .collect(Collectors.joining(", "));
    }

    private static void asofJoin(PhysicalPlan.AsofJoin join, List<String> lines) {
        List<Field> left = join.left().output();
        List<Field> right = join.right().output();
        List<String> keys = keys(join.leftKeys(), left, " = ", join.rightKeys(), right);
        keys.add(ExprPrinter.name(join.leftTime(), left)
                + " " + join.comparison().sqlName() + " "
                + ExprPrinter.name(join.rightTime(), right));
        lines.add("on: " + String.join(" and ", keys));
    }

    private static void hashJoin(PhysicalPlan.HashJoin join, List<String> lines) {
        String equal = join.nullsEqual() ? " is not distinct from " : " = ";
        lines.add("on: "
                + String.join(
                        " and ",
                        keys(
                                join.leftKeys(),
                                join.left().output(),
                                equal,
                                join.rightKeys(),
                                join.right().output())));
        join.residual().ifPresent(rest -> lines.add("and: " + ExprPrinter.text(rest, both(join.left(), join.right()))));
    }

    private static void algorithm(PhysicalPlan.GraphAlgorithm algorithm, List<String> lines) {
        List<Field> edges = algorithm.edges().output();
        lines.add("vertices: "
                + columns(algorithm.vertexKeys(), algorithm.vertices().output()));
        lines.add("edges: " + columns(algorithm.sourceKeys(), edges) + (algorithm.directed() ? " to " : " and ")
                + columns(algorithm.destinationKeys(), edges)
                + algorithm
                        .weight()
                        .map(weight -> ", weighing " + ExprPrinter.name(weight, edges))
                        .orElse(""));
        algorithm
                .source()
                .ifPresent(source -> lines.add(
                        "from: " + ExprPrinter.name(source, algorithm.vertices().output())));
        List<String> numbers = new ArrayList<>();
        for (int i = 0; i < algorithm.numbers().size(); i++) {
            GraphFunction.Parameter parameter =
                    algorithm.function().parameters().get(i);
            double number = algorithm.numbers().get(i);
            numbers.add(parameter.name() + " "
                    + (parameter.whole() ? String.valueOf((long) number) : String.valueOf(number)));
        }
        if (!numbers.isEmpty()) {
            lines.add("with: " + String.join(", ", numbers));
        }
    }

    private static void pathSearch(PhysicalPlan.PathSearch search, List<String> lines) {
        List<Field> edges = search.edges().output();
        lines.add("from: " + columns(search.leftKeys(), search.left().output()) + " along "
                + columns(search.sourceKeys(), edges) + " to " + columns(search.destinationKeys(), edges) + ", until "
                + columns(search.rightKeys(), search.right().output()));
        lines.add("edges: " + search.min() + " to " + (search.max() == Integer.MAX_VALUE ? "any" : search.max()));
        search.cost().ifPresent(cost -> lines.add("cost: " + ExprPrinter.name(cost, edges)));
        if (!search.calls().isEmpty()) {
            lines.add("gives: "
                    + search.calls().stream().map(call -> call(call, edges)).collect(Collectors.joining(", ")));
        }
    }

    private static String columns(List<Integer> columns, List<Field> fields) {
        String names = columns.stream().map(c -> ExprPrinter.name(c, fields)).collect(Collectors.joining(", "));
        return columns.size() == 1 ? names : "(" + names + ")";
    }

    private static List<Field> both(PhysicalPlan left, PhysicalPlan right) {
        List<Field> fields = new ArrayList<>(left.output());
        fields.addAll(right.output());
        return fields;
    }

    static String sortKeys(List<PhysicalPlan.SortKey> keys, List<Field> input) {
        return keys.stream().map(key -> sortKey(key, input)).collect(Collectors.joining(", "));
    }

    private static String sortKey(PhysicalPlan.SortKey key, List<Field> input) {
        // As PostgreSQL: NULLs are larger than everything, so only the other order is worth a word.
        String nulls = key.nullsFirst() == key.descending() ? "" : key.nullsFirst() ? " nulls first" : " nulls last";
        return ExprPrinter.name(key.column(), input) + (key.descending() ? " desc" : "") + nulls;
    }

    private static void part(Optional<Expr> offset, Optional<Expr> fetch, List<String> lines) {
        fetch.ifPresent(rows -> lines.add("limit: " + ExprPrinter.text(rows, List.of())));
        offset.ifPresent(rows -> lines.add("offset: " + ExprPrinter.text(rows, List.of())));
    }
}
