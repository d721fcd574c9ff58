package io.kadedb.storage.keyspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadedb.storage.api.KeySpaceErrors;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The window of write conflicts against a plain list of all writes. */
class ResolverTest {
    private record Written(long version, int begin, int end) {}

    private static byte[] key(int number) {
        return ByteBuffer.allocate(4).putInt(number).array();
    }

    private static ConflictRanges ranges(int begin, int end) {
        ConflictRanges ranges = new ConflictRanges();
        if (end == begin + 1) {
            ranges.addKey(key(begin));
        } else {
            ranges.addRange(key(begin), key(end));
        }
        return ranges;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void judgesAsAListOfAllWritesDoes(long seed) {
        Random random = new Random(seed);
        Resolver resolver = new Resolver(0, Long.MAX_VALUE);
        List<Written> all = new ArrayList<>();
        for (long version = 1; version < 6_000; version++) {
            int begin = random.nextInt(4_000);
            int end = random.nextInt(10) == 0 ? begin + 2 + random.nextInt(50) : begin + 1;
            resolver.record(version, ranges(begin, end));
            all.add(new Written(version, begin, end));
            if (random.nextInt(50) == 0) {
                resolver.forgetUpTo(Math.max(0, version - 1 - random.nextInt(2_000)));
            }
            long readVersion = resolver.oldest() + random.nextLong(version - resolver.oldest() + 1);
            int from = random.nextInt(4_000);
            int to = random.nextBoolean() ? from + 1 : from + 1 + random.nextInt(200);
            boolean conflict =
                    all.stream().anyMatch(write -> write.version > readVersion && write.begin < to && from < write.end);
            assertThat(conflicts(resolver, ranges(from, to), readVersion))
                    .as("seed %d, version %d, read [%d, %d) at %d", seed, version, from, to, readVersion)
                    .isEqualTo(conflict);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void judgesRareQuestionsAsWell(long seed) {
        Random random = new Random(seed);
        Resolver resolver = new Resolver(0, Long.MAX_VALUE);
        List<Written> all = new ArrayList<>();
        for (long version = 1; version < 50_000; version++) {
            int begin = random.nextInt(100_000);
            int end = random.nextInt(100) == 0 ? begin + 2 + random.nextInt(50) : begin + 1;
            resolver.record(version, ranges(begin, end));
            all.add(new Written(version, begin, end));
            if (random.nextInt(500) == 0) {
                resolver.forgetUpTo(Math.max(0, version - 1 - random.nextInt(40_000)));
            }
            boolean isShort = random.nextInt(100) == 0;
            if (!isShort && random.nextInt(8_000) > 0) {
                continue;
            }
            long range = isShort ? 60 : version;
            long readVersion = Math.max(resolver.oldest(), version - random.nextLong(range));
            for (int i = 0; i < 20; i++) {
                Written known = all.get(random.nextInt(Math.max(0, all.size() - 50), all.size()));
                int from = random.nextInt(3) == 0 ? known.begin : random.nextInt(100_000);
                int to = random.nextBoolean() ? from + 1 : from + 1 + random.nextInt(20);
                boolean conflict = all.stream()
                        .anyMatch(write -> write.version > readVersion && write.begin < to && from < write.end);
                assertThat(conflicts(resolver, ranges(from, to), readVersion))
                        .as("seed %d, version %d, read [%d, %d) at %d", seed, version, from, to, readVersion)
                        .isEqualTo(conflict);
            }
        }
    }

    private static boolean conflicts(Resolver resolver, ConflictRanges reads, long readVersion) {
        try {
            resolver.check(reads, readVersion);
            return false;
        } catch (RuntimeException e) {
            assertThat(KeySpaceErrors.NOT_COMMITTED.matches(e)).isTrue();
            return true;
        }
    }

    @Test
    void theWindowIsBoundedByMemory() {
        Resolver resolver = new Resolver(0, 100_000);
        for (int i = 1; i <= 10_000; i++) {
            resolver.record(i, ranges(i, i + 1));
        }
        assertThat(resolver.oldest()).isBetween(9_000L, 9_999L);
        assertThatThrownBy(() -> resolver.check(ranges(1, 2), 100))
                .satisfies(e -> assertThat(KeySpaceErrors.TRANSACTION_TOO_OLD.matches(e))
                        .isTrue());
        assertThatCode(() -> resolver.check(ranges(1, 2), 9_999)).doesNotThrowAnyException();
        assertThatCode(() -> resolver.check(new ConflictRanges(), 1)).doesNotThrowAnyException();
    }
}
