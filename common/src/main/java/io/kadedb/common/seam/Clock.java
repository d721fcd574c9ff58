package io.kadedb.common.seam;

/** The time of day and a monotone timer. */
public interface Clock {
    /** Microseconds since 1970-01-01 00:00 UTC; may jump. */
    long wallMicros();

    /** Nanoseconds from an arbitrary origin; never goes back. */
    long nanoTime();

    /** The machine's clock. */
    static Clock system() {
        return SystemSeams.CLOCK;
    }
}
