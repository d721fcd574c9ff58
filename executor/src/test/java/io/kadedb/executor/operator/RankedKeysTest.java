package io.kadedb.executor.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.executor.memory.ArrowMemoryPool;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Ranked keys beside a map: the same numbers, whatever the range, the order and the keys that are looked for. */
class RankedKeysTest {
    private static final int MOST = 1024;

    @Test
    void numbersKeysLikeAMap() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            long least = switch (random.nextInt(4)) {
                case 0 -> Long.MIN_VALUE;
                case 1 -> Long.MAX_VALUE - 100_000;
                case 2 -> -random.nextInt(1000);
                default -> random.nextLong() / 2;
            };
            int range = 1 + random.nextInt(1 << random.nextInt(17));
            long[] keys = new long[1 + random.nextInt(MOST)];
            for (int i = 0; i < keys.length; i++) {
                keys[i] = least + random.nextInt(range);
            }
            if (random.nextBoolean()) {
                Arrays.sort(keys);
            }
            check(keys, random, "seed " + seed + " round " + round);
        }
    }

    @Test
    void suitsRangesThatDoNotOverflow() {
        assertThat(RankedKeys.suits(Long.MIN_VALUE, Long.MAX_VALUE, 1000)).isFalse();
        assertThat(RankedKeys.suits(Long.MAX_VALUE, Long.MAX_VALUE, 1)).isTrue();
        assertThat(RankedKeys.suits(0, 1L << 40, Integer.MAX_VALUE)).isFalse();
        assertThat(RankedKeys.suits(0, 250_000_000, 1_000_000)).isTrue();
        assertThat(RankedKeys.suits(0, 300_000_000, 1_000_000)).isFalse();
    }

    private static void check(long[] keys, Random random, String where) {
        long least = Arrays.stream(keys).min().getAsLong();
        long most = Arrays.stream(keys).max().getAsLong();
        Map<Long, Integer> twin = new HashMap<>();
        int[] expected = Arrays.stream(keys).mapToInt(k -> number(twin, k)).toArray();
        try (ArrowMemoryPool pool = ArrowMemoryPool.root(1 << 22);
                RankedKeys ranked = new RankedKeys(least, most, pool)) {
            int[] ids = new int[MOST];
            ranked.mark(keys, keys.length);
            ranked.seal();
            int first = random.nextInt(keys.length + 1);
            ranked.number(keys, first, ids);
            int[] rest = new int[MOST];
            ranked.number(Arrays.copyOfRange(keys, first, keys.length), keys.length - first, rest);
            System.arraycopy(rest, 0, ids, first, keys.length - first);
            assertThat(Arrays.copyOf(ids, keys.length)).as(where).isEqualTo(expected);
            assertThat(ranked.size()).as(where).isEqualTo(twin.size());

            long[] sought = new long[MOST];
            for (int i = 0; i < MOST; i++) {
                sought[i] = switch (random.nextInt(5)) {
                    case 0 -> keys[random.nextInt(keys.length)];
                    case 1 -> random.nextLong();
                    case 2 -> least - 1 - random.nextInt(3);
                    case 3 -> most + 1 + random.nextInt(3);
                    default -> least + random.nextInt(1 << 17);
                };
            }
            int count = random.nextInt(MOST + 1);
            int[] positions = new int[MOST];
            ranked.find(sought, count, ids, positions);
            int kept = ranked.keep(sought, count, positions);
            int at = 0;
            for (int i = 0; i < count; i++) {
                Integer id = twin.get(sought[i]);
                assertThat(ids[i]).as(where).isEqualTo(id == null ? -1 : id);
                if (id != null) {
                    assertThat(positions[at++]).as(where).isEqualTo(i);
                }
            }
            assertThat(kept).as(where).isEqualTo(at);
        }
    }

    private static int number(Map<Long, Integer> twin, long key) {
        Integer known = twin.get(key);
        if (known == null) {
            known = twin.size();
            twin.put(key, known);
        }
        return known;
    }
}
