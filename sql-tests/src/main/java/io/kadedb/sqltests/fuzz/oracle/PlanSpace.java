package io.kadedb.sqltests.fuzz.oracle;

import io.kadedb.sqltests.fuzz.peer.Session;
import io.kadedb.sqltests.fuzz.sql.Part;
import io.kadedb.sqltests.fuzz.sql.Statement;
import java.util.List;
import java.util.Optional;

/**
 * A query answers the same whatever rewrites the planner makes, in whatever order.
 *
 * <p>The pieces: query, names of rewrites.
 */
public final class PlanSpace implements Oracle {
    @Override
    public String name() {
        return "plan space";
    }

    @Override
    public Optional<Equation> equation(Statement pieces, Session session) {
        List<Part> parts = pieces.sql().children();
        Statement query = new Statement(parts.get(0), pieces.answer());
        Statement rules = Statement.definition(Part.group("set planner_rules = '", parts.get(1), "'"));
        return Optional.of(new Equation(query, query, Optional.of(rules)));
    }
}
