package io.kadedb.sqltests.fuzz.generate;

import io.kadedb.sqltests.fuzz.sql.Construct;
import io.kadedb.sqltests.fuzz.sql.Kind;
import io.kadedb.sqltests.fuzz.sql.Part;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Writes what PostgreSQL has not got: joins to the row nearest in time, and buckets of time. Queries alone, as tables go on elsewhere. */
final class TimeSeries {
    private static final Set<Kind> KEYS = Set.of(Kind.INTEGER, Kind.BIGINT, Kind.TEXT, Kind.BOOLEAN, Kind.DATE);
    private static final Set<Kind> TIMES =
            Set.of(Kind.INTEGER, Kind.BIGINT, Kind.SMALLINT, Kind.NUMERIC, Kind.DATE, Kind.TIMESTAMP);
    private static final Set<Kind> VALUES = Set.of(Kind.INTEGER, Kind.BIGINT, Kind.NUMERIC, Kind.TEXT, Kind.DATE);

    private final Choices choices;
    private final Expressions expressions;
    private final Sources sources;

    TimeSeries(Choices choices, Expressions expressions, Sources sources) {
        this.choices = choices;
        this.expressions = expressions;
        this.sources = sources;
    }

    /** The rows of a table with the nearest row of another one, which has one at each time. */
    Optional<Part.Query> asof() {
        Sources.Joined left = sources.table(Optional.empty());
        Sources.Joined right = sources.table(Optional.empty());
        Optional<Scope.Named> key = any(left.scope(), KEYS);
        Optional<Scope.Named> time = any(left.scope(), TIMES);
        Optional<Scope.Named> otherKey =
                key.flatMap(named -> any(right.scope(), Set.of(named.column().kind())));
        Optional<Scope.Named> otherTime =
                time.flatMap(named -> any(right.scope(), Set.of(named.column().kind())));
        Optional<Scope.Named> value = any(right.scope(), VALUES);
        if (otherKey.isEmpty() || otherTime.isEmpty() || value.isEmpty()) {
            return Optional.empty();
        }
        Scope.Named found = value.get();
        Kind kind = found.column().kind();
        Column column = new Column("v", found.column().type(), true);
        Scope both = left.scope().and(new Scope.Source("y", List.of(column)));
        List<Part> items = new ArrayList<>();
        List<Kind> kinds = new ArrayList<>();
        expressions.anyColumn(left.scope()).ifPresent(item -> {
            items.add(item);
            kinds.add(item.kind());
        });
        items.add(Part.value(kind, "y.v"));
        kinds.add(kind);
        // Of several rows at one time any may be the partner: without keys there is one for each time alone.
        boolean keyed = choices.chance(75);
        return Optional.of(new Part.Query(
                kinds,
                Part.parts(
                        Construct.ASOF_JOIN,
                        "select ",
                        Part.list(items),
                        " from ",
                        left.relation(),
                        " asof" + choices.pick("", " left") + " join (select "
                                + (keyed ? otherKey.get().text() + " as k, " : "")
                                + otherTime.get().text() + " as t, max(",
                        Part.value(kind, found.text()),
                        ") as v from ",
                        right.relation(),
                        " group by " + (keyed ? "1, 2" : "1") + ") as y on "
                                + (keyed ? key.orElseThrow().text() + " = y.k and " : ""),
                        time.orElseThrow().text() + choices.pick(" >= ", " > ", " <= ", " < ") + "y.t",
                        choices.chance(40)
                                ? Part.clause(Construct.WHERE, " where ", expressions.condition(both, 1))
                                : Part.none())));
    }

    /** Counts by buckets. */
    Optional<Part.Query> buckets() {
        Sources.Joined joined = sources.from(Optional.empty(), 1);
        Optional<Scope.Named> time = any(joined.scope(), Set.of(Kind.DATE, Kind.TIMESTAMP));
        if (time.isEmpty()) {
            return Optional.empty();
        }
        List<Kind> kinds = List.of(Kind.TIMESTAMP, Kind.BIGINT);
        return Optional.of(new Part.Query(
                kinds,
                Part.parts(
                        Construct.TIME_BUCKET,
                        "select cast(time_bucket(interval '"
                                + choices.pick("1 day", "5 days", "1 month", "3 months", "1 year") + "', ",
                        Part.value(time.get().column().kind(), time.get().text()),
                        ") as timestamp), count(*) from ",
                        joined.relation(),
                        choices.chance(50)
                                ? Part.clause(Construct.WHERE, " where ", expressions.condition(joined.scope(), 1))
                                : Part.none(),
                        " group by 1")));
    }

    private Optional<Scope.Named> any(Scope scope, Set<Kind> kinds) {
        List<Scope.Named> columns = scope.columns(column -> kinds.contains(column.kind()));
        return columns.isEmpty() ? Optional.empty() : Optional.of(choices.of(columns));
    }
}
