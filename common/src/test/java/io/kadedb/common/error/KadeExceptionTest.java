package io.kadedb.common.error;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KadeExceptionTest {
    @Test
    void reportShowsPlaceCaretAndHint() {
        KadeException error = KadeException.of(ErrorCode.UNDEFINED_COLUMN, "column \"nam\" does not exist")
                .at(new SourcePosition(2, 8, 3))
                .hint("did you mean \"name\"?");
        assertThat(error.report("select 1,\n       nam from t")).isEqualTo("""
            column "nam" does not exist
              at line 2, column 8
              |        nam from t
              |        ^^^
              hint: did you mean "name"?\
            """);
    }

    @Test
    void longLinesAreCutAroundTheCaret() {
        String statement = "select " + "x".repeat(500) + " from t";
        KadeException error = KadeException.of(ErrorCode.SYNTAX_ERROR, "wrong").at(new SourcePosition(1, 400, 1));
        assertThat(error.report(statement).lines()).allMatch(line -> line.length() < 120);
    }
}
