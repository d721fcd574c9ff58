package io.kadedb.planner;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which ranges and orders are read by a key, and which are scanned and sorted, on a million settled rows. */
final class KeyRangeTest {
    private final Planning planning = new Planning(new TestCatalog()
            .table(
                    "e",
                    1_000_000,
                    "id",
                    "id bigint 1000000 1 1000000",
                    "a int 1000 1 1000",
                    "b int null 100 1 100",
                    "t text 50000",
                    "d date 3650 2020-01-01 2029-12-31")
            .index("e", "e_ab", false, "a", "b")
            .index("e", "e_b", false, "b")
            .index("e", "e_t", false, "t")
            .index("e", "e_d", false, "d", "id"));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        select * from e where id between 10 and 20 | Key range scan on public.e | id >= 10, id <= 20
        select * from e where 20 > id | Key range scan on public.e | id < 20
        select * from e where id > 10 and id < 20 and b = 3 | Key range scan on public.e | id > 10, id < 20
        select * from e where id between $1 and $2 order by id limit 9 | Key range scan on public.e | id >= $1, id <= $2
        select * from e where a = 1 and b > 98 | Index range scan e_ab on public.e | a = 1, b > 98
        select * from e where a in (1, 2) and b < 3 | Index range scan e_ab on public.e | a in (1, 2), b < 3
        select a from e where a < 9 | Index range scan e_ab (index only) on public.e | a < 9
        select count(*) from e where t like 'abcdef%' | Index range scan e_t (index only) on public.e | t >= 'abcdef', t < 'abcdeg'
        select * from e order by id limit 5 | Key range scan on public.e | all
        select * from e order by id desc limit 5 | Key range scan backward on public.e | all
        select * from e order by d desc, id desc limit 5 | Index range scan e_d backward on public.e | all
        select * from e where a = 7 order by b limit 5 | Index range scan e_ab on public.e | a = 7
        select * from e where b is not null order by b limit 5 | Index range scan e_b on public.e | b is not null
        select * from e where d > date '2024-01-01' order by d limit 5 | Index range scan e_d on public.e | d > date '2024-01-01'
        select max(d) from e | Index range scan e_d backward (index only) on public.e | all
        select min(b) from e | Index range scan e_b (index only) on public.e | b is not null
        select * from e where id > 5 order by id limit 1 for update | Key range scan on public.e | id > 5
        delete from e where id < 9 | Key range scan on public.e | id < 9
        """)
    void readsByKey(String sql, String title, String range) {
        assertThat(planning.explain(sql))
                .contains(title)
                .contains("range: " + range + "\n")
                .doesNotContain("Sort", "Top", "Scan public");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select * from e where id > 10",
                "select * from e where a > 10",
                "select * from e where b > 10",
                "select * from e where a > $1",
                "select * from e order by id",
                "select * from e order by a, id limit 5",
                "select * from e order by a, b limit 5",
                "select * from e order by a desc, b limit 5",
                "select * from e order by t || 'x' limit 5",
                "select * from e where t like '%ab'",
                "select count(*), min(id) from e",
                "select a, max(id) from e group by a"
            })
    void scans(String sql) {
        assertThat(planning.explain(sql)).contains("Scan public.e").doesNotContain("range scan");
    }
}
