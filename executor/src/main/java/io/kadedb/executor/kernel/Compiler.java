package io.kadedb.executor.kernel;

import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.executor.kernel.value.Casts;
import io.kadedb.executor.kernel.value.JsonAccess;
import io.kadedb.executor.kernel.value.RowFunction;
import io.kadedb.executor.kernel.value.RowFunctions;
import io.kadedb.executor.kernel.value.SessionRowFunctions;
import io.kadedb.executor.path.PathEvaluator.PathSettings;
import io.kadedb.executor.path.PathFunctions;
import io.kadedb.executor.path.SqlJsonFunctions;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.ScalarFunction;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
                        parameter.type(), () -> context.parameters().get(parameter.index()), scratch);
            case Expr.SessionValue session ->
                new ConstantNode.Value(
                        session.type(), () -> context.sessionValues().apply(session.kind()), scratch);
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
                    case LIKE -> like(call);
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
        if (common.id() == TypeId.JSONB) {
            left = orderKey(castIfNeeded(left, common));
            right = orderKey(castIfNeeded(right, common));
            common = SqlType.BYTEA;
        }
        return ComparisonCondition.of(
                Comparison.of(call.function()), castIfNeeded(left, common), castIfNeeded(right, common));
    }

    /** Bytes in the order of documents. */
    private Node orderKey(Node document) {
        return fold(new RowNode(SqlType.BYTEA, JsonAccess.ORDER_KEY, true, true, List.of(document), scratch), false);
    }

    private Condition like(Expr.Call call) {
        List<Node> args = call.args().stream().map(this::node).toList();
        boolean constantPattern =
                !args.getFirst().isConstant() && args.getFirst().type.isText();
        for (Node arg : args.subList(1, args.size())) {
            constantPattern &= arg.isStable() && arg.type.isText();
        }
        return constantPattern
                ? new LikeCondition(args.get(0), args.get(1), args.size() > 2 ? args.get(2) : null)
                : new LogicConditions.Truth(fold(function(call.function(), args, call.type()), false));
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
                    GE,
                    LIKE -> booleanNode(condition(call), call.nullable());
            case EXTRACT -> extract(call);
            case SHREDDED ->
                new ShreddedNode(
                        call.type(),
                        node(call.args().get(0)),
                        node(call.args().get(1)),
                        node(call.args().get(2)),
                        scratch);
            case JSON_GET, JSON_GET_TEXT -> {
                DocumentPartNode part = DocumentPartNode.of(call, this, scratch);
                yield part == null ? plainCall(call) : fold(part, false);
            }
            default -> plainCall(call);
        };
    }

    private Node plainCall(Expr.Call call) {
        List<Node> args = new ArrayList<>();
        for (Expr arg : call.args()) {
            args.add(node(arg));
        }
        return call.function() == ScalarFunction.COALESCE
                ? coalesce(args, call.type())
                : fold(
                        function(call.function(), args, call.type()),
                        call.function().isVolatile());
    }

    private Node extract(Expr.Call call) {
        Node input = node(call.args().get(1));
        if (call.args().getFirst() instanceof Expr.Literal field && field.value() instanceof String name) {
            Node kernel = DatePartNode.of(name, call.type(), input, scratch);
            if (kernel != null) {
                return fold(kernel, false);
            }
        }
        return fold(function(call.function(), List.of(node(call.args().getFirst()), input), call.type()), false);
    }

    private Node function(ScalarFunction function, List<Node> given, SqlType type) {
        List<Node> args = switch (function) {
            case GREATEST, LEAST ->
                given.stream().map(arg -> castIfNeeded(arg, type)).toList();
            case IS_DISTINCT_FROM, IS_NOT_DISTINCT_FROM -> toCommonType(given);
            default -> given;
        };
        Node kernel = arithmetic(function, args, type);
        if (kernel == null) {
            kernel = textKernel(function, args, type);
        }
        if (kernel == null) {
            kernel = TimeBucketNode.of(function, args, type, scratch);
        }
        if (kernel != null) {
            return kernel;
        }
        List<SqlType> types = args.stream().map(arg -> arg.type).toList();
        RowFunction bound = SessionRowFunctions.bind(function, context.functions());
        if (bound == null) {
            PathSettings settings = new PathSettings(false, context.timeZone(), context.cancel());
            bound = function == ScalarFunction.SQL_JSON
                    ? SqlJsonFunctions.bind(types, type, settings)
                    : PathFunctions.bind(function, settings);
        }
        return new RowNode(
                type,
                bound == null ? RowFunctions.bind(function, types, type, context.timeZone()) : bound,
                RowFunctions.isStrict(function),
                !function.isVolatile(),
                args,
                scratch);
    }

    private @Nullable Node arithmetic(ScalarFunction function, List<Node> args, SqlType type) {
        boolean binary = switch (function) {
            case ADD, SUBTRACT, MULTIPLY, DIVIDE, MODULO -> true;
            default -> false;
        };
        if (!binary || !args.get(0).type.isNumeric() || !args.get(1).type.isNumeric()) {
            return null;
        }
        if (type.id() != TypeId.DECIMAL) {
            return new ArithmeticNode(
                    function,
                    type,
                    args.stream().map(arg -> castIfNeeded(arg, type)).toList(),
                    scratch);
        }
        for (Node arg : args) {
            if (CommonTypes.isFloat(arg.type)) {
                return null;
            }
        }
        return function == ScalarFunction.MODULO
                ? null
                : new DecimalNode(
                        function,
                        type,
                        args.stream()
                                .map(arg -> castIfNeeded(arg, CommonTypes.asDecimal(arg.type)))
                                .toList(),
                        scratch);
    }

    private @Nullable Node textKernel(ScalarFunction function, List<Node> args, SqlType type) {
        boolean allText = args.stream().allMatch(arg -> arg.type.isText());
        return switch (function) {
            case LOWER, UPPER, CONCAT -> allText && type.isText() ? new TextNode(function, type, args, scratch) : null;
            case LENGTH -> allText && type.isInteger() ? new TextNode(function, type, args, scratch) : null;
            case SUBSTRING -> {
                boolean constantPlace = args.getFirst().type.isText();
                for (Node arg : args.subList(1, args.size())) {
                    constantPlace &= arg.isConstant() && arg.type.isInteger();
                }
                yield constantPlace ? new SubstringNode(type, args, scratch) : null;
            }
            default -> null;
        };
    }

    private List<Node> toCommonType(List<Node> nodes) {
        SqlType common = nodes.getFirst().type;
        for (Node node : nodes) {
            common = CommonTypes.of(common, node.type);
        }
        List<Node> same = new ArrayList<>();
        for (Node node : nodes) {
            same.add(castIfNeeded(node, common));
        }
        return same;
    }

    private Node castIfNeeded(Node node, SqlType type) {
        return node.type.equals(type) ? node : fold(cast(node, type), false);
    }

    private Node cast(Node input, SqlType type) {
        if (input.type.equals(type)) {
            return input;
        }
        if (type.id() == TypeId.TEXT && input.type.isText() && !input.type.keepsBlanks()) {
            return new RetypeNode(type, input, scratch);
        }
        if (type.isInteger() && input.type.isText()) {
            return new IntegerTextNode(type, input, Casts.bind(input.type, type, context.timeZone()), scratch);
        }
        return new RowNode(type, Casts.bind(input.type, type, context.timeZone()), true, true, List.of(input), scratch);
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
