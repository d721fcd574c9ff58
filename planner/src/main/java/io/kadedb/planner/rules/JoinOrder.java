package io.kadedb.planner.rules;

import io.kadedb.planner.estimate.Cardinality;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/**
 * Orders joins: blocks of inner, semi and anti joins are taken apart and put together again so that the sum of the rows
 * of all intermediate results is least. Bushy dynamic programming up to {@link #MAX_EXHAUSTIVE} relations, greedy
 * beyond. Outer joins bound the blocks.
 */
final class JoinOrder {
    static final int MAX_EXHAUSTIVE = 11;

    /** Sets of relations are the bits of a long; the joins below a join of more are ordered apart. */
    private static final int MAX_RELATIONS = Long.SIZE;

    private final Cardinality cardinality;

    JoinOrder(Cardinality cardinality) {
        this.cardinality = cardinality;
    }

    RelNode rewrite(RelNode rel) {
        if (rel instanceof Join join && isOrdered(join)) {
            return new Block(join).best();
        }
        List<RelNode> inputs = new ArrayList<>();
        boolean changed = false;
        for (RelNode input : rel.getInputs()) {
            RelNode rewritten = rewrite(input);
            changed |= !rewritten.equals(input);
            inputs.add(rewritten);
        }
        return changed ? rel.copy(rel.getTraitSet(), inputs) : rel;
    }

    private static boolean isOrdered(Join join) {
        return join.getJoinType() == JoinRelType.INNER
                || join.getJoinType() == JoinRelType.SEMI
                || join.getJoinType() == JoinRelType.ANTI;
    }

    /** A condition of the block, over its columns; or the condition of a semi or anti join as a whole. */
    private record Condition(RexNode node, ImmutableBitSet relations) {}

    /**
     * A relation of the block.
     *
     * @param offset of its columns among the block's
     * @param type INNER, or SEMI or ANTI for one that only filters
     * @param own the whole condition of a SEMI or ANTI
     */
    private record Relation(
            RelNode rel,
            int offset,
            JoinRelType type,
            @Nullable Condition own) {
        int width() {
            return rel.getRowType().getFieldCount();
        }
    }

    /** The best plan found for a set of relations; {@code columns} are the block's columns in its order. */
    private record Tree(RelNode rel, List<Integer> columns, double cost) {}

    /** A tree of the greedy search with the set of its relations; one object for each place where it stands. */
    private record Part(long set, Tree tree) {}

    /** What joining two parts would give, and how many rows. */
    private record Pair(Part left, Part right, Tree joined, double rows) {}

    /** One block of joins. */
    private final class Block {
        private final RexBuilder builder;
        private final List<Relation> relations = new ArrayList<>();
        private final List<Condition> conditions = new ArrayList<>();
        private final List<RexNode> output;
        private final Join root;
        private final boolean fits;
        private int columns;

        Block(Join join) {
            this.root = join;
            this.fits = leaves(join) <= MAX_RELATIONS;
            this.builder = join.getCluster().getRexBuilder();
            this.output = flatten(join);
        }

        /** Takes a relation apart; gives its columns as expressions over the block's. */
        private List<RexNode> flatten(RelNode rel) {
            if (rel instanceof Join join && isOrdered(join)) {
                return fits || join.equals(root) ? flattenJoin(join) : leaf(rewrite(join), JoinRelType.INNER);
            }
            if (rel instanceof Filter filter && reachesJoin(filter.getInput())) {
                List<RexNode> input = flatten(filter.getInput());
                RelOptUtil.conjunctions(filter.getCondition()).forEach(c -> addCondition(replaced(c, input)));
                return input;
            }
            if (rel instanceof Project project
                    && reachesJoin(project)
                    && project.getProjects().stream().allMatch(RexUtil::isDeterministic)) {
                List<RexNode> input = flatten(project.getInput());
                return project.getProjects().stream()
                        .map(p -> replaced(p, input))
                        .toList();
            }
            return leaf(rewrite(rel), JoinRelType.INNER);
        }

        private List<RexNode> flattenJoin(Join join) {
            List<RexNode> left = flatten(join.getLeft());
            boolean inner = join.getJoinType() == JoinRelType.INNER;
            List<RexNode> right = inner ? flatten(join.getRight()) : leaf(rewrite(join.getRight()), join.getJoinType());
            List<RexNode> both = new ArrayList<>(left);
            both.addAll(right);
            if (inner) {
                RelOptUtil.conjunctions(join.getCondition()).forEach(c -> addCondition(replaced(c, both)));
                return both;
            }
            RexNode own = replaced(join.getCondition(), both);
            int last = relations.size() - 1;
            Relation relation = relations.get(last);
            relations.set(
                    last,
                    new Relation(relation.rel, relation.offset, relation.type, new Condition(own, relationsOf(own))));
            return left;
        }

