package io.kadedb.sqltests.fuzz.generate;

import io.kadedb.sqltests.fuzz.sql.Construct;
import io.kadedb.sqltests.fuzz.sql.Kind;
import io.kadedb.sqltests.fuzz.sql.Part;
import io.kadedb.sqltests.fuzz.sql.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Writes what stands in FROM: tables, queries, lists of rows, functions, and joins of them. */
final class Sources {
    private static final int MOST_JOINED = 3;

    private final Choices choices;
    private final Expressions expressions;
    private final Selects selects;
    private final List<Table> tables;
    private final RowFunctions functions;
    private final List<Scope.Source> named = new ArrayList<>();
    private int aliases;

    /** A relation and the columns that it has. */
    record Joined(Part.Relation relation, Scope scope) {}

    Sources(Choices choices, Expressions expressions, Selects selects, List<Table> tables) {
        this.choices = choices;
        this.expressions = expressions;
        this.selects = selects;
        this.tables = tables;
        this.functions = new RowFunctions(expressions);
    }

    /** Forgets the names of the last statement. */
    void clear() {
        aliases = 0;
        named.clear();
    }

    /** A query that FROM may name from now on. */
    void name(Scope.Source source) {
        named.add(source);
    }

    /** One to three relations. */
    Joined from(Optional<Scope> outer, int depth) {
        Joined joined = one(outer, depth);
        int more = depth <= 0 ? choices.below(2) : choices.below(MOST_JOINED);
        for (int i = 0; i < more; i++) {
            // A comma binds less than JOIN: the conditions of joins after it see nothing before it.
            joined = join(joined, outer, depth, i == more - 1);
        }
        return joined;
    }

    /** A single table. */
    Joined table(Optional<Scope> outer) {
        Table table = choices.of(tables);
        String alias = alias();
        return new Joined(
                Part.relation(table.name() + " as " + alias),
                Scope.of(List.of(new Scope.Source(alias, table.columns()))).within(outer));
    }

    Joined one(Optional<Scope> outer, int depth) {
        if (!named.isEmpty() && choices.chance(40)) {
            Scope.Source source = choices.of(named);
            String alias = alias();
            return new Joined(
                    Part.relation(source.alias() + " as " + alias),
                    Scope.of(List.of(new Scope.Source(alias, source.columns()))).within(outer));
        }
        int choice = choices.below(20);
        if (depth > 0 && choice <= 2) {
            return derived(outer, depth, false);
        }
        if (choice == 3) {
            return values(outer);
        }
        if (choice == 4) {
            return series(outer);
        }
        return choice == 5 ? function(Scope.empty().within(outer), outer) : table(outer);
    }

    /** Of documents and arrays that a scope has. */
    private Joined function(Scope of, Optional<Scope> outer) {
        Joined rows = functions.of(of, alias());
        return new Joined(rows.relation(), rows.scope().within(outer));
    }

    private Joined join(Joined left, Optional<Scope> outer, int depth, boolean last) {
        int choice = choices.below(16);
        if (choice == 0 && depth > 0) {
            return lateral(left, outer, depth, last);
        }
        Joined right = one(outer, depth - 1);
        Scope both = left.scope().and(right.scope());
        if (choice == 1) {
            return new Joined(
                    Part.relation(Construct.CROSS_JOIN, left.relation(), " cross join ", right.relation()), both);
        }
        if (choice == 2 && last) {
            return new Joined(Part.relation(Construct.COMMA_JOIN, left.relation(), ", ", right.relation()), both);
        }
        Kinds type = choices.of(Kinds.ALL);
        Optional<String> shared = choices.chance(15) ? shared(left.scope(), right.scope()) : Optional.empty();
        if (shared.isPresent()) {
            return new Joined(
                    Part.relation(
                            type.construct,
                            Construct.USING,
                            left.relation(),
                            type.text,
                            right.relation(),
                            " using (" + shared.get() + ")"),
                    both);
        }
        Part condition = condition(type, left, right, both);
        return new Joined(
                Part.relation(type.construct, left.relation(), type.text, right.relation(), " on ", condition), both);
    }

    /** A column that either side has once, of one type. */
    private Optional<String> shared(Scope left, Scope right) {
        if (left.sources().size() > 1 || right.sources().size() > 1) {
            return Optional.empty();
        }
        List<String> names = new ArrayList<>();
        for (Scope.Named one : left.columns(column -> column.kind().isComparable())) {
            right.columns(one.column().kind()).stream()
                    .map(other -> other.column().name())
                    .filter(one.column().name()::equals)
                    .forEach(names::add);
        }
        return names.isEmpty() ? Optional.empty() : Optional.of(choices.of(names));
    }

