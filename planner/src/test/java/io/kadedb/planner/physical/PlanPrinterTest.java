package io.kadedb.planner.physical;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PlanPrinterTest {
    private static final Field ID = new Field("id", SqlType.INTEGER, false);
    private static final Field NAME = new Field("name", SqlType.TEXT, true);

    private static PhysicalPlan scan(String table) {
        Expr filter = new Expr.Call(
                ScalarFunction.GE,
                List.of(new Expr.Column(0, SqlType.INTEGER, false), new Expr.Literal(10L, SqlType.INTEGER)),
                SqlType.BOOLEAN,
                false);
        return new PhysicalPlan.TableScan(
                new PhysicalPlan.TableRef(1, "public", table, 1),
                List.of(0, 1),
                Optional.of(filter),
                List.of(ID, NAME),
                100);
    }

    @Test
    void treeShowsWhatEachNodeDoes() {
        PhysicalPlan join = new PhysicalPlan.HashJoin(
                scan("a"),
                scan("b"),
                PhysicalPlan.JoinType.SEMI,
                List.of(0),
                List.of(0),
                Optional.empty(),
                false,
                List.of(ID, NAME),
                50);
        PhysicalPlan top = new PhysicalPlan.Sort(
                join,
                List.of(new PhysicalPlan.SortKey(1, true, true), new PhysicalPlan.SortKey(0, false, true)),
                Optional.empty(),
                Optional.of(new Expr.Literal(3L, SqlType.BIGINT)),
                3);
        assertThat(PlanPrinter.text(top, node -> node.equals(join) ? "got 7" : ""))
                .isEqualTo("""
                    Top  (rows 3)
                    │   by: name desc, id nulls first
                    │   limit: 3
                    └─ Hash join semi  (rows 50; got 7)
                       │   on: id = id
                       ├─ Scan public.a  (rows 100)
                       │      columns: id, name
                       │      where: id >= 10
                       └─ Scan public.b  (rows 100)
                              columns: id, name
                              where: id >= 10
                    """);
    }
}
