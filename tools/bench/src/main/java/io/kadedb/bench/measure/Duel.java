package io.kadedb.bench.measure;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Runs one statement on two engines in turn: a cold run, warm-ups, then measured runs that alternate, each round in the
 * other order, so that what disturbs the machine disturbs both.
 */
public final class Duel {
    private final Connection ours;
    private final Connection theirs;
    private final int warmUps;
    private final int runs;

    public Duel(Connection ours, Connection theirs, int warmUps, int runs) {
        this.ours = ours;
        this.theirs = theirs;
        this.warmUps = warmUps;
        this.runs = runs;
    }

    /**
     * Measures a query; errors of either side become part of the outcome.
     *
     * @param approximate the 1-based result columns compared after rounding
     */
    public Outcome run(String name, String sql, Set<Integer> approximate) {
        Sample ourCold;
        try {
            ourCold = Sample.take(ours, sql, approximate);
        } catch (SQLException e) {
            return new Outcome.Failed(name, "ours", e);
        }
        try {
            Sample theirCold = Sample.take(theirs, sql, approximate);
            return measured(name, sql, approximate, ourCold, theirCold);
        } catch (SQLException e) {
            return new Outcome.Failed(name, "theirs or a repeated run", e);
        }
    }

    private Outcome measured(String name, String sql, Set<Integer> approximate, Sample ourCold, Sample theirCold)
            throws SQLException {
        for (int i = 0; i < warmUps; i++) {
            Sample.take(ours, sql, approximate);
            Sample.take(theirs, sql, approximate);
        }
        List<Sample> ourRuns = new ArrayList<>();
        List<Sample> theirRuns = new ArrayList<>();
        for (int i = 0; i < runs; i++) {
            if (i % 2 == 0) {
                ourRuns.add(Sample.take(ours, sql, approximate));
                theirRuns.add(Sample.take(theirs, sql, approximate));
            } else {
                theirRuns.add(Sample.take(theirs, sql, approximate));
                ourRuns.add(Sample.take(ours, sql, approximate));
            }
        }
        return new Outcome.Measured(name, new Series(ourCold, ourRuns), new Series(theirCold, theirRuns));
    }
}
