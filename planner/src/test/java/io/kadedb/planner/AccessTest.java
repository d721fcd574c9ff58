package io.kadedb.planner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.security.AccessControl;
import io.kadedb.common.security.ObjectName;
import io.kadedb.common.security.Principal;
import io.kadedb.common.security.Privilege;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every object a statement uses is asked for, with the columns, before there is a plan. */
class AccessTest {
    private final List<String> asked = new ArrayList<>();

    private final AccessControl recording = new AccessControl() {
        @Override
        public void check(Principal principal, Privilege privilege, ObjectName object, List<String> columns) {
            asked.add(privilege + " " + object + columns);
        }

        @Override
        public long fingerprint(Principal principal) {
            return 0;
        }
    };

    private List<String> asked(TestCatalog catalog, String sql) {
        asked.clear();
        new Planning(catalog, recording).plan(sql);
        return asked;
    }

    private List<String> asked(String sql) {
        return asked(TestCatalog.basic(), sql);
    }

    @Test
    void queriesReadColumns() {
        assertThat(asked("select a from t where b = 'x' order by c")).containsExactly("SELECT public.t[a, b, c]");
        assertThat(asked("select count(*) from t")).containsExactly("SELECT public.t[]");
        assertThat(asked("select t.a from t join u on t.a = u.x where exists (select 1 from v where v.seq = u.y)"))
                .containsExactlyInAnyOrder("SELECT public.t[a]", "SELECT public.u[x, y]", "SELECT public.v[seq]");
        assertThat(asked("with c as (select x, y from u where z = 'k') select x from c"))
                .containsExactly("SELECT public.u[x, y, z]");
        assertThat(asked("select a from t where false")).containsExactly("SELECT public.t[a]");
    }

    @Test
    void writesAreAskedForApartFromReads() {
        assertThat(asked("insert into u(x, y) values (1, 2)")).containsExactly("INSERT public.u[x, y]");
        assertThat(asked("insert into u(x) select a from t")).contains("INSERT public.u[x]", "SELECT public.t[a]");
        assertThat(asked("update t set b = 'x'")).containsExactly("UPDATE public.t[b]");
        assertThat(asked("update t set b = b || 'x' where a = 1"))
                .containsExactly("UPDATE public.t[b]", "SELECT public.t[a, b]");
        assertThat(asked("delete from t where d is null")).containsExactly("DELETE public.t[]", "SELECT public.t[d]");
    }

    @Test
    void filesSchemasAndGraphsAreAskedFor() {
        assertThat(asked("select id from 'foo.csv'")).containsExactly("FILES foo.csv[]");
        assertThat(asked("copy u(x, z) from 'foo.csv'")).containsExactly("INSERT public.u[x, z]", "FILES foo.csv[]");
        assertThat(asked("create table n (a int)")).containsExactly("CREATE public[]");
        assertThat(asked("drop table t")).containsExactly("OWN public.t[]");
        assertThat(asked(
                        TestCatalog.social(),
                        "select * from graph_table(social match (p is person where p.age > 5) columns (p.name))"))
                .containsExactly("SELECT public.social[]", "SELECT public.person[id, name, age]");
    }

    @Test
    void refusalStopsPlanning() {
        AccessControl refusing = new AccessControl() {
            @Override
            public void check(Principal principal, Privilege privilege, ObjectName object, List<String> columns) {
                throw KadeException.of(
                        ErrorCode.INSUFFICIENT_PRIVILEGE, "permission denied for table " + object.name());
            }

            @Override
            public long fingerprint(Principal principal) {
                return 1;
            }
        };
        assertThatThrownBy(() -> new Planning(TestCatalog.basic(), refusing).plan("select a from t"))
                .isInstanceOfSatisfying(
                        KadeException.class,
                        error -> assertThat(error.code()).isEqualTo(ErrorCode.INSUFFICIENT_PRIVILEGE));
    }
}
