package io.kadedb.sqltests.fuzz.generate;

import io.kadedb.sqltests.fuzz.sql.Construct;
import io.kadedb.sqltests.fuzz.sql.Kind;
import io.kadedb.sqltests.fuzz.sql.Part;
import io.kadedb.sqltests.fuzz.sql.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes SELECT: plain, grouped, with grouping sets, with windows. */
final class Selects implements Subqueries {
    /** Conditions and values are so deep in queries that stand within others. */
    private static final int INNER_DEPTH = 1;

    private final Choices choices;
    private final Expressions expressions;
    private final Sources sources;
    private final Aggregates aggregates;

    /** A query whose columns are called c0, c1, ... */
    record Select(Part.Query query) {
        List<Column> columns() {
            List<Column> columns = new ArrayList<>();
            for (Kind kind : query.kinds()) {
                // Sums may be large: no arithmetic on what a query gives.
                columns.add(new Column("c" + columns.size(), SqlType.of(kind), true));
            }
            return columns;
        }
    }

    Selects(Choices choices, List<Table> tables) {
        this.choices = choices;
        this.expressions = new Expressions(choices, this);
        this.sources = new Sources(choices, expressions, this, tables);
        this.aggregates = new Aggregates(expressions);
    }

    Expressions expressions() {
        return expressions;
    }

    Sources sources() {
        return sources;
    }

    /** A query of any form. */
    Select select(Optional<Scope> outer, int depth) {
        return switch (choices.below(10)) {
            case 0, 1 -> grouped(outer, depth);
            case 2 -> groupingSets(outer, depth);
            case 3 -> windowed(outer, depth);
            default -> plain(outer, depth);
        };
    }

    Select plain(Optional<Scope> outer, int depth) {
        Sources.Joined joined = sources.from(outer, depth);
        List<Kind> kinds = new ArrayList<>();
        for (int i = choices.between(1, 4); i > 0; i--) {
            kinds.add(choices.chance(8) ? Kind.RATIO : expressions.kind(joined.scope()));
        }
        return of(kinds, joined, depth);
    }

    /** A query of these kinds. */
    Select of(List<Kind> kinds, Optional<Scope> outer, int depth) {
        return of(kinds, sources.from(outer, depth), depth);
    }

    private Select of(List<Kind> kinds, Sources.Joined joined, int depth) {
        List<Part> values = new ArrayList<>();
        for (Kind kind : kinds) {
            values.add(expressions.of(kind, joined.scope(), depth));
        }
        boolean distinct = choices.chance(15) && kinds.stream().allMatch(Kind::isComparable);
        return query(
                kinds,
                distinct ? Part.clause(Construct.DISTINCT, "distinct ") : Part.none(),
                values,
                joined,
                where(joined.scope(), depth));
    }

    Select grouped(Optional<Scope> outer, int depth) {
        Sources.Joined joined = sources.from(outer, depth);
        Scope scope = joined.scope();
        Scope own = scope.within(Optional.empty());
        List<Part.Value> keys = keys(scope, choices.below(3), depth);
        List<Part> values = new ArrayList<>(keys);
        for (int i = choices.between(1, 3); i > 0; i--) {
            values.add(aggregates.any(own));
        }
        Part groupBy = keys.isEmpty()
                ? Part.none()
                : Part.group(Construct.GROUP_BY, " group by ", new Part.Items(", ", keys.size(), keyParts(keys)));
        Part having = choices.chance(30)
                ? Part.clause(Construct.HAVING, " having ", aggregates.condition(own, keys))
                : Part.none();
        return query(kinds(values), Part.none(), values, joined, Part.group(where(scope, depth), groupBy, having));
    }

    Select groupingSets(Optional<Scope> outer, int depth) {
        Sources.Joined joined = sources.from(outer, Math.min(depth, 1));
        Scope scope = joined.scope();
        Scope own = scope.within(Optional.empty());
        List<Part.Value> keys = keys(scope, 2, 0);
        if (keys.size() < 2) {
            return grouped(outer, depth);
        }
        Part first = keys.get(0);
        Part second = keys.get(1);
        List<Part> values = new ArrayList<>(keys);
        values.add(Part.value(Kind.INTEGER, Construct.GROUPING, "grouping(", first, ")"));
        values.add(Part.value(Kind.INTEGER, Construct.GROUPING, "grouping(", first, ", ", second, ")"));
        values.add(aggregates.any(own));
        Part sets = choices.choose(
                () -> Part.group(Construct.ROLLUP, "rollup (", first, ", ", second, ")"),
                () -> Part.group(Construct.CUBE, "cube (", first, ", ", second, ")"),
                () -> Part.group(Construct.GROUPING_SETS, "grouping sets ((", first, "), (", second, "), ())"),
                () -> Part.group(
                        Construct.GROUPING_SETS,
                        "grouping sets ((",
                        first,
                        ", ",
                        second,
                        "), (",
                        second,
                        "), (",
                        second,
                        "))"),
                () -> Part.group(Construct.ROLLUP, first, ", rollup (", second, ")"));
        Part having = choices.chance(25)
                ? Part.clause(Construct.HAVING, " having ", aggregates.condition(own, List.of()))
                : Part.none();
        return query(
                kinds(values),
                Part.none(),
                values,
                joined,
                Part.group(where(scope, 1), Construct.GROUP_BY, " group by ", sets, having));
    }

