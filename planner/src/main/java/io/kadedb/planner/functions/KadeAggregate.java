package io.kadedb.planner.functions;

import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.KadeOperators;
import io.kadedb.planner.physical.AggregateFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.Optionality;

/**
 * An aggregate that is not Calcite's. Ordered-set aggregates take the value ordered by as their first argument; the
 * parser puts it there.
 */
public final class KadeAggregate extends SqlAggFunction {
    private final AggregateFunction function;

    private KadeAggregate(AggregateFunction function, TypedOperands typing, Optionality ordered) {
        this(function.sqlName(), function, typing, ordered);
    }

    private KadeAggregate(String name, AggregateFunction function, TypedOperands typing, Optionality ordered) {
        super(
                name,
                null,
                SqlKind.OTHER_FUNCTION,
                typing,
                null,
                typing,
                SqlFunctionCategory.USER_DEFINED_FUNCTION,
                false,
                false,
                ordered);
        this.function = function;
    }

    static List<KadeAggregate> all() {
        List<KadeAggregate> all = new ArrayList<>();
        for (AggregateFunction function : AggregateFunction.values()) {
            of(function).ifPresent(all::add);
        }
        for (String type : List.of("jsonb", "json")) {
            String binary = type.equals("jsonb") ? "b" : "";
            for (String name : List.of(type + "_agg", KadeOperators.JSON_ARRAYAGG + binary)) {
                json(all, name, AggregateFunction.JSON_AGG, "any -> " + type);
                json(all, name + "_strict", AggregateFunction.JSON_AGG_STRICT, "any -> " + type);
            }
            for (String name : List.of(type + "_object_agg", KadeOperators.JSON_OBJECTAGG + binary)) {
                String signature = "any, any -> " + type;
                json(all, name, AggregateFunction.JSON_OBJECT_AGG, signature);
                json(all, name + "_strict", AggregateFunction.JSON_OBJECT_AGG_STRICT, signature);
                json(all, name + "_unique", AggregateFunction.JSON_OBJECT_AGG_UNIQUE, signature);
                json(all, name + "_unique_strict", AggregateFunction.JSON_OBJECT_AGG_UNIQUE_STRICT, signature);
            }
        }
        valueAt(all, AggregateFunction.FIRST, "first", "arg_min_null");
        valueAt(all, AggregateFunction.LAST, "last", "arg_max_null");
        valueAt(all, AggregateFunction.ARG_MIN, "arg_min", "min_by");
        valueAt(all, AggregateFunction.ARG_MAX, "arg_max", "max_by");
        return all;
    }

    private static Optional<KadeAggregate> of(AggregateFunction function) {
        return Optional.ofNullable(
                switch (function) {
                    case CORR,
                            COVAR_POP,
                            COVAR_SAMP,
                            REGR_AVGX,
                            REGR_AVGY,
                            REGR_SXX,
                            REGR_SYY,
                            REGR_SXY,
                            REGR_SLOPE,
                            REGR_INTERCEPT,
                            REGR_R2 -> plain(function, "double, double -> double", TypedOperands.Nulls.ALWAYS);
                    case BIT_AND, BIT_OR, BIT_XOR ->
                        new KadeAggregate(
                                function,
                                new TypedOperands(
                                        Signatures.of("smallint -> smallint", "integer -> integer", "bigint -> bigint"),
                                        TypedOperands.Nulls.ALWAYS),
                                Optionality.FORBIDDEN);
                    case REGR_COUNT -> plain(function, "double, double -> bigint", TypedOperands.Nulls.NEVER);
                    case PERCENTILE_CONT -> ordered(function, Signatures.of("double, double -> double"));
                    case PERCENTILE_DISC -> ordered(function, KadeAggregate::valueAndFraction);
                    case MODE ->
                        ordered(
                                function,
                                operands -> operands.size() == 1 ? Common.sameType(operands) : Optional.empty());
                    default -> null;
                });
    }

    private static void json(List<KadeAggregate> all, String name, AggregateFunction function, String signature) {
        TypedOperands typing = new TypedOperands(Signatures.of(signature), TypedOperands.Nulls.ALWAYS);
        all.add(new KadeAggregate(name, function, typing, Optionality.OPTIONAL));
    }

    private static void valueAt(List<KadeAggregate> all, AggregateFunction function, String... names) {
        TypedOperands typing = new TypedOperands(KadeAggregate::valueAndKey, TypedOperands.Nulls.ALWAYS);
        for (String name : names) {
            all.add(new KadeAggregate(name, function, typing, Optionality.FORBIDDEN));
        }
    }

    /** A value, whose type is the result's, and what says which of them. */
    private static Optional<Typing.Resolution> valueAndKey(List<Operand> operands) {
        if (operands.size() != 2) {
            return Optional.empty();
        }
        List<SqlType> types = operands.stream()
                .map(operand -> operand.unknown() ? SqlType.TEXT : operand.type())
                .toList();
        return Optional.of(new Typing.Resolution(types, types.getFirst()));
    }

    private static KadeAggregate plain(AggregateFunction function, String signature, TypedOperands.Nulls nulls) {
        return new KadeAggregate(function, new TypedOperands(Signatures.of(signature), nulls), Optionality.FORBIDDEN);
    }

    private static KadeAggregate ordered(AggregateFunction function, Typing typing) {
        return new KadeAggregate(
                function, new TypedOperands(typing, TypedOperands.Nulls.ALWAYS), Optionality.MANDATORY);
    }

    private static Optional<Typing.Resolution> valueAndFraction(List<Operand> operands) {
        boolean fits = operands.size() == 2
                && (operands.get(1).unknown() || operands.get(1).type().isNumeric());
        return fits
                ? Common.sameType(operands.subList(0, 1))
                        .map(value -> new Typing.Resolution(List.of(value.result(), SqlType.DOUBLE), value.result()))
                : Optional.empty();
    }

    public AggregateFunction function() {
        return function;
    }
}
