package io.kadedb.sqltests.fuzz;

import io.kadedb.sqltests.fuzz.generate.Choices;
import io.kadedb.sqltests.fuzz.generate.Pieces;
import io.kadedb.sqltests.fuzz.oracle.Oracle;
import io.kadedb.sqltests.fuzz.oracle.Partitioning;
import io.kadedb.sqltests.fuzz.oracle.PivotedRow;
import io.kadedb.sqltests.fuzz.oracle.PlanSpace;
import io.kadedb.sqltests.fuzz.oracle.Unoptimised;
import io.kadedb.sqltests.fuzz.peer.Outcome;
import io.kadedb.sqltests.fuzz.peer.Session;
import io.kadedb.sqltests.fuzz.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Chooses oracles and makes the pieces that each needs. */
final class Oracles {
    private final Choices choices;
    private final Pieces pieces;
    private final Session session;

    /** An oracle and what it is asked about. */
    record Check(Oracle oracle, Statement pieces) {}

    /** @param session with the tables that the pieces are about */
    Oracles(Choices choices, Pieces pieces, Session session) {
        this.choices = choices;
        this.pieces = pieces;
        this.session = session;
    }

    /** The next check; empty if there is no row to choose. */
    Optional<Check> next() {
        return switch (choices.below(12)) {
            case 0 -> check(new Partitioning(Partitioning.Form.ROWS), pieces.rows());
            case 1 -> check(new Partitioning(Partitioning.Form.DISTINCT), pieces.rows());
            case 2 -> check(new Partitioning(Partitioning.Form.GROUPS), pieces.groups());
            case 3 -> check(new Partitioning(Partitioning.Form.AGGREGATE), pieces.aggregate());
            case 4, 5 -> check(new Unoptimised(), pieces.filtered());
            case 6, 7 -> pivot();
            default -> check(new PlanSpace(), pieces.planned());
        };
    }

    private static Optional<Check> check(Oracle oracle, Statement pieces) {
        return Optional.of(new Check(oracle, pieces));
    }

    private Optional<Check> pivot() {
        List<String> tables = pieces.pivotTables();
        List<List<@Nullable Object>> chosen = new ArrayList<>();
        for (String table : tables) {
            if (!(session.run(pieces.all(table)) instanceof Outcome.Rows all)
                    || all.rows().isEmpty()) {
                return Optional.empty();
            }
            chosen.add(choices.of(all.rows()));
        }
        return check(new PivotedRow(), pieces.pivot(tables, chosen));
    }
}
