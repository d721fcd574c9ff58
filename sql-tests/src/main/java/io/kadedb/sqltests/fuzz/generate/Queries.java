package io.kadedb.sqltests.fuzz.generate;

import io.kadedb.sqltests.fuzz.sql.Construct;
import io.kadedb.sqltests.fuzz.sql.Kind;
import io.kadedb.sqltests.fuzz.sql.Part;
import io.kadedb.sqltests.fuzz.sql.SqlType;
import io.kadedb.sqltests.fuzz.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes queries: SELECT of all forms, set operations, common table expressions. Their answers depend neither on the
 * order in which rows are read nor on what is evaluated first.
 */
public final class Queries {
    private static final int DEPTH = 2;

    private final Choices choices;
    private final Wanted wanted;
    private final Selects selects;
    private final TimeSeries times;

    public Queries(Choices choices, Wanted wanted, List<Table> tables) {
        this.choices = choices;
        this.wanted = wanted;
        this.selects = new Selects(choices, tables);
        this.times = new TimeSeries(choices, selects.expressions(), selects.sources());
    }

    Selects selects() {
        return selects;
    }

    /** The next statement. */
    public Statement next() {
        return wanted.draw(this::any);
    }

    private Statement any() {
        selects.sources().clear();
        if (choices.chance(4)) {
            Optional<Part.Query> timed = choices.chance(65) ? times.asof() : times.buckets();
            if (timed.isPresent()) {
                return ordered(timed.get());
            }
        }
        return switch (choices.below(12)) {
            case 0, 1 -> ordered(setOperation());
            case 2 -> withQuery();
            case 3 -> recursive();
            case 4 -> distinctOn();
            case 5 -> choices.chance(80) ? withTies() : counted();
            default -> ordered(selects.select(Optional.empty(), DEPTH).query());
        };
    }

    private Part.Query setOperation() {
        List<Kind> kinds = new ArrayList<>();
        for (int i = choices.between(1, 3); i > 0; i--) {
            kinds.add(choices.pick(Kind.INTEGER, Kind.TEXT, Kind.NUMERIC, Kind.DATE, Kind.BOOLEAN, Kind.BIGINT));
        }
        Part.Query left = selects.of(kinds, Optional.empty(), 1).query();
        Part.Query right = selects.of(kinds, Optional.empty(), 1).query();
        if (choices.chance(25)) {
            right = new Part.Query(
                    kinds,
                    Part.parts(
                            "(",
                            combined(
                                    kinds,
                                    right,
                                    selects.of(kinds, Optional.empty(), 0).query()),
                            ")"));
        }
        return combined(kinds, left, right);
    }

    private Part.Query combined(List<Kind> kinds, Part.Query left, Part.Query right) {
        Construct operator = choices.pick(
                Construct.UNION,
                Construct.UNION_ALL,
                Construct.INTERSECT,
                Construct.INTERSECT_ALL,
                Construct.EXCEPT,
                Construct.EXCEPT_ALL);
        return new Part.Query(kinds, Part.parts(operator, left, " " + operator.title() + " ", right));
    }

    private Statement withQuery() {
        List<Part> queries = new ArrayList<>();
        for (int i = choices.between(1, 2); i > 0; i--) {
            String name = "w" + queries.size();
            Selects.Select query = selects.select(Optional.empty(), 1);
            queries.add(Part.group(
                    name + choices.pick(" as (", " as (", " as materialized (", " as not materialized ("),
                    query.query(),
                    ")"));
            selects.sources().name(new Scope.Source(name, query.columns()));
        }
        Statement body = ordered(selects.select(Optional.empty(), 1).query());
        return body.with(Part.group(Construct.CTE, "with ", Part.list(queries), " ", body.sql()));
    }

