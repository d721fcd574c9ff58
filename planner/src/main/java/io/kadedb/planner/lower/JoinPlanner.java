package io.kadedb.planner.lower;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.planner.estimate.Cardinality;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.HashJoin;
import io.kadedb.planner.physical.PhysicalPlan.JoinType;
import io.kadedb.planner.physical.PhysicalPlan.NestedLoopJoin;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/** Lowers joins: by hash where columns of both sides are equal, with the smaller side on the right, where tables are built. */
final class JoinPlanner {
    private final PhysicalPlanner planner;
    private final ExprBuilder expressions;
    private final Cardinality cardinality;

    JoinPlanner(PhysicalPlanner planner, ExprBuilder expressions, Cardinality cardinality) {
        this.planner = planner;
        this.expressions = expressions;
        this.cardinality = cardinality;
    }

    /** An equality of an expression of each side. */
    private record Key(RexNode left, RexNode right) {}

    /** What a join condition consists of. */
    private static final class Condition {
        final List<Key> keys = new ArrayList<>();
        final List<RexNode> residual = new ArrayList<>();
        boolean nullsEqual;
        boolean nullAware;
    }

    Lowered lower(Join join, ImmutableBitSet needed) {
        int leftFields = join.getLeft().getRowType().getFieldCount();
        int fields = leftFields + join.getRight().getRowType().getFieldCount();
        boolean both = join.getJoinType().projectsRight();
        Condition condition = split(join, leftFields);

        ImmutableBitSet used = needed.union(RelOptUtil.InputFinder.bits(join.getCondition()));
        ImmutableBitSet leftNeeded = used.intersect(ImmutableBitSet.range(leftFields));
        ImmutableBitSet rightNeeded =
                used.intersect(ImmutableBitSet.range(leftFields, fields)).shift(-leftFields);
        Lowered left = planner.lower(join.getLeft(), leftNeeded).pruned(leftNeeded);
        Lowered right = planner.lower(join.getRight(), rightNeeded).pruned(rightNeeded);

        JoinType type = type(join.getJoinType(), condition);
        double rows = cardinality.rows(join);
        if (condition.keys.isEmpty()) {
            return nestedLoop(condition, left, right, type, leftFields, rows, both);
        }
        return hash(condition, left, right, type, leftFields, rows, both);
    }