    private record Kinds(Construct construct, String text) {
        static final List<Kinds> ALL = List.of(
                new Kinds(Construct.INNER_JOIN, " join "),
                new Kinds(Construct.INNER_JOIN, " join "),
                new Kinds(Construct.LEFT_JOIN, " left join "),
                new Kinds(Construct.LEFT_JOIN, " left join "),
                new Kinds(Construct.RIGHT_JOIN, " right join "),
                new Kinds(Construct.FULL_JOIN, " full join "));
    }

    private Part condition(Kinds type, Joined left, Joined right, Scope both) {
        Optional<Part.Value> equal = equality(left.scope(), right.scope());
        if (equal.isEmpty() || choices.chance(type.construct == Construct.FULL_JOIN ? 5 : 15)) {
            // A full join on a condition that is not merged or hashed is refused by most.
            if (type.construct == Construct.FULL_JOIN) {
                return equal.<Part>map(part -> part).orElseGet(() -> Part.value(Kind.BOOLEAN, "true"));
            }
            return Part.group(Construct.JOIN_ON_ANY_CONDITION, expressions.condition(both, 1));
        }
        if (choices.chance(25) && type.construct != Construct.FULL_JOIN) {
            return Part.value(Kind.BOOLEAN, "(", equal.get(), " and ", expressions.condition(both, 1), ")");
        }
        return equal.get();
    }

    private Optional<Part.Value> equality(Scope left, Scope right) {
        List<Part.Value> found = new ArrayList<>();
        for (Scope.Named one : left.columns(column -> column.kind().isComparable())) {
            for (Scope.Named other : right.columns(one.column().kind())) {
                found.add(Part.value(
                        Kind.BOOLEAN,
                        "(",
                        Part.value(one.column().kind(), one.text()),
                        " = ",
                        Part.value(other.column().kind(), other.text()),
                        ")"));
            }
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(choices.of(found));
    }

    private Joined lateral(Joined left, Optional<Scope> outer, int depth, boolean last) {
        Joined right = hasParts(left.scope()) && choices.chance(60)
                ? function(left.scope(), outer)
                : derived(Optional.of(left.scope().within(outer)), depth, true);
        Scope both = left.scope().and(right.scope());
        return choices.choose(
                () -> new Joined(
                        Part.relation(left.relation(), last ? ", lateral " : " cross join lateral ", right.relation()),
                        both),
                () -> new Joined(Part.relation(left.relation(), " cross join lateral ", right.relation()), both),
                () -> new Joined(
                        Part.relation(left.relation(), " left join lateral ", right.relation(), " on true"), both));
    }

    private static boolean hasParts(Scope scope) {
        return !scope.columns(
                        column -> column.kind() == Kind.JSONB || column.kind().isArray())
                .isEmpty();
    }

    private Joined derived(Optional<Scope> outer, int depth, boolean lateral) {
        Selects.Select query = selects.select(lateral ? outer : Optional.empty(), depth - 1);
        String alias = alias();
        return new Joined(
                Part.relation(
                        lateral ? Construct.LATERAL : Construct.DERIVED_TABLE, "(", query.query(), ") as " + alias),
                Scope.of(List.of(new Scope.Source(alias, query.columns()))).within(outer));
    }

    private Joined values(Optional<Scope> outer) {
        List<Kind> kinds = List.of(choices.pick(Kind.INTEGER, Kind.TEXT, Kind.NUMERIC), Kind.INTEGER);
        List<Part> rows = new ArrayList<>();
        for (int i = choices.between(1, 4); i > 0; i--) {
            List<Part> cells = new ArrayList<>();
            for (Kind kind : kinds) {
                SqlType type = kind == Kind.NUMERIC ? new SqlType(kind, 8, 2) : SqlType.of(kind);
                cells.add(choices.chance(15) ? new Part.Null(type) : expressions.constants.of(type, false, false));
            }
            rows.add(Part.group("(", new Part.Items(", ", cells.size(), cells), ")"));
        }
        String alias = alias();
        List<Column> columns = List.of(
                new Column("v0", SqlType.of(kinds.get(0)), false), new Column("v1", SqlType.of(kinds.get(1)), false));
        return new Joined(
                Part.relation(Construct.VALUES, "(values ", Part.list(rows), ") as " + alias + "(v0, v1)"),
                Scope.of(List.of(new Scope.Source(alias, columns))).within(outer));
    }

    private Joined series(Optional<Scope> outer) {
        String alias = alias();
        String call = "generate_series(" + choices.between(-1, 2) + ", " + choices.between(2, 5)
                + choices.pick("", ", 2") + ")";
        return new Joined(
                Part.relation(Construct.FUNCTION_IN_FROM, call + " as " + alias + "(n)"),
                Scope.of(List.of(new Scope.Source(alias, List.of(new Column("n", SqlType.of(Kind.INTEGER), false)))))
                        .within(outer));
    }

    private String alias() {
        return "x" + aliases++;
    }
}
