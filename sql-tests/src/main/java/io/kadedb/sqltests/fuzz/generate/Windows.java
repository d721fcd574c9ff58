package io.kadedb.sqltests.fuzz.generate;

import io.kadedb.sqltests.fuzz.sql.Construct;
import io.kadedb.sqltests.fuzz.sql.Kind;
import io.kadedb.sqltests.fuzz.sql.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes window functions whose results do not depend on the order of peers: frames of peers where the order has ties,
 * and frames of rows only where rows with a tie are equal. NULLs are always told a place, since dialects differ there.
 */
final class Windows {
    private final Expressions expressions;
    private final Choices choices;
    private final Scope scope;
    private final List<Scope.Named> columns;
    private Optional<Part> named = Optional.empty();

    /** One for all functions that tell rows apart: of two, each might number equal rows in another order. */
    private Optional<Part> total = Optional.empty();

    Windows(Expressions expressions, Scope scope) {
        this.expressions = expressions;
        this.choices = expressions.choices;
        this.scope = scope;
        this.columns = scope.columns(column -> column.kind().isComparable());
    }

    Part.Value call() {
        if (columns.isEmpty()) {
            return Part.value(Kind.BIGINT, Construct.WINDOW, "count(*) over ()");
        }
        return switch (choices.below(8)) {
            case 0 ->
                Part.value(Kind.BIGINT, choices.pick("rank", "dense_rank") + "()", over(partition(), order(key())));
            case 1 ->
                Part.value(
                        Kind.RATIO, choices.pick("percent_rank", "cume_dist") + "()", over(partition(), order(key())));
            case 2, 3 -> total();
            case 4 -> aggregate(over(partition(), order(key()), peers()));
            case 5 -> aggregate(over(inOrder(), rows()));
            case 6 -> aggregate(over(partition(), range()));
            default -> aggregate(name());
        };
    }

    /** The WINDOW clause, if a call has named it. */
    Part definition() {
        return named.isEmpty() ? Part.none() : Part.group(Construct.NAMED_WINDOW, " window w as (", named.get(), ")");
    }

    private Part name() {
        if (named.isEmpty()) {
            named = Optional.of(Part.group(partition(), order(key())));
        }
        return Part.group(Construct.WINDOW, choices.chance(70) ? " over w" : " over (w)");
    }

    /** A function that tells rows apart: over an order in which only equal rows are peers. */
    private Part.Value total() {
        Scope.Named column = choices.of(columns);
        Kind kind = column.column().kind();
        Part.Value value = Part.value(kind, column.text());
        return switch (choices.below(5)) {
            case 0 -> Part.value(Kind.BIGINT, "row_number()", over(inOrder()));
            case 1 -> Part.value(Kind.INTEGER, "ntile(" + choices.between(1, 4) + ")", over(inOrder()));
            case 2 ->
                Part.value(
                        kind,
                        choices.pick("lag(", "lead("),
                        value,
                        choices.pick("", ", 0", ", 2") + ")",
                        over(inOrder()));
            case 3 ->
                Part.value(kind, "nth_value(", value, ", " + choices.between(1, 3) + ")", over(inOrder(), rows()));
            default ->
                Part.value(kind, choices.pick("first_value(", "last_value("), value, ")", over(inOrder(), rows()));
        };
    }

    private Part.Value aggregate(Part over) {
        Part filter = choices.chance(12)
                ? Part.clause(Construct.WINDOW_FILTER, " filter (where ", expressions.condition(scope, 0), ")")
                : Part.none();
        Part.Value column = column();
        return switch (choices.below(6)) {
            case 0 -> Part.value(Kind.BIGINT, "count(*)", filter, over);
            case 1 -> Part.value(Kind.BIGINT, "count(", column, ")", filter, over);
            case 2 -> Part.value(Kind.BIGINT, "sum(", expressions.small(Kind.INTEGER, scope), ")", filter, over);
            case 3 -> Part.value(Kind.NUMERIC, "sum(", expressions.small(Kind.NUMERIC, scope), ")", filter, over);
            case 4 -> Part.value(Kind.RATIO, "avg(", expressions.small(Kind.INTEGER, scope), ")", filter, over);
            default -> {
                Kind kind = choices.pick(Kind.INTEGER, Kind.NUMERIC, Kind.TEXT, Kind.DATE);
                yield Part.value(kind, choices.pick("min(", "max("), expressions.leaf(kind, scope), ")", filter, over);
            }
        };
    }

    private Part over(Object... parts) {
        return Part.group(Construct.WINDOW, " over (", Part.group(parts), ")");
    }

    private Part partition() {
        return choices.chance(50) ? Part.none() : Part.clause("partition by ", column(), " ");
    }

    private Part order(Part key) {
        return Part.group("order by ", key);
    }

    private Part key() {
        return Part.group(column(), direction());
    }

    private String direction() {
        return choices.pick("", " desc") + choices.pick(" nulls first", " nulls last");
    }

    private Part inOrder() {
        if (total.isEmpty()) {
            total = Optional.of(Part.group(fixedPartition(), all()));
        }
        return total.get();
    }

    /** Nothing may stand for its column either. */
    private Part fixedPartition() {
        return choices.chance(50)
                ? Part.none()
                : Part.group("partition by " + choices.of(columns).text() + " ");
    }

    /** Columns that nothing else may stand for, also when a statement is made smaller: else the order has ties. */
    private Part all() {
        List<Part> keys = new ArrayList<>();
        for (Scope.Named column : columns) {
            keys.add(Part.group(column.text(), direction()));
        }
        return Part.group("order by ", new Part.Items(", ", keys.size(), keys));
    }

    private Part peers() {
        return switch (choices.below(4)) {
            case 0 -> Part.none();
            case 1 ->
                Part.clause(
                        Construct.RANGE_FRAME,
                        " range between " + choices.pick("unbounded preceding", "current row") + " and "
                                + choices.pick("current row", "unbounded following"),
                        groupExclusion());
            default ->
                Part.clause(
                        Construct.GROUPS_FRAME,
                        " groups between " + choices.below(3) + " preceding and " + choices.below(3) + " following",
                        groupExclusion());
        };
    }

    private Part rows() {
        String frame = switch (choices.below(5)) {
            case 0 -> "unbounded preceding and current row";
            case 1 -> choices.between(1, 3) + " preceding and 1 preceding";
            case 2 -> "1 following and " + choices.between(1, 3) + " following";
            case 3 -> "current row and unbounded following";
            default -> choices.below(4) + " preceding and " + choices.below(4) + " following";
        };
        return Part.clause(Construct.ROWS_FRAME, " rows between " + frame, exclusion());
    }

    private Part exclusion() {
        return choices.chance(60)
                ? Part.none()
                : Part.clause(
                        Construct.EXCLUDE,
                        choices.pick(" exclude current row", " exclude group", " exclude ties", " exclude no others"));
    }

    private Part groupExclusion() {
        return choices.chance(60) ? Part.none() : Part.clause(Construct.EXCLUDE, " exclude group");
    }

    private Part range() {
        List<Scope.Named> numbers = scope.columns(column -> column.kind().isInteger() && !column.extreme());
        if (numbers.isEmpty()) {
            return order(key());
        }
        Part key = Part.group(Part.value(Kind.INTEGER, choices.of(numbers).text()), direction());
        return Part.group(
                order(key),
                Part.clause(
                        Construct.RANGE_OFFSET,
                        " range between " + choices.below(3) + " preceding and " + choices.below(3) + " following",
                        groupExclusion()));
    }

    private Part.Value column() {
        Scope.Named column = choices.of(columns);
        return Part.value(column.column().kind(), column.text());
    }
}
