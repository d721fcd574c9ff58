package io.kadedb.sqltests.fuzz.generate;

import io.kadedb.sqltests.fuzz.sql.Construct;
import io.kadedb.sqltests.fuzz.sql.Kind;
import io.kadedb.sqltests.fuzz.sql.Part;
import io.kadedb.sqltests.fuzz.sql.SqlType;
import java.util.ArrayList;
import java.util.List;

/** Writes conditions, which are true, false or NULL. */
final class Conditions {
    private final Expressions expressions;
    private final Subqueries subqueries;
    private final Choices choices;
    private final Paths paths;

    Conditions(Expressions expressions, Subqueries subqueries) {
        this.expressions = expressions;
        this.subqueries = subqueries;
        this.choices = expressions.choices;
        this.paths = new Paths(expressions);
    }

    Part.Value condition(Scope scope, int depth) {
        if (depth <= 0) {
            return comparison(scope, 0);
        }
        return switch (choices.below(12)) {
            case 0, 1 -> both(" and ", scope, depth);
            case 2, 3 -> both(" or ", scope, depth);
            case 4 -> bool("not (", condition(scope, depth - 1), ")");
            case 5 -> inSubquery(scope, depth);
            case 6 -> exists(scope);
            case 7 -> quantified(scope, depth);
            case 8 -> truth(scope, depth);
            default -> comparison(scope, depth - 1);
        };
    }

    private Part.Value both(String operator, Scope scope, int depth) {
        return bool("(", condition(scope, depth - 1), operator, condition(scope, depth - 1), ")");
    }

    private Part.Value comparison(Scope scope, int depth) {
        Kind kind = expressions.comparable(scope);
        return switch (choices.below(14)) {
            case 0 -> nullTest(scope, kind, depth);
            case 1, 2 -> inList(scope, kind, depth);
            case 3 ->
                bool(
                        Construct.BETWEEN,
                        "(",
                        value(kind, scope, depth),
                        choices.pick(" between ", " not between "),
                        value(kind, scope, 0),
                        " and ",
                        value(kind, scope, 0),
                        ")");
            case 4 -> like(scope, depth);
            case 5 ->
                bool(
                        Construct.IS_DISTINCT_FROM,
                        "(",
                        value(kind, scope, depth),
                        choices.pick(" is distinct from ", " is not distinct from "),
                        value(kind, scope, 0),
                        ")");
            case 6 -> rows(scope);
            case 7 -> expressions.column(scope, Kind.BOOLEAN, true).orElseGet(() -> simple(kind, scope, depth));
            case 8 -> numbers(scope, depth);
            case 9 -> documents(scope, depth);
            default -> simple(kind, scope, depth);
        };
    }

    private Part.Value simple(Kind kind, Scope scope, int depth) {
        Object mark = kind == Kind.BOOLEAN ? Construct.BOOLEAN_COMPARISON : "";
        return bool("(", mark, value(kind, scope, depth), " " + sign() + " ", value(kind, scope, 0), ")");
    }

    /** Numbers of different kinds. */
    private Part.Value numbers(Scope scope, int depth) {
        Kind left = choices.pick(Kind.INTEGER, Kind.BIGINT, Kind.SMALLINT, Kind.NUMERIC);
        Kind right = choices.pick(Kind.INTEGER, Kind.BIGINT, Kind.NUMERIC, Kind.INTEGER);
        return bool("(", value(left, scope, depth), " " + sign() + " ", value(right, scope, depth), ")");
    }

    private Part.Value documents(Scope scope, int depth) {
        if (!scope.columns(Kind.JSONB).isEmpty()) {
            return choices.choose(
                    () -> bool(
                            Construct.JSON_OPERATOR,
                            "(",
                            value(Kind.JSONB, scope, 0),
                            choices.pick(" @> ", " <@ "),
                            value(Kind.JSONB, scope, 0),
                            ")"),
                    () -> bool(
                            Construct.JSON_OPERATOR,
                            "(",
                            value(Kind.JSONB, scope, 0),
                            choices.pick(" @> ", " @> ", " <@ "),
                            expressions.constants.of(Kind.JSONB),
                            ")"),
                    () -> bool(Construct.JSON_OPERATOR, "(", value(Kind.JSONB, scope, depth), " ? 'a')"),
                    () -> paths.condition(scope),
                    () -> paths.condition(scope));
        }
        if (!scope.columns(Kind.INTEGER_ARRAY).isEmpty()) {
            return choices.choose(
                    () -> bool(
                            Construct.ARRAY, "(", value(Kind.INTEGER, scope, 0), " = any (", array(scope, depth), "))"),
                    () -> bool(
                            Construct.ARRAY,
                            "(",
                            value(Kind.INTEGER, scope, 0),
                            " " + sign() + " all (",
                            array(scope, depth),
                            "))"),
                    () -> bool(
                            Construct.ARRAY,
                            "(",
                            value(Kind.INTEGER_ARRAY, scope, 0),
                            choices.pick(" @> ", " <@ ", " && "),
                            value(Kind.INTEGER_ARRAY, scope, 0),
                            ")"));
        }
        if (!scope.columns(Kind.TEXT_ARRAY).isEmpty()) {
            return bool(
                    Construct.ARRAY,
                    "(",
                    value(Kind.TEXT_ARRAY, scope, 0),
                    choices.pick(" @> ", " <@ ", " && "),
                    expressions.constants.of(Kind.TEXT_ARRAY),
                    ")");
        }
        return simple(expressions.comparable(scope), scope, depth);
    }

