package io.kadedb.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadedb.common.error.KadeException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mistakes in queries are told with PostgreSQL's SQLSTATE and words, where they are in the text. */
class ValidationErrorTest {
    private final Planning planning = new Planning(TestCatalog.basic());

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        select a from tt                      | 42P01 | 15 | relation "tt" does not exist
        select a from nope.t                  | 42P01 | 15 | relation "nope.t" does not exist
        select aa from t                      | 42703 |  8 | column "aa" does not exist
        select t.aa from t                    | 42703 | 10 | column t.aa does not exist
        select q.a from t                     | 42P01 |  8 | missing FROM-clause entry for table "q"
        select x from u, v                    | 42702 |  8 | column reference "x" is ambiguous
        select a from t where b = 5           | 42883 | 23 | operator does not exist: text = integer
        select a from t where b > 5           | 42883 | 23 | operator does not exist: text > integer
        select a from t where f + 1 = 2       | 42883 | 23 | operator does not exist: boolean + integer
        select sqrt(b) from t                 | 42883 |  8 | function sqrt(text) does not exist
        select lowr(b) from t                 | 42883 |  8 | function lowr(text) does not exist
        select sum(b) from t                  | 42883 |  8 | function sum(text) does not exist
        select a, count(*) from t             | 42803 |  8 | column "a" must appear in the GROUP BY clause or be used in an aggregate function
        select a from t where count(*) > 1    | 42803 | 23 | aggregate functions are not allowed in WHERE
        select sum(count(*)) from t           | 42803 |  8 | aggregate function calls cannot be nested
        select a from t where a               | 42804 | 23 | argument of WHERE must be type boolean
        select a from t union select b from t | 42804 |  8 | the types of column 1 of the UNION queries cannot be matched
        select a from t union select x, y from u | 42601 | 30 | each UNION query must have the same number of columns
        select cast(d as integer) from t      | 42846 |  8 | cannot cast type date to integer
        select * from u, u                    | 42712 | 18 | table name "u" specified more than once
        select case when f then 1 else d end from t | 42804 | 32 | CASE types integer and date cannot be matched
        select a from t order by 5            | 42P10 | 26 | ORDER BY position 5 is not in select list
        """)
    void mistakeIsNamed(String sql, String state, int column, String message) {
        KadeException error = catchThrowableOfType(KadeException.class, () -> planning.plan(sql));
        assertThat(error.code().sqlState()).as(error.messageText()).isEqualTo(state);
        assertThat(error.messageText()).isEqualTo(message);
        assertThat(error.position()).hasValueSatisfying(place -> {
            assertThat(place.line()).isEqualTo(1);
            assertThat(place.column()).isEqualTo(column);
        });
    }

    @ParameterizedTest
    @CsvSource({"select zz from u, y", "select lowr(b) from t, did you mean \"lower\"?"})
    void nearNamesAreSuggested(String sql, String hint) {
        KadeException error = catchThrowableOfType(KadeException.class, () -> planning.plan(sql));
        assertThat(error.hint().orElse("")).contains(hint);
    }
}
