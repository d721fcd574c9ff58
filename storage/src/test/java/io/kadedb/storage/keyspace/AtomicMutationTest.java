package io.kadedb.storage.keyspace;

import static org.assertj.core.api.Assertions.assertThat;

import com.apple.foundationdb.MutationType;
import org.junit.jupiter.api.Test;

/** Corners of atomic mutations that depend on the limits. */
class AtomicMutationTest {
    @Test
    void appendingStopsAtTheLimit() {
        byte[] old = {1, 2, 3};
        byte[] more = {4, 5};
        assertThat(AtomicMutation.apply(MutationType.APPEND_IF_FITS, old, more, 5))
                .containsExactly(1, 2, 3, 4, 5);
        assertThat(AtomicMutation.apply(MutationType.APPEND_IF_FITS, old, more, 4))
                .isEqualTo(old);
    }
}
