package io.kadedb.planner.lower;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Interval;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.parser.ast.KadeOperators;
import io.kadedb.parser.ast.SqlTypes;
import io.kadedb.planner.functions.JsonOperations;
import io.kadedb.planner.functions.KadeFunction;
import io.kadedb.planner.functions.KadeOperatorTable;
import io.kadedb.planner.functions.KadeSessionFunction;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.Expr.Call;
import io.kadedb.planner.physical.Expr.Literal;
import io.kadedb.planner.physical.ScalarFunction;
import java.math.BigDecimal;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlTrimFunction;

/**
 * Makes plan expressions of Calcite's: every coercion a cast, constants folded, one type on both sides of comparisons.
 * Used by one thread for one statement.
 */
public final class ExprBuilder {
    private final Map<Integer, SqlType> parameters;
    private final ConstantFolding folding;
    private final Comparisons comparisons;
    private final ArithmeticExprs arithmetic;
    private final ArrayExprs arrays;
    private final OuterRows outerRows;

    /** Finds the plan column of an outer row. */
    @FunctionalInterface
    public interface OuterRows {
        Expr column(String correlation, int index, SqlType type, boolean nullable);
    }

    public ExprBuilder(Map<Integer, SqlType> parameters, ZoneId zone, OuterRows outerRows) {
        this.parameters = parameters;
        this.folding = new ConstantFolding(zone);
        this.comparisons = new Comparisons(folding);
        this.arithmetic = new ArithmeticExprs(folding);
        this.arrays = new ArrayExprs(folding);
        this.outerRows = outerRows;
    }

    /** An expression over columns that the function names. */
    public Expr build(RexNode node, IntFunction<Expr> columns) {
        return switch (node) {
            case RexInputRef ref -> columns.apply(ref.getIndex());
            case RexLiteral literal -> Literals.of(literal);
            case RexDynamicParam parameter -> parameter(parameter);
            case RexFieldAccess field
            when field.getReferenceExpr() instanceof RexCorrelVariable variable ->
                outerRows.column(variable.getName(), field.getField().getIndex(), type(node), nullable(node));
            case RexCall call -> call(call, columns);
            default ->
                throw KadeException.of(
                        ErrorCode.FEATURE_NOT_SUPPORTED, "this expression is not built: " + node.getKind());
        };
    }

    private static SqlType type(RexNode node) {
        return SqlTypes.fromRelDataType(node.getType());
    }

    private static boolean nullable(RexNode node) {
        return node.getType().isNullable();
    }

    private Expr parameter(RexDynamicParam parameter) {
        SqlType type = parameters.getOrDefault(parameter.getIndex(), type(parameter));
        return cast(new Expr.Parameter(parameter.getIndex(), type), type(parameter));
    }

    /** The expression in a type; texts stay as they are unless a length is asked for. */
    public Expr cast(Expr input, SqlType to) {
        boolean sameText =
                input.type().isText() && to.id() == TypeId.TEXT && !input.type().keepsBlanks();
        return sameText ? input : folding.cast(input, to);
    }

    /** A sum or difference in a type. */
    Expr arithmetic(ScalarFunction function, Expr left, Expr right, SqlType type) {
        return arithmetic.call(function, List.of(left, right), type, left.nullable() || right.nullable());
    }

    private List<Expr> args(RexCall call, IntFunction<Expr> columns) {
        List<Expr> args = new ArrayList<>(call.getOperands().size());
        for (RexNode operand : call.getOperands()) {
            args.add(build(operand, columns));
        }
        return args;
    }

