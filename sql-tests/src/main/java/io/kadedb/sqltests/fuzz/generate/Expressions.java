package io.kadedb.sqltests.fuzz.generate;

import io.kadedb.sqltests.fuzz.sql.Construct;
import io.kadedb.sqltests.fuzz.sql.Kind;
import io.kadedb.sqltests.fuzz.sql.Part;
import io.kadedb.sqltests.fuzz.sql.SqlType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes values of any kind over the columns of a scope. No value fails whatever the rows are. */
final class Expressions {
    private static final int OUTER_PERCENT = 25;

    final Choices choices;
    final Constants constants;
    private final Map<Kind, Writer> writers = new EnumMap<>(Kind.class);
    private final Conditions conditions;
    private final Subqueries subqueries;

    /** Writes a value of one kind, deeper by as many levels as told. */
    interface Writer {
        Part.Value write(Scope scope, int depth);
    }

    Expressions(Choices choices, Subqueries subqueries) {
        this.choices = choices;
        this.constants = new Constants(choices);
        this.subqueries = subqueries;
        this.conditions = new Conditions(this, subqueries);
        writers.put(Kind.BOOLEAN, conditions::condition);
        new Numbers(this).register(writers);
        new Texts(this).register(writers);
        new Times(this).register(writers);
        new Documents(this).register(writers);
    }

    /** A value of a kind; constants alone where the scope has no columns. */
    Part.Value of(Kind kind, Scope scope, int depth) {
        if (depth <= 0) {
            return leaf(kind, scope);
        }
        int choice = choices.below(12);
        // A char beside a text is text to us, and beside a constant a char to PostgreSQL.
        if (choice == 0 && kind != Kind.RATIO && kind != Kind.CHAR) {
            return choice(kind, scope, depth);
        }
        if (choice == 1 && kind.isComparable() && kind != Kind.CHAR) {
            return subqueries.scalar(kind, scope);
        }
        if (choice <= 3) {
            return leaf(kind, scope);
        }
        Writer writer = writers.get(kind);
        return writer == null ? leaf(kind, scope) : writer.write(scope, depth);
    }

    Part.Value condition(Scope scope, int depth) {
        return conditions.condition(scope, depth);
    }

    /** A kind that some column has, so that values are not all constant; INTEGER if there are no columns. */
    Kind kind(Scope scope) {
        List<Scope.Named> columns = scope.columns(column -> true);
        if (columns.isEmpty() || choices.chance(25)) {
            return choices.pick(Kind.INTEGER, Kind.BOOLEAN, Kind.TEXT, Kind.BIGINT, Kind.NUMERIC, Kind.DATE);
        }
        return choices.of(columns).column().kind();
    }

    /** A kind that may be compared and grouped by. */
    Kind comparable(Scope scope) {
        Kind kind = kind(scope);
        return kind.isComparable() ? kind : Kind.INTEGER;
    }

    /** A column of the kind if there is one, else a constant; seldom a constant anyway. */
    Part.Value leaf(Kind kind, Scope scope) {
        if (choices.chance(88)) {
            Optional<Part.Value> column = column(scope, kind, true);
            if (column.isPresent()) {
                return column.get();
            }
        }
        return constants.of(kind);
    }

    /** A value for arithmetic: no column whose values reach the bounds of the type. */
    Part.Value small(Kind kind, Scope scope) {
        return choices.chance(75) ? column(scope, kind, false).orElseGet(() -> constants.of(kind)) : constants.of(kind);
    }

    Optional<Part.Value> column(Scope scope, Kind kind, boolean extremes) {
        if (scope.outer().isPresent() && choices.chance(OUTER_PERCENT)) {
            Optional<Part.Value> outer = column(scope.outer().get(), kind, extremes);
            if (outer.isPresent()) {
                return Optional.of(Part.value(kind, Construct.CORRELATED, outer.get()));
            }
        }
        List<Scope.Named> columns = scope.columns(c -> c.kind() == kind && (extremes || !c.extreme()));
        return columns.isEmpty()
                ? Optional.empty()
                : Optional.of(Part.value(kind, choices.of(columns).text()));
    }

    /** Some column, whatever its kind. */
    Optional<Part.Value> anyColumn(Scope scope) {
        List<Scope.Named> columns = scope.columns(column -> column.kind().isComparable());
        if (columns.isEmpty()) {
            return Optional.empty();
        }
        Scope.Named chosen = choices.of(columns);
        return Optional.of(Part.value(chosen.column().kind(), chosen.text()));
    }

    private Part.Value choice(Kind kind, Scope scope, int depth) {
        return choices.choose(
                () -> Part.value(
                        kind,
                        Construct.CASE,
                        "case when ",
                        condition(scope, depth - 1),
                        " then ",
                        of(kind, scope, depth - 1),
                        " else ",
                        of(kind, scope, depth - 1),
                        " end"),
                () -> Part.value(
                        kind,
                        Construct.CASE,
                        "case when ",
                        condition(scope, depth - 1),
                        " then ",
                        of(kind, scope, 0),
                        " when ",
                        condition(scope, depth - 1),
                        " then ",
                        of(kind, scope, depth - 1),
                        " end"),
                () -> simpleCase(kind, scope, depth),
                () -> Part.value(
                        kind,
                        Construct.COALESCE,
                        "coalesce(",
                        of(kind, scope, depth - 1),
                        ", ",
                        of(kind, scope, depth - 1),
                        ")"),
                () -> kind.isComparable() && !kind.isArray()
                        ? Part.value(kind, "nullif(", of(kind, scope, depth - 1), ", ", of(kind, scope, 0), ")")
                        : leaf(kind, scope),
                () -> Part.value(
                        kind,
                        Construct.CASE,
                        "case when ",
                        condition(scope, 1),
                        " then ",
                        new Part.Null(SqlType.of(kind)),
                        " else ",
                        of(kind, scope, depth - 1),
                        " end"));
    }

    private Part.Value simpleCase(Kind kind, Scope scope, int depth) {
        List<Object> parts = new ArrayList<>(List.of(Construct.CASE, "case ", of(Kind.INTEGER, scope, depth - 1)));
        for (int i = choices.between(1, 2); i > 0; i--) {
            parts.addAll(List.of(" when ", of(Kind.INTEGER, scope, 0), " then ", of(kind, scope, depth - 1)));
        }
        parts.addAll(List.of(" else ", of(kind, scope, 0), " end"));
        return Part.value(kind, parts.toArray());
    }
}
