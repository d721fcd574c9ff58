package io.kadedb.sqltests.fuzz.oracle;

import io.kadedb.sqltests.fuzz.peer.Session;
import io.kadedb.sqltests.fuzz.sql.Statement;
import java.util.Optional;

/** Says of two statements that they must answer the same. */
public interface Oracle {
    String name();

    /**
     * The two statements.
     *
     * @param pieces made by this oracle's generator: a group of parts, each of which may be made smaller
     * @param session with the tables that they read
     * @return empty if nothing can be said about these pieces
     */
    Optional<Equation> equation(Statement pieces, Session session);

    /**
     * Two statements of equal answers.
     *
     * @param between what is run before the right one
     */
    record Equation(Statement left, Statement right, Optional<Statement> between) {
        Equation(Statement left, Statement right) {
            this(left, right, Optional.empty());
        }
    }
}
