package io.kadedb.bench.tpch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TpchQueryTest {
    @Test
    void fillsInEveryParameterOfAllQueries() {
        assertThat(TpchQuery.all(BigDecimal.ONE))
                .hasSize(TpchQuery.COUNT)
                .allSatisfy(query -> assertThat(query.sql()).doesNotContain("${", "--", ";"));
    }

    @Test
    void scalesTheFractionOfQuery11() {
        assertThat(TpchQuery.of(11, new BigDecimal("0.1"), Map.of()).sql()).contains("* 0.001\n");
        assertThat(TpchQuery.of(11, BigDecimal.TEN, Map.of()).sql()).contains("* 0.00001\n");
    }

    @Test
    void takesOtherParameters() {
        TpchQuery query = TpchQuery.of(1, BigDecimal.ONE, Map.of("delta", "60"));
        assertThat(query.sql()).contains("interval '60' day");
        assertThat(query.approximate()).containsExactlyInAnyOrder(7, 8, 9);
    }

    @Test
    void refusesWhatDoesNotExist() {
        assertThatThrownBy(() -> TpchQuery.of(23, BigDecimal.ONE, Map.of())).hasMessageContaining("1 to 22");
        assertThatThrownBy(() -> TpchQuery.of(1, BigDecimal.ONE, Map.of("date", "x")))
                .hasMessageContaining("no parameter date");
    }
}
