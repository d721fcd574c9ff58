package io.kadedb.bench.measure;

import java.util.List;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * The measured runs of one statement on one engine.
 *
 * @param cold the first run after the database was opened
 * @param runs the runs after the warm-ups, in order
 */
public record Series(Sample cold, List<Sample> runs) {
    /** Above this spread a series is marked as noisy. */
    public static final double NOISY = 0.20;

    public Series {
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("a series needs at least one run");
        }
        runs = List.copyOf(runs);
    }

    public double medianMillis() {
        return quantile(Sample::wallNanos, 0.5) / 1e6;
    }

    /** NaN when it cannot be known; see {@link Sample#cpuNanos}. */
    public double medianCpuMillis() {
        double nanos = quantile(Sample::cpuNanos, 0.5);
        return nanos < 0 ? Double.NaN : nanos / 1e6;
    }

    public double coldMillis() {
        return cold.wallNanos() / 1e6;
    }

    /** The distance between the quartiles of elapsed time as a part of the median. */
    public double spread() {
        double median = quantile(Sample::wallNanos, 0.5);
        return median == 0 ? 0 : (quantile(Sample::wallNanos, 0.75) - quantile(Sample::wallNanos, 0.25)) / median;
    }

    public boolean isNoisy() {
        return spread() > NOISY;
    }

    /** What the cold run and the measured runs gave, in order. */
    List<ResultDigest> digests() {
        return Stream.concat(Stream.of(cold), runs.stream()).map(Sample::digest).toList();
    }

    private double quantile(ToLongFunction<Sample> measure, double fraction) {
        long[] sorted = runs.stream().mapToLong(measure).sorted().toArray();
        double place = fraction * (sorted.length - 1);
        int below = (int) place;
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (sorted[above] - sorted[below]) * (place - below);
    }
}
