package io.kadedb.sqltests.fuzz.generate;

import io.kadedb.sqltests.fuzz.sql.Construct;
import io.kadedb.sqltests.fuzz.sql.Kind;
import io.kadedb.sqltests.fuzz.sql.Part;
import java.util.List;
import java.util.Set;

/** Writes aggregates whose results do not depend on the order of rows. */
final class Aggregates {
    /** Kinds that all databases have a least and a greatest value of. */
    private static final Set<Kind> ORDERED = Set.of(
            Kind.SMALLINT,
            Kind.INTEGER,
            Kind.BIGINT,
            Kind.NUMERIC,
            Kind.REAL,
            Kind.DOUBLE,
            Kind.VARCHAR,
            Kind.TEXT,
            Kind.DATE,
            Kind.TIME,
            Kind.TIMESTAMP,
            Kind.TIMESTAMPTZ,
            Kind.INTERVAL);

    private final Expressions expressions;
    private final Choices choices;

    Aggregates(Expressions expressions) {
        this.expressions = expressions;
        this.choices = expressions.choices;
    }

    /** Whether all databases have a least and a greatest value of the kind. */
    boolean isOrdered(Kind kind) {
        return ORDERED.contains(kind);
    }

    /** Of whatever kind. */
    Part.Value any(Scope scope) {
        return choices.choose(
                () -> call(Kind.BIGINT, scope, "count(*)"),
                () -> count(scope),
                () -> sum(scope),
                () -> sum(scope),
                () -> extreme(expressions.comparable(scope), scope),
                () -> call(
                        Kind.BOOLEAN,
                        scope,
                        Construct.BOOLEAN_AGGREGATE,
                        choices.pick("bool_and(", "bool_or(", "every("),
                        expressions.condition(scope, 1),
                        ")"),
                () -> call(
                        Kind.RATIO,
                        scope,
                        "avg(",
                        distinct(),
                        expressions.small(choices.pick(Kind.INTEGER, Kind.NUMERIC), scope),
                        ")"),
                () -> statistics(scope),
                () -> texts(scope),
                () -> array(scope),
                () -> percentile(scope));
    }

    /** Of the kind: its least or greatest value, or for other kinds a count or a condition. */
    Part.Value of(Kind kind, Scope scope) {
        if (kind == Kind.BIGINT && choices.chance(50)) {
            return count(scope);
        }
        if (kind == Kind.BOOLEAN) {
            return call(
                    Kind.BOOLEAN,
                    scope,
                    Construct.BOOLEAN_AGGREGATE,
                    choices.pick("bool_and(", "bool_or("),
                    expressions.leaf(kind, scope),
                    ")");
        }
        if (ORDERED.contains(kind)) {
            return extreme(kind, scope);
        }
        // Others have no least value in every database: NULL for each of no rows or one.
        return Part.value(
                kind, Construct.AGGREGATE, "case when count(*) >= 0 then ", expressions.constants.of(kind), " end");
    }

    /** A condition over groups. */
    Part.Value condition(Scope scope, List<Part.Value> keys) {
        return choices.choose(
                () -> Part.value(
                        Kind.BOOLEAN,
                        "(",
                        call(Kind.BIGINT, scope, "count(*)"),
                        choices.pick(" > ", " = ", " <= "),
                        Integer.toString(choices.between(0, 3)),
                        ")"),
                () -> Part.value(Kind.BOOLEAN, "(", any(scope), choices.pick(" is null", " is not null"), ")"),
                () -> Part.value(
                        Kind.BOOLEAN,
                        "(",
                        extreme(Kind.INTEGER, scope),
                        choices.pick(" > ", " < ", " <> "),
                        expressions.constants.of(Kind.INTEGER),
                        ")"),
                () -> keys.isEmpty()
                        ? call(
                                Kind.BOOLEAN,
                                scope,
                                Construct.BOOLEAN_AGGREGATE,
                                "bool_or(",
                                expressions.condition(scope, 0),
                                ")")
                        : Part.value(
                                Kind.BOOLEAN, "(", choices.of(keys), choices.pick(" is null", " is not null"), ")"));
    }

    private Part.Value count(Scope scope) {
        Kind kind = expressions.comparable(scope);
        return call(Kind.BIGINT, scope, "count(", distinct(), expressions.of(kind, scope, 1), ")");
    }

    private Part.Value sum(Scope scope) {
        Kind kind = choices.pick(Kind.INTEGER, Kind.INTEGER, Kind.BIGINT, Kind.NUMERIC, Kind.SMALLINT, Kind.DOUBLE);
        Kind result = kind == Kind.DOUBLE
                ? Kind.RATIO
                : kind == Kind.BIGINT || kind == Kind.NUMERIC ? Kind.NUMERIC : Kind.BIGINT;
        Part.Value argument = kind == Kind.DOUBLE ? expressions.small(kind, scope) : expressions.of(kind, scope, 1);
        return call(result, scope, "sum(", distinct(), argument, ")");
    }

    private Part.Value extreme(Kind kind, Scope scope) {
        Kind known = ORDERED.contains(kind) ? kind : Kind.INTEGER;
        return call(known, scope, choices.pick("min(", "max("), expressions.of(known, scope, 1), ")");
    }

    private Part.Value statistics(Scope scope) {
        String function = choices.pick("var_pop(", "var_samp(", "stddev_pop(", "stddev_samp(");
        return call(Kind.RATIO, scope, Construct.STATISTICS, function, expressions.small(Kind.INTEGER, scope), ")");
    }

    private Part.Value texts(Scope scope) {
        Part.Value text = expressions.leaf(Kind.TEXT, scope);
        String order = choices.pick(" desc", "") + choices.pick(" nulls first", " nulls last");
        return call(
                Kind.TEXT,
                scope,
                Construct.ORDERED_AGGREGATE,
                "string_agg(",
                text,
                ", ',' order by ",
                text,
                order + ")");
    }

    private Part.Value array(Scope scope) {
        Part.Value number = expressions.leaf(Kind.INTEGER, scope);
        return call(
                Kind.INTEGER_ARRAY,
                scope,
                Construct.ORDERED_AGGREGATE,
                Construct.ARRAY,
                "array_agg(",
                number,
                " order by ",
                number,
                choices.pick("", " desc") + " nulls first)");
    }

    private Part.Value percentile(Scope scope) {
        return call(
                Kind.INTEGER,
                scope,
                Construct.ORDERED_AGGREGATE,
                Construct.STATISTICS,
                "percentile_disc(" + choices.pick("0", "0.25", "0.5", "1") + ") within group (order by ",
                expressions.leaf(Kind.INTEGER, scope),
                ")");
    }

    private Part distinct() {
        return choices.chance(25) ? Part.clause(Construct.DISTINCT_AGGREGATE, "distinct ") : Part.none();
    }

    private Part.Value call(Kind kind, Scope scope, Object... parts) {
        Part filter = choices.chance(15)
                ? Part.clause(Construct.FILTER, " filter (where ", expressions.condition(scope, 1), ")")
                : Part.none();
        return Part.value(kind, Construct.AGGREGATE, Part.group(parts), filter);
    }
}
