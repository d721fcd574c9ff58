package io.kadedb.server.session;

import io.kadedb.common.data.HeapRow;
import io.kadedb.common.type.TypeId;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.ScalarFunction;
import org.jspecify.annotations.Nullable;

/** An integer that is computed for a row that is written directly. Belongs to one thread. */
abstract class DirectInteger {
    /** Of the last computation. */
    long result;

    boolean isNull;

    /** Computes the integer; false if it does not fit its type, or is bound as something else. */
    abstract boolean compute(@Nullable Object[] parameters, HeapRow old);

    /** The integer of an expression; null for other expressions. */
    static @Nullable DirectInteger of(Expr expression) {
        TypeId type = expression.type().id();
        if (!isInteger(type)) {
            return null;
        }
        return switch (expression) {
            case Expr.Column column -> new Old(column.index());
            case Expr.Parameter parameter -> new Bound(parameter.index(), type);
            case Expr.Literal literal -> literal.value() instanceof Long number ? new Constant(number) : null;
            case Expr.Cast cast -> {
                DirectInteger input = of(cast.input());
                yield input == null ? null : new Converted(input, type);
            }
            case Expr.Call call -> operation(call, type);
            default -> null;
        };
    }

    private static @Nullable DirectInteger operation(Expr.Call call, TypeId type) {
        ScalarFunction function = call.function();
        boolean isKnown = function == ScalarFunction.ADD
                || function == ScalarFunction.SUBTRACT
                || function == ScalarFunction.MULTIPLY;
        if (!isKnown || call.args().size() != 2) {
            return null;
        }
        DirectInteger left = of(call.args().get(0));
        DirectInteger right = of(call.args().get(1));
        return left == null || right == null ? null : new Operation(function, left, right, type);
    }

    private static boolean isInteger(TypeId type) {
        return type == TypeId.BIGINT || type == TypeId.INTEGER || type == TypeId.SMALLINT;
    }

    private static final class Old extends DirectInteger {
        private final int ordinal;

        Old(int ordinal) {
            this.ordinal = ordinal;
        }

        @Override
        boolean compute(@Nullable Object[] parameters, HeapRow old) {
            isNull = old.isNull(ordinal);
            result = old.low(ordinal);
            return true;
        }
    }

    private static final class Bound extends DirectInteger {
        private final int parameter;
        private final TypeId type;

        Bound(int parameter, TypeId type) {
            this.parameter = parameter;
            this.type = type;
        }

        @Override
        boolean compute(@Nullable Object[] parameters, HeapRow old) {
            Object value = parameters[parameter];
            isNull = value == null;
            if (value instanceof Integer number) {
                result = number;
            } else if (value instanceof Long number) {
                result = number;
            } else {
                return isNull;
            }
            return PlainValue.fits(result, type);
        }
    }

    private static final class Constant extends DirectInteger {
        Constant(long value) {
            result = value;
        }

        @Override
        boolean compute(@Nullable Object[] parameters, HeapRow old) {
            return true;
        }
    }

    private static final class Converted extends DirectInteger {
        private final DirectInteger input;
        private final TypeId type;

        Converted(DirectInteger input, TypeId type) {
            this.input = input;
            this.type = type;
        }

        @Override
        boolean compute(@Nullable Object[] parameters, HeapRow old) {
            if (!input.compute(parameters, old)) {
                return false;
            }
            isNull = input.isNull;
            result = input.result;
            return isNull || PlainValue.fits(result, type);
        }
    }

    private static final class Operation extends DirectInteger {
        private final ScalarFunction function;
        private final DirectInteger left;
        private final DirectInteger right;
        private final TypeId type;

        Operation(ScalarFunction function, DirectInteger left, DirectInteger right, TypeId type) {
            this.function = function;
            this.left = left;
            this.right = right;
            this.type = type;
        }

        @Override
        boolean compute(@Nullable Object[] parameters, HeapRow old) {
            if (!left.compute(parameters, old) || !right.compute(parameters, old)) {
                return false;
            }
            isNull = left.isNull || right.isNull;
            return isNull || (operate(left.result, right.result) && PlainValue.fits(result, type));
        }

        /** False when 64 bits do not hold the result. */
        private boolean operate(long a, long b) {
            if (function == ScalarFunction.ADD) {
                result = a + b;
                return ((a ^ result) & (b ^ result)) >= 0;
            }
            if (function == ScalarFunction.SUBTRACT) {
                result = a - b;
                return ((a ^ b) & (a ^ result)) >= 0;
            }
            result = a * b;
            return Math.multiplyHigh(a, b) == result >> 63;
        }
    }
}
