package io.kadedb.planner.index;

import io.kadedb.planner.physical.Expr;
import java.util.function.IntUnaryOperator;

/** Expressions in a form in which those that compute the same of the same columns are equal. */
public final class Canonical {
    private Canonical() {}

    /**
     * An expression over other columns, of which it does not say whether they can be NULL.
     *
     * @param columns the new number of each column
     */
    public static Expr of(Expr expression, IntUnaryOperator columns) {
        return new Walk(columns, true).of(expression);
    }

    /** The same over other columns. */
    public static Expr moved(Expr expression, IntUnaryOperator columns) {
        return new Walk(columns, false).of(expression);
    }

    /** @param nullable whether everything may be NULL */
    private record Walk(IntUnaryOperator columns, boolean nullable) {
        Expr of(Expr expression) {
            return switch (expression) {
                case Expr.Column column ->
                    new Expr.Column(columns.applyAsInt(column.index()), column.type(), nullable || column.nullable());
                case Expr.Literal literal -> literal;
                case Expr.Parameter parameter -> parameter;
                case Expr.SessionValue value -> value;
                case Expr.OuterColumn outer -> outer;
                case Expr.Cast cast -> new Expr.Cast(of(cast.input()), cast.type());
                case Expr.Call call ->
                    new Expr.Call(
                            call.function(),
                            call.args().stream().map(this::of).toList(),
                            call.type(),
                            nullable || call.nullable());
                case Expr.Case cases ->
                    new Expr.Case(
                            cases.whens().stream()
                                    .map(when -> new Expr.When(of(when.condition()), of(when.result())))
                                    .toList(),
                            of(cases.otherwise()),
                            cases.type(),
                            nullable || cases.nullable());
                case Expr.InList in -> new Expr.InList(of(in.input()), in.values(), nullable || in.nullable());
            };
        }
    }
}
