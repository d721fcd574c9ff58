package io.kadedb.planner.rules;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;

/** Comparisons of single columns that hold for every row of a relation, read off its filters. */
final class KnownPredicates {
    private KnownPredicates() {}

    /** Whether a condition is about one column and constants. */
    static boolean isSimple(RexNode condition) {
        boolean comparison = condition.isA(SqlKind.COMPARISON) || condition.getKind() == SqlKind.OR;
        return comparison
                && RelOptUtil.InputFinder.bits(condition).cardinality() == 1
                && RexUtil.isDeterministic(condition)
                && !Correlations.hasSubQuery(condition)
                && !RexUtil.containsCorrelation(condition);
    }

    static List<RexNode> of(RelNode rel) {
        List<RexNode> known = new ArrayList<>();
        switch (rel) {
            case Filter filter -> {
                known.addAll(of(filter.getInput()));
                RelOptUtil.conjunctions(filter.getCondition()).stream()
                        .filter(KnownPredicates::isSimple)
                        .forEach(known::add);
            }
            case Project project -> {
                for (RexNode predicate : of(project.getInput())) {
                    known.addAll(renamed(predicate, project));
                }
            }
            case Join join -> {
                if (!join.getJoinType().generatesNullsOnLeft()) {
                    known.addAll(of(join.getLeft()));
                }
                if (join.getJoinType().projectsRight() && !join.getJoinType().generatesNullsOnRight()) {
                    int left = join.getLeft().getRowType().getFieldCount();
                    of(join.getRight()).forEach(predicate -> known.add(RexUtil.shift(predicate, left)));
                }
            }
            default -> {}
        }
        return known;
    }

    private static List<RexNode> renamed(RexNode predicate, Project project) {
        int column = RelOptUtil.InputFinder.bits(predicate).nth(0);
        List<RexNode> renamed = new ArrayList<>();
        for (int i = 0; i < project.getProjects().size(); i++) {
            if (project.getProjects().get(i) instanceof RexInputRef ref && ref.getIndex() == column) {
                int place = i;
                renamed.add(predicate.accept(new RexShuttle() {
                    @Override
                    public RexNode visitInputRef(RexInputRef input) {
                        return new RexInputRef(place, input.getType());
                    }
                }));
            }
        }
        return renamed;
    }
}
