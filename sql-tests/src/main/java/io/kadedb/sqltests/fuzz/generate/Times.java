package io.kadedb.sqltests.fuzz.generate;

import io.kadedb.sqltests.fuzz.sql.Construct;
import io.kadedb.sqltests.fuzz.sql.Kind;
import io.kadedb.sqltests.fuzz.sql.Part;
import io.kadedb.sqltests.fuzz.sql.SqlType;
import java.util.Map;

/** Writes dates, times and intervals. */
final class Times {
    private final Expressions expressions;
    private final Choices choices;

    Times(Expressions expressions) {
        this.expressions = expressions;
        this.choices = expressions.choices;
    }

    void register(Map<Kind, Expressions.Writer> writers) {
        writers.put(Kind.DATE, (scope, depth) -> date(scope));
        writers.put(Kind.TIME, (scope, depth) -> time(scope));
        writers.put(Kind.TIMESTAMP, this::timestamp);
        writers.put(Kind.TIMESTAMPTZ, (scope, depth) -> instant(scope));
        writers.put(Kind.INTERVAL, (scope, depth) -> interval(scope));
    }

    private Part.Value date(Scope scope) {
        return choices.choose(
                () -> Part.value(
                        Kind.DATE,
                        Construct.DATE_ARITHMETIC,
                        "(",
                        small(Kind.DATE, scope),
                        choices.pick(" + ", " - "),
                        small(Kind.INTEGER, scope),
                        ")"),
                () -> Part.value(Kind.DATE, Construct.CAST, "cast(", small(Kind.TIMESTAMP, scope), " as date)"),
                () -> Part.value(
                        Kind.DATE,
                        Construct.DATE_FUNCTION,
                        "make_date(2024, " + choices.between(1, 12) + ", ",
                        "1 + abs(",
                        small(Kind.INTEGER, scope),
                        " % 28))"));
    }

    private Part.Value time(Scope scope) {
        return choices.choose(
                () -> Part.value(
                        Kind.TIME,
                        Construct.CAST,
                        "cast(",
                        small(Kind.TIMESTAMP, scope),
                        " as ",
                        new Part.TypeName(SqlType.of(Kind.TIME)),
                        ")"),
                () -> Part.value(
                        Kind.TIME,
                        Construct.INTERVAL_ARITHMETIC,
                        "(",
                        small(Kind.TIME, scope),
                        choices.pick(" + ", " - "),
                        small(Kind.INTERVAL, scope),
                        ")"));
    }

    private Part.Value timestamp(Scope scope, int depth) {
        return choices.choose(
                () -> Part.value(
                        Kind.TIMESTAMP,
                        Construct.INTERVAL_ARITHMETIC,
                        "(",
                        small(Kind.TIMESTAMP, scope),
                        choices.pick(" + ", " - "),
                        small(Kind.INTERVAL, scope),
                        ")"),
                () -> Part.value(
                        Kind.TIMESTAMP,
                        Construct.DATE_FUNCTION,
                        "date_trunc('" + choices.pick("year", "quarter", "month", "week", "day", "hour", "minute")
                                + "', ",
                        expressions.leaf(Kind.TIMESTAMP, scope),
                        ")"),
                () -> Part.value(
                        Kind.TIMESTAMP,
                        Construct.CAST,
                        "cast(",
                        expressions.of(Kind.DATE, scope, depth - 1),
                        " as timestamp)"),
                () -> Part.value(
                        Kind.TIMESTAMP,
                        Construct.DATE_ARITHMETIC,
                        "(",
                        small(Kind.DATE, scope),
                        " + ",
                        small(Kind.TIME, scope),
                        ")"),
                () -> Part.value(
                        Kind.TIMESTAMP,
                        Construct.TIME_ZONE,
                        "(",
                        small(Kind.TIMESTAMPTZ, scope),
                        " at time zone '" + zone() + "')"));
    }

    private Part.Value instant(Scope scope) {
        return choices.choose(
                () -> Part.value(
                        Kind.TIMESTAMPTZ,
                        Construct.TIME_ZONE,
                        "(",
                        small(Kind.TIMESTAMP, scope),
                        " at time zone '" + zone() + "')"),
                () -> Part.value(
                        Kind.TIMESTAMPTZ,
                        Construct.INTERVAL_ARITHMETIC,
                        "(",
                        small(Kind.TIMESTAMPTZ, scope),
                        choices.pick(" + ", " - "),
                        small(Kind.INTERVAL, scope),
                        ")"),
                () -> Part.value(
                        Kind.TIMESTAMPTZ,
                        Construct.DATE_FUNCTION,
                        "date_trunc('" + choices.pick("month", "day", "hour") + "', ",
                        small(Kind.TIMESTAMPTZ, scope),
                        ")"));
    }

    private Part.Value interval(Scope scope) {
        return choices.choose(
                () -> Part.value(
                        Kind.INTERVAL,
                        Construct.INTERVAL_ARITHMETIC,
                        "(",
                        small(Kind.INTERVAL, scope),
                        choices.pick(" + ", " - "),
                        small(Kind.INTERVAL, scope),
                        ")"),
                () -> Part.value(
                        Kind.INTERVAL,
                        Construct.INTERVAL_ARITHMETIC,
                        "(",
                        small(Kind.INTERVAL, scope),
                        " * " + choices.pick("2", "3", "-1", "0.5", "0") + ")"),
                () -> Part.value(
                        Kind.INTERVAL,
                        Construct.DATE_ARITHMETIC,
                        "(",
                        small(Kind.TIMESTAMP, scope),
                        " - ",
                        small(Kind.TIMESTAMP, scope),
                        ")"),
                () -> Part.value(
                        Kind.INTERVAL,
                        Construct.DATE_FUNCTION,
                        "age(",
                        small(Kind.TIMESTAMP, scope),
                        ", ",
                        small(Kind.TIMESTAMP, scope),
                        ")"),
                () -> Part.value(
                        Kind.INTERVAL,
                        Construct.DATE_ARITHMETIC,
                        "(",
                        small(Kind.TIME, scope),
                        " - ",
                        small(Kind.TIME, scope),
                        ")"));
    }

    /** Zones whose clocks are put forward and back. */
    private String zone() {
        return choices.pick("UTC", "Europe/Berlin", "America/New_York", "Asia/Kolkata");
    }

    private Part.Value small(Kind kind, Scope scope) {
        return expressions.small(kind, scope);
    }
}