    /** An array in the parentheses of ANY or ALL, where a query alone is one of the elements. */
    private Part array(Scope scope, int depth) {
        return depth == 0 || choices.chance(50)
                ? value(Kind.INTEGER_ARRAY, scope, 0)
                : Part.group("cast(", value(Kind.INTEGER_ARRAY, scope, depth), " as integer[])");
    }

    private Part.Value nullTest(Scope scope, Kind kind, int depth) {
        return bool("(", value(kind, scope, depth), choices.pick(" is null", " is not null"), ")");
    }

    private Part.Value inList(Scope scope, Kind kind, int depth) {
        List<Part> items = new ArrayList<>();
        for (int i = choices.between(1, 4); i > 0; i--) {
            items.add(
                    choices.chance(12)
                            ? new Part.Null(SqlType.of(kind))
                            : choices.chance(80) ? expressions.constants.of(kind) : value(kind, scope, 0));
        }
        boolean negated = choices.chance(40);
        return bool(
                negated ? Construct.NOT_IN : Construct.IN_LIST,
                "(",
                value(kind, scope, depth),
                negated ? " not in (" : " in (",
                Part.list(items),
                "))");
    }

    private Part.Value inSubquery(Scope scope, int depth) {
        boolean negated = choices.chance(40);
        Object mark = negated ? Construct.NOT_IN : "";
        String operator = negated ? " not in " : " in ";
        if (choices.chance(15)) {
            Kind first = expressions.comparable(scope);
            Kind second = expressions.comparable(scope);
            return bool(
                    Construct.IN_SUBQUERY,
                    Construct.ROW_COMPARISON,
                    mark,
                    "((",
                    value(first, scope, 0),
                    ", ",
                    value(second, scope, 0),
                    ")" + operator,
                    subqueries.pairs(first, second, scope),
                    ")");
        }
        Kind kind = expressions.comparable(scope);
        return bool(
                Construct.IN_SUBQUERY,
                mark,
                "(",
                value(kind, scope, depth - 1),
                operator,
                subqueries.column(kind, scope),
                ")");
    }

    private Part.Value exists(Scope scope) {
        return bool(Construct.EXISTS, choices.pick("exists ", "not exists "), subqueries.rows(scope));
    }

    private Part.Value quantified(Scope scope, int depth) {
        Kind kind = expressions.comparable(scope);
        return bool(
                Construct.ANY_ALL,
                "(",
                value(kind, scope, depth - 1),
                " " + sign() + choices.pick(" any ", " all "),
                subqueries.column(kind, scope),
                ")");
    }

    private Part.Value truth(Scope scope, int depth) {
        return bool(
                Construct.TRUTH_TEST,
                "(",
                condition(scope, depth - 1),
                choices.pick(
                        " is true", " is not true", " is false", " is not false", " is unknown", " is not unknown"),
                ")");
    }

    private Part.Value like(Scope scope, int depth) {
        Part text = value(Kind.TEXT, scope, depth);
        String operator = choices.pick(" like ", " not like ");
        String pattern = choices.pick("'a%'", "'%b'", "'_'", "'%'", "'%a%'", "''", "'a_'", "'\\%'", "'_%'");
        return bool(
                Construct.LIKE,
                pattern.startsWith("'\\") ? Construct.LIKE_ESCAPE : Part.none(),
                "(",
                text,
                operator,
                pattern,
                ")");
    }

    private Part.Value rows(Scope scope) {
        Kind first = expressions.comparable(scope);
        Kind second = expressions.comparable(scope);
        return bool(
                Construct.ROW_COMPARISON,
                "((",
                value(first, scope, 0),
                ", ",
                value(second, scope, 0),
                ") " + sign() + " (",
                value(first, scope, 0),
                ", ",
                value(second, scope, 0),
                "))");
    }

    private Part.Value value(Kind kind, Scope scope, int depth) {
        return expressions.of(kind, scope, depth);
    }

    private String sign() {
        return choices.pick("=", "=", "<>", "<", "<=", ">", ">=");
    }

    private static Part.Value bool(Object... parts) {
        return Part.value(Kind.BOOLEAN, parts);
    }
}
