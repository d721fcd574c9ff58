package io.kadedb.planner.lower;

import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.Expr.Call;
import io.kadedb.planner.physical.Expr.InList;
import io.kadedb.planner.physical.Expr.Literal;
import io.kadedb.planner.physical.ScalarFunction;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds {@code x = 1 OR x = 2 OR ...} and makes it {@code x IN (1, 2, ...)}. */
final class InLists {
    private InLists() {}

    static Expr of(Call or) {
        Map<Expr, Set<Literal>> values = new LinkedHashMap<>();
        List<Expr> others = new ArrayList<>();
        for (Expr arg : or.args()) {
            if (arg instanceof Call call && isEquality(call)) {
                values.computeIfAbsent(call.args().get(0), key -> new LinkedHashSet<>())
                        .add((Literal) call.args().get(1));
            } else {
                others.add(arg);
            }
        }
        if (values.values().stream().allMatch(set -> set.size() < 2)) {
            return or;
        }
        List<Expr> args = new ArrayList<>();
        values.forEach((input, literals) -> args.add(
                literals.size() == 1
                        ? new Call(
                                ScalarFunction.EQ,
                                List.of(input, literals.iterator().next()),
                                or.type(),
                                input.nullable())
                        : new InList(input, List.copyOf(literals), input.nullable())));
        args.addAll(others);
        return args.size() == 1 ? args.getFirst() : new Call(ScalarFunction.OR, args, or.type(), or.nullable());
    }

    private static boolean isEquality(Call call) {
        return call.function() == ScalarFunction.EQ
                && call.args().get(1) instanceof Literal literal
                && literal.value() != null
                && literal.type().equals(call.args().get(0).type())
                && !literal.type().isJson()
                && !(call.args().get(0) instanceof Literal);
    }
}
