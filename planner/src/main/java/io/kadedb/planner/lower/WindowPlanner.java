package io.kadedb.planner.lower;

import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.SqlTypes;
import io.kadedb.planner.functions.KadeWindowFunction;
import io.kadedb.planner.physical.AggregateFunction;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PhysicalPlan.SortKey;
import io.kadedb.planner.physical.WindowCall;
import io.kadedb.planner.physical.WindowFrame;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.util.ImmutableBitSet;

/**
 * Lowers a projection with window functions: what they need is computed below, one {@link PhysicalPlan.Window} for each
 * partitioning and order stands upon it, and what is made of their results is computed above.
 */
final class WindowPlanner {
    private final PhysicalPlanner planner;
    private final ExprBuilder expressions;
    private final FrameLowering frames;

    WindowPlanner(PhysicalPlanner planner, ExprBuilder expressions) {
        this.planner = planner;
        this.expressions = expressions;
        this.frames = new FrameLowering(expressions);
    }

    /** Functions that need their rows partitioned and ordered in the same way. */
    private record Spec(List<Integer> partitionBy, List<SortKey> orderBy) {}

    /** A call and the place in the projection it stands for. */
    private record Placed(int index, WindowCall call) {}

    Lowered lower(Project project, ImmutableBitSet needed) {
        List<RexNode> nodes = project.getProjects();
        int inputFields = project.getInput().getRowType().getFieldCount();
        Map<RexOver, Integer> overs = new LinkedHashMap<>();
        Map<Integer, RexNode> replaced = new LinkedHashMap<>();
        ImmutableBitSet.Builder inputs = ImmutableBitSet.builder();
        for (int index : needed) {
            inputs.addAll(RelOptUtil.InputFinder.bits(nodes.get(index)));
            replaced.put(index, withoutOver(nodes.get(index), overs, inputFields));
        }
        Lowered input = planner.lower(project.getInput(), inputs.build());
        Computed below = new Computed(input.plan());
        Map<Spec, List<Placed>> specs = new LinkedHashMap<>();
        overs.forEach((over, index) -> {
            WindowCall call = call(over, input, below);
            specs.computeIfAbsent(spec(over, input, below), key -> new ArrayList<>())
                    .add(new Placed(index, call));
        });
        PhysicalPlan plan = below.plan();
        int[] results = new int[overs.size()];
        for (Map.Entry<Spec, List<Placed>> entry : specs.entrySet()) {
            plan = window(plan, entry.getKey(), entry.getValue(), results);
        }
        return above(project, replaced, new Lowered(plan, input.at()), results);
    }

    private static RexNode withoutOver(RexNode node, Map<RexOver, Integer> overs, int inputFields) {
        return node.accept(new RexShuttle() {
            @Override
            public RexNode visitOver(RexOver over) {
                Integer known = overs.get(over);
                int index = known == null ? overs.size() : known;
                overs.put(over, index);
                return new RexInputRef(inputFields + index, over.getType());
            }
        });
    }

    private static PhysicalPlan window(PhysicalPlan input, Spec spec, List<Placed> calls, int[] results) {
        List<Field> output = new ArrayList<>(input.output());
        for (Placed placed : calls) {
            results[placed.index()] = output.size();
            output.add(new Field("w" + placed.index(), placed.call().type(), true));
        }
        return new PhysicalPlan.Window(
                input,
                spec.partitionBy(),
                spec.orderBy(),
                calls.stream().map(Placed::call).toList(),
                output);
    }

