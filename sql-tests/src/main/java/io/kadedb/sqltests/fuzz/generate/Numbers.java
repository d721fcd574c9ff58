package io.kadedb.sqltests.fuzz.generate;

import io.kadedb.sqltests.fuzz.sql.Construct;
import io.kadedb.sqltests.fuzz.sql.Kind;
import io.kadedb.sqltests.fuzz.sql.Part;
import io.kadedb.sqltests.fuzz.sql.SqlType;
import java.util.Map;

/** Writes numbers. Operands of arithmetic are small enough that nothing overflows. */
final class Numbers {
    private final Expressions expressions;
    private final Choices choices;

    Numbers(Expressions expressions) {
        this.expressions = expressions;
        this.choices = expressions.choices;
    }

    void register(Map<Kind, Expressions.Writer> writers) {
        writers.put(Kind.SMALLINT, (scope, depth) -> small(scope));
        writers.put(Kind.INTEGER, this::integer);
        writers.put(Kind.BIGINT, this::bigint);
        writers.put(Kind.NUMERIC, this::numeric);
        writers.put(Kind.REAL, (scope, depth) -> real(scope));
        writers.put(Kind.DOUBLE, this::doubled);
        writers.put(Kind.RATIO, (scope, depth) -> ratio(scope));
    }

    private Part.Value small(Scope scope) {
        return Part.value(
                Kind.SMALLINT, Construct.CAST, "cast(", operand(Kind.INTEGER, scope), " as ", type(Kind.SMALLINT), ")");
    }

    private Part.Value integer(Scope scope, int depth) {
        return choices.choose(
                () -> binary(Kind.INTEGER, choices.pick(" + ", " - "), scope),
                () -> integers("(", operand(Kind.INTEGER, scope), " * ", constant(0, 5), ")"),
                () -> integers("(", operand(Kind.INTEGER, scope), choices.pick(" + ", " - "), constant(0, 9), ")"),
                () -> integers(
                        Construct.MATH_FUNCTION,
                        choices.pick("abs(", "sign(", "(-"),
                        operand(Kind.INTEGER, scope),
                        ")"),
                () -> integers(Construct.REMAINDER, "(", operand(Kind.INTEGER, scope), " % ", constant(2, 4), ")"),
                () -> integers(
                        Construct.INTEGER_DIVISION, "(", operand(Kind.INTEGER, scope), " / ", constant(2, 4), ")"),
                () -> integers(Construct.STRING_FUNCTION, "length(", expressions.of(Kind.TEXT, scope, depth - 1), ")"),
                () -> integers(
                        Construct.STRING_FUNCTION,
                        Construct.TEXT_SLICE,
                        choices.pick("ascii(", "octet_length("),
                        expressions.of(Kind.TEXT, scope, depth - 1),
                        ")"),
                () -> integers(
                        Construct.STRING_FUNCTION,
                        Construct.TEXT_SLICE,
                        "position(",
                        choices.pick("'a'", "'b'", "''"),
                        " in ",
                        expressions.of(Kind.TEXT, scope, depth - 1),
                        ")"),
                () -> integers(
                        Construct.GREATEST_LEAST,
                        choices.pick("greatest(", "least("),
                        Part.list(java.util.List.of(
                                expressions.of(Kind.INTEGER, scope, depth - 1),
                                expressions.of(Kind.INTEGER, scope, 0))),
                        ")"),
                () -> scope.columns(Kind.JSONB).isEmpty()
                        ? expressions.leaf(Kind.INTEGER, scope)
                        : new Paths(expressions).scalar(Kind.INTEGER, scope),
                () -> integers(
                        Construct.CAST,
                        Construct.BOOLEAN_COMPARISON,
                        "cast(",
                        expressions.condition(scope, depth - 1),
                        " as integer)"),
                () -> integers(
                        Construct.CAST, Construct.ROUNDING, "cast(", operand(Kind.NUMERIC, scope), " as integer)"),
                () -> integers(
                        Construct.DATE_FUNCTION,
                        "extract(" + choices.pick("year", "month", "day", "dow", "doy", "isodow", "quarter") + " from ",
                        expressions.of(Kind.DATE, scope, 0),
                        ")"),
                () -> integers(
                        Construct.DATE_ARITHMETIC,
                        "(",
                        expressions.small(Kind.DATE, scope),
                        " - ",
                        expressions.small(Kind.DATE, scope),
                        ")"));
    }

    private Part.Value bigint(Scope scope, int depth) {
        return choices.choose(
                () -> Part.value(Kind.BIGINT, "cast(", expressions.of(Kind.INTEGER, scope, depth - 1), " as bigint)"),
                () -> binary(Kind.BIGINT, choices.pick(" + ", " - "), scope),
                () -> Part.value(
                        Kind.BIGINT, "(", operand(Kind.BIGINT, scope), " * ", operand(Kind.INTEGER, scope), ")"),
                () -> Part.value(
                        Kind.BIGINT, "(", operand(Kind.INTEGER, scope), " - ", operand(Kind.BIGINT, scope), ")"));
    }

