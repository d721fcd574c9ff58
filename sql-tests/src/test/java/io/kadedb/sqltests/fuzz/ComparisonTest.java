package io.kadedb.sqltests.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.sqltests.fuzz.peer.Comparison;
import io.kadedb.sqltests.fuzz.sql.Kind;
import io.kadedb.sqltests.fuzz.sql.Statement;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the fuzzer takes for equal. */
class ComparisonTest {
    @ParameterizedTest
    @CsvSource({
        "1 day, 24:00:00, true",
        "1 mon, 30 days, true",
        "1 day -00:30:00, 23:30:00, true",
        "-1 days +00:30:00, -23:30:00, true",
        "1 day, 23:59:59.999999, false",
        "1 day -00:30:00, -23:30:00, false",
    })
    void intervalsOfOneLengthAreEqual(String one, String other, boolean equal) {
        Optional<String> difference = Comparison.rowsByLength(
                new Statement.Rows(List.of(Kind.INTERVAL), true), List.of(List.of(one)), List.of(List.of(other)));
        assertThat(difference.isEmpty()).isEqualTo(equal);
    }
}
