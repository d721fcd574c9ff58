package io.kadedb.planner.physical;

import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A scalar expression over the columns of a plan node's input. Fully typed: every coercion is a {@link Cast}, so that
 * the two sides of a comparison have one type and kernels need no rules of their own.
 */
public sealed interface Expr {
    SqlType type();

    /** Whether it can be NULL. */
    boolean nullable();

    /** Whether two evaluations over the same row may differ. */
    default boolean varies() {
        return calls(ScalarFunction::isVolatile);
    }

    /** Whether it calls such a function. */
    default boolean calls(Predicate<ScalarFunction> functions) {
        return (this instanceof Call call && functions.test(call.function()))
                || operands().stream().anyMatch(operand -> operand.calls(functions));
    }

    /** The expressions it is made of, in the order in which they are written. */
    default List<Expr> operands() {
        return switch (this) {
            case Call call -> call.args();
            case Cast cast -> List.of(cast.input());
            case Case cases -> {
                List<Expr> operands = new ArrayList<>(2 * cases.whens().size() + 1);
                for (When when : cases.whens()) {
                    operands.add(when.condition());
                    operands.add(when.result());
                }
                operands.add(cases.otherwise());
                yield operands;
            }
            case InList in -> List.of(in.input());
            case Column column -> List.of();
            case Literal literal -> List.of();
            case Parameter parameter -> List.of();
            case SessionValue session -> List.of();
            case OuterColumn outer -> List.of();
        };
    }

    /** The same over other operands; what has none is itself. The values of a list stay. */
    default Expr mapOperands(UnaryOperator<Expr> mapping) {
        return switch (this) {
            case Call call ->
                new Call(call.function(), call.args().stream().map(mapping).toList(), call.type(), call.nullable());
            case Cast cast -> new Cast(mapping.apply(cast.input()), cast.type());
            case Case cases ->
                new Case(
                        cases.whens().stream()
                                .map(when -> new When(mapping.apply(when.condition()), mapping.apply(when.result())))
                                .toList(),
                        mapping.apply(cases.otherwise()),
                        cases.type(),
                        cases.nullable());
            case InList in -> new InList(mapping.apply(in.input()), in.values(), in.nullable());
            case Column column -> column;
            case Literal literal -> literal;
            case Parameter parameter -> parameter;
            case SessionValue session -> session;
            case OuterColumn outer -> outer;
        };
    }

    /** Column {@code index} of the input; joins number the left input's columns first. */
    record Column(int index, SqlType type, boolean nullable) implements Expr {}

    /**
     * A constant.
     *
     * @param value null for NULL; else by type: Boolean; Long for SMALLINT, INTEGER, BIGINT, DATE (days), TIME,
     *     TIMESTAMP and TIMESTAMPTZ (microseconds); Double for REAL and DOUBLE; BigDecimal with the type's scale;
     *     String for text; read-only ByteBuffer for BYTEA; {@link io.kadedb.common.type.Interval}; java.util.UUID
     */
    record Literal(@Nullable Object value, SqlType type) implements Expr {
        @Override
        public boolean nullable() {
            return value == null;
        }
    }

    /** A statement parameter, numbered from 0, bound when the plan runs, with values as in {@link Literal}. */
    record Parameter(int index, SqlType type) implements Expr {
        @Override
        public boolean nullable() {
            return true;
        }
    }

    /** A value of the session or transaction, read when the plan runs and never folded into a cached plan. */
    record SessionValue(Kind kind, SqlType type) implements Expr {
        /** Which value. */
        public enum Kind {
            CURRENT_USER,
            SESSION_USER,
            CURRENT_SCHEMA,
            CURRENT_DATABASE,
            /** TIMESTAMPTZ of the transaction's start. */
            NOW,
            /** TIMESTAMPTZ of the statement's start. */
            STATEMENT_TIMESTAMP,
            /** NOW as the session's time zone dates it. */
            CURRENT_DATE,
            LOCALTIME,
            LOCALTIMESTAMP
        }

        @Override
        public boolean nullable() {
            return false;
        }
    }

    /** Column {@code index} of the left row of the enclosing {@link PhysicalPlan.Apply} with this id. */
    record OuterColumn(int applyId, int index, SqlType type, boolean nullable) implements Expr {}

    /** A function or operator; AND, OR and CONCAT take any number of arguments. */
    record Call(ScalarFunction function, List<Expr> args, SqlType type, boolean nullable) implements Expr {
        public Call {
            args = List.copyOf(args);
        }
    }

    /** A conversion; fails with the SQLSTATE of the failed conversion (22003, 22P02, 22007, ...). */
    record Cast(Expr input, SqlType type) implements Expr {
        @Override
        public boolean nullable() {
            // The JSON null is NULL to numbers and booleans.
            boolean documentNull = input.type().id() == TypeId.JSONB && !type.isText() && !type.isJson();
            return input.nullable() || documentNull;
        }
    }

    /** CASE WHEN: a branch is evaluated only for the rows that reach it, so that it may guard against errors. */
    record Case(List<When> whens, Expr otherwise, SqlType type, boolean nullable) implements Expr {
        public Case {
            whens = List.copyOf(whens);
        }
    }

    /** A condition with its result; both of {@link Case}. */
    record When(Expr condition, Expr result) {}

    /** {@code input IN (constants)} with SQL's NULL rules; the constants are distinct and of the input's type. */
    record InList(Expr input, List<Literal> values, boolean nullable) implements Expr {
        public InList {
            values = List.copyOf(values);
        }

        @Override
        public SqlType type() {
            return SqlType.BOOLEAN;
        }
    }
}
