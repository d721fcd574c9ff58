package io.kadedb.bench.parse;

import io.kadedb.bench.tpch.TpchQuery;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A statement that both parsers read as it stands.
 *
 * @param name of its row
 */
public record ParsedText(String name, String sql) {
    /** Queries derived from TPC-H whose text is SQL for Calcite too. */
    private static final List<Integer> TPCH = List.of(2, 7, 13, 16, 18, 19, 21, 22);

    /** Statements as applications send them, from the short to the long. */
    public static List<ParsedText> typical() {
        List<ParsedText> texts = new ArrayList<>(List.of(
                new ParsedText("select by key", "select id, name, balance from account where id = ?"),
                new ParsedText(
                        "insert",
                        "insert into orders (id, customer, placed, total) values (?, ?, current_timestamp, ?)"),
                new ParsedText("update", "update account set balance = balance - ? where id = ? and balance >= ?"),
                new ParsedText("delete", "delete from session where expires < current_timestamp and kept = false"),
                new ParsedText(
                        "join and group",
                        "select c.region, count(*), sum(o.total * (1 - o.discount)) as revenue from customer c join"
                            + " orders o on o.customer = c.id left join refund r on r.orders = o.id where o.placed >="
                            + " date '2026-01-01' and c.active and r.id is null group by c.region having count(*) > 10"
                            + " order by revenue desc"),
                new ParsedText(
                        "with and window",
                        "with ranked as (select d.name, e.salary, rank() over (partition by d.id order by e.salary"
                            + " desc) as place, avg(e.salary) over (partition by d.id) as mean from department d join"
                            + " employee e on e.department = d.id) select name, salary, case when salary > 2 * mean"
                            + " then 'high' when salary < mean / 2 then 'low' else 'usual' end from ranked where place"
                            + " between 1 and 10"),
                new ParsedText(
                        "subqueries",
                        "select p.id, (select max(b.amount) from bid b where b.product = p.id) from product p where"
                            + " exists (select 1 from stock s where s.product = p.id and s.amount > 0) and p.category"
                            + " in (select id from category where parent = 7) and p.name like 'a%'"),
                new ParsedText("in 100 numbers", "select id from t where a in (" + numbers("", "") + ")"),
                new ParsedText("insert 100 rows", "insert into t (a, b) values " + numbers("(", ", 'x')")),
                new ParsedText(
                        "100 columns",
                        "select "
                                + IntStream.range(0, 100)
                                        .mapToObj(i -> "t.column_" + i + " + " + i + " as c" + i)
                                        .collect(Collectors.joining(", "))
                                + " from t")));
        for (int number : TPCH) {
            TpchQuery query = TpchQuery.of(number, BigDecimal.ONE, Map.of());
            texts.add(new ParsedText("tpch " + query.name(), query.sql()));
        }
        return texts;
    }

    private static String numbers(String before, String after) {
        return IntStream.range(0, 100).mapToObj(i -> before + (i * 37) + after).collect(Collectors.joining(", "));
    }
}
