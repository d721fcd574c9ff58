package io.kadedb.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.security.AccessControl;
import io.kadedb.common.security.ObjectName;
import io.kadedb.common.security.Principal;
import io.kadedb.common.security.Privilege;
import io.kadedb.parser.ParsedStatement;
import io.kadedb.parser.SqlParser;
import io.kadedb.parser.ast.Statement;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.point.PointQueries;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.apache.calcite.sql.SqlNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries planned the direct way mean what the general way makes of them; all others are left to it. */
class PointQueryTest {
    private final Planning planning = new Planning(TestCatalog.tpch());

    private static ParsedStatement parsed(String sql) {
        return new SqlParser().parse(sql).getFirst();
    }

    private static SqlNode tree(String sql) {
        return ((Statement.Query) parsed(sql).statement()).query();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select c_name, c_acctbal from customer where c_custkey = $1",
                "select * from customer where c_custkey = 7",
                "select c.c_name as title, c.c_custkey from public.customer as c where 7 = c.c_custkey",
                "select customer.c_name, c_name, c_name from customer where customer.c_custkey = $1",
                "select l_comment from lineitem where l_orderkey = $2 and l_linenumber = $1",
                "select *, n_name from nation where n_nationkey = 2147483647",
                "select n_name from nation where (n_nationkey = $1)"
            })
    void plansOfOneRow(String sql) {
        int parameters = parsed(sql).parameterCount();
        PlanningSession direct = new PlanningSession(planning.context());
        PlanningSession general = new PlanningSession(planning.context());
        PlanningSession.Planned fast = new PointQueries(direct).plan(tree(sql)).orElseThrow();
        PlanningSession.Planned slow = general.plan(tree(sql));
        assertThat(fast.columns()).isEqualTo(slow.columns());
        assertThat(direct.parameterTypes(parameters)).isEqualTo(general.parameterTypes(parameters));
        assertThat(fast.plan().output().stream().map(field -> field.type().layout()))
                .isEqualTo(slow.plan().output().stream()
                        .map(field -> field.type().layout())
                        .toList());
        PhysicalPlan.KeyLookup lookup = (PhysicalPlan.KeyLookup) fast.plan();
        assertThat(lookup.keys()).isEqualTo(find(slow.plan()).keys());
        assertThat(lookup.table()).isEqualTo(find(slow.plan()).table());
        assertThat(lookup.filter()).isEqualTo(find(slow.plan()).filter());
    }

    private static PhysicalPlan.KeyLookup find(PhysicalPlan plan) {
        return plan instanceof PhysicalPlan.KeyLookup lookup
                ? lookup
                : find(plan.inputs().getFirst());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select c_name from customer where c_custkey = 7.0",
                "select c_name from customer where c_custkey = '7'",
                "select c_name from customer where c_custkey = 99999999999999999999",
                "select c_name from customer where c_custkey = $1 and c_name = 'x'",
                "select c_name from customer where c_custkey = $1 and c_custkey = $2",
                "select c_name from customer where c_custkey = $1 or c_custkey = $2",
                "select c_name from customer where c_custkey > $1",
                "select c_name from customer",
                "select upper(c_name) from customer where c_custkey = $1",
                "select count(*) from customer where c_custkey = $1",
                "select distinct c_name from customer where c_custkey = $1",
                "select c_name from customer where c_custkey = $1 limit 1",
                "select c_name from customer where c_custkey = $1 group by c_name",
                "select c_name from customer c where customer.c_custkey = $1",
                "select x.c_name from customer where c_custkey = $1",
                "select c_none from customer where c_custkey = $1",
                "select c_name from customer, nation where c_custkey = $1",
                "select c_name from none where c_custkey = $1",
                "select l_comment from lineitem where l_orderkey = $1",
                "select l_comment from lineitem where l_orderkey = $1 and l_linenumber = $1"
            })
    void othersAreLeftToTheGeneralWay(String sql) {
        assertThat(new PointQueries(new PlanningSession(planning.context())).plan(tree(sql)))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select c_name from customer where c_custkey = $1",
                "select c_acctbal as a, c_name from customer c where c_custkey = 1"
            })
    void asksForTheSameAccess(String sql) {
        List<String> direct = new ArrayList<>();
        assertThat(new PointQueries(new PlanningSession(new Planning(TestCatalog.tpch(), noting(direct)).context()))
                        .plan(tree(sql)))
                .isPresent();
        List<String> general = new ArrayList<>();
        new PlanningSession(new Planning(TestCatalog.tpch(), noting(general)).context()).plan(tree(sql));
        assertThat(direct).isEqualTo(general);
        Planning refusing = new Planning(TestCatalog.tpch(), checking(asked -> {
            throw KadeException.of(ErrorCode.INSUFFICIENT_PRIVILEGE, "no");
        }));
        assertThatThrownBy(() -> refusing.plan(sql)).hasMessageContaining("no");
    }

    private static AccessControl noting(List<String> asked) {
        return checking(asked::add);
    }

    private static AccessControl checking(Consumer<String> asked) {
        return new AccessControl() {
            @Override
            public void check(Principal principal, Privilege privilege, ObjectName object, List<String> columns) {
                asked.accept(privilege + " " + object + " " + columns);
            }

            @Override
            public long fingerprint(Principal principal) {
                return 1;
            }
        };
    }
}
