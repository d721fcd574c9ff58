package io.kadedb.storage.format.v1;

import static org.assertj.core.api.Assertions.assertThat;

import com.apple.foundationdb.tuple.Tuple;
import io.kadedb.common.type.SqlType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The order of encoded keys is the order of values, for every type. */
final class KeyWriterTest {
    @Test
    void byteOrderIsValueOrder() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (SqlType type : RandomValues.TYPES) {
            ColumnBuffer values = RandomValues.column(type, 400, 0, random);
            List<byte[]> keys = new ArrayList<>();
            for (int i = 0; i < values.rows(); i++) {
                KeyWriter key = new KeyWriter();
                values.writeKey(i, key);
                keys.add(key.toBytes());
            }
            for (int i = 0; i < values.rows(); i++) {
                for (int j = 0; j < values.rows(); j++) {
                    assertThat(Integer.signum(Arrays.compareUnsigned(keys.get(i), keys.get(j))))
                            .as("seed %s, %s: rows %s and %s", seed, type, i, j)
                            .isEqualTo(Integer.signum(ValueOrder.compare(values, i, values, j)));
                }
            }
        }
    }

    @Test
    void keysOfSeveralColumnsCompareColumnByColumn() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int round = 0; round < 200; round++) {
            List<ColumnBuffer> columns = List.of(
                    RandomValues.column(
                            RandomValues.TYPES.get(random.nextInt(RandomValues.TYPES.size())), 8, 0, random),
                    RandomValues.column(
                            RandomValues.TYPES.get(random.nextInt(RandomValues.TYPES.size())), 8, 0, random));
            for (int i = 0; i < 8; i++) {
                for (int j = 0; j < 8; j++) {
                    assertThat(Integer.signum(Arrays.compareUnsigned(key(columns, i), key(columns, j))))
                            .as("seed %s", seed)
                            .isEqualTo(Integer.signum(ValueOrder.compare(columns, i, columns, j)));
                }
            }
        }
    }

    private static byte[] key(List<ColumnBuffer> columns, int row) {
        KeyWriter key = new KeyWriter();
        columns.forEach(column -> column.writeKey(row, key));
        return key.toBytes();
    }

    @Test
    void bytesAreThoseOfTheTupleLayer() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 2_000; i++) {
            long value = random.nextLong() >> random.nextInt(64);
            KeyWriter key = new KeyWriter();
            key.addLong(value);
            assertThat(key.toBytes())
                    .as("seed %s: %s", seed, value)
                    .isEqualTo(Tuple.from(value).pack());
        }
        for (long value : new long[] {0, 1, -1, 255, 256, -255, -256, Long.MAX_VALUE, Long.MIN_VALUE}) {
            KeyWriter key = new KeyWriter();
            key.addLong(value);
            assertThat(key.toBytes()).isEqualTo(Tuple.from(value).pack());
        }
        for (int i = 0; i < 500; i++) {
            byte[] magnitude = new byte[1 + random.nextInt(16)];
            random.nextBytes(magnitude);
            java.math.BigInteger value = new java.math.BigInteger(magnitude);
            KeyWriter key = new KeyWriter();
            key.addBig(value);
            assertThat(key.toBytes())
                    .as("seed %s: %s", seed, value)
                    .isEqualTo(Tuple.from(value).pack());
        }
        KeyWriter text = new KeyWriter();
        text.addVarbytes(SqlType.TEXT, new byte[] {'a', 0, 'b'}, 0, 3);
        assertThat(text.toBytes()).isEqualTo(Tuple.from("a\0b").pack());
        KeyWriter real = new KeyWriter();
        real.addFixed(SqlType.DOUBLE, Double.doubleToRawLongBits(-1.5), 0);
        assertThat(real.toBytes()).isEqualTo(Tuple.from(-1.5).pack());
    }

    @Test
    void equalValuesHaveEqualKeys() {
        KeyWriter zero = new KeyWriter();
        zero.addFixed(SqlType.DOUBLE, Double.doubleToRawLongBits(0.0), 0);
        KeyWriter negativeZero = new KeyWriter();
        negativeZero.addFixed(SqlType.DOUBLE, Double.doubleToRawLongBits(-0.0), 0);
        assertThat(negativeZero.toBytes()).isEqualTo(zero.toBytes());
        KeyWriter month = new KeyWriter();
        month.addFixed(SqlType.INTERVAL, 1, 0);
        KeyWriter days = new KeyWriter();
        days.addFixed(SqlType.INTERVAL, 30L << 32, 0);
        assertThat(days.toBytes()).isEqualTo(month.toBytes());
    }
}
