package io.kadedb.executor.point;

import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.ScalarFunction;
import java.util.ArrayList;
import java.util.List;

/**
 * The parameters and session values that a plan reads. Its expressions get them as columns behind those of a row, so that
 * compiled expressions hold nothing of one run and can be used for the next.
 */
final class RunInputs {
    private final List<Expr> inputs = new ArrayList<>();

    /** {@link Expr.Parameter} or {@link Expr.SessionValue} each, every one once, and draws from sequences. */
    List<Expr> inputs() {
        return inputs;
    }

    /**
     * An expression over rows of so many columns as one over those rows with the inputs behind them.
     *
     * @throws NotPointException for what depends on more than its row and the inputs
     */
    Expr rebased(Expr expression, int width) throws NotPointException {
        return switch (expression) {
            case Expr.Column column -> column;
            case Expr.Literal literal -> literal;
            case Expr.Parameter parameter -> input(parameter, width);
            case Expr.SessionValue value -> input(value, width);
            case Expr.OuterColumn outer -> throw new NotPointException();
            case Expr.Cast cast -> new Expr.Cast(rebased(cast.input(), width), cast.type());
            case Expr.Call call -> {
                if (call.function().isVolatile()) {
                    throw new NotPointException();
                }
                yield new Expr.Call(call.function(), rebased(call.args(), width), call.type(), call.nullable());
            }
            case Expr.Case cases -> {
                List<Expr.When> whens = new ArrayList<>();
                for (Expr.When when : cases.whens()) {
                    whens.add(new Expr.When(rebased(when.condition(), width), rebased(when.result(), width)));
                }
                yield new Expr.Case(whens, rebased(cases.otherwise(), width), cases.type(), cases.nullable());
            }
            case Expr.InList in -> new Expr.InList(rebased(in.input(), width), in.values(), in.nullable());
        };
    }

    /** The values of a row that every run has, which may draw from sequences. */
    List<Expr> given(List<Expr> values) throws NotPointException {
        List<Expr> given = new ArrayList<>(values.size());
        for (Expr value : values) {
            given.add(given(value));
        }
        return given;
    }

    private Expr given(Expr value) throws NotPointException {
        return switch (value) {
            case Expr.Cast cast -> new Expr.Cast(given(cast.input()), cast.type());
            case Expr.Call call
            when isDraw(call) -> {
                // Each draw is one of its own, however alike they are.
                inputs.add(call);
                yield new Expr.Column(inputs.size() - 1, call.type(), call.nullable());
            }
            default -> rebased(value, 0);
        };
    }

    /** The next value of a sequence that is known when the plan is made. */
    private static boolean isDraw(Expr.Call call) {
        return call.function() == ScalarFunction.NEXTVAL
                && call.args().getFirst() instanceof Expr.Literal name
                && name.value() != null;
    }

    List<Expr> rebased(List<Expr> expressions, int width) throws NotPointException {
        List<Expr> rebased = new ArrayList<>(expressions.size());
        for (Expr expression : expressions) {
            rebased.add(rebased(expression, width));
        }
        return rebased;
    }

    private Expr input(Expr input, int width) {
        int known = inputs.indexOf(input);
        if (known < 0) {
            known = inputs.size();
            inputs.add(input);
        }
        return new Expr.Column(width + known, input.type(), input.nullable());
    }

    /** The plan is not one that touches a single row. */
    static final class NotPointException extends Exception {
        private static final long serialVersionUID = 1L;

        NotPointException() {
            super(null, null, false, false);
        }
    }
}