    private static JoinType type(JoinRelType type, Condition condition) {
        return switch (type) {
            case INNER -> JoinType.INNER;
            case LEFT -> JoinType.LEFT;
            case RIGHT -> JoinType.RIGHT;
            case FULL -> JoinType.FULL;
            case SEMI -> JoinType.SEMI;
            case ANTI -> condition.nullAware ? JoinType.NULL_AWARE_ANTI : JoinType.ANTI;
            case ASOF, LEFT_ASOF, LEFT_MARK ->
                throw KadeException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "joins of type " + type + " are not built");
        };
    }

    private static Condition split(Join join, int leftFields) {
        Condition condition = new Condition();
        List<RexNode> conjuncts = RelOptUtil.conjunctions(join.getCondition());
        if (join.getJoinType() == JoinRelType.ANTI && conjuncts.size() == 1) {
            Optional<Key> notIn =
                    NotInCondition.key(conjuncts.getFirst()).flatMap(pair -> key(pair.get(0), pair.get(1), leftFields));
            if (notIn.isPresent()) {
                condition.nullAware = true;
                condition.keys.add(notIn.get());
                return condition;
            }
        }
        boolean plain = conjuncts.stream()
                .anyMatch(c -> equality(c, SqlKind.EQUALS, leftFields).isPresent());
        condition.nullsEqual = !plain;
        SqlKind kind = plain ? SqlKind.EQUALS : SqlKind.IS_NOT_DISTINCT_FROM;
        for (RexNode conjunct : conjuncts) {
            Optional<Key> key = equality(conjunct, kind, leftFields);
            if (key.isPresent()) {
                condition.keys.add(key.get());
            } else {
                condition.residual.add(conjunct);
            }
        }
        condition.nullsEqual &= !condition.keys.isEmpty();
        return condition;
    }

    private static Optional<Key> equality(RexNode conjunct, SqlKind kind, int leftFields) {
        if (!(conjunct instanceof RexCall call) || call.getKind() != kind || !RexUtil.isDeterministic(call)) {
            return Optional.empty();
        }
        return key(call.getOperands().get(0), call.getOperands().get(1), leftFields);
    }

    private static Optional<Key> key(RexNode a, RexNode b, int leftFields) {
        ImmutableBitSet aBits = RelOptUtil.InputFinder.bits(a);
        ImmutableBitSet bBits = RelOptUtil.InputFinder.bits(b);
        if (aBits.isEmpty() || bBits.isEmpty()) {
            return Optional.empty();
        }
        boolean aLeft = aBits.length() <= leftFields;
        boolean bLeft = bBits.length() <= leftFields;
        boolean aRight = aBits.nth(0) >= leftFields;
        boolean bRight = bBits.nth(0) >= leftFields;
        if (aLeft && bRight) {
            return Optional.of(new Key(a, b));
        }
        return bLeft && aRight ? Optional.of(new Key(b, a)) : Optional.empty();
    }

    private Lowered nestedLoop(
            Condition condition,
            Lowered left,
            Lowered right,
            JoinType type,
            int leftFields,
            double rows,
            boolean both) {
        Optional<Expr> filter = residual(condition, left, right, leftFields);
        List<Field> output = output(left.plan(), right.plan(), type);
        return new Lowered(
                new NestedLoopJoin(left.plan(), right.plan(), type, filter, output, rows), places(left, right, both));
    }

    private Optional<Expr> residual(Condition condition, Lowered left, Lowered right, int leftFields) {
        IntFunction<Expr> columns = joined(left, right, leftFields);
        List<Expr> conjuncts = new ArrayList<>();
        for (RexNode conjunct : condition.residual) {
            Expr built = expressions.build(conjunct, columns);
            if (!built.equals(ConstantFolding.TRUE)) {
                conjuncts.add(built);
            }
        }
        return Scans.conjunction(conjuncts);
    }

    private static IntFunction<Expr> joined(Lowered left, Lowered right, int leftFields) {
        int shift = left.plan().output().size();
        return index -> {
            if (index < leftFields) {
                return left.column(index);
            }
            Expr.Column column = right.column(index - leftFields);
            return new Expr.Column(column.index() + shift, column.type(), column.nullable());
        };
    }

    private Lowered hash(
            Condition condition,
            Lowered left,
            Lowered right,
            JoinType type,
            int leftFields,
            double rows,
            boolean both) {
        List<Expr> leftKeys = new ArrayList<>();
        List<Expr> rightKeys = new ArrayList<>();
        for (Key key : condition.keys) {
            Expr a = expressions.build(key.left(), left::column);
            Expr b = expressions.build(key.right(), index -> right.column(index - leftFields));
            SqlType common = Comparisons.common(a.type(), b.type());
            leftKeys.add(a.type().isText() ? a : expressions.cast(a, common));
            rightKeys.add(b.type().isText() ? b : expressions.cast(b, common));
        }
        WithKeys leftInput = WithKeys.of(left, leftKeys);
        WithKeys rightInput = WithKeys.of(right, rightKeys);
        boolean swap =
                rightInput.lowered.plan().rows() > leftInput.lowered.plan().rows()
                        && mirrored(type).isPresent();
        if (!swap) {
            Optional<Expr> residual = residual(condition, leftInput.lowered, rightInput.lowered, leftFields);
            return make(leftInput, rightInput, type, residual, condition.nullsEqual, rows, both);
        }
        // The smaller side goes right: columns are numbered the other way round.
        Lowered l = leftInput.lowered;
        Lowered r = rightInput.lowered;
        int shift = r.plan().output().size();
        IntFunction<Expr> columns = index -> {
            if (index >= leftFields) {
                return r.column(index - leftFields);
            }
            Expr.Column column = l.column(index);
            return new Expr.Column(column.index() + shift, column.type(), column.nullable());
        };
        List<Expr> conjuncts = new ArrayList<>();
        condition.residual.forEach(node -> conjuncts.add(expressions.build(node, columns)));
        Lowered swapped = make(
                rightInput,
                leftInput,
                mirrored(type).orElse(type),
                Scans.conjunction(conjuncts),
                condition.nullsEqual,
                rows,
                both);
        int rightFields = r.at().length;
        int[] at = new int[swapped.at().length];
        for (int i = 0; i < at.length; i++) {
            at[i] = i < leftFields ? swapped.at()[rightFields + i] : swapped.at()[i - leftFields];
        }
        return new Lowered(swapped.plan(), at);
    }

    private static Lowered make(
            WithKeys left,
            WithKeys right,
            JoinType type,
            Optional<Expr> residual,
            boolean nullsEqual,
            double rows,
            boolean both) {
        PhysicalPlan l = left.lowered.plan();
        PhysicalPlan r = right.lowered.plan();
        HashJoin join = new HashJoin(l, r, type, left.keys, right.keys, residual, nullsEqual, output(l, r, type), rows);
        return new Lowered(join, places(left.lowered, right.lowered, both));
    }

    private static Optional<JoinType> mirrored(JoinType type) {
        return switch (type) {
            case INNER, FULL -> Optional.of(type);
            case LEFT -> Optional.of(JoinType.RIGHT);
            case RIGHT -> Optional.of(JoinType.LEFT);
            case SEMI, ANTI, NULL_AWARE_ANTI -> Optional.empty();
        };
    }

    /** An input with its key columns, which may be computed. */
    record WithKeys(Lowered lowered, List<Integer> keys) {
        static WithKeys of(Lowered input, List<Expr> keys) {
            List<Integer> places = new ArrayList<>();
            List<Expr> added = new ArrayList<>();
            int width = input.plan().output().size();
            for (Expr key : keys) {
                if (key instanceof Expr.Column column) {
                    places.add(column.index());
                } else {
                    places.add(width + added.size());
                    added.add(key);
                }
            }
            if (added.isEmpty()) {
                return new WithKeys(input, places);
            }
            List<Expr> all = new ArrayList<>();
            List<Field> output = new ArrayList<>(input.plan().output());
            for (int i = 0; i < width; i++) {
                Field field = output.get(i);
                all.add(new Expr.Column(i, field.type(), field.nullable()));
            }
            for (Expr key : added) {
                all.add(key);
                output.add(new Field("$key" + output.size(), key.type(), key.nullable()));
            }
            return new WithKeys(input.with(Projections.project(input.plan(), all, output)), places);
        }
    }

    /** The columns a join gives; the side that may be missing is nullable. */
    static List<Field> output(PhysicalPlan left, PhysicalPlan right, JoinType type) {
        List<Field> output = new ArrayList<>();
        boolean leftNullable = type == JoinType.RIGHT || type == JoinType.FULL;
        left.output().forEach(f -> output.add(leftNullable ? new Field(f.name(), f.type(), true) : f));
        if (!type.leftOnly()) {
            boolean rightNullable = type == JoinType.LEFT || type == JoinType.FULL;
            right.output().forEach(f -> output.add(rightNullable ? new Field(f.name(), f.type(), true) : f));
        }
        return output;
    }

    /** Where the columns of both inputs are in a join's output. */
    static int[] places(Lowered left, Lowered right, boolean both) {
        int[] at = Arrays.copyOf(left.at(), left.at().length + (both ? right.at().length : 0));
        int shift = left.plan().output().size();
        for (int i = 0; both && i < right.at().length; i++) {
            at[left.at().length + i] = right.at()[i] < 0 ? -1 : right.at()[i] + shift;
        }
        return at;
    }
}
