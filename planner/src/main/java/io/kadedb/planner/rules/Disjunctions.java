package io.kadedb.planner.rules;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/** What follows from {@code (a AND b) OR (a AND c)}: {@code a}, and what it says of some columns alone. */
final class Disjunctions {
    private Disjunctions() {}

    /** The condition as conjuncts, with what all branches of a disjunction share taken out. */
    static List<RexNode> factored(RexBuilder builder, RexNode condition) {
        if (condition.getKind() != SqlKind.OR) {
            return List.of(condition);
        }
        List<Set<RexNode>> branches = new ArrayList<>();
        for (RexNode branch : RelOptUtil.disjunctions(condition)) {
            branches.add(new LinkedHashSet<>(RelOptUtil.conjunctions(branch)));
        }
        if (branches.isEmpty()) {
            // Branches that are false are left out of the list.
            return List.of(builder.makeLiteral(false));
        }
        Set<RexNode> common = new LinkedHashSet<>(branches.getFirst());
        branches.forEach(common::retainAll);
        if (common.isEmpty()) {
            return List.of(condition);
        }
        List<RexNode> result = new ArrayList<>(common);
        List<RexNode> rest = new ArrayList<>();
        for (Set<RexNode> branch : branches) {
            branch.removeAll(common);
            if (branch.isEmpty()) {
                return result;
            }
            rest.add(RexUtil.composeConjunction(builder, branch));
        }
        result.add(RexUtil.composeDisjunction(builder, rest));
        return result;
    }

    /** The weaker disjunction over only these columns, if every branch says something of them. */
    static Optional<RexNode> implied(RexBuilder builder, RexNode condition, ImmutableBitSet columns) {
        List<RexNode> branches = new ArrayList<>();
        for (RexNode branch : RelOptUtil.disjunctions(condition)) {
            List<RexNode> about = new ArrayList<>();
            for (RexNode conjunct : RelOptUtil.conjunctions(branch)) {
                ImmutableBitSet used = RelOptUtil.InputFinder.bits(conjunct);
                if (!used.isEmpty() && columns.contains(used) && RexUtil.isDeterministic(conjunct)) {
                    about.add(conjunct);
                }
            }
            if (about.isEmpty()) {
                return Optional.empty();
            }
            branches.add(RexUtil.composeConjunction(builder, about));
        }
        return Optional.of(RexUtil.composeDisjunction(builder, branches));
    }
}
