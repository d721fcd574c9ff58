package io.kadedb.bench.measure;

import java.sql.SQLException;

/** What became of one row of a suite. */
public sealed interface Outcome {
    /** The row's name. */
    String name();

    /** Both sides ran; whether they agree is {@link #isRight()}. */
    record Measured(String name, Series ours, Series theirs) implements Outcome {
        /** Whether every run of both sides gave the same checksum. */
        public boolean isRight() {
            ResultDigest expected = theirs.cold().digest();
            return theirs.allGave(expected) && ours.allGave(expected);
        }

        public double ratio() {
            return ours.medianMillis() / theirs.medianMillis();
        }

        public double coldRatio() {
            return ours.coldMillis() / theirs.coldMillis();
        }

        public double cpuRatio() {
            return ours.medianCpuMillis() / theirs.medianCpuMillis();
        }

        public boolean isNoisy() {
            return ours.isNoisy() || theirs.isNoisy();
        }
    }

    /**
     * A side reported an error.
     *
     * @param side which one, in words
     */
    record Failed(String name, String side, SQLException error) implements Outcome {}
}