    private Expr call(RexCall call, IntFunction<Expr> columns) {
        switch (call.getKind()) {
            case SEARCH -> {
                return build(RexUtil.expandSearch(OperatorFactory.builder(), null, call), columns);
            }
            case CAST -> {
                Expr input = build(call.getOperands().getFirst(), columns);
                return explicitCast(input, type(call));
            }
            case CASE -> {
                return caseOf(call, columns);
            }
            case TRIM -> {
                return trim(call, columns);
            }
            default -> {}
        }
        List<Expr> args = args(call, columns);
        Optional<ScalarFunction> json = JsonOperations.of(
                call.getOperator().getName(), args.stream().map(Expr::type).toList());
        if (json.isPresent()) {
            return new Call(json.get(), args, type(call), nullable(call));
        }
        return switch (call.getKind()) {
            case AND -> simple(ScalarFunction.AND, args, call);
            case OR -> or(args, call);
            case NOT -> simple(ScalarFunction.NOT, args, call);
            case IS_NULL -> isNull(args.getFirst(), true, call);
            case IS_NOT_NULL -> isNull(args.getFirst(), false, call);
            case IS_TRUE -> simple(ScalarFunction.IS_TRUE, args, call);
            case IS_NOT_TRUE -> simple(ScalarFunction.IS_NOT_TRUE, args, call);
            case IS_FALSE -> simple(ScalarFunction.IS_FALSE, args, call);
            case IS_NOT_FALSE -> simple(ScalarFunction.IS_NOT_FALSE, args, call);
            case EQUALS -> compare(ScalarFunction.EQ, args, call);
            case NOT_EQUALS -> compare(ScalarFunction.NE, args, call);
            case LESS_THAN -> compare(ScalarFunction.LT, args, call);
            case LESS_THAN_OR_EQUAL -> compare(ScalarFunction.LE, args, call);
            case GREATER_THAN -> compare(ScalarFunction.GT, args, call);
            case GREATER_THAN_OR_EQUAL -> compare(ScalarFunction.GE, args, call);
            case IS_DISTINCT_FROM -> compare(ScalarFunction.IS_DISTINCT_FROM, args, call);
            case IS_NOT_DISTINCT_FROM -> compare(ScalarFunction.IS_NOT_DISTINCT_FROM, args, call);
            case PLUS -> arithmetic.call(ScalarFunction.ADD, args, type(call), nullable(call));
            case MINUS -> arithmetic.call(ScalarFunction.SUBTRACT, args, type(call), nullable(call));
            case TIMES -> arithmetic.call(ScalarFunction.MULTIPLY, args, type(call), nullable(call));
            case DIVIDE -> arithmetic.call(ScalarFunction.DIVIDE, args, type(call), nullable(call));
            case MOD -> arithmetic.call(ScalarFunction.MODULO, args, type(call), nullable(call));
            case MINUS_PREFIX -> simple(ScalarFunction.NEGATE, args, call);
            case PLUS_PREFIX -> args.getFirst();
            case COALESCE -> simple(ScalarFunction.COALESCE, castAll(args, type(call)), call);
            case LIKE ->
                simple(
                        call.getOperator().getName().equals("ILIKE") ? ScalarFunction.ILIKE : ScalarFunction.LIKE,
                        args.stream().map(ExprBuilder::padded).toList(),
                        call);
            default -> named(call, args);
        };
    }

    private Expr simple(ScalarFunction function, List<Expr> args, RexCall call) {
        return folding.call(new Call(function, args, type(call), nullable(call)));
    }

    /** A {@code char(n)} with the blanks at its end, which are not stored. */
    private static Expr padded(Expr arg) {
        if (arg.type().keepsBlanks()) {
            List<Expr> kept = List.of(arg, new Literal("", SqlType.TEXT));
            return new Call(ScalarFunction.CONCAT, kept, SqlType.TEXT, arg.nullable());
        }
        if (arg.type().id() != TypeId.CHAR || arg.type().precision() <= 0) {
            return arg;
        }
        Literal length = new Literal((long) arg.type().precision(), SqlType.INTEGER);
        Literal blank = new Literal(" ", SqlType.TEXT);
        return new Call(ScalarFunction.RPAD, List.of(arg, length, blank), SqlType.TEXT, arg.nullable());
    }

    private Expr or(List<Expr> args, RexCall call) {
        Expr or = simple(ScalarFunction.OR, args, call);
        return or instanceof Call list && list.function() == ScalarFunction.OR ? InLists.of(list) : or;
    }

    private Expr isNull(Expr arg, boolean isNull, RexCall call) {
        if (!arg.nullable()) {
            return isNull ? ConstantFolding.FALSE : ConstantFolding.TRUE;
        }
        if (arg instanceof Literal literal && literal.value() == null) {
            return isNull ? ConstantFolding.TRUE : ConstantFolding.FALSE;
        }
        return simple(isNull ? ScalarFunction.IS_NULL : ScalarFunction.IS_NOT_NULL, List.of(arg), call);
    }

