package io.kadedb.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.SourcePosition;
import io.kadedb.parser.ast.Positions;
import io.kadedb.parser.ast.SqlFileReference;
import java.util.Objects;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.junit.jupiter.api.Test;

class QueryTest {
    @Test
    void everyClause() {
        assertThat(Sql.printed(
                        "select * from t where a group by b having c order by 1 desc nulls last, 2 limit 10 offset 5"))
                .isEqualTo("SELECT * FROM t WHERE a GROUP BY b HAVING c ORDER BY 1 DESC NULLS LAST, 2"
                        + " OFFSET 5 ROWS FETCH NEXT 10 ROWS ONLY");
    }

    @Test
    void joins() {
        assertThat(Sql.printed("select * from a join b on a.x = b.x left outer join c using (y, z) cross join d"))
                .isEqualTo("SELECT * FROM a INNER JOIN b ON a.x = b.x LEFT JOIN c USING (y, z) CROSS JOIN d");
        assertThat(Sql.printed("select * from a natural full join b, lateral (select a.x) as c(y)"))
                .isEqualTo("SELECT * FROM a NATURAL FULL JOIN b, LATERAL (SELECT a.x) AS c (y)");
        assertThat(Sql.printed("select * from a join b join c on x on y"))
                .isEqualTo("SELECT * FROM a INNER JOIN (b INNER JOIN c ON x) ON y");
        assertThat(Sql.printed("select * from (a join b on x) join c on y"))
                .isEqualTo("SELECT * FROM a INNER JOIN b ON x INNER JOIN c ON y");
    }

    @Test
    void setOperationsBindAsTheStandardSays() {
        SqlNode query = Sql.query("select 1 union select 2 intersect select 3 except all select 4");
        assertThat(Shape.of(((SqlBasicCall) query).operand(0))).startsWith("{SELECT 1 UNION SELECT 2 INTERSECT");
        assertThat(((SqlBasicCall) query).getOperator().getName()).isEqualTo("EXCEPT ALL");
        assertThat(((SqlBasicCall) ((SqlBasicCall) query).operand(0)).operand(1).getKind())
                .isEqualTo(SqlKind.INTERSECT);
    }

    @Test
    void commonTables() {
        assertThat(Sql.printed("with a as (select 1), b(x) as (values (1), (2)) select * from a, b order by 1"))
                .isEqualTo("WITH a AS (SELECT 1), b (x) AS (VALUES ROW(1), ROW(2)) SELECT * FROM a, b ORDER BY 1");
        assertThat(Sql.printed("with recursive r(n) as (select 1 union all select n + 1 from r) select n from r"))
                .isEqualTo("WITH RECURSIVE r (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT n FROM r");
    }

    @Test
    void otherQueries() {
        assertThat(Sql.printed("table s.t")).isEqualTo("TABLE s.t");
        assertThat(Sql.printed("values (1, 'a'), (2, null)")).isEqualTo("VALUES ROW(1, 'a'), ROW(2, NULL)");
        assertThat(Sql.printed("from t")).isEqualTo("SELECT * FROM t");
        assertThat(Sql.printed("(select 1) union all (select 2) limit 1"))
                .isEqualTo("SELECT 1 UNION ALL SELECT 2 FETCH NEXT 1 ROWS ONLY");
        assertThat(Sql.printed("select a, from t")).isEqualTo("SELECT a FROM t");
        assertThat(Sql.printed("select grouping(a) from t group by rollup (a, b), grouping sets ((a), ())"))
                .isEqualTo("SELECT CAST(GROUPING(a) AS INTEGER) FROM t GROUP BY ROLLUP(a, b), GROUPING SETS(a, ())");
        assertThat(Sql.printed("select * from generate_series(1, 3) g(i)"))
                .isEqualTo("SELECT * FROM LATERAL TABLE(generate_series(1, 3)) AS g (i)");
        assertThat(Sql.printed("select distinct on (a) a as b, c from t order by b, c desc"))
                .isEqualTo("SELECT a AS b, c FROM t QUALIFY (ROW_NUMBER() OVER (PARTITION BY a ORDER BY a, c DESC)) = 1"
                        + " ORDER BY b, c DESC");
        assertThat(Sql.printed("select distinct a from t limit null")).isEqualTo("SELECT DISTINCT a FROM t");
    }

    @Test
    void namesAreFoldedUnlessQuoted() {
        assertThat(Sql.printed("SELECT Foo, \"Bar\", \"a\"\"b\", Straße AS X FROM T"))
                .isEqualTo("SELECT foo, Bar, a\"b, straße AS x FROM t");
        assertThat(Sql.printed("select year, key, value, type, first, data, \"select\" as select from t"))
                .isEqualTo("SELECT year, key, value, type, first, data, select AS select FROM t");
    }

    @Test
    void namesKeepTheirPlace() {
        SqlSelect select = (SqlSelect) Sql.query("select a,\n  bb.ccc from t");
        SqlIdentifier column = (SqlIdentifier) select.getSelectList().get(1);
        assertThat(Positions.of(column.getParserPosition())).isEqualTo(new SourcePosition(2, 3, 6));
        assertThat(Positions.of(column.getComponentParserPosition(1))).isEqualTo(new SourcePosition(2, 6, 3));
    }

    @Test
    void filesMayStandInFrom() {
        SqlSelect select = (SqlSelect) Sql.query("select * from 'data/flights.2020.csv'");
        SqlBasicCall as = (SqlBasicCall) Objects.requireNonNull(select.getFrom());
        assertThat(((SqlFileReference) as.operand(0)).path()).isEqualTo("data/flights.2020.csv");
        assertThat(as.operand(1).toString()).isEqualTo("flights");
        assertThat(Sql.printed("select * from 'a.parquet' x (c)")).isEqualTo("SELECT * FROM $file.a.parquet AS x (c)");
    }

    @Test
    void parameters() {
        assertThat(Sql.PARSER.parse("select ?, ? + 1").getFirst().parameterCount())
                .isEqualTo(2);
        assertThat(Sql.PARSER.parse("select $3, $1").getFirst().parameterCount())
                .isEqualTo(3);
        assertThat(Sql.error("select $1, ?").code()).isEqualTo(ErrorCode.SYNTAX_ERROR);
        assertThat(Sql.error("select $0").code()).isEqualTo(ErrorCode.UNDEFINED_PARAMETER);
    }

    @Test
    void whatIsPrintedParsesToTheSame() {
        for (String text : new String[] {
            "select a, b + 1 as c from t where x = 1 and y > 2 or not z between 1 and 2",
            "select * from a left join b on a.x = b.x where exists (select 1 from c where c.y = a.y)",
            "select case when a then 1 else 2 end, cast(a as bigint) from t",
            "select a from t union all select b from u",
        }) {
            String printed = Sql.query(text).toString().replace('`', '"');
            assertThat(Sql.query(printed).toString().replace('`', '"')).isEqualTo(printed);
        }
    }
}
