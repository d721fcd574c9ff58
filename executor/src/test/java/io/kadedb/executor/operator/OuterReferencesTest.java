package io.kadedb.executor.operator;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.JoinType;
import io.kadedb.planner.physical.ScalarFunction;
import java.util.List;
import org.junit.jupiter.api.Test;

class OuterReferencesTest {
    private static final List<Field> NUMBERS = List.of(new Field("n", SqlType.BIGINT, false));

    private static final PhysicalPlan VALUES =
            new PhysicalPlan.Values(List.of(List.of(new Expr.Literal(1L, SqlType.BIGINT))), NUMBERS);

    /** The rows whose number is that of a column of an Apply's left row. */
    private static PhysicalPlan equalTo(PhysicalPlan input, int applyId, int column) {
        Expr condition = new Expr.Call(
                ScalarFunction.EQ,
                List.of(
                        new Expr.Column(0, SqlType.BIGINT, false),
                        new Expr.OuterColumn(applyId, column, SqlType.BIGINT, false)),
                SqlType.BOOLEAN,
                false);
        return new PhysicalPlan.Filter(input, condition, 1);
    }

    private static PhysicalPlan nested(PhysicalPlan right) {
        return new PhysicalPlan.Apply(2, equalTo(VALUES, 1, 3), right, JoinType.SEMI, NUMBERS, 1);
    }

    /** Otherwise a subquery within another ran once for each pair of their rows, whatever few values these have. */
    @Test
    void answersAreKeptWhateverColumnsOfOtherAppliesAreRead() {
        OuterReferences around = OuterReferences.of(nested(equalTo(equalTo(VALUES, 2, 0), 1, 5)), 1);
        assertThat(around.columns()).containsExactlyInAnyOrder(3, 5);
        assertThat(around.isDeterministic()).isTrue();

        OuterReferences within = OuterReferences.of(equalTo(equalTo(VALUES, 2, 0), 1, 5), 2);
        assertThat(within.columns()).containsExactly(0);
        assertThat(within.isDeterministic()).isTrue();
    }

    @Test
    void answersOfVolatileFunctionsAreNotKept() {
        Expr random = new Expr.Call(ScalarFunction.RANDOM, List.of(), SqlType.DOUBLE, false);
        Expr condition = new Expr.Call(
                ScalarFunction.LT, List.of(random, new Expr.Literal(0.5, SqlType.DOUBLE)), SqlType.BOOLEAN, false);
        PhysicalPlan right = new PhysicalPlan.Filter(VALUES, condition, 1);
        assertThat(OuterReferences.of(nested(right), 1).isDeterministic()).isFalse();
    }
}
