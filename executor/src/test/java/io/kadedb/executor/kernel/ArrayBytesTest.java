package io.kadedb.executor.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.common.type.ArrayBytes;
import io.kadedb.common.type.ArrayValue;
import io.kadedb.common.type.Interval;
import io.kadedb.common.type.SqlType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ArrayBytesTest {
    private static final SqlType NUMERIC = SqlType.decimal(38, 10);
    private static final SqlType SHORT_NUMERIC = SqlType.decimal(10, 2);

    private static ByteBuffer bytes(SqlType element, @Nullable Object... values) {
        return ArrayBytes.encode(ArrayValue.of(values), element);
    }

    private static void roundTrip(SqlType element, @Nullable Object... values) {
        ArrayValue decoded = ArrayBytes.decode(bytes(element, values), element);
        assertThat(decoded.elements()).isEqualTo(Arrays.asList(values));
    }

    @Test
    void keepsElementsOfEveryType() {
        roundTrip(SqlType.BOOLEAN, true, null, false);
        roundTrip(SqlType.SMALLINT, 1L, -32768L, 32767L);
        roundTrip(SqlType.INTEGER, 1L, null, (long) Integer.MIN_VALUE);
        roundTrip(SqlType.BIGINT, Long.MIN_VALUE, Long.MAX_VALUE);
        roundTrip(SqlType.REAL, 1.5, -2.25, Double.POSITIVE_INFINITY);
        roundTrip(SqlType.DOUBLE, 1.1, -1.1, 0.0, Double.NaN, Double.NEGATIVE_INFINITY);
        roundTrip(NUMERIC, new BigDecimal("-12.5000000000"), new BigDecimal("0E-10"));
        roundTrip(SHORT_NUMERIC, new BigDecimal("-12.50"), null);
        roundTrip(SqlType.TEXT, "", "a\0b", null, "ÄÖ😀");
        roundTrip(SqlType.BYTEA, ByteBuffer.wrap(new byte[] {0, 0, -1, 7}));
        roundTrip(SqlType.INTERVAL, new Interval(1, -2, -3), new Interval(0, 30, 0));
        roundTrip(SqlType.UUID, new UUID(-5, 7));
        roundTrip(SqlType.INTEGER);
    }

    @Test
    void keepsDimensions() {
        ArrayValue matrix = new ArrayValue(
                Arrays.asList(1L, 2L, null, 4L),
                List.of(new ArrayValue.Dimension(2, 1), new ArrayValue.Dimension(2, -3)));
        assertThat(ArrayBytes.decode(ArrayBytes.encode(matrix, SqlType.INTEGER), SqlType.INTEGER))
                .isEqualTo(matrix);
    }

    private static void ascending(SqlType element, @Nullable Object[]... arrays) {
        for (int i = 1; i < arrays.length; i++) {
            byte[] lower = array(bytes(element, arrays[i - 1]));
            byte[] upper = array(bytes(element, arrays[i]));
            assertThat(Arrays.compareUnsigned(lower, upper))
                    .as(Arrays.toString(arrays[i - 1]) + " < " + Arrays.toString(arrays[i]))
                    .isNegative();
        }
    }

    private static byte[] array(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }

    private static @Nullable Object[] of(@Nullable Object... values) {
        return values;
    }

    @Test
    void ordersBytesAsArrays() {
        @Nullable Object[] none = {null};
        ascending(SqlType.INTEGER, of(), of(-1L), of(1L), of(1L, -2L), of(1L, 0L), of(1L, null), of(2L), none);
        ascending(
                SqlType.DOUBLE,
                of(Double.NEGATIVE_INFINITY),
                of(-2.0),
                of(-1.0),
                of(0.0),
                of(1.0),
                of(Double.POSITIVE_INFINITY),
                of(Double.NaN));
        ascending(SqlType.TEXT, of(""), of("", "b"), of("a"), of("a", ""), of("a\0"), of("ab"), of("b"));
        ascending(
                NUMERIC,
                of(new BigDecimal("-1.0000000000")),
                of(new BigDecimal("0E-10")),
                of(new BigDecimal("0.5000000000")),
                of(new BigDecimal("10.0000000000")));
        ascending(SqlType.INTERVAL, of(new Interval(0, 29, 0)), of(new Interval(1, 0, 0)), of(new Interval(1, 0, 1)));
    }

    @Test
    void zerosAreEqual() {
        assertThat(bytes(SqlType.DOUBLE, -0.0)).isEqualTo(bytes(SqlType.DOUBLE, 0.0));
        assertThat(bytes(SqlType.REAL, -0.0)).isEqualTo(bytes(SqlType.REAL, 0.0));
    }
}