    private Lowered above(Project project, Map<Integer, RexNode> nodes, Lowered windows, int[] results) {
        int inputFields = project.getInput().getRowType().getFieldCount();
        int[] at = new int[project.getProjects().size()];
        Arrays.fill(at, -1);
        List<Expr> built = new ArrayList<>();
        List<Field> output = new ArrayList<>();
        nodes.forEach((index, node) -> {
            Expr expression = expressions.build(
                    node,
                    column -> column < inputFields
                            ? windows.column(column)
                            : result(windows.plan(), results[column - inputFields]));
            at[index] = built.size();
            built.add(expression);
            String name = project.getRowType().getFieldNames().get(index);
            output.add(new Field(name, expression.type(), expression.nullable()));
        });
        return new Lowered(Projections.project(windows.plan(), built, output), at);
    }

    private static Expr result(PhysicalPlan plan, int place) {
        Field field = plan.output().get(place);
        return new Expr.Column(place, field.type(), field.nullable());
    }

    private Spec spec(RexOver over, Lowered input, Computed below) {
        List<Integer> partitionBy = new ArrayList<>();
        for (RexNode key : over.getWindow().partitionKeys) {
            Expr expression = expressions.build(key, input::column);
            if (!(expression instanceof Expr.Literal)) {
                int column = below.column(expression);
                if (!partitionBy.contains(column)) {
                    partitionBy.add(column);
                }
            }
        }
        List<SortKey> orderBy = new ArrayList<>();
        for (RexFieldCollation key : over.getWindow().orderKeys) {
            Expr expression = expressions.build(key.left, input::column);
            if (!(expression instanceof Expr.Literal)) {
                orderBy.add(sortKey(key, below.column(expression)));
            }
        }
        return new Spec(partitionBy, orderBy);
    }

    private static SortKey sortKey(RexFieldCollation key, int column) {
        boolean descending = key.getDirection().isDescending();
        boolean nullsFirst = switch (key.getNullDirection()) {
            case FIRST -> true;
            case LAST -> false;
            case UNSPECIFIED -> descending;
        };
        return new SortKey(column, descending, nullsFirst);
    }

    private WindowCall call(RexOver over, Lowered input, Computed below) {
        SqlType type = SqlTypes.fromRelDataType(over.getType());
        WindowFrame frame = frames.frame(over.getWindow(), input, below);
        List<Expr> args = new ArrayList<>();
        for (RexNode operand : over.getOperands()) {
            args.add(expressions.build(operand, input::column));
        }
        if (over.getAggOperator() instanceof KadeWindowFunction function) {
            List<SqlType> wanted =
                    function.operandTypes(args.stream().map(Expr::type).toList());
            List<Integer> columns = new ArrayList<>();
            for (int i = 0; i < args.size(); i++) {
                columns.add(below.column(expressions.cast(args.get(i), wanted.get(i))));
            }
            return new WindowCall.Positional(function.function(), columns, frame, type);
        }
        List<Integer> columns = args.stream().map(below::column).toList();
        AggregateFunction aggregate = AggregatePlanner.function(over.getAggOperator(), columns.isEmpty());
        ComparedTypes.requireExtremes(aggregate, args.stream().map(Expr::type).toList());
        return new WindowCall.Aggregated(
                new PhysicalPlan.AggregateCall(aggregate, columns, false, Optional.empty(), List.of(), type), frame);
    }

    /** A plan's columns, and others computed of them. */
    static final class Computed {
        private final PhysicalPlan input;
        private final List<Expr> columns = new ArrayList<>();

        Computed(PhysicalPlan input) {
            this.input = input;
            for (Field field : input.output()) {
                columns.add(new Expr.Column(columns.size(), field.type(), field.nullable()));
            }
        }

        /** The ordinal of an expression. */
        int column(Expr expression) {
            int known = columns.indexOf(expression);
            if (known >= 0) {
                return known;
            }
            columns.add(expression);
            return columns.size() - 1;
        }

        PhysicalPlan plan() {
            List<Field> output = new ArrayList<>(input.output());
            for (int i = output.size(); i < columns.size(); i++) {
                Expr expression = columns.get(i);
                output.add(new Field("$" + i, expression.type(), expression.nullable()));
            }
            return Projections.project(input, columns, output);
        }
    }
}
