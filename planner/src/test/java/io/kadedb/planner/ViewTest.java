package io.kadedb.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadedb.common.catalog.CatalogChange;
import io.kadedb.common.catalog.ViewDefinition;
import io.kadedb.common.catalog.ViewDefinition.UsedColumn;
import io.kadedb.common.catalog.ViewDefinition.UsedRelation;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.planner.api.PlannedStatement;
import java.util.List;
import org.junit.jupiter.api.Test;

class ViewTest {
    private static final String[][] VIEWS = {
        {"select a, b, c from t where a > 10", "select a, b from %s where c < 5 and b = 'x'"},
        {
            "select u.y, count(*) as n, sum(t.c) as s from t join u on u.x = t.a group by u.y",
            "select s from %s where y = 3"
        },
        {"select a, c from t order by c desc limit 10", "select a from %s order by a"},
        {"select a, rank() over (order by c) as r from t", "select a from %s where r < 4"},
        {"with w as (select * from u) select x, z from w where y = 1", "select z from %s where x = 4"},
        {"select x from u union all select a from t", "select x from %s where x = 4"},
        {"select a, b from t", "select u.z from u where u.x in (select a from %s where b = 'q')"},
        {"select a, b from t", "select u.z, v.b from u left join %s as v on v.a = u.x"},
        {"select x, (select max(c) from t where t.a = u.x) as m from u", "select x from %s where m > 5"},
    };

    @Test
    void planIsThatOfTheSubquery() {
        for (String[] view : VIEWS) {
            Planning planning = new Planning(TestCatalog.basic().view("create view seen as " + view[0]));
            String named = view[1].formatted("seen");
            String inlined = view[1].contains("%s as")
                    ? view[1].formatted("(" + view[0] + ")")
                    : view[1].formatted("(" + view[0] + ") as seen");
            assertThat(planning.explain(named)).as(view[0]).isEqualTo(planning.explain(inlined));
        }
    }

    @Test
    void viewOverAPatternIsPlannedLikeIt() {
        String pattern = "select * from graph_table(social match (p is person)-[e is knows]->(q is person)"
                + " columns (p.id as a, q.name as b))";
        Planning planning = new Planning(TestCatalog.social().view("create view pairs as " + pattern));
        assertThat(planning.explain("select b from pairs where a = 7"))
                .isEqualTo(planning.explain("select b from (" + pattern + ") as pairs where a = 7"))
                .contains("keys: (7)");
    }

    @Test
    void keepsWhatItNames() {
        ViewDefinition view = created("create view seen as select a, t.c from t, u where u.x = t.m");
        assertThat(view.relations()).extracting(UsedRelation::name).containsExactlyInAnyOrder("t", "u");
        UsedRelation t = view.relations().stream()
                .filter(relation -> relation.name().equals("t"))
                .findFirst()
                .orElseThrow();
        assertThat(t.columns().stream().filter(UsedColumn::read).map(UsedColumn::name))
                .containsExactly("a", "c", "m");
        assertThat(view.searchPath()).containsExactly("public");
        assertThat(view.query()).isEqualTo("select a, t.c from t, u where u.x = t.m");
    }

    @Test
    void namesOfCommonTablesAreNoDependencies() {
        assertThat(created("create view seen as with u as (select a from t) select * from u")
                        .relations())
                .extracting(UsedRelation::name)
                .containsExactly("t");
    }

    private static ViewDefinition created(String sql) {
        PlannedStatement.Definition definition =
                (PlannedStatement.Definition) new Planning(TestCatalog.basic()).plan(sql);
        return ((CatalogChange.CreateView) definition.changes().getFirst()).view();
    }

    @Test
    void errorsSayWhatIsWrong() {
        Planning planning = new Planning(TestCatalog.basic().view("create view seen as select a, b from t"));
        fails(planning, "select c from seen", ErrorCode.UNDEFINED_COLUMN, "column \"c\" does not exist");
        fails(planning, "select * from sen", ErrorCode.UNDEFINED_TABLE, "relation \"sen\" does not exist");
        fails(
                planning,
                "insert into seen (c) values (1)",
                ErrorCode.UNDEFINED_COLUMN,
                "column \"c\" of relation \"seen\" does not exist");
        fails(
                planning,
                "create view w as select $1",
                ErrorCode.UNDEFINED_PARAMETER,
                "there are no parameters in the query of a view");
        fails(
                planning,
                "drop table t",
                ErrorCode.DEPENDENT_OBJECTS_STILL_EXIST,
                "cannot drop table t because other objects depend on it");
        assertThatThrownBy(() -> planning.plan("drop table t"))
                .isInstanceOfSatisfying(
                        KadeException.class,
                        error -> assertThat(error.detail()).contains("view seen depends on table t"));
        PlannedStatement.Definition drop = (PlannedStatement.Definition) planning.plan("drop table t cascade");
        assertThat(drop.notices()).isEqualTo(List.of("drop cascades to view seen"));
        assertThatThrownBy(() -> planning.plan("select * from sen"))
                .isInstanceOfSatisfying(
                        KadeException.class,
                        error -> assertThat(error.hint())
                                .hasValueSatisfying(hint -> assertThat(hint).contains("seen")));
    }

    private static void fails(Planning planning, String sql, ErrorCode code, String message) {
        assertThatThrownBy(() -> planning.plan(sql)).isInstanceOfSatisfying(KadeException.class, error -> {
            assertThat(error.code()).isEqualTo(code);
            assertThat(error.messageText()).isEqualTo(message);
            assertThat(error.position()).isPresent();
        });
    }
}
