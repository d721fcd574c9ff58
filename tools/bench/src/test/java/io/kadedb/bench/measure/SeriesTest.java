package io.kadedb.bench.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SeriesTest {
    private static final ResultDigest DIGEST = new ResultDigest(1, 2);

    @Test
    void takesTheMedianAndTheQuartiles() {
        Series series = series(7_000_000, 1_000_000, 3_000_000, 2_000_000, 4_000_000, 6_000_000, 5_000_000);
        assertThat(series.medianMillis()).isEqualTo(4.0);
        assertThat(series.spread()).isCloseTo(0.75, within(1e-9));
        assertThat(series.isNoisy()).isTrue();
    }

    @Test
    void isQuietWhenOneRunIsAnOutlier() {
        Series series = series(10_000, 10_100, 10_050, 10_020, 10_010, 10_030, 90_000);
        assertThat(series.isNoisy()).isFalse();
    }

    private static Series series(long... nanos) {
        Sample cold = new Sample(9_000_000, 1, DIGEST);
        return new Series(
                cold,
                LongStream.of(nanos)
                        .mapToObj(wall -> new Sample(wall, wall, DIGEST))
                        .toList());
    }
}
