package io.kadedb.executor.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadedb.common.error.KadeException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Random;
import org.junit.jupiter.api.Test;

class Int128Test {
    private static BigInteger value(Random random) {
        BigInteger value = new BigInteger(random.nextInt(126), random);
        return random.nextBoolean() ? value.negate() : value;
    }

    private static Int128 of(BigInteger value) {
        return new Int128().set(value);
    }

    @Test
    void agreesWithBigInteger() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        BigInteger limit = Int128.powerOfTen(38);
        for (int i = 0; i < 100_000; i++) {
            BigInteger a = value(random);
            BigInteger b = value(random);
            Int128 y = of(b);
            assertThat(of(a).toBigInteger()).isEqualTo(a);
            Int128 sum = of(a);
            sum.add(y.high(), y.low());
            assertThat(sum.toBigInteger()).isEqualTo(a.add(b));
            assertThat(of(a).subtract(y.high(), y.low()).toBigInteger()).isEqualTo(a.subtract(b));
            assertThat(of(a).negate().toBigInteger()).isEqualTo(a.negate());
            assertThat(Integer.signum(Int128.compare(of(a).high(), of(a).low(), y.high(), y.low())))
                    .isEqualTo(a.compareTo(b));
            if (a.multiply(b).abs().compareTo(limit) < 0) {
                assertThat(of(a).multiply(y.high(), y.low()).toBigInteger()).isEqualTo(a.multiply(b));
            } else {
                assertThatThrownBy(() -> of(a).multiply(y.high(), y.low())).isInstanceOf(KadeException.class);
            }
            if (b.signum() != 0) {
                assertThat(of(a).divideRounded(y.high(), y.low()).toBigDecimal(0))
                        .isEqualTo(new BigDecimal(a).divide(new BigDecimal(b), 0, RoundingMode.HALF_UP));
            }
        }
    }

    @Test
    void checksDecimalDigits() {
        assertThat(of(new BigInteger("9".repeat(38))).checkDigits(38).isNegative())
                .isFalse();
        assertThatThrownBy(() -> of(BigInteger.TEN.pow(38)).checkDigits(38)).hasMessage("numeric field overflow");
        assertThatThrownBy(() -> of(BigInteger.TEN.pow(38).negate()).checkDigits(38))
                .hasMessage("numeric field overflow");
        assertThatThrownBy(() -> new Int128().set(Long.MIN_VALUE, 0).checkDigits(38))
                .hasMessage("numeric field overflow");
        assertThatThrownBy(() -> new Int128().set(100).checkDigits(2)).hasMessage("numeric field overflow");
    }

    @Test
    void rescales() {
        assertThat(new Int128().set(12345).rescale(2, 1).low()).isEqualTo(1235);
        assertThat(new Int128().set(-12345).rescale(2, 1).low()).isEqualTo(-1235);
        assertThat(new Int128().set(12344).rescale(2, 1).low()).isEqualTo(1234);
        assertThat(new Int128().set(5).rescale(0, 37).toBigDecimal(37)).isEqualByComparingTo("5");
    }
}
