package io.kadedb.executor.reference;

import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.ScalarFunction;
import io.kadedb.planner.types.TypeRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Makes random expressions, typed as the planner would have them. */
final class RandomScalars {
    private static final List<ScalarFunction> COMPARISONS = List.of(
            ScalarFunction.EQ,
            ScalarFunction.NE,
            ScalarFunction.LT,
            ScalarFunction.LE,
            ScalarFunction.GT,
            ScalarFunction.GE,
            ScalarFunction.IS_DISTINCT_FROM,
            ScalarFunction.IS_NOT_DISTINCT_FROM);
    private static final List<ScalarFunction> TRUTHS = List.of(
            ScalarFunction.NOT,
            ScalarFunction.IS_TRUE,
            ScalarFunction.IS_NOT_TRUE,
            ScalarFunction.IS_FALSE,
            ScalarFunction.IS_NOT_FALSE);
    private static final List<String> PATTERNS = List.of(
            "%", "a%", "%a", "%b%", "_", "a_", "%é", "_%_", "", "abc", "%ab%c%", "a\\%c", "a\\_c", "%😀%", "%z");
    private static final List<String> FIELDS =
            List.of("year", "month", "day", "doy", "dow", "isodow", "hour", "minute", "quarter");

    private final Random random;
    private final boolean edges;
    private final List<@Nullable Object> parameters;
    private List<Field> fields = List.of();
    private Map<Integer, List<Field>> outer = Map.of();

    /** @param parameters takes the values of the parameters used */
    RandomScalars(Random random, boolean edges, List<@Nullable Object> parameters) {
        this.random = random;
        this.edges = edges;
        this.parameters = parameters;
    }

    /** Expressions from here on are over these columns, and those of the applications around. */
    RandomScalars over(List<Field> input, Map<Integer, List<Field>> left) {
        fields = input;
        outer = left;
        return this;
    }

    private <T> T pick(List<T> choice) {
        return Samples.pick(choice, random);
    }

    Expr literal(SqlType type) {
        return new Expr.Literal(random.nextInt(10) == 0 ? null : Samples.of(type, edges, random), type);
    }

