package io.kadedb.bench.oltp;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.bench.measure.Duel;
import io.kadedb.bench.measure.Engine;
import io.kadedb.bench.measure.Outcome;
import io.kadedb.bench.measure.SuiteReport;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;

/** What the checksum of a round sees, with H2 standing on both sides. */
class OltpContestantTest {
    private static final int ACCOUNTS = 20;

    private final Engine ours = new Engine("ours", "jdbc:h2:mem:honest", "none: in memory");
    private final Engine theirs = new Engine("theirs", "jdbc:h2:mem:other", "none: in memory");

    @Test
    void agreesWithAnEngineThatDoesTheSame() throws SQLException {
        assertThat(duel(false))
                .isInstanceOfSatisfying(
                        Outcome.Measured.class, row -> assertThat(row.isRight()).isTrue());
    }

    @Test
    void seesAChangeThatOneSideAloneHas() throws SQLException {
        Outcome outcome = duel(true);
        assertThat(outcome)
                .isInstanceOfSatisfying(
                        Outcome.Measured.class, row -> assertThat(row.isRight()).isFalse());
        assertThat(SuiteReport.row(outcome)).contains("wrong");
    }

    private Outcome duel(boolean tampered) throws SQLException {
        try (Connection our = ours.connect();
                Connection their = theirs.connect()) {
            OltpSchema.load(our, ACCOUNTS);
            OltpSchema.load(their, ACCOUNTS);
            if (tampered) {
                try (Statement statement = our.createStatement()) {
                    statement.execute("update account set balance = 1 where id = 7");
                }
            }
            try (OltpContestant mine = new OltpContestant(ours, Workload.UPDATE, 2, 20, ACCOUNTS);
                    OltpContestant yours = new OltpContestant(theirs, Workload.UPDATE, 2, 20, ACCOUNTS)) {
                return new Duel("theirs", 1, 2).run("update", mine, yours);
            }
        }
    }
}
