package io.kadedb.planner.rules;

import io.kadedb.planner.graph.LogicalPathSearch;
import io.kadedb.planner.rel.LogicalAsofJoin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Carries conditions down to where they can first be told: through projections, joins, groups and unions to the scans.
 * Outer joins whose missing rows a condition refuses become inner ones, and projections over projections one.
 */
final class PushPredicates {
    private final RexBuilder builder;

    private PushPredicates(RexBuilder builder) {
        this.builder = builder;
    }

    static RelNode rewrite(RelNode rel) {
        return new PushPredicates(rel.getCluster().getRexBuilder()).push(rel, List.of());
    }

    /** The relation with the rows for which all conditions are true. */
    private RelNode push(RelNode rel, List<RexNode> conditions) {
        return switch (rel) {
            case Filter filter
            when filter.getVariablesSet().isEmpty() -> {
                List<RexNode> all = new ArrayList<>(conditions);
                for (RexNode conjunct : RelOptUtil.conjunctions(filter.getCondition())) {
                    if (Strictness.isNeverTrue(conjunct)) {
                        all.add(builder.makeLiteral(false));
                    } else {
                        all.addAll(Disjunctions.factored(builder, conjunct));
                    }
                }
                yield push(filter.getInput(), all);
            }
            case Project project when !project.containsOver() -> project(project, conditions);
            case Join join -> join(join, conditions);
            case Aggregate aggregate -> aggregate(aggregate, conditions);
            case Union union -> union(union, conditions);
            case Sort sort
            when sort.fetch == null && sort.offset == null ->
                sort.copy(sort.getTraitSet(), List.of(push(sort.getInput(), conditions)));
            case Correlate correlate -> correlate(correlate, conditions);
            case LogicalAsofJoin join -> {
                AsofPredicates parts = AsofPredicates.of(join, conditions);
                RelNode pushed = join.copy(
                        join.getTraitSet(),
                        List.of(push(join.getLeft(), parts.toLeft()), push(join.getRight(), parts.toRight())));
                yield filtered(pushed, parts.above());
            }
            case LogicalPathSearch search -> pathSearch(search, conditions);
            default -> filtered(descend(rel), conditions);
        };
    }

    private RelNode descend(RelNode rel) {
        List<RelNode> inputs = new ArrayList<>();
        boolean changed = false;
        for (RelNode input : rel.getInputs()) {
            RelNode pushed = push(input, List.of());
            changed |= !pushed.equals(input);
            inputs.add(pushed);
        }
        return changed ? rel.copy(rel.getTraitSet(), inputs) : rel;
    }

    private RelNode filtered(RelNode input, List<RexNode> conditions) {
        Set<RexNode> distinct = new LinkedHashSet<>(conditions);
        distinct.removeIf(RexNode::isAlwaysTrue);
        if (distinct.isEmpty()) {
            return input;
        }
        RexNode all = RexUtil.composeConjunction(builder, distinct).accept(new FlatConditions(builder));
        return LogicalFilter.create(input, RexUtil.removeNullabilityCast(builder.getTypeFactory(), all));
    }

    private RelNode project(Project project, List<RexNode> conditions) {
        List<RexNode> below = new ArrayList<>();
        List<RexNode> above = new ArrayList<>();
        boolean deterministic = project.getProjects().stream().allMatch(RexUtil::isDeterministic);
        for (RexNode condition : conditions) {
            if (deterministic && RexUtil.isDeterministic(condition)) {
                below.add(RelOptUtil.pushPastProject(condition, project));
            } else {
                above.add(condition);
            }
        }
        RelNode input = push(project.getInput(), below);
        List<RexNode> expressions = project.getProjects();
        if (input instanceof Project inner
                && !inner.containsOver()
                && inner.getProjects().stream().allMatch(RexUtil::isDeterministic)) {
            List<RexNode> merged = RelOptUtil.pushPastProjectUnlessBloat(expressions, inner, 20);
            if (merged != null) {
                expressions = merged;
                input = inner.getInput();
            }
        }
        RelNode result = LogicalProject.create(
                input, List.of(), expressions, project.getRowType().getFieldNames(), Set.of());
        return filtered(result, above);
    }

