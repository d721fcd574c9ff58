package io.kadedb.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.error.SourcePosition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SyntaxErrorTest {
    @Test
    void theReportShowsThePlaceAndWhatWasMeant() {
        String text = "select a,\n       b\nform t";
        KadeException error = Sql.error(text);
        assertThat(error.code()).isEqualTo(ErrorCode.SYNTAX_ERROR);
        assertThat(error.position()).contains(new SourcePosition(3, 6, 1));
        assertThat(error.report(text)).isEqualTo("""
            syntax error at or near "t"
              at line 3, column 6
              | form t
              |      ^
              hint: did you mean FROM instead of "form"?\
            """);
    }

    @Test
    void placesCountFromTheStartOfTheWholeText() {
        assertThat(Sql.error("select 1;\nselect 2;\n  selct 3").position()).contains(new SourcePosition(3, 3, 5));
        assertThat(Sql.error("select '\uD83D\uDE00', x y z").position()).contains(new SourcePosition(1, 18, 1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        selct 1                       | syntax error at or near "selct"   | did you mean SELECT?
        select * form t               | syntax error at or near "form"    | did you mean FROM?
        select a from t wher x = 1    | syntax error at or near "x"       | did you mean WHERE instead of "wher"?
        insert into t vales (1)       | syntax error at or near "vales"   | did you mean VALUES?
        create tabel t (a int)        | syntax error at or near "tabel"   | did you mean TABLE?
        update t sett a = 1           | syntax error at or near "a"       | did you mean SET instead of "sett"?
        select a from t order a       | syntax error at or near "a"       | expected BY
        select a from                 | syntax error at end of statement  | expected a name, "(", a string or a query in parentheses
        select (1 + 2                 | syntax error at end of statement  | a ")" is missing
        select 1)                     | syntax error at or near ")"       | there is no "(" for this ")"
        create table t (a int b text) | syntax error at or near "b"       | expected ")" or ","
        select x == 1                 | syntax error at or near "="       | expected an expression
        select * from graph_table(g match (a)--(b) columns (1)) | syntax error at end of statement | -- starts a comment; an edge without a direction is - or -[]-
        """)
    void saysWhatWasExpected(String text, String message, String hint) {
        KadeException error = Sql.error(text.strip());
        assertThat(error.messageText()).isEqualTo(message.strip());
        assertThat(error.hint()).contains(hint.strip());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        select 'abc          | SYNTAX_ERROR          | unterminated string
        select "abc          | SYNTAX_ERROR          | unterminated quoted identifier
        select $$abc         | SYNTAX_ERROR          | unterminated string
        select /* abc        | SYNTAX_ERROR          | unterminated comment
        select ""            | SYNTAX_ERROR          | zero-length quoted identifier
        select 'a' 'b'       | SYNTAX_ERROR          | syntax error at or near "'b'"
        select \\            | SYNTAX_ERROR          | unexpected character "\\"
        select a::xml        | FEATURE_NOT_SUPPORTED | type xml is not supported yet
        select a::numeric(50)| INVALID_PARAMETER_VALUE | a numeric has 1 to 38 digits, not 50
        select date '2020-02-30' | DATETIME_FIELD_OVERFLOW | date/time field value out of range: "2020-02-30"
        select extract(yeer from a) | INVALID_PARAMETER_VALUE | there is no date or time field "yeer"
        alter domain d drop default | FEATURE_NOT_SUPPORTED | ALTER is not supported yet
        select sum(a) over (order by a rows (select 1) preceding) from t | FEATURE_NOT_SUPPORTED | subqueries as offsets of window frames are not supported yet
        with recursive t(a) as (select 1 union all select 2 from t) cycle x set b using c select 1 | SYNTAX_ERROR | cycle column "x" not in WITH query column list
        select 1 union select 2 order by 1 + 1 | FEATURE_NOT_SUPPORTED | invalid UNION/INTERSECT/EXCEPT ORDER BY clause
        select count(distinct a) over () from t | FEATURE_NOT_SUPPORTED | DISTINCT over windows is not supported yet
        copy t from program 'x' | FEATURE_NOT_SUPPORTED | COPY FROM PROGRAM is not supported yet
        copy t to program 'x' | FEATURE_NOT_SUPPORTED | COPY TO PROGRAM is not supported yet
        """)
    void otherErrors(String text, ErrorCode code, String message) {
        KadeException error = Sql.error(text.strip());
        assertThat(error.code()).isEqualTo(code);
        assertThat(error.messageText()).isEqualTo(message.strip());
        assertThat(error.position()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"&", "|", "#", "!", "+"})
    void onlyComparisonsAreQuantified(String operator) {
        assertThat(Sql.error("select 1 operator(" + operator + ") any (array[1])")
                        .code())
                .isEqualTo(ErrorCode.SYNTAX_ERROR);
    }

    @Test
    void precisionsAreWrittenAsIntegersAre() {
        assertThat(Sql.shape("localtimestamp(0_1)")).isEqualTo(Sql.shape("localtimestamp(1)"));
        assertThat(Sql.error("select localtimestamp(99999999999)").code())
                .isEqualTo(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE);
    }
}
