package io.kadedb.planner.rules;

import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.parser.ast.SqlTypes;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;

/** Comparisons of single columns that hold for every row of a relation, read off its filters. */
final class KnownPredicates {
    private static final Set<SqlKind> LOGIC =
            EnumSet.of(SqlKind.AND, SqlKind.OR, SqlKind.NOT, SqlKind.IS_NULL, SqlKind.IS_NOT_NULL, SqlKind.LIKE);

    private KnownPredicates() {}

    /**
     * Whether a condition compares one column with constants. It computes nothing else, which could fail for a value that
     * it was not asked of.
     */
    static boolean isSimple(RexNode condition) {
        boolean comparison = condition.isA(SqlKind.COMPARISON) || condition.getKind() == SqlKind.OR;
        return comparison
                && RelOptUtil.InputFinder.bits(condition).cardinality() == 1
                && RexUtil.isDeterministic(condition)
                && comparesOnly(condition);
    }

    private static boolean comparesOnly(RexNode node) {
        return switch (node) {
            case RexInputRef column -> true;
            case RexLiteral literal -> true;
            case RexDynamicParam parameter -> true;
            case RexSubQuery query -> false;
            case RexCall call -> {
                if (call.getKind() == SqlKind.CAST) {
                    RexNode operand = call.getOperands().getFirst();
                    yield comparesOnly(operand) && (isConstant(operand) || widens(operand.getType(), call.getType()));
                }
                boolean known = call.isA(SqlKind.COMPARISON)
                        || LOGIC.contains(call.getKind())
                        || call.getKind() == SqlKind.SEARCH;
                yield (known || isConstant(call))
                        && call.getOperands().stream().allMatch(KnownPredicates::comparesOnly);
            }
            default -> false;
        };
    }

    private static boolean isConstant(RexNode node) {
        return RelOptUtil.InputFinder.bits(node).isEmpty();
    }

    /** Whether each value of one type is one of the other. */
    private static boolean widens(RelDataType from, RelDataType to) {
        SqlType one = SqlTypes.fromRelDataType(from);
        SqlType other = SqlTypes.fromRelDataType(to);
        return one.equals(other)
                || (one.isText() && other.id() == TypeId.TEXT)
                || (one.isInteger() && other.isInteger() && one.id().compareTo(other.id()) <= 0)
                || (one.isInteger() && other.id() == TypeId.DOUBLE);
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