    private RelNode join(Join join, List<RexNode> conditions) {
        JoinRelType type = strengthened(join, conditions);
        int left = join.getLeft().getRowType().getFieldCount();
        int right = join.getRight().getRowType().getFieldCount();
        List<RexNode> toLeft = new ArrayList<>();
        List<RexNode> toRight = new ArrayList<>();
        List<RexNode> on = new ArrayList<>();
        List<RexNode> above = new ArrayList<>();
        for (RexNode condition : conditions) {
            distribute(condition, left, type, toLeft, toRight, on, above);
        }
        for (RexNode conjunct : RelOptUtil.conjunctions(join.getCondition())) {
            for (RexNode factor : Disjunctions.factored(builder, conjunct)) {
                ownCondition(factor, left, right, type, toLeft, toRight, on);
            }
        }
        if (type == JoinRelType.INNER) {
            implied(on, left, left + right, toLeft, toRight);
        }
        transitive(join, on, left, type, toLeft, toRight);
        RelNode newLeft = push(join.getLeft(), toLeft);
        RelNode newRight = push(join.getRight(), toRight);
        RexNode condition = RexUtil.composeConjunction(builder, new LinkedHashSet<>(on));
        RelNode result = LogicalJoin.create(newLeft, newRight, List.of(), condition, join.getVariablesSet(), type);
        if (!type.equals(join.getJoinType())) {
            result = sameNullability(result, join.getRowType());
        }
        return filtered(result, above);
    }

    /** The types that upper expressions expect; the casts only change nullability and vanish when lowered. */
    private RelNode sameNullability(RelNode rel, RelDataType wanted) {
        List<RexNode> expressions = new ArrayList<>();
        for (RelDataTypeField field : rel.getRowType().getFieldList()) {
            RexNode ref = builder.makeInputRef(rel, field.getIndex());
            RelDataType type = wanted.getFieldList().get(field.getIndex()).getType();
            expressions.add(ref.getType().equals(type) ? ref : builder.makeAbstractCast(type, ref, false));
        }
        return LogicalProject.create(rel, List.of(), expressions, wanted.getFieldNames(), Set.of());
    }

    /** An outer join whose NULL rows the conditions refuse is an inner one, or at least outer on one side only. */
    private static JoinRelType strengthened(Join join, List<RexNode> conditions) {
        JoinRelType type = join.getJoinType();
        if (!type.isOuterJoin()) {
            return type;
        }
        int left = join.getLeft().getRowType().getFieldCount();
        for (RexNode condition : conditions) {
            ImmutableBitSet strict = Strictness.refusesNulls(condition);
            boolean leftRefused = strict.intersects(ImmutableBitSet.range(left));
            boolean rightRefused = strict.intersects(
                    ImmutableBitSet.range(left, join.getRowType().getFieldCount()));
            if (leftRefused && type.generatesNullsOnLeft()) {
                type = type.cancelNullsOnLeft();
            }
            if (rightRefused && type.generatesNullsOnRight()) {
                type = type.cancelNullsOnRight();
            }
        }
        return type;
    }

    private void distribute(
            RexNode condition,
            int left,
            JoinRelType type,
            List<RexNode> toLeft,
            List<RexNode> toRight,
            List<RexNode> on,
            List<RexNode> above) {
        ImmutableBitSet used = RelOptUtil.InputFinder.bits(condition);
        boolean movable = RexUtil.isDeterministic(condition);
        if (movable && used.length() <= left && !type.generatesNullsOnLeft()) {
            toLeft.add(condition);
        } else if (movable && !used.isEmpty() && used.nth(0) >= left && !type.generatesNullsOnRight()) {
            toRight.add(RexUtil.shift(condition, -left));
        } else if (movable && type == JoinRelType.INNER) {
            on.add(condition);
        } else {
            above.add(condition);
        }
    }