    private Part.Value numeric(Scope scope, int depth) {
        return choices.choose(
                () -> scope.columns(Kind.JSONB).isEmpty()
                        ? expressions.leaf(Kind.NUMERIC, scope)
                        : new Paths(expressions).scalar(Kind.NUMERIC, scope),
                () -> binary(Kind.NUMERIC, choices.pick(" + ", " - ", " * "), scope),
                () -> Part.value(
                        Kind.NUMERIC,
                        "(",
                        operand(Kind.NUMERIC, scope),
                        choices.pick(" + ", " * ", " - "),
                        operand(Kind.INTEGER, scope),
                        ")"),
                () -> Part.value(
                        Kind.NUMERIC,
                        Construct.ROUNDING,
                        "round(",
                        operand(Kind.NUMERIC, scope),
                        ", " + choices.pick("0", "1", "1", "2", "-1") + ")"),
                () -> Part.value(
                        Kind.NUMERIC,
                        Construct.ROUNDING,
                        "trunc(",
                        operand(Kind.NUMERIC, scope),
                        ", " + choices.pick("0", "1") + ")"),
                () -> Part.value(
                        Kind.NUMERIC,
                        Construct.MATH_FUNCTION,
                        choices.pick("ceil(", "floor(", "abs(", "round("),
                        operand(Kind.NUMERIC, scope),
                        ")"),
                () -> Part.value(
                        Kind.NUMERIC,
                        Construct.CAST,
                        Construct.ROUNDING,
                        "cast(",
                        operand(Kind.NUMERIC, scope),
                        " as ",
                        new Part.TypeName(new SqlType(Kind.NUMERIC, 12, choices.between(0, 3))),
                        ")"),
                () -> Part.value(
                        Kind.NUMERIC,
                        Construct.CAST,
                        "cast(",
                        expressions.of(Kind.INTEGER, scope, depth - 1),
                        " as ",
                        new Part.TypeName(new SqlType(Kind.NUMERIC, 14, 2)),
                        ")"),
                () -> Part.value(Kind.NUMERIC, Construct.REMAINDER, "(", operand(Kind.NUMERIC, scope), " % 1.5)"),
                () -> Part.value(
                        Kind.NUMERIC,
                        Construct.GREATEST_LEAST,
                        choices.pick("greatest(", "least("),
                        expressions.leaf(Kind.NUMERIC, scope),
                        ", ",
                        expressions.leaf(Kind.NUMERIC, scope),
                        ")"));
    }

    private Part.Value real(Scope scope) {
        return Part.value(Kind.REAL, Construct.CAST, "cast(", operand(Kind.INTEGER, scope), " as real)");
    }

    private Part.Value doubled(Scope scope, int depth) {
        return choices.choose(
                () -> binary(Kind.DOUBLE, choices.pick(" + ", " - ", " * "), scope),
                () -> Part.value(
                        Kind.DOUBLE,
                        Construct.CAST,
                        "cast(",
                        expressions.of(Kind.INTEGER, scope, depth - 1),
                        " as ",
                        type(Kind.DOUBLE),
                        ")"),
                () -> Part.value(
                        Kind.DOUBLE,
                        Construct.MATH_FUNCTION,
                        choices.pick("abs(", "ceil(", "floor(", "sign("),
                        operand(Kind.DOUBLE, scope),
                        ")"));
    }

    /** Inexact results; never an operand of a comparison. */
    private Part.Value ratio(Scope scope) {
        return choices.choose(
                () -> Part.value(
                        Kind.RATIO,
                        Construct.DIVISION,
                        "(",
                        operand(Kind.NUMERIC, scope),
                        " / ",
                        constant(1, 7),
                        ".0)"),
                () -> Part.value(
                        Kind.RATIO,
                        Construct.DIVISION,
                        "(",
                        operand(Kind.DOUBLE, scope),
                        " / nullif(",
                        operand(Kind.INTEGER, scope),
                        ", 0))"),
                () -> Part.value(
                        Kind.RATIO,
                        Construct.MATH_FUNCTION,
                        choices.pick("sqrt(abs(", "cbrt((", "exp(sign(", "atan((", "degrees((", "ln(1.0 + abs("),
                        "cast(",
                        operand(Kind.INTEGER, scope),
                        " as ",
                        type(Kind.DOUBLE),
                        ")))"),
                () -> Part.value(
                        Kind.RATIO,
                        Construct.MATH_FUNCTION,
                        "power(cast(",
                        operand(Kind.INTEGER, scope),
                        " as ",
                        type(Kind.DOUBLE),
                        "), 2)"));
    }

    private Part.Value binary(Kind kind, String operator, Scope scope) {
        return Part.value(kind, "(", operand(kind, scope), operator, operand(kind, scope), ")");
    }

    private Part.Value operand(Kind kind, Scope scope) {
        return expressions.small(kind, scope);
    }

    private Part.Value constant(int least, int greatest) {
        return Part.value(
                Kind.INTEGER, new Part.Literal(Kind.INTEGER, Integer.toString(choices.between(least, greatest))));
    }

    private static Part type(Kind kind) {
        return new Part.TypeName(SqlType.of(kind));
    }

    private static Part.Value integers(Object... parts) {
        return Part.value(Kind.INTEGER, parts);
    }
}
