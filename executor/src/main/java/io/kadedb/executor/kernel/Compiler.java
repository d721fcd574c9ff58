package io.kadedb.executor.kernel;

import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.executor.kernel.value.Casts;
import io.kadedb.executor.kernel.value.RowFunctions;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.ScalarFunction;
import java.util.ArrayList;
import java.util.List;

/** Turns expressions into trees of kernels. */
final class Compiler {
    private final EvaluationContext context;
    private final Scratch scratch;

    Compiler(EvaluationContext context, Scratch scratch) {
        this.context = context;
        this.scratch = scratch;
    }

    Node node(Expr expression) {
        return switch (expression) {
            case Expr.Column column -> new ColumnNode(column.index(), column.type());
            case Expr.Literal literal -> new ConstantNode.Value(literal.type(), literal::value, scratch);
            case Expr.Parameter parameter ->
                new ConstantNode.Value(
                        parameter.type(), () -> context.query().parameters().get(parameter.index()), scratch);
            case Expr.SessionValue session ->
                new ConstantNode.Value(
                        session.type(), () -> context.query().sessionValues().apply(session.kind()), scratch);
            case Expr.OuterColumn outer ->
                new ConstantNode.Outer(outer.applyId(), outer.index(), outer.type(), context.outer(), scratch);
            case Expr.Cast cast -> fold(cast(node(cast.input()), cast.type()), false);
            case Expr.Call call -> call(call);
            case Expr.Case cases -> cases(cases);
            case Expr.InList in -> booleanNode(condition(in), in.nullable());
        };
    }

    Condition condition(Expr expression) {
        Condition condition = switch (expression) {
            case Expr.Call call ->
                switch (call.function()) {
                    case AND, OR ->
                        new LogicConditions.Junction(
                                call.args().stream().map(this::condition).toList(),
                                call.function() == ScalarFunction.AND);
                    case NOT -> new LogicConditions.Not(condition(call.args().getFirst()));
                    case IS_NULL ->
                        new LogicConditions.NullTest(node(call.args().getFirst()));
                    case IS_NOT_NULL ->
                        new LogicConditions.Not(
                                new LogicConditions.NullTest(node(call.args().getFirst())));
                    case IS_TRUE ->
                        new LogicConditions.Test(condition(call.args().getFirst()), true);
                    case IS_FALSE ->
                        new LogicConditions.Test(condition(call.args().getFirst()), false);
                    case IS_NOT_TRUE ->
                        new LogicConditions.Not(
                                new LogicConditions.Test(condition(call.args().getFirst()), true));
                    case IS_NOT_FALSE ->
                        new LogicConditions.Not(
                                new LogicConditions.Test(condition(call.args().getFirst()), false));
                    case EQ, NE, LT, LE, GT, GE -> comparison(call);
                    default -> new LogicConditions.Truth(node(expression));
                };
            case Expr.InList in -> new InListCondition(node(in.input()), in.values(), scratch);
            default -> new LogicConditions.Truth(node(expression));
        };
        return condition.isConstant() && !(condition instanceof LogicConditions.Truth)
                ? new LogicConditions.Truth(booleanNode(condition, expression.nullable()))
                : condition;
    }

    private Condition comparison(Expr.Call call) {
        Node left = node(call.args().get(0));
        Node right = node(call.args().get(1));
        if (left.type.isText() && right.type.isText()) {
            return ComparisonCondition.of(Comparison.of(call.function()), left, right);
        }
        SqlType common = CommonTypes.of(left.type, right.type);
        return ComparisonCondition.of(
                Comparison.of(call.function()), castIfNeeded(left, common), castIfNeeded(right, common));
    }

    private Node booleanNode(Condition condition, boolean nullable) {
        if (condition instanceof LogicConditions.Truth truth) {
            return truth.node();
        }
        Node value = new ConditionNode(condition, nullable, scratch);
        return condition.isConstant() ? new ConstantNode.Folded(value, condition.isStable()) : value;
    }

    private Node call(Expr.Call call) {
        return switch (call.function()) {
            case AND,
                    OR,
                    NOT,
                    IS_NULL,
                    IS_NOT_NULL,
                    IS_TRUE,
                    IS_NOT_TRUE,
                    IS_FALSE,
                    IS_NOT_FALSE,
                    EQ,
                    NE,
                    LT,
                    LE,
                    GT,
                    GE -> booleanNode(condition(call), call.nullable());
            default -> {
                List<Node> args = new ArrayList<>();
                for (Expr arg : call.args()) {
                    args.add(node(arg));
                }
                if (call.function() == ScalarFunction.COALESCE) {
                    yield coalesce(args, call.type());
                }
                yield fold(
                        function(call.function(), args, call.type()),
                        call.function().isVolatile());
            }
        };
    }

    private Node function(ScalarFunction function, List<Node> args, SqlType type) {
        List<SqlType> types = args.stream().map(arg -> arg.type).toList();
        return new RowNode(
                type,
                RowFunctions.bind(function, types, type, context.query().timeZone()),
                RowFunctions.isStrict(function),
                !function.isVolatile(),
                args,
                scratch);
    }

    private Node castIfNeeded(Node node, SqlType type) {
        return node.type.equals(type) ? node : fold(cast(node, type), false);
    }

    private Node cast(Node input, SqlType type) {
        if (input.type.equals(type)) {
            return input;
        }
        if (type.id() == TypeId.TEXT && input.type.isText()) {
            return new RetypeNode(type, input, scratch);
        }
        return new RowNode(
                type, Casts.bind(input.type, type, context.query().timeZone()), true, true, List.of(input), scratch);
    }

    private Node cases(Expr.Case expression) {
        List<Condition> conditions = new ArrayList<>();
        List<Node> results = new ArrayList<>();
        boolean constant = true;
        boolean stable = true;
        for (Expr.When when : expression.whens()) {
            conditions.add(condition(when.condition()));
            results.add(castIfNeeded(node(when.result()), expression.type()));
            constant &= conditions.getLast().isConstant();
            stable &= conditions.getLast().isStable();
        }
        results.add(castIfNeeded(node(expression.otherwise()), expression.type()));
        for (Node result : results) {
            constant &= result.isConstant();
            stable &= result.isStable();
        }
        Node node = new CaseNode(expression.type(), conditions, results, scratch);
        return constant ? new ConstantNode.Folded(node, stable) : node;
    }

    private Node coalesce(List<Node> args, SqlType type) {
        List<Node> results = new ArrayList<>();
        boolean constant = true;
        boolean stable = true;
        for (Node arg : args) {
            results.add(castIfNeeded(arg, type));
            constant &= arg.isConstant();
            stable &= arg.isStable();
        }
        Node node = new CoalesceNode(type, results, scratch);
        return constant ? new ConstantNode.Folded(node, stable) : node;
    }

    /** A function of constants becomes a constant. */
    private Node fold(Node node, boolean isVolatile) {
        if (isVolatile || !(node instanceof FunctionNode function)) {
            return node;
        }
        boolean stable = true;
        for (Node arg : function.args) {
            if (!arg.isConstant()) {
                return node;
            }
            stable &= arg.isStable();
        }
        return new ConstantNode.Folded(node, stable);
    }
}
