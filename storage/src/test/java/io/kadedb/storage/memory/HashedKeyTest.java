package io.kadedb.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.storage.format.v1.KeyWriter;
import java.util.BitSet;
import org.junit.jupiter.api.Test;

final class HashedKeyTest {
    private static final int KEYS = 600_000;
    private static final int PLACES = 1 << 20;

    /** Random hashes would use about 457,000 places. */
    @Test
    void keysOfRowsAreSpreadWhateverTheLengthOfTheirPrefix() {
        for (int prefix = 1; prefix < 12; prefix++) {
            BitSet used = new BitSet(PLACES);
            for (int i = 0; i < KEYS; i++) {
                KeyWriter key = new KeyWriter();
                key.addRaw(new byte[prefix]);
                key.addLong(i);
                int hash = new HashedKey(key.toBytes()).hashCode();
                used.set((hash ^ hash >>> 16) & PLACES - 1);
            }
            assertThat(used.cardinality()).as("prefix of %d bytes", prefix).isGreaterThan(430_000);
        }
    }
}
