package io.kadedb.planner.rel;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.Positions;
import io.kadedb.parser.ast.SqlAsof;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;

/** Finds the keys and the comparison in the condition of an ASOF JOIN. */
final class AsofConditions {
    private final SqlNode written;
    private final RexBuilder builder;
    private final int leftFields;
    private final List<RexNode> keys = new ArrayList<>();
    private final List<RexCall> comparisons = new ArrayList<>();

    private AsofConditions(SqlNode written, RexBuilder builder, int leftFields) {
        this.written = written;
        this.builder = builder;
        this.leftFields = leftFields;
    }

    /**
     * The join of two relations.
     *
     * @throws KadeException 42601 unless exactly one comparison is no equality, 0A000 for any other condition
     */
    static RelNode joined(SqlAsof join, RelNode left, RelNode right, RexNode condition, JoinRelType type) {
        AsofConditions conditions = new AsofConditions(
                Objects.requireNonNull(join.getCondition()),
                left.getCluster().getRexBuilder(),
                left.getRowType().getFieldCount());
        List<RexNode> conjuncts = RelOptUtil.conjunctions(condition);
        for (int i = 0; i < conjuncts.size(); i++) {
            boolean compared = join.comparedColumn() != null && i == conjuncts.size() - 1;
            conditions.add(compared ? conditions.atOrAfter(conjuncts.get(i)) : conjuncts.get(i));
        }
        return new LogicalAsofJoin(left, right, type, conditions.keys, conditions.comparison());
    }

    private RexCall comparison() {
        if (comparisons.size() == 1) {
            return comparisons.getFirst();
        }
        throw KadeException.of(
                        ErrorCode.SYNTAX_ERROR,
                        comparisons.isEmpty()
                                ? "an ASOF JOIN needs a comparison of its two sides by >=, >, <= or <"
                                : "an ASOF JOIN has only one comparison by >=, >, <= or <")
                .at(Positions.of(written.getParserPosition()));
    }

    private RexNode atOrAfter(RexNode equality) {
        return equality instanceof RexCall call && call.getKind() == SqlKind.EQUALS
                ? builder.makeCall(SqlStdOperatorTable.GREATER_THAN_OR_EQUAL, call.getOperands())
                : equality;
    }

    private void add(RexNode conjunct) {
        RexCall ordered = conjunct instanceof RexCall call && RexUtil.isDeterministic(call)
                ? ofSides(call).orElse(null)
                : null;
        if (ordered == null) {
            throw KadeException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "the condition of an ASOF JOIN consists of equalities and one comparison of its two sides")
                    .at(Positions.of(written.getParserPosition()))
                    .hint("other conditions stand in WHERE, or in a subquery in place of a table");
        }
        if (ordered.getKind() == SqlKind.EQUALS) {
            keys.add(ordered);
        } else {
            comparisons.add(ordered);
        }
    }

    /** The comparison with the left side first. */
    private Optional<RexCall> ofSides(RexCall call) {
        return switch (call.getKind()) {
            case EQUALS, GREATER_THAN_OR_EQUAL, GREATER_THAN, LESS_THAN_OR_EQUAL, LESS_THAN -> {
                ImmutableBitSet first =
                        RelOptUtil.InputFinder.bits(call.getOperands().get(0));
                ImmutableBitSet second =
                        RelOptUtil.InputFinder.bits(call.getOperands().get(1));
                if (isLeft(first) && isRight(second)) {
                    yield Optional.of(call);
                }
                RexNode mirrored = isLeft(second) && isRight(first) ? RexUtil.invert(builder, call) : null;
                yield mirrored instanceof RexCall other ? Optional.of(other) : Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    private boolean isLeft(ImmutableBitSet columns) {
        return !columns.isEmpty() && columns.length() <= leftFields;
    }

    private boolean isRight(ImmutableBitSet columns) {
        return !columns.isEmpty() && columns.nth(0) >= leftFields;
    }
}
