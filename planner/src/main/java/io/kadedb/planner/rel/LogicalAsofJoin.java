package io.kadedb.planner.rel;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.BiRel;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.validate.SqlValidatorUtil;

/**
 * A join in which each left row has at most one partner: of the right rows with equal keys that the comparison holds for,
 * the one with the nearest time. Not one of Calcite's joins, so that no rule of joins takes it for one: a condition on its
 * right side may not be moved below it.
 */
public final class LogicalAsofJoin extends BiRel {
    private final JoinRelType type;
    private final List<RexNode> keys;
    private final RexCall comparison;

    /**
     * The join.
     *
     * @param type inner, left, right or full
     * @param keys equalities, each of a left and then a right expression, over left then right columns
     * @param comparison by {@code >=}, {@code >}, {@code <=} or {@code <} of a left and then a right expression
     */
    public LogicalAsofJoin(
            RelNode left, RelNode right, JoinRelType type, List<? extends RexNode> keys, RexCall comparison) {
        this(left.getCluster().traitSet(), left, right, type, keys, comparison);
    }

    private LogicalAsofJoin(
            RelTraitSet traits,
            RelNode left,
            RelNode right,
            JoinRelType type,
            List<? extends RexNode> keys,
            RexCall comparison) {
        super(left.getCluster(), traits, left, right);
        this.type = type;
        this.keys = List.copyOf(keys);
        this.comparison = comparison;
    }

    public JoinRelType type() {
        return type;
    }

    public List<RexNode> keys() {
        return keys;
    }

    public RexCall comparison() {
        return comparison;
    }

    /** All that is compared. */
    public List<RexNode> conditions() {
        List<RexNode> all = new ArrayList<>(keys);
        all.add(comparison);
        return all;
    }

    @Override
    protected RelDataType deriveRowType() {
        return SqlValidatorUtil.deriveJoinRowType(
                left.getRowType(), right.getRowType(), type, getCluster().getTypeFactory(), null, List.of());
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new LogicalAsofJoin(traits, inputs.get(0), inputs.get(1), type, keys, comparison);
    }

    @Override
    public RelNode accept(RexShuttle shuttle) {
        List<RexNode> newKeys = shuttle.apply(keys);
        RexNode compared = shuttle.apply(comparison);
        return keys.equals(newKeys) && comparison.equals(compared)
                ? this
                : new LogicalAsofJoin(getTraitSet(), left, right, type, newKeys, (RexCall) compared);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("type", type).item("keys", keys).item("comparison", comparison);
    }
}
