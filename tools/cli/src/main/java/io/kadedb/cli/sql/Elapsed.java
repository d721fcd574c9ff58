package io.kadedb.cli.sql;

import java.util.Locale;

/** How long something took, in a unit that people read. */
final class Elapsed {
    private static final double MILLION = 1e6;
    private static final double BILLION = 1e9;
    private static final long SECONDS_OF_MINUTE = 60;

    private Elapsed() {}

    static String text(long nanos) {
        if (nanos < BILLION) {
            return String.format(Locale.ROOT, "Time: %.3f ms", nanos / MILLION);
        }
        long minutes = (long) (nanos / BILLION) / SECONDS_OF_MINUTE;
        double seconds = nanos / BILLION - minutes * SECONDS_OF_MINUTE;
        return minutes == 0
                ? String.format(Locale.ROOT, "Time: %.3f s", seconds)
                : String.format(Locale.ROOT, "Time: %d min %.3f s", minutes, seconds);
    }
}