    private static void ownCondition(
            RexNode condition,
            int left,
            int right,
            JoinRelType type,
            List<RexNode> toLeft,
            List<RexNode> toRight,
            List<RexNode> on) {
        ImmutableBitSet used = RelOptUtil.InputFinder.bits(condition);
        boolean movable = RexUtil.isDeterministic(condition) && right >= 0;
        boolean leftMay = type == JoinRelType.INNER || type == JoinRelType.RIGHT || type == JoinRelType.SEMI;
        boolean rightMay = type == JoinRelType.INNER
                || type == JoinRelType.LEFT
                || type == JoinRelType.SEMI
                || type == JoinRelType.ANTI;
        if (movable && leftMay && !used.isEmpty() && used.length() <= left) {
            toLeft.add(condition);
        } else if (movable && rightMay && !used.isEmpty() && used.nth(0) >= left) {
            toRight.add(RexUtil.shift(condition, -left));
        } else {
            on.add(condition);
        }
    }

    /** What a disjunction over both sides says of one side alone. */
    private void implied(List<RexNode> on, int left, int all, List<RexNode> toLeft, List<RexNode> toRight) {
        for (RexNode condition : on) {
            if (condition.getKind() == SqlKind.OR) {
                Disjunctions.implied(builder, condition, ImmutableBitSet.range(left))
                        .ifPresent(toLeft::add);
                Disjunctions.implied(builder, condition, ImmutableBitSet.range(left, all))
                        .ifPresent(c -> toRight.add(RexUtil.shift(c, -left)));
            }
        }
    }

    /** A condition on a key column holds for the key column it equals. */
    private void transitive(
            Join join, List<RexNode> on, int left, JoinRelType type, List<RexNode> toLeft, List<RexNode> toRight) {
        Map<Integer, Integer> rightOf = new HashMap<>();
        Map<Integer, Integer> leftOf = new HashMap<>();
        for (RexNode condition : on) {
            Equality.of(condition, left).ifPresent(equality -> {
                rightOf.put(equality.left(), equality.right());
                leftOf.put(equality.right(), equality.left());
            });
        }
        boolean leftToRight = type == JoinRelType.INNER
                || type == JoinRelType.LEFT
                || type == JoinRelType.SEMI
                || type == JoinRelType.ANTI;
        boolean rightToLeft = type == JoinRelType.INNER || type == JoinRelType.RIGHT || type == JoinRelType.SEMI;
        if (rightOf.isEmpty()) {
            return;
        }
        Set<RexNode> ofLeft = new LinkedHashSet<>(toLeft);
        ofLeft.addAll(KnownPredicates.of(join.getLeft()));
        Set<RexNode> ofRight = new LinkedHashSet<>(toRight);
        ofRight.addAll(KnownPredicates.of(join.getRight()));
        List<RexNode> fromLeft = leftToRight ? carried(ofLeft, rightOf, join.getRight()) : List.of();
        List<RexNode> fromRight = rightToLeft ? carried(ofRight, leftOf, join.getLeft()) : List.of();
        fromLeft.stream().filter(c -> !ofRight.contains(c)).forEach(toRight::add);
        fromRight.stream().filter(c -> !ofLeft.contains(c)).forEach(toLeft::add);
    }

    private List<RexNode> carried(Set<RexNode> conditions, Map<Integer, Integer> to, RelNode target) {
        List<RexNode> carried = new ArrayList<>();
        for (RexNode condition : conditions) {
            ImmutableBitSet used = RelOptUtil.InputFinder.bits(condition);
            if (KnownPredicates.isSimple(condition) && to.containsKey(used.nth(0))) {
                carried.add(renamed(condition, builder.makeInputRef(target, to.getOrDefault(used.nth(0), 0))));
            }
        }
        return carried;
    }

    /** A condition about one column said of another, which may be NULL where that one is not. */
    private RexNode renamed(RexNode condition, RexNode column) {
        return condition.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                return column;
            }

