package io.kadedb.sqltests.fuzz.peer;

import static java.util.Map.entry;

import io.kadedb.sqltests.fuzz.sql.Construct;
import io.kadedb.sqltests.fuzz.sql.Constructs;
import io.kadedb.sqltests.fuzz.sql.Kind;
import io.kadedb.sqltests.fuzz.sql.Part;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is not asked of a database: what it cannot say, and what it means otherwise than PostgreSQL, each with the reason.
 * PostgreSQL itself, the reference, is asked everything but what it has not got.
 */
final class Refusals {
    private static final String NONE = "has no such thing";
    private static final String OTHERWISE = "means something else by it";
    private static final String NO_ROWS = "changes nothing that is seen";
    private static final String NO_GROUP = "loses the group of all rows where there are none";

    private static final Map<Construct, String> POSTGRESQL =
            map(entry(Construct.ASOF_JOIN, NONE), entry(Construct.TIME_BUCKET, NONE));

    private static final Map<Construct, String> DUCKDB = map(
            entry(Construct.ALTER_TABLE, "refuses it with indexes and keys"),
            entry(Construct.CHANGE_IN_WITH, NONE),
            entry(Construct.TRUNCATE, OTHERWISE),
            entry(Construct.CHECKPOINT, NO_ROWS),
            entry(Construct.GENERATED_COLUMN, NONE),
            entry(Construct.INTEGER_DIVISION, "divides integers into a double"),
            entry(Construct.INTERSECT_ALL, NONE),
            entry(
                    Construct.TEXT_SLICE,
                    "counts negative places from the end, and differs in several of these functions"),
            entry(Construct.CASE_MAPPING, "has no initcap"),
            entry(Construct.DATE_ARITHMETIC, "gives other types"),
            entry(Construct.INTERVAL_ARITHMETIC, OTHERWISE),
            entry(Construct.VARCHAR_CAST, "does not cut texts"),
            entry(Construct.TIME_ZONE, "needs an extension"),
            entry(Construct.DATE_FUNCTION, "gives other types"),
            entry(Construct.JSON_OPERATOR, "keeps documents as they are written"),
            entry(Construct.JSON_FUNCTION, "keeps documents as they are written"),
            entry(Construct.JSON_PATH, OTHERWISE),
            entry(Construct.JSON_TABLE, NONE),
            entry(Construct.INVERTED_INDEX, NONE),
            entry(Construct.MATERIALIZED_VIEW, NONE),
            entry(Construct.ARRAY, "has lists, which show differently"),
            entry(Construct.NOT_A_NUMBER, "fails on sums of infinities"),
            entry(Construct.REGULAR_EXPRESSION, "has RE2's"),
            entry(Construct.LIKE_ESCAPE, "escapes only what it is told to"),
            entry(Construct.TEXT_OF_VALUE, OTHERWISE),
            entry(Construct.ROUNDING, "rounds numeric to integer differently"),
            entry(Construct.MERGE, OTHERWISE),
            entry(Construct.SAVEPOINT, NONE),
            entry(Construct.FOREIGN_KEY, "deletes and inserts changed rows, which breaks their references"),
            entry(Construct.DEFAULT_NULL_ORDER, "orders NULLs last in both directions"),
            entry(Construct.ROW_COMPARISON, "compares NULLs within rows"),
            entry(Construct.STATISTICS, "gives NaN or an error for infinite deviations"),
            entry(Construct.EXCLUDE, "fails on some frames"));

    /** What DuckDB does wrong only where several things come together. */
    private static final Map<Set<Construct>, String> DUCKDB_TOGETHER = Map.of(
            Set.of(Construct.ROLLUP, Construct.LATERAL), NO_GROUP,
            Set.of(Construct.CUBE, Construct.LATERAL), NO_GROUP,
            Set.of(Construct.GROUPING_SETS, Construct.LATERAL), NO_GROUP,
            Set.of(Construct.EXISTS, Construct.ANY_ALL), "takes ALL over no rows for false within EXISTS");

