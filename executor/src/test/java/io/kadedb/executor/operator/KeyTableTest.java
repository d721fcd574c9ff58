package io.kadedb.executor.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.memory.ArrowMemoryPool;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Workers share tables under a lock: one may come before it hears that another had no memory. */
class KeyTableTest {
    private static final int KEYS = 1024;

    @Test
    void outlivesAFailureToGrowItsDenseArray() {
        outlives(List.of(new Field("id", SqlType.BIGINT, false)), 1);
    }

    @Test
    void outlivesAFailureToGrowItsHashTable() {
        outlives(List.of(new Field("id", SqlType.BIGINT, false)), 1_000_003);
    }

    @Test
    void outlivesAFailureToGrowAWideTable() {
        outlives(List.of(new Field("a", SqlType.BIGINT, false), new Field("b", SqlType.BIGINT, false)), 1);
    }

    private static void outlives(List<Field> fields, long step) {
        try (ArrowMemoryPool pool = ArrowMemoryPool.root(1 << 18)) {
            KeyLayout layout = KeyLayout.of(fields, true);
            long[][] words = new long[layout.words()][KEYS];
            int[] ids = new int[KEYS];
            int[] added = new int[KEYS];
            try (KeyTable table = new KeyTable(layout, pool)) {
                assertThatThrownBy(() -> {
                            for (long first = 0; ; first += KEYS) {
                                fill(words, first, step);
                                assertThat(table.findOrAdd(words, KEYS, ids, added))
                                        .isEqualTo(KEYS);
                            }
                        })
                        .isInstanceOf(KadeException.class)
                        .hasMessageContaining("out of memory");
                table.find(words, KEYS, ids);
                assertThat(ids).containsOnly(-1);
                assertThatThrownBy(() -> {
                            for (int again = 0; again < KEYS; again++) {
                                fill(words, -1_000L * KEYS * (again + 1), step);
                                table.findOrAdd(words, KEYS, ids, added);
                            }
                        })
                        .isInstanceOf(KadeException.class)
                        .hasMessageContaining("out of memory");
            }
        }
    }

    private static void fill(long[][] words, long first, long step) {
        for (long[] word : words) {
            for (int i = 0; i < word.length; i++) {
                word[i] = (first + i) * step;
            }
        }
    }
}
