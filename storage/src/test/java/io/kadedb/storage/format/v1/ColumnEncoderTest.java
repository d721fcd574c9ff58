package io.kadedb.storage.format.v1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
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