    /** A column of the type if there is one, else a constant. */
    Expr leaf(SqlType type) {
        List<Expr> choice = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            Field field = fields.get(i);
            if (field.type().equals(type) && RandomPlans.isExact(field)) {
                choice.add(new Expr.Column(i, type, field.nullable()));
            }
        }
        outer.forEach((id, left) -> {
            for (int i = 0; i < left.size(); i++) {
                if (left.get(i).type().equals(type) && RandomPlans.isExact(left.get(i))) {
                    choice.add(new Expr.OuterColumn(id, i, type, left.get(i).nullable()));
                }
            }
        });
        int constant = random.nextInt(12);
        if (constant == 0 && parameters.size() < 20) {
            parameters.add(random.nextInt(6) == 0 ? null : Samples.of(type, edges, random));
            return new Expr.Parameter(parameters.size() - 1, type);
        }
        return choice.isEmpty() || constant < 3 ? literal(type) : pick(choice);
    }

    static Expr call(ScalarFunction function, SqlType type, Expr... args) {
        return call(function, type, List.of(args));
    }

    private static Expr call(ScalarFunction function, SqlType type, List<Expr> args) {
        boolean nullable = switch (function) {
            case IS_NULL, IS_NOT_NULL, IS_TRUE, IS_NOT_TRUE, IS_FALSE, IS_NOT_FALSE -> false;
            case IS_DISTINCT_FROM, IS_NOT_DISTINCT_FROM, CONCAT_FUNCTION -> false;
            case COALESCE, GREATEST, LEAST -> args.stream().allMatch(Expr::nullable);
            default -> args.stream().anyMatch(Expr::nullable);
        };
        return new Expr.Call(function, args, type, nullable);
    }

    Expr of(SqlType type, int depth) {
        if (depth <= 0 || random.nextInt(4) == 0) {
            return leaf(type);
        }
        int next = depth - 1;
        return switch (random.nextInt(8)) {
            case 0 -> {
                Expr result = of(type, next);
                Expr otherwise = of(type, next);
                yield new Expr.Case(
                        List.of(new Expr.When(condition(next), result)),
                        otherwise,
                        type,
                        result.nullable() || otherwise.nullable());
            }
            case 1 ->
                call(
                        pick(List.of(ScalarFunction.COALESCE, ScalarFunction.GREATEST, ScalarFunction.LEAST)),
                        type,
                        of(type, next),
                        leaf(type));
            default -> own(type, next);
        };
    }

    /** By the type's own functions. */
    private Expr own(SqlType type, int depth) {
        return switch (type.id()) {
            case BOOLEAN -> condition(depth);
            case SMALLINT, INTEGER, BIGINT -> integer(type, depth);
            case REAL, DOUBLE -> floating(type, depth);
            case DECIMAL -> decimal(type, depth);
            case TEXT -> text(depth);
            case DATE -> date(depth);
            case TIMESTAMP, TIMESTAMPTZ -> moment(type, depth);
            case INTERVAL -> {
                SqlType of = pick(List.of(SqlType.TIMESTAMP, SqlType.TIMESTAMPTZ));
                yield random.nextBoolean()
                        ? call(ScalarFunction.SUBTRACT, type, of(of, depth), leaf(of))
                        : call(plusOrMinus(), type, leaf(type), leaf(type));
            }
            default -> leaf(type);
        };
    }

    private ScalarFunction plusOrMinus() {
        return random.nextBoolean() ? ScalarFunction.ADD : ScalarFunction.SUBTRACT;
    }

    private ScalarFunction operation() {
        return pick(List.of(
                ScalarFunction.ADD,
                ScalarFunction.SUBTRACT,
                ScalarFunction.MULTIPLY,
                ScalarFunction.DIVIDE,
                ScalarFunction.MODULO));
    }

    private Expr integer(SqlType type, int depth) {
        return switch (random.nextInt(5)) {
            case 0, 1 -> call(operation(), type, of(type, depth), leaf(type));
            case 2 -> call(pick(List.of(ScalarFunction.ABS, ScalarFunction.NEGATE)), type, of(type, depth));
            case 3 -> new Expr.Cast(of(pick(Samples.exactNumbers()), depth), type);
            default -> new Expr.Cast(counted(depth), type);
        };
    }

    private Expr counted(int depth) {
        Expr text = of(SqlType.TEXT, depth);
        return switch (random.nextInt(3)) {
            case 0 -> call(ScalarFunction.LENGTH, SqlType.INTEGER, text);
            case 1 -> call(ScalarFunction.POSITION, SqlType.INTEGER, leaf(SqlType.TEXT), text);
            default -> call(ScalarFunction.SUBTRACT, SqlType.INTEGER, leaf(SqlType.DATE), leaf(SqlType.DATE));
        };
    }

    private Expr floating(SqlType type, int depth) {
        return switch (random.nextInt(4)) {
            case 0 ->
                call(
                        pick(List.of(ScalarFunction.ADD, ScalarFunction.SUBTRACT, ScalarFunction.MULTIPLY)),
                        type,
                        of(type, depth),
                        leaf(type));
            case 1 ->
                new Expr.Cast(of(pick(List.of(SqlType.SMALLINT, SqlType.INTEGER, SqlType.decimal(5, 2))), depth), type);
            case 2 -> call(pick(List.of(ScalarFunction.ABS, ScalarFunction.NEGATE)), type, of(type, depth));
            default ->
                type.id() == TypeId.REAL
                        ? leaf(type)
                        : call(
                                pick(List.of(
                                        ScalarFunction.CEIL,
                                        ScalarFunction.FLOOR,
                                        ScalarFunction.ROUND,
                                        ScalarFunction.TRUNC)),
                                type,
                                of(type, depth));
        };
    }

    private Expr decimal(SqlType type, int depth) {
        SqlType other = pick(Samples.exactNumbers());
        Expr a = of(type, depth);
        Expr b = leaf(other);
        Expr made = switch (random.nextInt(5)) {
            case 0 -> {
                SqlType sum = TypeRules.add(type, other);
                yield call(plusOrMinus(), sum, scaled(a, sum), scaled(b, sum));
            }
            case 1 -> call(ScalarFunction.MULTIPLY, TypeRules.multiply(type, other), a, exact(b));
            case 2 -> call(ScalarFunction.DIVIDE, TypeRules.divide(type, other), a, exact(b));
            case 3 ->
                call(
                        pick(List.of(
                                ScalarFunction.ABS,
                                ScalarFunction.NEGATE,
                                ScalarFunction.FLOOR,
                                ScalarFunction.CEIL,
                                ScalarFunction.ROUND)),
                        type,
                        a);
            default -> b;
        };
        return made.type().equals(type) ? made : new Expr.Cast(made, type);
    }

    private static Expr exact(Expr number) {
        SqlType type = TypeRules.asDecimal(number.type());
        return type.equals(number.type()) ? number : new Expr.Cast(number, type);
    }

    /** Operands of sums have the sum's scale. */
    private static Expr scaled(Expr number, SqlType sum) {
        SqlType own = TypeRules.asDecimal(number.type());
        if (own.scale() != sum.scale()) {
            int whole = own.precision() - own.scale();
            own = TypeRules.capped(Math.min(whole + sum.scale(), SqlType.MAX_DECIMAL_PRECISION), sum.scale());
        }
        return own.equals(number.type()) ? number : new Expr.Cast(number, own);
    }

    private Expr small(int from, int to) {
        return new Expr.Literal((long) random.nextInt(from, to), SqlType.INTEGER);
    }

    private Expr text(int depth) {
        SqlType type = SqlType.TEXT;
        Expr text = of(type, depth);
        return switch (random.nextInt(8)) {
            case 0 -> call(ScalarFunction.CONCAT, type, text, leaf(type));
            case 1 -> call(ScalarFunction.SUBSTRING, type, text, small(-2, 5), small(0, 4));
            case 2 -> call(pick(List.of(ScalarFunction.BTRIM, ScalarFunction.LTRIM, ScalarFunction.RTRIM)), type, text);
            case 3 -> call(pick(List.of(ScalarFunction.LEFT, ScalarFunction.RIGHT)), type, text, small(-3, 4));
            case 4 -> call(ScalarFunction.REPLACE, type, text, leaf(type), leaf(type));
            case 5 -> call(pick(List.of(ScalarFunction.REVERSE, ScalarFunction.UPPER)), type, text);
            case 6 -> call(ScalarFunction.CONCAT_FUNCTION, type, text, leaf(type));
            default ->
                new Expr.Cast(
                        of(pick(List.of(SqlType.BIGINT, SqlType.decimal(18, 4), SqlType.BOOLEAN, SqlType.UUID)), depth),
                        type);
        };
    }

    private Expr date(int depth) {
        return switch (random.nextInt(3)) {
            case 0 -> call(plusOrMinus(), SqlType.DATE, leaf(SqlType.DATE), small(-40, 40));
            case 1 -> new Expr.Cast(of(SqlType.TIMESTAMP, depth), SqlType.DATE);
            default -> new Expr.Cast(of(SqlType.TIMESTAMPTZ, depth), SqlType.DATE);
        };
    }

    private Expr moment(SqlType type, int depth) {
        SqlType other = type.equals(SqlType.TIMESTAMP) ? SqlType.TIMESTAMPTZ : SqlType.TIMESTAMP;
        Expr zone = new Expr.Literal(
                pick(List.of("UTC", "Europe/Paris", "America/New_York", "Australia/Lord_Howe")), SqlType.TEXT);
        Expr unit = new Expr.Literal(pick(List.of("hour", "day", "week", "month", "year")), SqlType.TEXT);
        return switch (random.nextInt(5)) {
            case 0 -> call(plusOrMinus(), type, of(type, depth), leaf(SqlType.INTERVAL));
            case 1 -> new Expr.Cast(of(other, depth), type);
            case 2 -> new Expr.Cast(leaf(SqlType.DATE), type);
            case 3 -> call(ScalarFunction.AT_TIME_ZONE, type, zone, of(other, depth));
            default -> call(ScalarFunction.DATE_TRUNC, type, unit, of(type, depth));
        };
    }

    Expr condition(int depth) {
        SqlType type = fields.isEmpty() ? pick(Samples.TYPES) : pick(fields).type();
        if (!Samples.TYPES.contains(type)) {
            type = SqlType.INTEGER;
        }
        int next = depth - 1;
        SqlType truth = SqlType.BOOLEAN;
        return switch (depth <= 0 ? 4 + random.nextInt(5) : random.nextInt(9)) {
            case 0 -> call(ScalarFunction.AND, truth, condition(next), condition(next));
            case 1 -> call(ScalarFunction.OR, truth, condition(next), condition(next), leaf(truth));
            case 2 -> call(pick(TRUTHS), truth, condition(next));
            case 3 -> part(next);
            case 4 ->
                call(random.nextBoolean() ? ScalarFunction.IS_NULL : ScalarFunction.IS_NOT_NULL, truth, of(type, next));
            case 5 -> inList(of(type, next));
            case 6 ->
                call(
                        ScalarFunction.LIKE,
                        truth,
                        of(SqlType.TEXT, next),
                        new Expr.Literal(pick(PATTERNS), SqlType.TEXT));
            default -> call(pick(COMPARISONS), truth, of(type, next), of(type, next));
        };
    }

    private Expr part(int depth) {
        SqlType type = pick(List.of(SqlType.DATE, SqlType.TIMESTAMP, SqlType.TIMESTAMPTZ));
        List<String> names = type.equals(SqlType.DATE) ? FIELDS.subList(0, 6) : FIELDS;
        Expr extracted = call(
                ScalarFunction.EXTRACT, SqlType.BIGINT, new Expr.Literal(pick(names), SqlType.TEXT), of(type, depth));
        return call(
                pick(COMPARISONS),
                SqlType.BOOLEAN,
                extracted,
                new Expr.Literal((long) random.nextInt(1, 30), SqlType.BIGINT));
    }

    private Expr inList(Expr input) {
        List<Expr.Literal> values = new ArrayList<>();
        for (int i = random.nextInt(5); i >= 0; i--) {
            Expr literal = literal(input.type());
            boolean known =
                    values.stream().anyMatch(other -> ValueOrder.same(other.value(), ((Expr.Literal) literal).value()));
            if (!known) {
                values.add((Expr.Literal) literal);
            }
        }
        boolean nullable = input.nullable() || values.stream().anyMatch(Expr.Literal::nullable);
        return new Expr.InList(input, values, nullable);
    }
}