        private List<RexNode> leaf(RelNode rel, JoinRelType type) {
            relations.add(new Relation(rel, columns, type, null));
            List<RexNode> refs = new ArrayList<>();
            for (var field : rel.getRowType().getFieldList()) {
                refs.add(new RexInputRef(columns + field.getIndex(), field.getType()));
            }
            columns += rel.getRowType().getFieldCount();
            return refs;
        }

        private void addCondition(RexNode condition) {
            if (!condition.isAlwaysTrue()) {
                ImmutableBitSet used = relationsOf(condition);
                conditions.add(new Condition(condition, used.isEmpty() ? relationsOfNone(condition) : used));
            }
        }

        /** Where to ask what is about no column: of the first relation, or of each row if the answer may change. */
        private ImmutableBitSet relationsOfNone(RexNode condition) {
            ImmutableBitSet.Builder asked = ImmutableBitSet.builder();
            for (int i = 0; i < relations.size(); i++) {
                if (relations.get(i).type == JoinRelType.INNER && (i == 0 || !RexUtil.isDeterministic(condition))) {
                    asked.set(i);
                }
            }
            return asked.build();
        }

        private ImmutableBitSet relationsOf(RexNode node) {
            ImmutableBitSet.Builder used = ImmutableBitSet.builder();
            for (int column : RelOptUtil.InputFinder.bits(node)) {
                for (int i = 0; i < relations.size(); i++) {
                    Relation relation = relations.get(i);
                    if (column >= relation.offset && column < relation.offset + relation.width()) {
                        used.set(i);
                    }
                }
            }
            return used.build();
        }

        RelNode best() {
            Tree tree = relations.size() <= MAX_EXHAUSTIVE ? exhaustive() : greedy();
            Map<Integer, Integer> places = new HashMap<>();
            for (int i = 0; i < tree.columns.size(); i++) {
                places.put(tree.columns.get(i), i);
            }
            List<RexNode> expressions = new ArrayList<>();
            for (RexNode node : output) {
                expressions.add(placed(node, places));
            }
            return LogicalProject.create(
                    tree.rel, List.of(), expressions, root.getRowType().getFieldNames(), Set.of());
        }

        /** The set of all relations. */
        private long all() {
            return -1L >>> (Long.SIZE - relations.size());
        }

        private Tree exhaustive() {
            long all = all();
            Map<Long, Tree> trees = singles();
            for (long set = 1; set <= all; set++) {
                if (Long.bitCount(set) < 2) {
                    continue;
                }
                Tree best = split(set, trees, false);
                if (best == null && set == all) {
                    best = split(set, trees, true);
                }
                if (best != null) {
                    trees.put(set, best);
                }
            }
            Tree whole = trees.get(all);
            return whole != null ? whole : greedy();
        }

        private Map<Long, Tree> singles() {
            Map<Long, Tree> trees = new LinkedHashMap<>();
            for (int i = 0; i < relations.size(); i++) {
                Relation relation = relations.get(i);
                List<Integer> own = new ArrayList<>();
                for (int c = 0; c < relation.width(); c++) {
                    own.add(relation.offset + c);
                }
                RelNode rel = relation.rel;
                List<RexNode> local = local(1L << i);
                if (relation.type == JoinRelType.INNER && !local.isEmpty()) {
                    rel = LogicalFilter.create(
                            rel, RexUtil.composeConjunction(builder, shifted(local, relation.offset)));
                }
                trees.put(1L << i, new Tree(rel, own, 0));
            }
            return trees;
        }

        private List<RexNode> local(long set) {
            List<RexNode> local = new ArrayList<>();
            for (Condition condition : conditions) {
                if (mask(condition.relations) == set) {
                    local.add(condition.node);
                }
            }
            return local;
        }

        private List<RexNode> shifted(List<RexNode> nodes, int offset) {
            return nodes.stream().map(node -> RexUtil.shift(node, -offset)).toList();
        }

        private @Nullable Tree split(long set, Map<Long, Tree> trees, boolean cross) {
            Tree best = null;
            for (long left = (set - 1) & set; left > 0; left = (left - 1) & set) {
                Tree a = trees.get(left);
                Tree b = trees.get(set & ~left);
                if (a == null || b == null) {
                    continue;
                }
                Tree joined = join(a, left, b, set & ~left, cross);
                if (joined != null && (best == null || joined.cost < best.cost)) {
                    best = joined;
                }
            }
            return best;
        }

