package io.kadedb.sqltests.fuzz.generate;

import io.kadedb.sqltests.fuzz.sql.Construct;
import io.kadedb.sqltests.fuzz.sql.Kind;
import io.kadedb.sqltests.fuzz.sql.Part;
import io.kadedb.sqltests.fuzz.sql.SqlType;
import java.util.List;

/** Writes functions in FROM that make rows of documents and arrays. */
final class RowFunctions {
    private final Expressions expressions;
    private final Choices choices;
    private final Paths paths;

    RowFunctions(Expressions expressions) {
        this.expressions = expressions;
        this.choices = expressions.choices;
        this.paths = new Paths(expressions);
    }

    /** A function of values that the scope has, with an alias, and its columns. */
    Sources.Joined of(Scope scope, String alias) {
        return choices.choose(
                () -> table(scope, alias),
                () -> joined(
                        alias,
                        List.of(column("d", Kind.JSONB)),
                        Construct.JSON_PATH,
                        "jsonb_path_query(",
                        expressions.leaf(Kind.JSONB, scope),
                        ", " + paths.path() + ") as " + alias + "(d)"),
                () -> unnest(Kind.INTEGER_ARRAY, Kind.INTEGER, scope, alias),
                () -> unnest(Kind.TEXT_ARRAY, Kind.TEXT, scope, alias));
    }

    private Sources.Joined table(Scope scope, String alias) {
        return joined(
                alias,
                List.of(
                        column("n", Kind.INTEGER),
                        column("i", Kind.INTEGER),
                        column("s", Kind.TEXT),
                        column("d", Kind.JSONB),
                        column("e", Kind.BOOLEAN),
                        column("m", Kind.INTEGER)),
                Construct.JSON_TABLE,
                "json_table(",
                expressions.leaf(Kind.JSONB, scope),
                ", '" + choices.pick("$", "$[*]", "$.a", "$.a.b[*]", "$[*] ? (@ > 1)")
                        + "' columns (n for ordinality, i integer path '" + choices.pick("$", "$.a", "$.b")
                        + "', s text path '$.b'" + choices.pick("", " default 'q' on empty")
                        + ", d jsonb path '$.a'" + choices.pick("", " with wrapper")
                        + ", e boolean exists path '$.a', nested path '" + choices.pick("$[*]", "$.a.b[*]", "$.*")
                        + "' columns (m integer path '$'))) as " + alias);
    }

    private Sources.Joined unnest(Kind array, Kind element, Scope scope, String alias) {
        List<Column> columns = List.of(column("v", element), column("o", Kind.BIGINT));
        boolean numbered = choices.chance(50);
        return joined(
                alias,
                numbered ? columns : columns.subList(0, 1),
                Construct.ARRAY,
                "unnest(",
                expressions.leaf(array, scope),
                (numbered ? ") with ordinality as " + alias + "(v, o)" : ") as " + alias + "(v)"));
    }

    private static Column column(String name, Kind kind) {
        return new Column(name, SqlType.of(kind), true);
    }

    private static Sources.Joined joined(String alias, List<Column> columns, Object... parts) {
        return new Sources.Joined(
                Part.relation(Construct.FUNCTION_IN_FROM, Part.group(parts)),
                Scope.of(List.of(new Scope.Source(alias, columns))));
    }
}