    private Statement recursive() {
        Sources.Joined seed = selects.sources().table(Optional.empty());
        Sources.Joined step = selects.sources().table(Optional.empty());
        Kind known = selects.expressions().comparable(seed.scope());
        // Both terms must have the same sizes, which constants have not.
        Kind kind = known == Kind.NUMERIC || known == Kind.VARCHAR || known == Kind.CHAR ? Kind.INTEGER : known;
        Scope.Source self = new Scope.Source(
                "r",
                List.of(new Column("n", SqlType.of(Kind.INTEGER), false), new Column("v", SqlType.of(kind), true)));
        Scope both = step.scope().and(self);
        Part recursion = Part.group(
                "with recursive r(n, v) as (select 1, ",
                ofType(kind, selects.expressions().leaf(kind, seed.scope())),
                " from ",
                seed.relation(),
                selects.where(seed.scope(), 0),
                " union select r.n + 1, ",
                ofType(kind, selects.expressions().leaf(kind, both)),
                " from r join ",
                step.relation(),
                " on ",
                selects.expressions().condition(both, 1),
                " where r.n < " + choices.between(2, 4) + ") ");
        selects.sources().name(self);
        Statement body = choices.chance(50)
                ? ordered(new Part.Query(List.of(Kind.INTEGER, kind), Part.parts("select n, v from r")))
                : ordered(selects.select(Optional.empty(), 1).query());
        return body.with(Part.group(Construct.CTE, Construct.RECURSIVE, recursion, body.sql()));
    }

    /** Both terms have the same type: constants are cast to it. */
    private static Part ofType(Kind kind, Part value) {
        return Part.group("cast(", value, " as ", new Part.TypeName(SqlType.of(kind)), ")");
    }

    private Statement distinctOn() {
        Selects.Select query = selects.plain(Optional.empty(), 1);
        List<Kind> kinds = query.query().kinds();
        if (!areComparable(kinds)) {
            return ordered(query.query());
        }
        Part.Query inner = query.query();
        List<Part> keys = new ArrayList<>();
        for (int i = 1; i <= kinds.size(); i++) {
            keys.add(Part.group("c" + (i - 1), direction()));
        }
        Part sql = Part.group(
                Construct.DISTINCT_ON,
                "select distinct on (c0) * from (",
                inner,
                ") as d order by ",
                new Part.Items(", ", keys.size(), keys));
        return Statement.query(sql, kinds, true);
    }

    private Statement withTies() {
        Part.Query query = selects.select(Optional.empty(), 1).query();
        if (!query.kinds().getFirst().isComparable()) {
            return ordered(query);
        }
        Part sql = Part.group(
                query,
                Construct.WITH_TIES,
                " order by 1",
                direction(),
                " fetch first " + choices.between(1, 4) + " rows with ties");
        return Statement.query(sql, query.kinds(), false);
    }

    /** How many rows a limit leaves does not depend on which. */
    private Statement counted() {
        Part.Query query = selects.select(Optional.empty(), 1).query();
        List<Kind> kinds = List.of(Kind.BIGINT);
        return ordered(new Part.Query(kinds, Part.parts("select count(*) from (", query, limit(), ") as l")));
    }

    /** Perhaps in an order by all columns, and then perhaps only some of the rows. */
    private Statement ordered(Part.Query query) {
        List<Kind> kinds = query.kinds();
        if (!areComparable(kinds) || choices.chance(55)) {
            return Statement.query(query, kinds, false);
        }
        List<Integer> places = new ArrayList<>();
        for (int i = 1; i <= kinds.size(); i++) {
            places.add(i);
        }
        List<Part> keys = new ArrayList<>();
        for (int place : choices.shuffled(places)) {
            keys.add(Part.group(Integer.toString(place), direction()));
        }
        // All of it stays when the statement is made smaller, or rows might stand in any order.
        Part order = Part.group(Construct.ORDER_BY, " order by ", new Part.Items(", ", keys.size(), keys), limit());
        return Statement.query(Part.group(query, order), kinds, true);
    }

    private Part limit() {
        Part limit = choices.chance(40)
                ? Part.clause(Construct.LIMIT, " limit " + choices.pick("0", "1", "2", "3", "10"))
                : Part.none();
        Part offset = choices.chance(20)
                ? Part.clause(Construct.OFFSET, " offset " + choices.pick("0", "1", "2", "5"))
                : Part.none();
        return Part.group(limit, offset);
    }

    private Part direction() {
        String direction = choices.pick("", " asc", " desc");
        return choices.chance(25)
                ? Part.group(Construct.DEFAULT_NULL_ORDER, direction)
                : Part.group(direction + choices.pick(" nulls first", " nulls last"));
    }

    private static boolean areComparable(List<Kind> kinds) {
        return kinds.stream().allMatch(Kind::isComparable);
    }
}
