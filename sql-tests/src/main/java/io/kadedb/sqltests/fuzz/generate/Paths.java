package io.kadedb.sqltests.fuzz.generate;

import io.kadedb.sqltests.fuzz.sql.Construct;
import io.kadedb.sqltests.fuzz.sql.Kind;
import io.kadedb.sqltests.fuzz.sql.Part;
import io.kadedb.sqltests.fuzz.sql.SqlType;

/** Writes what SQL/JSON paths find in documents. */
final class Paths {
    private final Expressions expressions;
    private final Choices choices;

    Paths(Expressions expressions) {
        this.expressions = expressions;
        this.choices = expressions.choices;
    }

    /** A lax path that fails for no document. */
    String path() {
        return "'"
                + choices.pick(
                        "$",
                        "$.a",
                        "$.b",
                        "$.a.b",
                        "$.a.b[*]",
                        "$.a.b[1 to last]",
                        "$[*]",
                        "$[0]",
                        "$[last]",
                        "$[*].a",
                        "$.*",
                        "$.**",
                        "$.**{1}",
                        "$.a.size()",
                        "$.a.type()",
                        "$.**.a ? (@ >= 1)",
                        "$[*] ? (@ > 1)",
                        "$.a ? (exists (@.b))",
                        "$.b ? (@ starts with \"x\")",
                        "$.* ? (@ like_regex \"^x\")",
                        "$[*] ? (@.a == 1 || @.a == null)",
                        "$.a ? ((@ > 1) is unknown)",
                        "$.a == 1",
                        "exists($.a)")
                + "'";
    }

    /** What a path finds, as a document. */
    Part.Value document(Scope scope) {
        return choices.choose(
                () -> value(Kind.JSONB, "jsonb_path_query_first(", doc(scope), ", " + path() + ")"),
                () -> value(Kind.JSONB, "jsonb_path_query_array(", doc(scope), ", " + path() + ")"),
                () -> value(
                        Kind.JSONB,
                        "json_query(",
                        present(scope),
                        ", " + path()
                                + choices.pick(
                                        "",
                                        " with wrapper",
                                        " with conditional wrapper",
                                        " without wrapper",
                                        " keep quotes",
                                        " returning jsonb omit quotes")
                                + choices.pick("", " empty array on empty", " empty object on empty")
                                + choices.pick("", " empty array on error", " null on error") + ")"));
    }

    /** The one value that a path finds, as of a kind that JSON has. */
    Part.Value scalar(Kind kind, Scope scope) {
        if (choices.chance(60)) {
            return member(kind, scope);
        }
        boolean defaults = choices.chance(30);
        return value(
                kind,
                "json_value(",
                defaults ? present(scope) : doc(scope),
                ", " + path() + " returning " + type(kind),
                defaults ? Part.group(" default ", expressions.constants.of(kind), " on empty") : Part.none(),
                choices.pick("", " null on error") + ")");
    }

    /** A member as text, or as a number where it is one. */
    private Part.Value member(Kind kind, Scope scope) {
        Part.Value document = doc(scope);
        String keys = choices.pick(" -> 'c'", "", "") + " -> " + choices.pick("'a'", "'a'", "'b'");
        return kind == Kind.TEXT
                ? Part.value(
                        kind, Construct.JSON_OPERATOR, "(", document, keys.replaceFirst("-> ('.')$", "->> $1") + ")")
                : Part.value(
                        kind,
                        Construct.JSON_OPERATOR,
                        Construct.CAST,
                        "case when jsonb_typeof(",
                        document,
                        keys + ") = 'number' then cast(",
                        document,
                        keys + " as " + type(kind) + ") end");
    }

    /** Numbers have a size: without one ours have ten digits behind the point, which a document made of them shows. */
    private static String type(Kind kind) {
        return (kind == Kind.NUMERIC ? new SqlType(kind, 12, 2) : SqlType.of(kind)).text();
    }

    /** Whether a path finds something, or its condition holds. */
    Part.Value condition(Scope scope) {
        return choices.choose(
                () -> value(Kind.BOOLEAN, "(", doc(scope), " @? " + path() + ")"),
                () -> value(Kind.BOOLEAN, "(", doc(scope), " @@ " + path() + ")"),
                () -> value(Kind.BOOLEAN, "jsonb_path_exists(", doc(scope), ", " + path() + ")"),
                () -> value(
                        Kind.BOOLEAN,
                        "json_exists(",
                        doc(scope),
                        ", " + path() + choices.pick("", " unknown on error", " false on error", " true on error")
                                + ")"),
                () -> value(
                        Kind.BOOLEAN,
                        "(",
                        doc(scope),
                        choices.pick(" ?| ", " ?& ") + "array[" + choices.pick("'a'", "'a', 'b'", "'b', 'x'") + "])"));
    }

    private Part.Value doc(Scope scope) {
        return expressions.leaf(Kind.JSONB, scope);
    }

    /** No NULL: PostgreSQL 18 gives for it what it gives ON EMPTY or ON ERROR if the row before it was empty or in error. */
    private Part present(Scope scope) {
        return Part.group("coalesce(", doc(scope), ", cast('{\"b\": 5}' as jsonb))");
    }

    private static Part.Value value(Kind kind, Object... parts) {
        return Part.value(kind, Construct.JSON_PATH, Part.group(parts));
    }
}
