package io.kadedb.sqltests.fuzz.generate;

import io.kadedb.sqltests.fuzz.sql.Construct;
import io.kadedb.sqltests.fuzz.sql.Kind;
import io.kadedb.sqltests.fuzz.sql.Part;
import java.util.List;
import java.util.Map;

/** Writes JSON and arrays. */
final class Documents {
    private final Expressions expressions;
    private final Choices choices;
    private final Paths paths;

    Documents(Expressions expressions) {
        this.expressions = expressions;
        this.choices = expressions.choices;
        this.paths = new Paths(expressions);
    }

    void register(Map<Kind, Expressions.Writer> writers) {
        writers.put(Kind.JSONB, this::json);
        writers.put(Kind.INTEGER_ARRAY, (scope, depth) -> array(Kind.INTEGER_ARRAY, Kind.INTEGER, scope));
        writers.put(Kind.TEXT_ARRAY, (scope, depth) -> array(Kind.TEXT_ARRAY, Kind.TEXT, scope));
    }

    private Part.Value json(Scope scope, int depth) {
        return choices.choose(
                () -> paths.document(scope),
                () -> paths.document(scope),
                () -> json(Construct.JSON_OPERATOR, "(", document(scope), " -> " + key() + ")"),
                () -> json(
                        Construct.JSON_OPERATOR,
                        "(",
                        document(scope),
                        " #> '{" + choices.pick("a", "a,b", "0", "0,a", "a,b,1") + "}')"),
                () -> json(
                        Construct.JSON_FUNCTION,
                        "to_jsonb(",
                        expressions.of(choices.pick(Kind.INTEGER, Kind.BOOLEAN, Kind.NUMERIC), scope, depth - 1),
                        ")"),
                () -> json(
                        Construct.JSON_FUNCTION,
                        "jsonb_build_object('k', ",
                        expressions.leaf(Kind.INTEGER, scope),
                        ", 'd', ",
                        document(scope),
                        ")"),
                () -> json(
                        Construct.JSON_FUNCTION,
                        "jsonb_build_array(",
                        expressions.leaf(Kind.BOOLEAN, scope),
                        ", ",
                        document(scope),
                        ")"),
                () -> json(Construct.JSON_FUNCTION, "jsonb_strip_nulls(", document(scope), ")"));
    }

    private Part.Value array(Kind kind, Kind element, Scope scope) {
        return choices.choose(
                () -> Part.value(
                        kind,
                        Construct.ARRAY,
                        "array[",
                        Part.list(List.of(expressions.leaf(element, scope), expressions.leaf(element, scope))),
                        "]"),
                () -> Part.value(
                        kind,
                        Construct.ARRAY,
                        "(",
                        expressions.leaf(kind, scope),
                        " || ",
                        expressions.leaf(kind, scope),
                        ")"),
                () -> Part.value(
                        kind,
                        Construct.ARRAY,
                        "array_append(",
                        expressions.leaf(kind, scope),
                        ", ",
                        expressions.leaf(element, scope),
                        ")"),
                () -> Part.value(
                        kind,
                        Construct.ARRAY,
                        "array_remove(",
                        expressions.leaf(kind, scope),
                        ", ",
                        expressions.leaf(element, scope),
                        ")"),
                () -> Part.value(kind, Construct.ARRAY, "(", expressions.leaf(kind, scope), ")[1:2]"));
    }

    private Part document(Scope scope) {
        return expressions.leaf(Kind.JSONB, scope);
    }

    private String key() {
        return choices.pick("'a'", "'b'", "0", "1", "-1");
    }

    private static Part.Value json(Object... parts) {
        return Part.value(Kind.JSONB, parts);
    }
}
