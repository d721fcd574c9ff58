package io.kadedb.parser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpressionTest {
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        a + b * c                       | (+ a (* b c))
        a - b - c                       | (- (- a b) c)
        (a - b) * c                     | (* (- a b) c)
        a or b and not c = d            | (or a (and b (not (= c d))))
        not a is null                   | (not (is null a))
        a = b is null                   | (is null (= a b))
        a < b + 1 and c                 | (and (< a (+ b 1)) c)
        a between 1 and 2 and b         | (and (between asymmetric a 1 2) b)
        a not between b + 1 and c or d  | (or (not between asymmetric a (+ b 1) c) d)
        a between symmetric 1 and 2     | (between symmetric a 1 2)
        a like 'x' escape '!' and b     | (and (like a 'x' '!') b)
        a not ilike b                   | (not ilike a b)
        -a ^ 2                          | (power (- a) 2)
        -5                              | -5
        - -5                            | (- -5)
        -a::bigint                      | (- (cast a BIGINT))
        a::integer::text                | (cast (cast a INTEGER) TEXT)
        a in (1, 2)                     | (in a [1 2])
        a not in (1, b + 1)             | (not in a [1 (+ b 1)])
        (a, b) in ((1, 2))              | (in (row a b) [(row 1 2)])
        a is distinct from b and c      | (and (is distinct from a b) c)
        a is not true                   | (is not true a)
        a isnull or b notnull           | (or (is null a) (is not null b))
        a % 2 = 1                       | (= (% a 2) 1)
        f(a, b)                         | (f a b)
        left(a, 1)                      | (left a 1)
        replace(a, 'b', 'c')            | (replace a 'b' 'c')
        current_date                    | current_date
        coalesce(a, 1)                  | (coalesce a 1)
        a.b.c                           | a.b.c
        substring(a from 2 for 3)       | (substring a 2 3)
        substring(a for 3)              | (substring a 1 3)
        substring(a, 2)                 | (substring a 2)
        position('x' in a)              | (position 'x' a)
        trim(a)                         | (trim BOTH ' ' a)
        trim(leading 'x' from a)        | (trim LEADING 'x' a)
        overlay(a placing b from 1 for 2) | (overlay a b 1 2)
        extract(year from a)            | (extract YEAR a)
        date '1998-12-01'               | DATE '1998-12-01'
        timestamptz '2020-01-01'        | (cast '2020-01-01' TIMESTAMP WITH TIME ZONE)
        timestamp '2020-01-01 10:00'    | TIMESTAMP '2020-01-01 10:00:00.000000'
        a at time zone 'UTC'            | (timezone 'UTC' a)
        1_000 + 1.5 + .5 + 1e3 + 0x1f   | (+ (+ (+ (+ 1000 1.5) 0.5) 1E3) 31)
        case a when 1 then 2 end        | (case [(= a 1)] [2] NULL)
        case when a then 1 else 2 end   | (case [a] [1] 2)
        count(*)                        | (count *)
        $2                              | ?
        """)
    void buildsTheTree(String text, String shape) {
        assertThat(Sql.shape(text.strip()).replace("(case - ", "(case ")).isEqualTo(shape.strip());
    }

    @Test
    void subqueries() {
        assertThat(Sql.shape("(select 1) + 2")).isEqualTo("(+ {SELECT 1} 2)");
        assertThat(Sql.shape("((select 1) union (select 2))")).isEqualTo("{SELECT 1 UNION SELECT 2}");
        assertThat(Sql.shape("((select 1) + 2)")).isEqualTo("(+ {SELECT 1} 2)");
        assertThat(Sql.shape("f((select 1))")).isEqualTo("(f {SELECT 1})");
        assertThat(Sql.shape("coalesce((select 1), 2)")).isEqualTo("(coalesce {SELECT 1} 2)");
        assertThat(Sql.shape("a in (select 1)")).isEqualTo("(in a {SELECT 1})");
        assertThat(Sql.shape("a in ((select 1), 2)")).isEqualTo("(in a [{SELECT 1} 2])");
        assertThat(Sql.shape("not exists (select 1)")).isEqualTo("(not (exists {SELECT 1}))");
        assertThat(Sql.shape("a = any (select 1)")).isEqualTo("(= some a {SELECT 1})");
        assertThat(Sql.shape("a <> all (b)")).isEqualTo("($all '<>' a b)");
    }

    @Test
    void aggregatesAndWindows() {
        assertThat(Sql.printed("select count(distinct a) filter (where b > 0) from t"))
                .isEqualTo("SELECT COUNT(DISTINCT a) FILTER (WHERE b > 0) FROM t");
        assertThat(Sql.printed("select string_agg(a, ',' order by b desc) from t"))
                .isEqualTo("SELECT string_agg(a, ',') WITHIN GROUP (ORDER BY b DESC) FROM t");
        assertThat(Sql.printed(
                        "select sum(a) over (partition by b order by c rows between 1 preceding and current row)"))
                .isEqualTo("SELECT SUM(a) OVER (PARTITION BY b ORDER BY c ROWS BETWEEN $rows_offset(1) PRECEDING AND"
                        + " CURRENT ROW)");
        assertThat(Sql.printed("select rank() over w from t window w as (order by a)"))
                .isEqualTo("SELECT RANK() OVER w FROM t WINDOW w AS (ORDER BY a)");
    }

    @Test
    void strings() {
        assertThat(Sql.shape("'it''s'")).isEqualTo("'it''s'");
        assertThat(Sql.shape("'a'\n'b'")).isEqualTo("'ab'");
        assertThat(Sql.shape("E'a\\x41\\u0042\\103\\\\'")).isEqualTo("'aABC\\'");
        assertThat(Sql.shape("$$it's$$")).isEqualTo("'it''s'");
        assertThat(Sql.shape("$t$a$$b$t$")).isEqualTo("'a$$b'");
        assertThat(Sql.shape("x'0aFF'")).isEqualTo("X'0AFF'");
    }
}
