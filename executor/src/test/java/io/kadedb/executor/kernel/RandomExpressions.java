package io.kadedb.executor.kernel;

import io.kadedb.common.type.SqlType;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.ScalarFunction;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Makes random expressions over a row of known column types. */
public final class RandomExpressions {
    static final SqlType NARROW = SqlType.decimal(9, 2);
    static final SqlType WIDE = SqlType.decimal(25, 4);
    public static final List<SqlType> COLUMNS = List.of(
            SqlType.SMALLINT,
            SqlType.INTEGER,
            SqlType.INTEGER,
            SqlType.BIGINT,
            SqlType.BIGINT,
            SqlType.DOUBLE,
            SqlType.DOUBLE,
            NARROW,
            NARROW,
            WIDE,
            SqlType.TEXT,
            SqlType.TEXT,
            SqlType.BOOLEAN,
            SqlType.DATE);
    private static final List<ScalarFunction> COMPARISONS = List.of(
            ScalarFunction.EQ,
            ScalarFunction.NE,
            ScalarFunction.LT,
            ScalarFunction.LE,
            ScalarFunction.GT,
            ScalarFunction.GE,
            ScalarFunction.IS_DISTINCT_FROM,
            ScalarFunction.IS_NOT_DISTINCT_FROM);
    private static final List<String> TEXTS = List.of(
            "",
            "a",
            "ab",
            "abc",
            "b",
            "ba",
            "é",
            "aé",
            "😀",
            "ab😀c",
            "abcabcabc",
            "xxxxxxxxxxxxabxabcxxxx",
            "\u0100\u0101ab\u0102c\u0103\u0104abc");
    private static final List<String> LIKES = List.of(
            "%",
            "a%", "%a", "%b%", "_", "a_", "%é", "_%_", "%b_", "", "abc", "%ab%c%", "%abc%", "%abc", "%bc%a%", "\\%",
            "a%c");

    private final Random random;

    public RandomExpressions(Random random) {
        this.random = random;
    }

    public static List<@Nullable Object> values(SqlType type, int count, double nulls, Random random) {
        List<@Nullable Object> values = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            values.add(random.nextDouble() < nulls ? null : value(type, random));
        }
        return values;
    }

    private static Object value(SqlType type, Random random) {
        return switch (type.id()) {
            case BOOLEAN -> random.nextBoolean();
            case DOUBLE ->
                random.nextInt(8) == 0 ? -0.0 : random.nextInt(9) == 0 ? Double.NaN : random.nextInt(-8, 8) / 4.0;
            case DECIMAL -> BigDecimal.valueOf(random.nextInt(-300, 300), type.scale());
            case TEXT -> TEXTS.get(random.nextInt(TEXTS.size()));
            default ->
                random.nextInt(60) == 0 && type.isInteger()
                        ? SampleValues.ascending(type).get(random.nextInt(6))
                        : (Long) (long) random.nextInt(-9, 9);
        };
    }

    private <T> T pick(List<T> choice) {
        return choice.get(random.nextInt(choice.size()));
    }

    public Expr any(int depth) {
        return switch (random.nextInt(6)) {
            case 0, 1 -> condition(depth);
            case 2 -> decimal();
            default -> value(pick(COLUMNS), depth);
        };
    }

    private Expr value(SqlType type, int depth) {
        int choice = random.nextInt(10);
        if (depth == 0 || choice < 3) {
            return leaf(type);
        }
        if (choice == 3) {
            return new Expr.Case(
                    List.of(new Expr.When(condition(depth - 1), value(type, depth - 1))),
                    value(type, depth - 1),
                    type,
                    true);
        }
        if (choice == 4) {
            return new Expr.Call(
                    ScalarFunction.COALESCE, List.of(value(type, depth - 1), value(type, depth - 1)), type, true);
        }
        return switch (type.id()) {
            case SMALLINT, INTEGER, BIGINT, DOUBLE ->
                new Expr.Call(
                        pick(List.of(ScalarFunction.ADD, ScalarFunction.SUBTRACT, ScalarFunction.MULTIPLY)),
                        List.of(value(type, depth - 1), value(type, depth - 1)),
                        type,
                        true);
            case BOOLEAN -> condition(depth);
            case TEXT -> new Expr.Call(ScalarFunction.CONCAT, List.of(leaf(type), leaf(type)), type, true);
            default -> leaf(type);
        };
    }

    private Expr decimal() {
        Expr a = value(NARROW, 0);
        Expr b = random.nextBoolean() ? value(NARROW, 0) : value(WIDE, 0);
        return switch (random.nextInt(3)) {
            case 0 -> new Expr.Call(ScalarFunction.ADD, List.of(a, b), SqlType.decimal(38, 4), true);
            case 1 -> new Expr.Call(ScalarFunction.SUBTRACT, List.of(a, a), SqlType.decimal(10, 2), true);
            default ->
                new Expr.Call(
                        ScalarFunction.MULTIPLY,
                        List.of(a, b),
                        b.type().equals(NARROW) ? SqlType.decimal(18, 4) : SqlType.decimal(38, 6),
                        true);
        };
    }

    private Expr leaf(SqlType type) {
        List<Expr> choice = new ArrayList<>();
        for (int i = 0; i < COLUMNS.size(); i++) {
            if (COLUMNS.get(i).equals(type)) {
                choice.add(new Expr.Column(i, type, true));
            }
        }
        return choice.isEmpty() || random.nextInt(4) == 0
                ? new Expr.Literal(random.nextInt(8) == 0 ? null : value(type, random), type)
                : pick(choice);
    }

    public Expr condition(int depth) {
        int choice = depth == 0 ? 5 + random.nextInt(3) : random.nextInt(8);
        SqlType type = pick(COLUMNS);
        return switch (choice) {
            case 0 -> call(ScalarFunction.AND, condition(depth - 1), condition(depth - 1), condition(depth - 1));
            case 1 -> call(ScalarFunction.OR, condition(depth - 1), condition(depth - 1), condition(depth - 1));
            case 2 -> call(ScalarFunction.NOT, condition(depth - 1));
            case 3 ->
                call(
                        pick(List.of(
                                ScalarFunction.IS_TRUE,
                                ScalarFunction.IS_NOT_TRUE,
                                ScalarFunction.IS_FALSE,
                                ScalarFunction.IS_NOT_FALSE)),
                        condition(depth - 1));
            case 4 -> call(pick(List.of(ScalarFunction.IS_NULL, ScalarFunction.IS_NOT_NULL)), value(type, depth - 1));
            case 5 -> call(ScalarFunction.LIKE, leaf(SqlType.TEXT), new Expr.Literal(pick(LIKES), SqlType.TEXT));
            case 6 -> inList(leaf(type));
            default -> {
                Expr left = random.nextInt(6) == 0 ? decimal() : value(type, Math.max(0, depth - 1));
                yield call(pick(COMPARISONS), left, leaf(left.type()));
            }
        };
    }

    private Expr inList(Expr input) {
        List<Expr.Literal> list = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            Object value = random.nextInt(6) == 0 ? null : value(input.type(), random);
            Expr.Literal literal = new Expr.Literal(value, input.type());
            if (!list.contains(literal)) {
                list.add(literal);
            }
        }
        return new Expr.InList(input, list, true);
    }

    private static Expr call(ScalarFunction function, Expr... args) {
        return new Expr.Call(function, List.of(args), SqlType.BOOLEAN, true);
    }
}