    private static final Map<Construct, String> SQLITE = map(
            entry(Construct.ASOF_JOIN, NONE),
            entry(Construct.TIME_BUCKET, NONE),
            entry(Construct.ALTER_TABLE, NONE),
            entry(Construct.CHANGE_IN_WITH, NONE),
            entry(Construct.TRUNCATE, NONE),
            entry(Construct.CHECKPOINT, NO_ROWS),
            entry(Construct.VIEW, "gives their columns affinities"),
            entry(Construct.LATERAL, NONE),
            entry(Construct.VALUES, "has no names for their columns"),
            entry(Construct.FUNCTION_IN_FROM, NONE),
            entry(Construct.GROUPING_SETS, NONE),
            entry(Construct.ROLLUP, NONE),
            entry(Construct.CUBE, NONE),
            entry(Construct.GROUPING, NONE),
            entry(Construct.INTERSECT_ALL, NONE),
            entry(Construct.EXCEPT_ALL, NONE),
            entry(Construct.DISTINCT_ON, NONE),
            entry(Construct.WITH_TIES, NONE),
            entry(Construct.OFFSET, "needs a LIMIT before it"),
            entry(Construct.ANY_ALL, NONE),
            entry(Construct.BOOLEAN_AGGREGATE, NONE),
            entry(Construct.STATISTICS, NONE),
            entry(Construct.ORDERED_AGGREGATE, "orders aggregates only lately"),
            entry(Construct.GREATEST_LEAST, "gives NULL if any is NULL"),
            entry(Construct.STRING_FUNCTION, "has few of them"),
            entry(Construct.TEXT_SLICE, "has few of them"),
            entry(Construct.CASE_MAPPING, "maps ASCII alone"),
            entry(Construct.REGULAR_EXPRESSION, NONE),
            entry(Construct.LIKE, "ignores case"),
            entry(Construct.DATE_FUNCTION, NONE),
            entry(Construct.DATE_ARITHMETIC, NONE),
            entry(Construct.INTERVAL_ARITHMETIC, NONE),
            entry(Construct.TIME_ZONE, NONE),
            entry(Construct.JSON_OPERATOR, OTHERWISE),
            entry(Construct.JSON_FUNCTION, OTHERWISE),
            entry(Construct.JSON_PATH, NONE),
            entry(Construct.JSON_TABLE, NONE),
            entry(Construct.INVERTED_INDEX, NONE),
            entry(Construct.MATERIALIZED_VIEW, NONE),
            entry(Construct.ARRAY, NONE),
            entry(Construct.MATH_FUNCTION, "has few of them"),
            entry(Construct.ROUNDING, "has no exact decimals"),
            entry(Construct.DIVISION, "has no exact decimals"),
            entry(Construct.CAST, "casts to affinities"),
            entry(Construct.TEXT_OF_VALUE, "has no booleans and dates"),
            entry(Construct.NOT_A_NUMBER, "keeps NaN as NULL"),
            entry(Construct.TRUTH_TEST, "takes IS UNKNOWN for a column"),
            entry(Construct.MERGE, NONE),
            entry(Construct.UPDATE_FROM, OTHERWISE),
            entry(Construct.DELETE_USING, NONE),
            entry(Construct.TRANSACTION, "keeps transactions after errors"),
            entry(Construct.FOREIGN_KEY, "checks them only when told"),
            entry(Construct.RECURSIVE, "orders recursion by its queue"),
            entry(Construct.UNICODE, OTHERWISE),
            entry(Construct.DEFAULT_NULL_ORDER, "orders NULLs first"));

    private static final Map<Construct, String> H2 = map(
            entry(Construct.ASOF_JOIN, NONE),
            entry(Construct.TIME_BUCKET, NONE),
            entry(Construct.ALTER_TABLE, OTHERWISE),
            entry(Construct.CHANGE_IN_WITH, NONE),
            entry(Construct.TRUNCATE, OTHERWISE),
            entry(Construct.CHECKPOINT, NO_ROWS),
            entry(Construct.GENERATED_COLUMN, OTHERWISE),
            entry(Construct.VIEW, "gives their columns other types"),
            entry(Construct.FULL_JOIN, NONE),
            entry(Construct.LATERAL, NONE),
            entry(Construct.FUNCTION_IN_FROM, NONE),
            entry(Construct.GROUPING_SETS, NONE),
            entry(Construct.ROLLUP, NONE),
            entry(Construct.CUBE, NONE),
            entry(Construct.GROUPING, NONE),
            entry(Construct.INTERSECT_ALL, NONE),
            entry(Construct.EXCEPT_ALL, NONE),
            entry(Construct.TEXT_SLICE, OTHERWISE),
            entry(Construct.CASE_MAPPING, OTHERWISE),
            entry(Construct.REGULAR_EXPRESSION, "has Java's"),
            entry(Construct.DATE_FUNCTION, OTHERWISE),
            entry(Construct.DATE_ARITHMETIC, "gives other types"),
            entry(Construct.INTERVAL_ARITHMETIC, OTHERWISE),
            entry(Construct.TIME_ZONE, OTHERWISE),
            entry(Construct.JSON_OPERATOR, NONE),
            entry(Construct.JSON_FUNCTION, NONE),
            entry(Construct.JSON_PATH, NONE),
            entry(Construct.JSON_TABLE, NONE),
            entry(Construct.INVERTED_INDEX, NONE),
            entry(Construct.MATERIALIZED_VIEW, NONE),
            entry(Construct.ARRAY, OTHERWISE),
            entry(Construct.RECURSIVE, "is experimental there"),
            entry(Construct.CTE, "its columns get other types"),
            entry(Construct.NOT_A_NUMBER, OTHERWISE),
            entry(Construct.UNICODE, "counts UTF-16 units"),
            entry(Construct.TEXT_OF_VALUE, OTHERWISE),
            entry(Construct.ANY_ALL, "finds no rows by an index for ALL of nothing"),
            entry(Construct.FILTER, "takes min and max from an index whatever the filter says"),
            entry(Construct.STATISTICS, OTHERWISE),
            entry(Construct.DIVISION, "gives exact quotients fewer digits"),
            entry(Construct.TRANSACTION, "keeps transactions after errors"),
            entry(Construct.ON_CONFLICT, NONE),
            entry(Construct.RETURNING, NONE),
            entry(Construct.UPDATE_FROM, NONE),
            entry(Construct.DELETE_USING, NONE),
            entry(Construct.ROW_COMPARISON, "takes rows with a NULL for equal or unknown, whatever else differs"),
            entry(Construct.DEFAULT_NULL_ORDER, "orders NULLs first"));

