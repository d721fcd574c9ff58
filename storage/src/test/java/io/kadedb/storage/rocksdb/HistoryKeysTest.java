package io.kadedb.storage.rocksdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class HistoryKeysTest {
    @Test
    void historyKeysSortByKeyThenByVersionFromTheNewest() {
        Random random = new Random(3);
        for (int i = 0; i < 100_000; i++) {
            byte[] left = randomKey(random);
            byte[] right = randomKey(random);
            long leftVersion = random.nextInt(4) == 0 ? 0 : random.nextLong(1L << 62);
            long rightVersion = random.nextLong(1L << 62);
            int byKey = Integer.signum(Arrays.compareUnsigned(left, right));
            int expected = byKey != 0 ? byKey : Long.compare(rightVersion, leftVersion);
            byte[] leftPlace = HistoryKeys.of(left, leftVersion);
            assertThat(Integer.signum(Arrays.compareUnsigned(leftPlace, HistoryKeys.of(right, rightVersion))))
                    .isEqualTo(expected);
            assertThat(Arrays.compareUnsigned(leftPlace, HistoryKeys.bound(right)) >= 0)
                    .isEqualTo(byKey >= 0);
        }
    }

    private static byte[] randomKey(Random random) {
        byte[] alphabet = {0, 1, 'a', (byte) 0xFE, (byte) 0xFF};
        byte[] key = new byte[random.nextInt(4)];
        for (int i = 0; i < key.length; i++) {
            key[i] = alphabet[random.nextInt(alphabet.length)];
        }
        return key;
    }
}
