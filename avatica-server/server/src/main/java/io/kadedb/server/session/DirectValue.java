package io.kadedb.server.session;

import io.kadedb.common.data.HeapRow;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.planner.physical.Expr;
import org.jspecify.annotations.Nullable;

/**
 * A value of a row that is written directly: a parameter, a constant, a column of the old row, or a sum, difference or product
 * of integers. What would fail, or has to be converted, is left to the general way. Belongs to one thread.
 */
abstract class DirectValue {
    /**
     * Sets the value of a row.
     *
     * @param old what columns are read from
     * @return false if the value is not known this way
     */
    abstract boolean set(@Nullable Object[] parameters, HeapRow old, HeapRow target, int index);

    /** The value of an expression; null if it is none of these, or of another type than the one that is wanted. */
    static @Nullable DirectValue of(Expr expression, SqlType wanted) {
        if (expression instanceof Expr.Literal literal && literal.value() == null) {
            return new Constant(new HeapRow(1));
        }
        if (!expression.type().equals(wanted) || !isPlain(wanted)) {
            return expression instanceof Expr.Column column && expression.type().equals(wanted)
                    ? new Old(column.index())
                    : null;
        }
        return switch (expression) {
            case Expr.Column column -> new Old(column.index());
            case Expr.Parameter parameter -> new Bound(parameter.index(), wanted.id());
            case Expr.Literal literal -> {
                HeapRow constant = new HeapRow(1);
                yield PlainValue.set(literal.value(), wanted.id(), constant, 0) ? new Constant(constant) : null;
            }
            case Expr.Call call -> computed(call);
            case Expr.Cast cast -> computed(cast);
            default -> null;
        };
    }

    private static @Nullable DirectValue computed(Expr expression) {
        DirectInteger value = DirectInteger.of(expression);
        return value == null ? null : new Computed(value);
    }

    private static boolean isPlain(SqlType type) {
        return type.equals(SqlType.SMALLINT)
                || type.equals(SqlType.INTEGER)
                || type.equals(SqlType.BIGINT)
                || type.equals(SqlType.BOOLEAN)
                || type.equals(SqlType.DOUBLE)
                || type.equals(SqlType.TEXT)
                || type.equals(SqlType.UUID);
    }

    private static final class Old extends DirectValue {
        private final int ordinal;

        Old(int ordinal) {
            this.ordinal = ordinal;
        }

        @Override
        boolean set(@Nullable Object[] parameters, HeapRow old, HeapRow target, int index) {
            target.set(index, old, ordinal);
            return true;
        }
    }

    private static final class Bound extends DirectValue {
        private final int parameter;
        private final TypeId type;

        Bound(int parameter, TypeId type) {
            this.parameter = parameter;
            this.type = type;
        }

        @Override
        boolean set(@Nullable Object[] parameters, HeapRow old, HeapRow target, int index) {
            return PlainValue.set(parameters[parameter], type, target, index);
        }
    }

    private static final class Constant extends DirectValue {
        private final HeapRow value;

        Constant(HeapRow value) {
            this.value = value;
        }

        @Override
        boolean set(@Nullable Object[] parameters, HeapRow old, HeapRow target, int index) {
            target.set(index, value, 0);
            return true;
        }
    }

    private static final class Computed extends DirectValue {
        private final DirectInteger value;

        Computed(DirectInteger value) {
            this.value = value;
        }

        @Override
        boolean set(@Nullable Object[] parameters, HeapRow old, HeapRow target, int index) {
            if (!value.compute(parameters, old)) {
                return false;
            }
            if (value.isNull) {
                target.setNull(index);
            } else {
                target.set(index, value.result, 0);
            }
            return true;
        }
    }
}