            @Override
            public RexNode visitCall(RexCall call) {
                RexNode visited = super.visitCall(call);
                if (visited.equals(call) || !column.getType().isNullable()) {
                    return visited;
                }
                RelDataType type = builder.getTypeFactory().createTypeWithNullability(call.getType(), true);
                return builder.makeCall(type, call.getOperator(), ((RexCall) visited).getOperands());
            }
        });
    }

    private RelNode aggregate(Aggregate aggregate, List<RexNode> conditions) {
        List<Integer> keys = aggregate.getGroupSet().asList();
        List<RexNode> below = new ArrayList<>();
        List<RexNode> above = new ArrayList<>();
        boolean simple = aggregate.getGroupType() == Aggregate.Group.SIMPLE && !keys.isEmpty();
        for (RexNode condition : conditions) {
            ImmutableBitSet used = RelOptUtil.InputFinder.bits(condition);
            if (simple && used.length() <= keys.size() && RexUtil.isDeterministic(condition)) {
                below.add(condition.accept(new RexShuttle() {
                    @Override
                    public RexNode visitInputRef(RexInputRef ref) {
                        return builder.makeInputRef(aggregate.getInput(), keys.get(ref.getIndex()));
                    }
                }));
            } else {
                above.add(condition);
            }
        }
        RelNode input = push(aggregate.getInput(), below);
        return filtered(aggregate.copy(aggregate.getTraitSet(), List.of(input)), above);
    }

    private RelNode union(Union union, List<RexNode> conditions) {
        List<RelNode> inputs = new ArrayList<>();
        boolean sameTypes = union.getInputs().stream().allMatch(i -> sameTypes(i.getRowType(), union.getRowType()));
        for (RelNode input : union.getInputs()) {
            inputs.add(push(input, sameTypes ? conditions : List.of()));
        }
        RelNode copy = union.copy(union.getTraitSet(), inputs);
        return sameTypes ? copy : filtered(copy, conditions);
    }

    private static boolean sameTypes(RelDataType a, RelDataType b) {
        for (int i = 0; i < a.getFieldCount(); i++) {
            if (!a.getFieldList()
                    .get(i)
                    .getType()
                    .equals(b.getFieldList().get(i).getType())) {
                return false;
            }
        }
        return true;
    }

    /** What is asked of one end of a path alone does not depend on which path it is. */
    private RelNode pathSearch(LogicalPathSearch search, List<RexNode> conditions) {
        int left = search.left().getRowType().getFieldCount();
        ImmutableBitSet ofLeft = ImmutableBitSet.range(left);
        ImmutableBitSet ofRight =
                ImmutableBitSet.range(left, left + search.right().getRowType().getFieldCount());
        List<RexNode> toLeft = new ArrayList<>();
        List<RexNode> toRight = new ArrayList<>();
        List<RexNode> above = new ArrayList<>();
        for (RexNode condition : conditions) {
            ImmutableBitSet used = RelOptUtil.InputFinder.bits(condition);
            if (used.isEmpty() || !RexUtil.isDeterministic(condition)) {
                above.add(condition);
            } else if (ofLeft.contains(used)) {
                toLeft.add(condition);
            } else if (ofRight.contains(used)) {
                toRight.add(RexUtil.shift(condition, -left));
            } else {
                above.add(condition);
            }
        }
        List<RelNode> inputs =
                List.of(push(search.left(), toLeft), push(search.edges(), List.of()), push(search.right(), toRight));
        return filtered(search.copy(search.getTraitSet(), inputs), above);
    }

    private RelNode correlate(Correlate correlate, List<RexNode> conditions) {
        int left = correlate.getLeft().getRowType().getFieldCount();
        List<RexNode> toLeft = new ArrayList<>();
        List<RexNode> above = new ArrayList<>();
        for (RexNode condition : conditions) {
            boolean movable = RexUtil.isDeterministic(condition)
                    && RelOptUtil.InputFinder.bits(condition).length() <= left;
            (movable ? toLeft : above).add(condition);
        }
        RelNode newLeft = push(correlate.getLeft(), toLeft);
        RelNode newRight = push(correlate.getRight(), List.of());
        return filtered(correlate.copy(correlate.getTraitSet(), List.of(newLeft, newRight)), above);
    }
}
