package io.kadedb.executor.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.Layout;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.memory.ArrowMemoryPool;
import io.kadedb.executor.memory.Native;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rows copied many at a time beside rows copied one by one. */
class GatherKernelsTest {
    private static final List<SqlType> TYPES = List.of(
            SqlType.BOOLEAN,
            SqlType.SMALLINT,
            SqlType.INTEGER,
            SqlType.BIGINT,
            SqlType.DOUBLE,
            SqlType.decimal(38, 2),
            SqlType.TEXT);

    @Test
    void copiesWhatSingleRowsAre() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            SqlType type = TYPES.get(round % TYPES.size());
            check(type, random, "seed " + seed + " round " + round + " " + type);
        }
    }

    private static void check(SqlType type, Random random, String where) {
        try (ArrowMemoryPool pool = ArrowMemoryPool.root(1 << 24);
                VectorBuilder from = new VectorBuilder(type, pool);
                VectorBuilder expected = new VectorBuilder(type, pool);
                VectorBuilder actual = new VectorBuilder(type, pool)) {
            boolean nulls = random.nextBoolean();
            int length = 1 + random.nextInt(100);
            for (int i = 0; i < length; i++) {
                if (nulls && random.nextInt(4) == 0) {
                    from.appendNull();
                } else {
                    append(from, type, random);
                }
            }
            ColumnVector source = from.build();
            for (int batch = 0; batch < 3; batch++) {
                int count = random.nextInt(200);
                int[] rows = random.ints(count, 0, length).toArray();
                actual.append(source, rows, count);
                for (int row : rows) {
                    expected.append(source, row);
                }
                int first = random.nextInt(length + 1);
                actual.append(source, null, first);
                for (int row = 0; row < first; row++) {
                    expected.append(source, row);
                }
            }
            compare(actual.build(), expected.build(), where);
        }
    }

    private static void append(VectorBuilder builder, SqlType type, Random random) {
        switch (type.layout()) {
            case BIT -> builder.appendBoolean(random.nextBoolean());
            case FLOAT64 -> builder.appendDouble(random.nextGaussian());
            case INT128 -> builder.appendInt128(random.nextLong(), random.nextLong());
            case VARBYTES -> {
                byte[] text = new byte[random.nextInt(10) == 0 ? random.nextInt(1000) : random.nextInt(24)];
                random.nextBytes(text);
                builder.appendBytes(text);
            }
            default -> builder.appendLong(type.layout() == Layout.INT16 ? random.nextInt(30_000) : random.nextInt());
        }
    }

    private static void compare(ColumnVector actual, ColumnVector expected, String where) {
        assertThat(actual.length()).as(where).isEqualTo(expected.length());
        for (int row = 0; row < expected.length(); row++) {
            assertThat(actual.isNull(row)).as(where).isEqualTo(expected.isNull(row));
            if (!expected.isNull(row)) {
                assertThat(bytes(actual, row)).as(where).isEqualTo(bytes(expected, row));
            }
        }
    }

    private static byte[] bytes(ColumnVector vector, int row) {
        long data = vector.data().address();
        int width = vector.type().layout().width();
        return switch (vector.type().layout()) {
            case BIT -> new byte[] {(byte) Native.getBit(data, row)};
            case VARBYTES -> {
                int from = Native.getInt(data + 4L * row);
                yield Native.bytes(Values.bytesOf(vector).address() + from, Native.getInt(data + 4L * row + 4) - from);
            }
            default -> Native.bytes(data + (long) width * row, width);
        };
    }
}