    Select windowed(Optional<Scope> outer, int depth) {
        Sources.Joined joined = sources.from(outer, Math.min(depth, 1));
        Scope scope = joined.scope();
        List<Part> values = new ArrayList<>();
        expressions.anyColumn(scope).ifPresent(values::add);
        Windows windows = new Windows(expressions, scope);
        for (int i = choices.between(1, 3); i > 0; i--) {
            values.add(windows.call());
        }
        Part window = windows.definition();
        return query(kinds(values), Part.none(), values, joined, Part.group(where(scope, depth), window));
    }

    /** Conditions of WHERE; nothing in one of three. */
    Part where(Scope scope, int depth) {
        return choices.chance(35)
                ? Part.none()
                : Part.clause(Construct.WHERE, " where ", expressions.condition(scope, depth));
    }

    private Select query(List<Kind> kinds, Part distinct, List<Part> values, Sources.Joined joined, Part rest) {
        List<Part> items = new ArrayList<>();
        for (Part value : values) {
            items.add(Part.group(value, " as c" + items.size()));
        }
        return new Select(new Part.Query(
                kinds, Part.parts("select ", distinct, Part.list(items), " from ", joined.relation(), rest)));
    }

    private List<Part.Value> keys(Scope scope, int count, int depth) {
        List<Part.Value> keys = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Optional<Part.Value> column = expressions.anyColumn(scope);
            if (column.isPresent() && depth > 0 && choices.chance(30)) {
                // A sum of a column with something else cannot be taken for the number of an item.
                Part.Value condition = expressions.condition(scope, 0);
                keys.add(Part.value(Kind.BOOLEAN, Construct.TRUTH_TEST, "(", condition, " is true)"));
            } else {
                column.ifPresent(keys::add);
            }
        }
        return keys;
    }

    private List<Part> keyParts(List<Part.Value> keys) {
        List<Part> parts = new ArrayList<>();
        for (Part.Value key : keys) {
            parts.add(choices.chance(30) ? Part.group(Integer.toString(parts.size() + 1)) : key);
        }
        return parts;
    }

    private static List<Kind> kinds(List<Part> values) {
        List<Kind> kinds = new ArrayList<>();
        for (Part value : values) {
            kinds.add(((Part.Value) value).kind());
        }
        return kinds;
    }

    @Override
    public Part.Value scalar(Kind kind, Scope outer) {
        Sources.Joined joined = sources.table(Optional.of(outer));
        // An aggregate of nothing but columns of the outer query would be one of that query.
        Part.Value aggregate = aggregates.of(kind, joined.scope().within(Optional.empty()));
        return Part.value(
                kind,
                Construct.SCALAR_SUBQUERY,
                "(",
                new Part.Query(
                        List.of(kind),
                        Part.parts(
                                "select ", aggregate, " from ", joined.relation(), where(joined.scope(), INNER_DEPTH))),
                ")");
    }

    @Override
    public Part column(Kind kind, Scope outer) {
        return within(List.of(kind), outer);
    }

    @Override
    public Part pairs(Kind first, Kind second, Scope outer) {
        return within(List.of(first, second), outer);
    }

    @Override
    public Part rows(Scope outer) {
        return within(List.of(Kind.INTEGER), outer);
    }

    private Part within(List<Kind> kinds, Scope outer) {
        Sources.Joined joined =
                choices.chance(80) ? sources.table(Optional.of(outer)) : sources.from(Optional.of(outer), 0);
        List<Part> values = new ArrayList<>();
        for (Kind kind : kinds) {
            values.add(expressions.leaf(kind, joined.scope()));
        }
        return Part.group(
                "(",
                new Part.Query(
                        kinds,
                        Part.parts(
                                "select ",
                                new Part.Items(", ", kinds.size(), values),
                                " from ",
                                joined.relation(),
                                where(joined.scope(), INNER_DEPTH))),
                ")");
    }
}
