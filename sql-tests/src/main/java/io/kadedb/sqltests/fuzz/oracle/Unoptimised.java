package io.kadedb.sqltests.fuzz.oracle;

import io.kadedb.sqltests.fuzz.peer.Session;
import io.kadedb.sqltests.fuzz.sql.Kind;
import io.kadedb.sqltests.fuzz.sql.Part;
import io.kadedb.sqltests.fuzz.sql.Statement;
import java.util.List;
import java.util.Optional;

/**
 * A condition in WHERE, which is pushed down, indexed and turned into joins, lets as many rows pass as it is true for
 * when it stands in the select list, where little can be done about it. Source: Rigger and Su, "Detecting Optimization
 * Bugs in Database Engines via Non-Optimizing Reference Engine Construction" (ESEC/FSE 2020).
 *
 * <p>The pieces: relation, condition.
 */
public final class Unoptimised implements Oracle {
    @Override
    public String name() {
        return "optimised against unoptimised";
    }

    @Override
    public Optional<Equation> equation(Statement pieces, Session session) {
        List<Part> parts = pieces.sql().children();
        List<Kind> kinds = List.of(Kind.BIGINT);
        Part optimised = Part.group("select count(*) from ", parts.get(0), " where ", parts.get(1));
        Part unoptimised = Part.group(
                "select coalesce(sum(case when ", parts.get(1), " then 1 else 0 end), 0) from ", parts.get(0));
        return Optional.of(
                new Equation(Statement.query(optimised, kinds, false), Statement.query(unoptimised, kinds, false)));
    }
}
