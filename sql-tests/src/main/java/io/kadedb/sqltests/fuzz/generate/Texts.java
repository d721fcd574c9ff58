package io.kadedb.sqltests.fuzz.generate;

import io.kadedb.sqltests.fuzz.sql.Construct;
import io.kadedb.sqltests.fuzz.sql.Kind;
import io.kadedb.sqltests.fuzz.sql.Part;
import java.util.Map;

/** Writes texts. */
final class Texts {
    private final Expressions expressions;
    private final Choices choices;

    Texts(Expressions expressions) {
        this.expressions = expressions;
        this.choices = expressions.choices;
    }

    void register(Map<Kind, Expressions.Writer> writers) {
        writers.put(Kind.TEXT, this::text);
        writers.put(
                Kind.VARCHAR,
                (scope, depth) -> Part.value(
                        Kind.VARCHAR,
                        Construct.CAST,
                        Construct.VARCHAR_CAST,
                        "cast(",
                        expressions.of(Kind.TEXT, scope, depth - 1),
                        " as varchar(" + choices.between(1, 10) + "))"));
    }

    private Part.Value text(Scope scope, int depth) {
        return choices.choose(
                () -> scope.columns(Kind.JSONB).isEmpty()
                        ? function("(", any(scope, depth), " || ", any(scope, depth), ")")
                        : new Paths(expressions).scalar(Kind.TEXT, scope),
                () -> function("(", any(scope, depth), " || ", any(scope, depth), ")"),
                () -> function("(", any(scope, depth), " || '-' || ", any(scope, 0), ")"),
                () -> function(
                        Construct.CASE_MAPPING, choices.pick("upper(", "lower(", "initcap("), any(scope, depth), ")"),
                () -> function(choices.pick("trim(", "ltrim(", "rtrim("), any(scope, depth), ")"),
                () -> function(
                        Construct.TEXT_SLICE,
                        "substring(",
                        any(scope, depth),
                        " from " + choices.between(-1, 3) + " for " + choices.between(0, 3) + ")"),
                () -> function("substr(", any(scope, depth), ", " + choices.between(1, 3) + ")"),
                () -> function("replace(", any(scope, depth), ", 'a', ", any(scope, 0), ")"),
                () -> function(
                        Construct.TEXT_SLICE,
                        choices.pick("left(", "right("),
                        any(scope, depth),
                        ", " + choices.between(-2, 3) + ")"),
                () -> function(
                        Construct.TEXT_SLICE,
                        choices.pick("lpad(", "rpad("),
                        any(scope, depth),
                        ", " + choices.between(0, 5) + choices.pick("", ", 'xy'") + ")"),
                () -> function(Construct.TEXT_SLICE, "repeat(", any(scope, 0), ", " + choices.between(-1, 2) + ")"),
                () -> function(
                        Construct.TEXT_SLICE,
                        "split_part(",
                        any(scope, depth),
                        ", 'a', " + choices.between(1, 2) + ")"),
                () -> function(Construct.TEXT_SLICE, "concat(", any(scope, depth), ", ", any(scope, 0), ")"),
                () -> function(
                        Construct.TEXT_SLICE, "concat_ws('/', ", any(scope, depth), ", ", any(scope, 0), ", 'z')"),
                () -> function(Construct.TEXT_SLICE, "md5(", any(scope, depth), ")"),
                () -> function(
                        Construct.TEXT_SLICE,
                        "overlay(",
                        any(scope, 0),
                        " placing 'zz' from " + choices.between(1, 3) + ")"),
                () -> function(
                        Construct.REGULAR_EXPRESSION,
                        "regexp_replace(",
                        any(scope, depth),
                        ", " + choices.pick("'a'", "'[ab]'", "'^.'", "'b*'", "'(a)(b)?'") + ", 'x'"
                                + choices.pick("", ", 'g'") + ")"),
                () -> Part.value(
                        Kind.TEXT,
                        Construct.CAST,
                        Construct.TEXT_OF_VALUE,
                        "cast(",
                        expressions.of(
                                choices.pick(Kind.INTEGER, Kind.DATE, Kind.BIGINT, Kind.BOOLEAN), scope, depth - 1),
                        " as text)"),
                () -> function("cast(", expressions.of(Kind.VARCHAR, scope, 0), " as text)"));
    }

    private Part.Value any(Scope scope, int depth) {
        return expressions.of(choices.chance(60) ? Kind.TEXT : Kind.VARCHAR, scope, depth - 1);
    }

    private static Part.Value function(Object... parts) {
        Object[] marked = new Object[parts.length + 1];
        marked[0] = Construct.STRING_FUNCTION;
        System.arraycopy(parts, 0, marked, 1, parts.length);
        return Part.value(Kind.TEXT, marked);
    }
}
