package io.kadedb.storage.format.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What was encoded is decoded, whatever the type, the shape and the share of NULLs. */
final class ColumnEncoderTest {
    @Test
    void roundTrips() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (SqlType type : RandomValues.TYPES) {
            for (int shape = 0; shape < RandomValues.SHAPES; shape++) {
                for (double nulls : new double[] {0, 0.3, 1}) {
                    int rows = 1 + random.nextInt(random.nextInt(8) == 0 ? 65_536 : 700);
                    ColumnBuffer column = RandomValues.shaped(type, rows, nulls, shape, random);
                    assertRoundTrip(column, "seed " + seed + ": " + type + ", shape " + shape + ", nulls " + nulls);
                }
            }
        }
    }

    @Test
    void readsPieces() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        TreeSet<Encoding> met = new TreeSet<>();
        for (SqlType type : RandomValues.TYPES) {
            for (int shape = 0; shape < RandomValues.SHAPES; shape++) {
                for (double nulls : new double[] {0, 0.3, 1}) {
                    int rows = 1 + random.nextInt(5_000);
                    ColumnBuffer column = RandomValues.shaped(type, rows, nulls, shape, random);
                    met.add(assertPieces(
                            column, random, "seed " + seed + ": " + type + ", shape " + shape + ", nulls " + nulls));
                }
            }
        }
        assertThat(met)
                .contains(
                        Encoding.CONSTANT,
                        Encoding.FRAME_OF_REFERENCE,
                        Encoding.DELTA,
                        Encoding.RAW,
                        Encoding.BITS,
                        Encoding.STRINGS,
                        Encoding.DICTIONARY);
    }

    private static Encoding assertPieces(ColumnBuffer column, SplittableRandom random, String what) {
        try (Arena arena = Arena.ofConfined()) {
            byte[] encoded = ColumnEncoder.encode(column).bytes();
            MemorySegment chunk = arena.allocate(encoded.length + 64L, 8);
            MemorySegment.copy(encoded, 0, chunk, ValueLayout.JAVA_BYTE, 0, encoded.length);
            Encoding encoding = ColumnDecoder.encoding(chunk);
            if (!ChunkPieces.areIn(chunk, column.type())) {
                return encoding;
            }
            int most = 64 * (1 + random.nextInt(12));
            ChunkPieces pieces = new ChunkPieces(column.type(), chunk, most, arena);
            int count;
            for (int from = 0; from < column.rows(); from += count) {
                count = Math.min(most, column.rows() - from);
                if (random.nextInt(3) == 0) {
                    continue;
                }
                ColumnBuffer read = new ColumnBuffer(column.type());
                read.addAll(pieces.read(from, count), 0, count);
                for (int i = 0; i < count; i++) {
                    int row = from + i;
                    boolean same = read.isNull(i)
                            ? column.isNull(row)
                            : column.isVarbytes()
                                    ? ValueOrder.compare(column, row, read, i) == 0
                                    : column.low(row) == read.low(i) && column.high(row) == read.high(i);
                    if (read.isNull(i) != column.isNull(row) || !same) {
                        throw new AssertionError(what + ", " + encoding + ": row " + row + " of " + column.rows());
                    }
                }
            }
            return encoding;
        }
    }

    private static void assertRoundTrip(ColumnBuffer column, String what) {
        try (Arena arena = Arena.ofConfined()) {
            EncodedColumn encoded = ColumnEncoder.encode(column);
            MemorySegment chunk = arena.allocate(encoded.bytes().length, 8);
            MemorySegment.copy(encoded.bytes(), 0, chunk, ValueLayout.JAVA_BYTE, 0, encoded.bytes().length);
            ColumnVector vector = ColumnDecoder.decode(column.type(), chunk, arena);
            assertThat(vector.length()).as(what).isEqualTo(column.rows());
            assertThat(vector.validity() == null).as(what).isEqualTo(column.nulls() == 0);
            ColumnBuffer read = new ColumnBuffer(column.type());
            read.addAll(vector, 0, vector.length());
            for (int i = 0; i < column.rows(); i++) {
                if (read.isNull(i) != column.isNull(i) || (!column.isNull(i) && !same(column, read, i))) {
                    throw new AssertionError(what + ": row " + i + " of " + column.rows());
                }
            }
            assertBounds(column, encoded, what);
        }
    }

    private static boolean same(ColumnBuffer column, ColumnBuffer read, int row) {
        return column.isVarbytes()
                ? ValueOrder.compare(column, row, read, row) == 0
                : column.low(row) == read.low(row) && column.high(row) == read.high(row);
    }

    private static void assertBounds(ColumnBuffer column, EncodedColumn encoded, String what) {
        TreeSet<byte[]> keys = new TreeSet<>(Arrays::compareUnsigned);
        for (int i = 0; i < column.rows(); i++) {
            if (!column.isNull(i)) {
                KeyWriter key = new KeyWriter();
                column.writeKey(i, key);
                keys.add(key.toBytes());
            }
        }
        assertThat(encoded.nulls()).as(what).isEqualTo(column.nulls());
        if (keys.isEmpty()) {
            assertThat(encoded.min()).as(what).isNull();
        } else {
            assertThat(encoded.min()).as(what).isEqualTo(keys.first());
            assertThat(encoded.max()).as(what).isEqualTo(keys.last());
            // Two of a few values may share one of the 512 registers.
            assertThat(encoded.sketch().estimate()).as(what).isBetween(keys.size() * 0.7 - 1, keys.size() * 1.3 + 2);
        }
    }

    @Test
    void smallWhereValuesAllow() {
        ColumnBuffer ascending = new ColumnBuffer(SqlType.BIGINT);
        ColumnBuffer constant = new ColumnBuffer(SqlType.TEXT);
        for (int i = 0; i < 65_536; i++) {
            ascending.addFixed(1_000_000L + i, 0);
            constant.addVarbytes("same".getBytes(StandardCharsets.UTF_8), 0, 4);
        }
        assertThat(ColumnEncoder.encode(ascending).bytes()).hasSizeLessThan(64);
        assertThat(ColumnEncoder.encode(constant).bytes()).hasSizeLessThan(100);
    }

    /** Times that come at a pace, with gaps, another pace, jitter, extremes and NULLs. */
    @Test
    void timesAtAPaceAreSmall() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (SqlType type : new SqlType[] {SqlType.TIMESTAMP, SqlType.BIGINT, SqlType.INTEGER, SqlType.DATE}) {
            for (int jitter : new int[] {0, 1, 1_000}) {
                for (int nulls : new int[] {0, 10}) {
                    for (int extremes : new int[] {0, 20_000}) {
                        ColumnBuffer column = paced(type, jitter, nulls, extremes, random);
                        String what = "seed " + seed + ": " + type + ", jitter " + jitter + ", nulls " + nulls
                                + ", extremes " + extremes;
                        assertRoundTrip(column, what);
                        if (jitter == 0 && nulls == 0 && extremes == 0) {
                            // Five gaps, each with its change of pace in at most two blocks of 1024 values of 38 bits.
                            assertThat(ColumnEncoder.encode(column).bytes())
                                    .as(what)
                                    .hasSizeLessThan(50_000);
                        }
                    }
                }
            }
        }
    }

    private static ColumnBuffer paced(SqlType type, int jitter, int nulls, int extremes, SplittableRandom random) {
        ColumnBuffer column = new ColumnBuffer(type);
        boolean wide = type.layout().width() == 8;
        long pace = wide ? 10_000_000 : 3;
        long value = wide ? 1_700_000_000_000_000L : 100;
        int gap = random.nextInt(10_000);
        for (int i = 0; i < 50_000; i++) {
            if (i % 10_000 == gap) {
                value += pace * random.nextInt(1_000);
                pace = 1L + random.nextInt(wide ? 100_000_000 : 5);
            }
            value += pace;
            if (nulls > 0 && random.nextInt(nulls) == 0) {
                column.addNull();
            } else if (extremes > 0 && random.nextInt(extremes) == 0) {
                boolean least = random.nextBoolean();
                column.addFixed(
                        wide
                                ? (least ? Long.MIN_VALUE : Long.MAX_VALUE)
                                : (least ? Integer.MIN_VALUE : Integer.MAX_VALUE),
                        0);
            } else {
                column.addFixed(value + (jitter == 0 ? 0 : random.nextInt(jitter)), 0);
            }
        }
        return column;
    }

    /** Decimals among values that are none, which come back bit for bit. */
    @Test
    void decimalNumbersAreSmallAndExact() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        double[] hostile = {
            Double.NaN,
            Double.longBitsToDouble(0xFFF8_0000_0000_1234L),
            -0.0,
            0.0,
            Double.MIN_VALUE,
            Double.MAX_VALUE,
            Double.NEGATIVE_INFINITY,
            0x1p53,
            -0x1p53 - 2,
            1e15 + 0.3,
            1 / 3.0
        };
        for (SqlType type : new SqlType[] {SqlType.DOUBLE, SqlType.REAL}) {
            for (int digits = 0; digits < 6; digits++) {
                for (int strange : new int[] {0, 2, 50}) {
                    ColumnBuffer column = new ColumnBuffer(type);
                    double power = Math.pow(10, digits);
                    for (int i = 0; i < 5_000; i++) {
                        double value = strange > 0 && random.nextInt(strange) == 0
                                ? hostile[random.nextInt(hostile.length)]
                                : (random.nextInt(20_000) - 10_000) / power;
                        if (random.nextInt(40) == 0) {
                            column.addNull();
                        } else {
                            column.addFixed(
                                    type.id() == TypeId.REAL
                                            ? Float.floatToRawIntBits((float) value)
                                            : Double.doubleToRawLongBits(value),
                                    0);
                        }
                    }
                    String what = "seed " + seed + ": " + type + ", digits " + digits + ", strange " + strange;
                    assertRoundTrip(column, what);
                    if (strange == 0) {
                        assertThat(ColumnEncoder.encode(column).bytes())
                                .as(what)
                                .hasSizeLessThan(11_000);
                    }
                }
            }
        }
    }

    @Test
    void repeatedTextStaysADictionary() {
        ColumnBuffer column = new ColumnBuffer(SqlType.TEXT);
        for (int i = 0; i < 5_000; i++) {
            byte[] bytes = ("ship mode " + i % 7).getBytes(StandardCharsets.UTF_8);
            column.addVarbytes(bytes, 0, bytes.length);
        }
        try (Arena arena = Arena.ofConfined()) {
            byte[] bytes = ColumnEncoder.encode(column).bytes();
            MemorySegment chunk = arena.allocate(bytes.length, 8);
            MemorySegment.copy(bytes, 0, chunk, ValueLayout.JAVA_BYTE, 0, bytes.length);
            assertThat(ColumnDecoder.decode(SqlType.TEXT, chunk, arena).isDictionary())
                    .isTrue();
        }
    }

    @Test
    void unknownEncodingIsRefused() {
        ColumnBuffer column = new ColumnBuffer(SqlType.INTEGER);
        column.addFixed(1, 0);
        byte[] bytes = ColumnEncoder.encode(column).bytes();
        bytes[0] = 99;
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment chunk = arena.allocate(bytes.length, 8);
            MemorySegment.copy(bytes, 0, chunk, ValueLayout.JAVA_BYTE, 0, bytes.length);
            assertThatExceptionOfType(KadeException.class)
                    .isThrownBy(() -> ColumnDecoder.decode(SqlType.INTEGER, chunk, arena))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INCOMPATIBLE_FORMAT));
        }
    }
}