    private Expr compare(ScalarFunction function, List<Expr> args, RexCall call) {
        return comparisons.compare(function, args.get(0), args.get(1), nullable(call));
    }

    private List<Expr> castAll(List<Expr> args, SqlType type) {
        return args.stream().map(arg -> cast(arg, type)).toList();
    }

    /** A cast someone wrote: to text it really converts; a length cuts or pads. */
    private Expr explicitCast(Expr input, SqlType to) {
        if (input.type().equals(to)) {
            return input;
        }
        if (to.isArray() && isBounded(to.element())) {
            return explicitArrayCast(input, to);
        }
        boolean bounded = isBounded(to);
        boolean fits =
                input.type().precision() != SqlType.UNSPECIFIED && input.type().precision() <= to.precision();
        boolean constantFits = input instanceof Expr.Literal && folding.cast(input, to) instanceof Expr.Literal;
        if (bounded && !constantFits && !(input.type().isText() && fits)) {
            // A cast that is written cuts what is too long; only storing it is an error.
            Expr text = explicitCast(input, SqlType.TEXT);
            Expr length = new Expr.Literal((long) to.precision(), SqlType.INTEGER);
            List<Expr> args = List.of(text, length);
            return folding.cast(new Expr.Call(ScalarFunction.LEFT, args, SqlType.TEXT, text.nullable()), to);
        }
        return input.type().isText() && to.id() == TypeId.TEXT && input.type().id() != TypeId.CHAR
                ? input
                : folding.cast(input, to);
    }

    private static boolean isBounded(SqlType type) {
        return type.isText() && type.precision() != SqlType.UNSPECIFIED && !type.keepsBlanks();
    }

    private Expr explicitArrayCast(Expr input, SqlType to) {
        if (input instanceof Expr.Literal && folding.cast(input, to) instanceof Expr.Literal fits) {
            return fits;
        }
        SqlType texts = SqlType.array(SqlType.TEXT);
        Expr text = folding.cast(input, texts);
        Expr length = new Expr.Literal((long) to.element().precision(), SqlType.INTEGER);
        return folding.cast(
                new Expr.Call(ScalarFunction.ARRAY_LEFT, List.of(text, length), texts, text.nullable()), to);
    }

    private Expr caseOf(RexCall call, IntFunction<Expr> columns) {
        SqlType type = type(call);
        List<Expr> args = args(call, columns);
        List<Expr.When> whens = new ArrayList<>();
        for (int i = 0; i + 1 < args.size(); i += 2) {
            Expr condition = args.get(i);
            if (condition.equals(ConstantFolding.FALSE)) {
                continue;
            }
            whens.add(new Expr.When(condition, cast(args.get(i + 1), type)));
        }
        Expr otherwise = cast(args.getLast(), type);
        return whens.isEmpty() ? otherwise : new Expr.Case(whens, otherwise, type, nullable(call));
    }

    private Expr trim(RexCall call, IntFunction<Expr> columns) {
        SqlTrimFunction.Flag flag = ((RexLiteral) call.getOperands().get(0)).getValueAs(SqlTrimFunction.Flag.class);
        Expr characters = build(call.getOperands().get(1), columns);
        Expr value = build(call.getOperands().get(2), columns);
        ScalarFunction function = switch (flag) {
            case LEADING -> ScalarFunction.LTRIM;
            case TRAILING -> ScalarFunction.RTRIM;
            case null, default -> ScalarFunction.BTRIM;
        };
        return new Call(function, List.of(value, characters), SqlType.TEXT, nullable(call));
    }

