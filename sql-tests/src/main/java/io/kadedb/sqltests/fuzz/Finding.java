package io.kadedb.sqltests.fuzz;

import io.kadedb.sqltests.fuzz.sql.Statement;
import java.util.List;

/**
 * A statement that did not do what its judge says.
 *
 * @param number of the case
 * @param judge who says so
 * @param script all statements that led there, the last of which failed
 * @param problem what differs
 */
record Finding(long number, Judge judge, List<Statement> script, Problem problem) {
    Finding {
        script = List.copyOf(script);
    }
}
