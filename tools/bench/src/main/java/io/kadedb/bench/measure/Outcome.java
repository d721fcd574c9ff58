package io.kadedb.bench.measure;

import java.sql.SQLException;

/** What became of one row of a suite. */
public sealed interface Outcome {
    /** The row's name. */
    String name();

    /** Name and version of the other engine. */
    String peer();

    /** Both sides ran; whether they agree is {@link #isRight()}. */
    record Measured(String name, String peer, Series ours, Series theirs) implements Outcome {
        /** Whether both sides gave the same checksum in every round. */
        public boolean isRight() {
            return ours.digests().equals(theirs.digests());
        }

        public double ratio() {
            return ours.medianMillis() / theirs.medianMillis();
        }

        public double coldRatio() {
            return ours.coldMillis() / theirs.coldMillis();
        }

        /** NaN when either side runs in a process of its own. */
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
    record Failed(String name, String peer, String side, SQLException error) implements Outcome {}
}