    private Expr named(RexCall call, List<Expr> args) {
        Optional<ScalarFunction> operator = KadeOperatorTable.ofOperator(call.getOperator());
        if (operator.isPresent()) {
            return switch (operator.get()) {
                case CONCAT -> concat(call, args);
                case CONTAINS, CONTAINED, OVERLAPS -> {
                    if (type(call).id() == TypeId.TSQUERY) {
                        yield simple(ScalarFunction.TSQUERY_AND, castAll(args, SqlType.TSQUERY), call);
                    }
                    SqlType common =
                            Comparisons.common(args.get(0).type(), args.get(1).type());
                    yield simple(operator.get(), castAll(args, common), call);
                }
                default -> simple(operator.get(), args, call);
            };
        }
        if (call.getOperator() instanceof KadeSessionFunction session) {
            return session.value();
        }
        if (call.getOperator().equals(KadeOperators.INTERVAL_LITERAL)) {
            return interval(args);
        }
        if (call.getOperator() instanceof KadeFunction function) {
            return function(function, args, call);
        }
        throw KadeException.of(
                ErrorCode.FEATURE_NOT_SUPPORTED,
                call.getKind() == SqlKind.OTHER_FUNCTION
                        ? "function " + call.getOperator().getName() + " is not built"
                        : "this expression is not built: " + call.getOperator().getName());
    }

    private Expr concat(RexCall call, List<Expr> args) {
        SqlType type = type(call);
        if (type.id() == TypeId.TSVECTOR || type.id() == TypeId.TSQUERY) {
            ScalarFunction joined =
                    type.id() == TypeId.TSVECTOR ? ScalarFunction.TSVECTOR_CONCAT : ScalarFunction.TSQUERY_OR;
            return simple(joined, castAll(args, type), call);
        }
        if (type.isArray()) {
            return arrays.concat(args, type);
        }
        List<Expr> flat = new ArrayList<>();
        for (Expr arg : castAll(args, type)) {
            if (arg instanceof Call inner && inner.function() == ScalarFunction.CONCAT) {
                flat.addAll(inner.args());
            } else {
                flat.add(arg);
            }
        }
        return new Call(ScalarFunction.CONCAT, flat, type, nullable(call));
    }

    private static Literal interval(List<Expr> args) {
        return new Literal(
                new Interval((int) number(args.get(0)), (int) number(args.get(1)), number(args.get(2))),
                SqlType.INTERVAL);
    }

    private static long number(Expr arg) {
        return switch (((Literal) arg).value()) {
            case Long value -> value;
            case BigDecimal value -> value.longValueExact();
            case null, default -> throw KadeException.internal("not a number in an interval: " + arg, null);
        };
    }

    private Expr function(KadeFunction function, List<Expr> args, RexCall call) {
        if (function.function() == ScalarFunction.ARRAY) {
            return arrays.constructor(args, type(call));
        }
        if (function.function() == ScalarFunction.ANY_ELEMENT || function.function() == ScalarFunction.ALL_ELEMENTS) {
            return arrays.quantified(function.function(), args, nullable(call));
        }
        List<SqlType> wanted =
                function.operandTypes(args.stream().map(Expr::type).toList());
        boolean text = function.function() == ScalarFunction.CONCAT_FUNCTION
                || function.function() == ScalarFunction.CONCAT_WS;
        List<Expr> converted = new ArrayList<>();
        for (int i = 0; i < args.size(); i++) {
            converted.add(
                    text || function.function() == ScalarFunction.OCTET_LENGTH
                            ? cast(padded(args.get(i)), text ? SqlType.TEXT : wanted.get(i))
                            : cast(args.get(i), wanted.get(i)));
        }
        if (function.function() == ScalarFunction.MODULO) {
            return arithmetic.call(ScalarFunction.MODULO, args, type(call), nullable(call));
        }
        if (function.function() == ScalarFunction.SUBSCRIPT
                && converted.getFirst().type().isJson()) {
            return new Call(ScalarFunction.JSON_EXTRACT_PATH, converted, type(call), nullable(call));
        }
        if (function.function() == ScalarFunction.LENGTH) {
            ScalarFunction length = switch (converted.getFirst().type().id()) {
                case BYTEA -> ScalarFunction.OCTET_LENGTH;
                case TSVECTOR -> ScalarFunction.TSVECTOR_LENGTH;
                default -> ScalarFunction.LENGTH;
            };
            return new Call(length, converted, type(call), nullable(call));
        }
        return new Call(
                function.function(), function.swapped() ? converted.reversed() : converted, type(call), nullable(call));
    }
}