    private static final Map<Kind, String> DUCKDB_KINDS = Map.ofEntries(
            entry(Kind.CHAR, "does not fill up char"),
            entry(Kind.TIMESTAMPTZ, "needs an extension"),
            entry(Kind.INTERVAL, "shows intervals differently"),
            entry(Kind.BYTEA, "shows bytes differently"),
            entry(Kind.JSON, "keeps documents as they are written"),
            entry(Kind.JSONB, "keeps documents as they are written"),
            entry(Kind.INTEGER_ARRAY, "has lists, which show differently"),
            entry(Kind.TEXT_ARRAY, "has lists, which show differently"));

    private static final Map<Kind, String> SQLITE_KINDS = Map.ofEntries(
            entry(Kind.NUMERIC, "has no exact decimals"),
            entry(Kind.REAL, "has doubles alone"),
            entry(Kind.CHAR, "does not fill up char"),
            entry(Kind.DATE, NONE),
            entry(Kind.TIME, NONE),
            entry(Kind.TIMESTAMP, NONE),
            entry(Kind.TIMESTAMPTZ, NONE),
            entry(Kind.INTERVAL, NONE),
            entry(Kind.BYTEA, OTHERWISE),
            entry(Kind.UUID, NONE),
            entry(Kind.JSON, OTHERWISE),
            entry(Kind.JSONB, OTHERWISE),
            entry(Kind.INTEGER_ARRAY, NONE),
            entry(Kind.TEXT_ARRAY, NONE));

    private static final Map<Kind, String> H2_KINDS = Map.ofEntries(
            entry(Kind.CHAR, "compares char otherwise"),
            entry(Kind.TIMESTAMPTZ, "keeps zones"),
            entry(Kind.INTERVAL, "has two types of intervals"),
            entry(Kind.BYTEA, "shows bytes differently"),
            entry(Kind.JSON, OTHERWISE),
            entry(Kind.JSONB, NONE),
            entry(Kind.INTEGER_ARRAY, "shows arrays differently"),
            entry(Kind.TEXT_ARRAY, "shows arrays differently"));

    private Refusals() {}

    static Optional<String> of(Dialect dialect, Part part) {
        return switch (dialect) {
            case KADEDB -> Optional.empty();
            case POSTGRESQL -> first(POSTGRESQL, Map.of(), part);
            case DUCKDB -> first(DUCKDB, DUCKDB_KINDS, part).or(() -> together(part));
            case SQLITE -> first(SQLITE, SQLITE_KINDS, part);
            case H2 -> first(H2, H2_KINDS, part);
        };
    }

    private static Optional<String> together(Part part) {
        Set<Construct> constructs = Constructs.of(part);
        return DUCKDB_TOGETHER.entrySet().stream()
                .filter(entry -> constructs.containsAll(entry.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static Optional<String> first(Map<Construct, String> constructs, Map<Kind, String> kinds, Part part) {
        for (Construct construct : Constructs.of(part)) {
            String reason = constructs.get(construct);
            if (reason != null) {
                return Optional.of(construct.title() + ": " + reason);
            }
        }
        for (Kind kind : Constructs.kinds(part)) {
            String reason = kinds.get(kind);
            if (reason != null) {
                return Optional.of(kind.name().toLowerCase(java.util.Locale.ROOT) + ": " + reason);
            }
        }
        return Optional.empty();
    }

    @SafeVarargs
    private static Map<Construct, String> map(Map.Entry<Construct, String>... entries) {
        Map<Construct, String> map = new EnumMap<>(Construct.class);
        for (Map.Entry<Construct, String> entry : entries) {
            map.put(entry.getKey(), entry.getValue());
        }
        return map;
    }
}
