package io.kadedb.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.parser.ast.IntervalValue;
import io.kadedb.parser.ast.KadeOperators;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntervalTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        interval '1 day 2 hours'              | 0  | 1  | 7200000000
        interval '90' day                     | 0  | 90 | 0
        INTERVAL '3' MONTH                    | 3  | 0  | 0
        interval '1' year                     | 12 | 0  | 0
        interval '1-2' year to month          | 14 | 0  | 0
        interval '-1-2'                       | -14 | 0 | 0
        interval '3 4:05:06' day to second    | 0  | 3  | 14706000000
        interval '4:05' hour to minute        | 0  | 0  | 14700000000
        interval '4:05' minute to second      | 0  | 0  | 245000000
        interval '1 year 2 mons 3 days 04:05:06.789' | 14 | 3 | 14706789000
        interval '-1 days +02:03'             | 0  | -1 | 7380000000
        interval 'P1Y2M3DT4H5M6.5S'           | 14 | 3  | 14706500000
        interval 'PT1H'                       | 0  | 0  | 3600000000
        interval '1.5 months'                 | 1  | 15 | 0
        interval '1.5 days'                   | 0  | 1  | 43200000000
        interval '2 weeks ago'                | 0  | -14 | 0
        interval '10'                         | 0  | 0  | 10000000
        interval '1 century 5 milliseconds'   | 1200 | 0 | 5000
        """)
    void readsAsPostgresDoes(String text, int months, int days, long micros) {
        assertThat(KadeOperators.intervalValue(
                        Sql.PARSER.parseExpression(text.strip()).node()))
                .contains(new IntervalValue(months, days, micros));
    }

    @Test
    void refusesWhatIsNoInterval() {
        for (String text : new String[] {"", "foo", "1 foo", "day", "P", "P1H", "1 day x"}) {
            assertThat(Sql.error("select interval '" + text + "'").code())
                    .as(text)
                    .isEqualTo(ErrorCode.INVALID_DATETIME_FORMAT);
        }
        assertThat(Sql.error("select interval '300000000 years'").code()).isEqualTo(ErrorCode.DATETIME_FIELD_OVERFLOW);
    }

    @Test
    void anAliasAfterAnIntervalIsNoField() {
        assertThat(Sql.printed("select interval '1' d")).isEqualTo("SELECT $INTERVAL(0, 0, 1000000) AS d");
    }
}
