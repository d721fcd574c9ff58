package io.kadedb.executor.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.Test;

class ArrowMemoryPoolTest {
    @Test
    void handsOutAlignedZeroedMemory() {
        try (ArrowMemoryPool pool = ArrowMemoryPool.root(1 << 20)) {
            for (int size : new int[] {0, 1, 63, 64, 65, 1000, 100_000}) {
                MemorySegment segment = pool.allocate(size);
                assertThat(segment.byteSize()).isGreaterThanOrEqualTo(size);
                assertThat(segment.address() % 64).isZero();
                assertThat(segment.toArray(ValueLayout.JAVA_BYTE)).containsOnly(0);
                segment.fill((byte) 0xff);
                pool.free(segment);
            }
            assertThat(pool.allocatedBytes()).isZero();
        }
    }

    @Test
    void childrenCountInTheirParentAndNameTheLimitThatWasHit() {
        try (ArrowMemoryPool pool = ArrowMemoryPool.root(10_000);
                MemoryPool statement = pool.child("statement", 5_000)) {
            MemorySegment kept = statement.allocate(4_000);
            assertThat(pool.allocatedBytes()).isEqualTo(statement.allocatedBytes());
            assertThatThrownBy(() -> statement.allocate(2_000)).isInstanceOfSatisfying(KadeException.class, e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.OUT_OF_MEMORY);
                assertThat(e.getMessage()).contains("limit of 5000 bytes").contains("statement");
                assertThat(e.hint()).hasValueSatisfying(hint -> assertThat(hint).contains("SET memory_limit"));
            });
            statement.free(kept);
        }
    }

    @Test
    void namesTheParentWhenItsLimitWasHit() {
        try (ArrowMemoryPool pool = ArrowMemoryPool.root(10_000);
                MemoryPool statement = pool.child("statement", 50_000)) {
            assertThatThrownBy(() -> statement.allocate(20_000))
                    .isInstanceOf(KadeException.class)
                    .hasMessageContaining("limit of 10000 bytes");
        }
    }

    @Test
    void aLeakIsReportedWithItsSize() {
        try (ArrowMemoryPool pool = ArrowMemoryPool.root(1 << 20)) {
            MemoryPool child = pool.child("leaky", 1 << 20);
            child.allocate(128);
            assertThatThrownBy(child::close)
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("leaky, of bytes: 128");
            assertThat(pool.allocatedBytes()).isZero();
        }
    }

    @Test
    void freeingTwiceIsRefused() {
        try (ArrowMemoryPool pool = ArrowMemoryPool.root(1 << 20)) {
            MemorySegment segment = pool.allocate(10);
            pool.free(segment);
            assertThatThrownBy(() -> pool.free(segment)).isInstanceOf(IllegalStateException.class);
        }
    }
}
