package io.kadedb.storage.format.v1;

import static org.assertj.core.api.Assertions.assertThat;

import com.apple.foundationdb.tuple.Tuple;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Keys are what FoundationDB's tuple layer makes of their parts. */
class KeyLayoutTest {
    @Test
    void keysArePackedTuples() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            long table = random.nextLong() >>> random.nextInt(1, 64);
            long batch = random.nextLong() >>> random.nextInt(1, 64);
            int number = random.nextInt(Integer.MAX_VALUE) >>> random.nextInt(31);
            byte[] space = Tuple.from(table).pack(new byte[] {5});
            assertThat(KeyLayout.tableSpace(table)).isEqualTo(space);
            assertThat(KeyLayout.fence(table)).isEqualTo(KeyLayout.concat(space, new byte[] {1}));
            assertThat(KeyLayout.rows(table)).isEqualTo(KeyLayout.concat(space, new byte[] {4}));
            assertThat(KeyLayout.segment(table, batch, number))
                    .isEqualTo(Tuple.from(batch, number).pack(KeyLayout.segments(table)));
            assertThat(KeyLayout.segmentData(table, batch, number))
                    .isEqualTo(Tuple.from(table, batch, number).pack(new byte[] {6}));
            assertThat(KeyLayout.rowIdSequence(table))
                    .isEqualTo(Tuple.from("r", table).pack(new byte[] {2}));
            assertThat(KeyLayout.chunk(space, -1)).isEqualTo(Tuple.from(-1).pack(space));
        }
        assertThat(KeyLayout.sequence("o")).isEqualTo(Tuple.from("o").pack(new byte[] {2}));
    }
}