        /** The join of two trees, or null when no condition connects them and a cross join is not wanted. */
        private @Nullable Tree join(Tree a, long left, Tree b, long right, boolean cross) {
            Relation filter = filtering(right);
            if (filtering(left) != null) {
                return null;
            }
            if (filter != null) {
                Condition own = filter.own;
                if (own == null || (mask(own.relations) & ~(left | right)) != 0) {
                    return null;
                }
                return tree(a, b, filter.type, List.of(own.node));
            }
            // Inner joins are symmetric: the side with the first relation is left.
            if (Long.numberOfTrailingZeros(left) > Long.numberOfTrailingZeros(right)) {
                return null;
            }
            List<RexNode> on = new ArrayList<>();
            for (Condition condition : conditions) {
                long used = mask(condition.relations);
                boolean spans = (used & ~(left | right)) == 0 && (used & left) != 0 && (used & right) != 0;
                if (spans) {
                    on.add(condition.node);
                }
            }
            return !on.isEmpty() || cross ? tree(a, b, JoinRelType.INNER, on) : null;
        }

        /** The relation if the set is one that only filters. */
        private @Nullable Relation filtering(long set) {
            if (Long.bitCount(set) != 1) {
                return null;
            }
            Relation relation = relations.get(Long.numberOfTrailingZeros(set));
            return relation.type == JoinRelType.INNER ? null : relation;
        }

        private Tree tree(Tree a, Tree b, JoinRelType type, List<RexNode> on) {
            List<Integer> both = new ArrayList<>(a.columns);
            both.addAll(b.columns);
            Map<Integer, Integer> places = new HashMap<>();
            for (int i = 0; i < both.size(); i++) {
                places.put(both.get(i), i);
            }
            List<RexNode> placed = on.stream().map(node -> placed(node, places)).toList();
            RelNode rel = LogicalJoin.create(
                    a.rel, b.rel, List.of(), RexUtil.composeConjunction(builder, placed), Set.of(), type);
            double rows = cardinality.rows(rel);
            double build = Math.min(cardinality.rows(a.rel), cardinality.rows(b.rel));
            boolean hash =
                    on.stream().anyMatch(node -> node.getKind() == SqlKind.EQUALS || node.getKind() == SqlKind.OR);
            double compared = hash ? 0 : cardinality.rows(a.rel) * cardinality.rows(b.rel);
            double cost = a.cost + b.cost + rows + build + compared;
            return new Tree(rel, type.projectsRight() ? both : a.columns, cost);
        }

        /** Joins the pair that gives the fewest rows, again and again; each pair is looked at once. */
        private Tree greedy() {
            List<Part> parts = new ArrayList<>();
            List<Pair> pairs = new ArrayList<>();
            singles().forEach((set, tree) -> add(new Part(set, tree), parts, pairs));
            while (parts.size() > 1) {
                Pair best = fewest(pairs.isEmpty() ? crossed(parts) : pairs);
                long joined = best.left.set | best.right.set;
                parts.removeIf(part -> (part.set & joined) != 0);
                pairs.removeIf(pair -> ((pair.left.set | pair.right.set) & joined) != 0);
                add(new Part(joined, best.joined), parts, pairs);
            }
            return parts.getFirst().tree;
        }

        private void add(Part part, List<Part> parts, List<Pair> pairs) {
            for (Part other : parts) {
                addPair(other, part, false, pairs);
                addPair(part, other, false, pairs);
            }
            parts.add(part);
        }

        private List<Pair> crossed(List<Part> parts) {
            List<Pair> pairs = new ArrayList<>();
            for (Part left : parts) {
                for (Part right : parts) {
                    if (left.set != right.set) {
                        addPair(left, right, true, pairs);
                    }
                }
            }
            return pairs;
        }

        private void addPair(Part left, Part right, boolean cross, List<Pair> pairs) {
            Tree joined = join(left.tree, left.set, right.tree, right.set, cross);
            if (joined != null) {
                pairs.add(new Pair(left, right, joined, cardinality.rows(joined.rel)));
            }
        }

        private Pair fewest(List<Pair> pairs) {
            return pairs.stream()
                    .min(Comparator.comparingDouble(Pair::rows))
                    .orElseThrow(() -> new IllegalStateException("no join of " + relations));
        }
    }

    private static long mask(ImmutableBitSet relations) {
        long mask = 0;
        for (int relation : relations) {
            mask |= 1L << relation;
        }
        return mask;
    }

    /** How many relations a block of the join would have at most. */
    private static int leaves(RelNode rel) {
        if (!reachesJoin(rel)) {
            return 1;
        }
        return rel.getInputs().stream().mapToInt(JoinOrder::leaves).sum();
    }

    private static boolean reachesJoin(RelNode rel) {
        return switch (rel) {
            case Join join -> isOrdered(join);
            case Filter filter -> reachesJoin(filter.getInput());
            case Project project -> !project.containsOver() && reachesJoin(project.getInput());
            default -> false;
        };
    }

    private static RexNode replaced(RexNode node, List<RexNode> columns) {
        return node.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                return columns.get(ref.getIndex());
            }
        });
    }

    private static RexNode placed(RexNode node, Map<Integer, Integer> places) {
        return node.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                return new RexInputRef(places.getOrDefault(ref.getIndex(), -1), ref.getType());
            }
        });
    }
}
