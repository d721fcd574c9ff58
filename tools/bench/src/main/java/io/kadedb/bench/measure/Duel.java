package io.kadedb.bench.measure;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Lets two engines do the same work in turn: a cold run, warm-ups, then measured runs that alternate, each round in the
 * other order, so that what disturbs the machine disturbs both.
 *
 * @param peer name and version of the other engine
 * @param warmUps rounds before those that count
 * @param runs rounds that count
 */
public record Duel(String peer, int warmUps, int runs) {
    /** Measures a row; errors of either side become part of the outcome. */
    public Outcome run(String name, Contestant ours, Contestant theirs) {
        Sample ourCold;
        try {
            ourCold = ours.take(0);
        } catch (SQLException e) {
            return new Outcome.Failed(name, peer, "ours", e);
        }
        try {
            Sample theirCold = theirs.take(0);
            return measured(name, ours, theirs, ourCold, theirCold);
        } catch (SQLException e) {
            return new Outcome.Failed(name, peer, "theirs or a repeated run", e);
        }
    }

    private Outcome measured(String name, Contestant ours, Contestant theirs, Sample ourCold, Sample theirCold)
            throws SQLException {
        for (int round = 1; round <= warmUps; round++) {
            ours.take(round);
            theirs.take(round);
        }
        List<Sample> ourRuns = new ArrayList<>();
        List<Sample> theirRuns = new ArrayList<>();
        for (int round = warmUps + 1; round <= warmUps + runs; round++) {
            if (round % 2 == 0) {
                ourRuns.add(ours.take(round));
                theirRuns.add(theirs.take(round));
            } else {
                theirRuns.add(theirs.take(round));
                ourRuns.add(ours.take(round));
            }
        }
        return new Outcome.Measured(name, peer, new Series(ourCold, ourRuns), new Series(theirCold, theirRuns));
    }
}
