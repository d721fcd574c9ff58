package io.kadedb.planner.functions;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.planner.types.TypeRules;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Typings of functions and operators over arrays, whose parameters depend on each other (PostgreSQL: anycompatible). */
final class ArrayTyping {
    private ArrayTyping() {}

    /** A parameter: {@code array}, {@code element}, or a plain type. */
    private sealed interface Parameter {
        record OfArray() implements Parameter {}

        record OfElement() implements Parameter {}

        record Of(SqlType type) implements Parameter {}
    }

    /**
     * A typing of parameters that are {@code array}, {@code element}, {@code integer}, {@code text} or {@code boolean},
     * with such a result: {@code array, element -> array}.
     */
    static Typing of(String signature) {
        String[] sides = signature.split("->");
        List<Parameter> parameters =
                Arrays.stream(sides[0].split(",")).map(ArrayTyping::parameter).toList();
        Parameter result = parameter(sides[1]);
        return operands -> resolve(parameters, result, operands);
    }

    private static Parameter parameter(String name) {
        return switch (name.strip()) {
            case "array" -> new Parameter.OfArray();
            case "element" -> new Parameter.OfElement();
            case "integer" -> new Parameter.Of(SqlType.INTEGER);
            case "text" -> new Parameter.Of(SqlType.TEXT);
            case "boolean" -> new Parameter.Of(SqlType.BOOLEAN);
            case "integers" -> new Parameter.Of(SqlType.array(SqlType.INTEGER));
            case "texts" -> new Parameter.Of(SqlType.array(SqlType.TEXT));
            default -> throw new IllegalArgumentException("not a parameter: " + name);
        };
    }

    private static Optional<Typing.Resolution> resolve(
            List<Parameter> parameters, Parameter result, List<Operand> operands) {
        if (operands.size() != parameters.size()) {
            return Optional.empty();
        }
        Optional<SqlType> element = element(parameters, operands);
        if (element.isEmpty()) {
            return Optional.empty();
        }
        List<SqlType> wanted = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            SqlType type = type(parameters.get(i), element.get());
            if (parameters.get(i) instanceof Parameter.Of
                    && !operands.get(i).unknown()
                    && !TypeRules.implicit(operands.get(i).type(), type)) {
                return Optional.empty();
            }
            wanted.add(type);
        }
        return Optional.of(new Typing.Resolution(wanted, type(result, element.get())));
    }

    private static SqlType type(Parameter parameter, SqlType element) {
        return switch (parameter) {
            case Parameter.OfArray array -> SqlType.array(element);
            case Parameter.OfElement any -> element;
            case Parameter.Of of -> of.type();
        };
    }

    /** The common type of all elements; text where nothing tells. */
    private static Optional<SqlType> element(List<Parameter> parameters, List<Operand> operands) {
        SqlType common = SqlType.NULL;
        for (int i = 0; i < operands.size(); i++) {
            Operand operand = operands.get(i);
            if (operand.unknown() || parameters.get(i) instanceof Parameter.Of) {
                continue;
            }
            boolean array = parameters.get(i) instanceof Parameter.OfArray;
            if (array != operand.type().isArray()) {
                return Optional.empty();
            }
            Optional<SqlType> wider =
                    TypeRules.common(common, array ? operand.type().element() : operand.type());
            if (wider.isEmpty()) {
                return Optional.empty();
            }
            common = wider.get();
        }
        return Optional.of(common.id() == TypeId.NULL ? SqlType.TEXT : withoutLength(common, operands));
    }

    private static SqlType withoutLength(SqlType type, List<Operand> operands) {
        return operands.stream().anyMatch(Operand::unknown) ? Operands.withoutLength(type) : type;
    }

    /** So many values of one enumerated type, and a value or an array of it. */
    static Typing enumeration(int count, boolean array) {
        return operands -> {
            Optional<SqlType> type = operands.stream()
                    .filter(operand -> !operand.unknown())
                    .map(Operand::type)
                    .findFirst();
            boolean fits = operands.size() == count
                    && type.filter(known -> known.id() == TypeId.ENUM).isPresent()
                    && operands.stream()
                            .allMatch(operand -> operand.unknown() || TypeRules.implicit(operand.type(), type.get()));
            return fits
                    ? Optional.of(new Typing.Resolution(
                            Collections.nCopies(count, type.get()), array ? SqlType.array(type.get()) : type.get()))
                    : Optional.empty();
        };
    }

    /** {@code ARRAY[..]}: of values an array, of arrays one of the same type. */
    static Optional<Typing.Resolution> constructor(List<Operand> operands) {
        if (operands.isEmpty()) {
            throw KadeException.of(ErrorCode.INDETERMINATE_DATATYPE, "cannot determine type of empty array")
                    .hint("cast it to the type wanted, for example ARRAY[]::integer[]");
        }
        SqlType common = SqlType.NULL;
        for (Operand operand : operands) {
            if (!operand.unknown()) {
                SqlType known = common;
                common = TypeRules.common(known, operand.type())
                        .orElseThrow(() -> KadeException.of(
                                ErrorCode.DATATYPE_MISMATCH,
                                "ARRAY types " + known + " and " + operand.type() + " cannot be matched"));
            }
        }
        SqlType item = common.id() == TypeId.NULL ? SqlType.TEXT : withoutLength(common, operands);
        return Optional.of(new Typing.Resolution(
                Collections.nCopies(operands.size(), item), item.isArray() ? item : SqlType.array(item)));
    }

    /** {@code a[i][j]}. */
    static Optional<Typing.Resolution> subscript(List<Operand> operands) {
        return subscripted(operands, 1)
                .map(wanted -> new Typing.Resolution(wanted, wanted.getFirst().element()));
    }

    /** {@code a[i:j]}; the second operand tells which bounds are given. */
    static Optional<Typing.Resolution> slice(List<Operand> operands) {
        return subscripted(operands, 2).map(wanted -> new Typing.Resolution(wanted, wanted.getFirst()));
    }

    /** {@code a[i:j] = v}: the array, which bounds are given, the bounds, the value. */
    static Optional<Typing.Resolution> put(List<Operand> operands) {
        int last = operands.size() - 1;
        return subscripted(operands.subList(0, last), 2).map(wanted -> {
            List<SqlType> all = new ArrayList<>(wanted);
            all.add(operands.get(last).type());
            return new Typing.Resolution(all, wanted.getFirst());
        });
    }

    private static Optional<List<SqlType>> subscripted(List<Operand> operands, int first) {
        Operand array = operands.getFirst();
        if (array.unknown() || !array.type().isArray()) {
            throw KadeException.of(
                    ErrorCode.DATATYPE_MISMATCH,
                    "cannot subscript type " + array.describe() + " because it does not support subscripting");
        }
        List<SqlType> wanted = new ArrayList<>(List.of(array.type()));
        for (int i = 1; i < operands.size(); i++) {
            boolean bound = i >= first;
            Operand operand = operands.get(i);
            if (bound && !operand.unknown() && !operand.type().isNumeric()) {
                throw KadeException.of(ErrorCode.DATATYPE_MISMATCH, "array subscript must have type integer");
            }
            wanted.add(bound ? SqlType.INTEGER : SqlType.TEXT);
        }
        return Optional.of(wanted);
    }

    /** {@code x = ANY (array)}: the operator as text, the value, the array. */
    static Optional<Typing.Resolution> quantified(List<Operand> operands) {
        Operand left = operands.get(1);
        Operand array = operands.get(2);
        if (!array.unknown() && !array.type().isArray()) {
            throw KadeException.of(ErrorCode.WRONG_OBJECT_TYPE, "op ANY/ALL (array) requires array on right side");
        }
        Typing typing = of("element, array -> boolean");
        Optional<Typing.Resolution> resolution = typing.resolve(List.of(left, array));
        if (resolution.isEmpty()) {
            throw KadeException.of(
                            ErrorCode.UNDEFINED_FUNCTION,
                            "operator does not exist: " + left.describe() + " "
                                    + operands.getFirst().text().orElse("=") + " "
                                    + array.type().element())
                    .hint("no operator of this name takes these types; an explicit cast may help");
        }
        List<SqlType> wanted = new ArrayList<>(resolution.get().operands());
        wanted.addFirst(SqlType.TEXT);
        return Optional.of(new Typing.Resolution(wanted, SqlType.BOOLEAN));
    }

    /** {@code ||}: two arrays, or an array and an element at either end. */
    static Optional<Typing.Resolution> concat(List<Operand> operands) {
        boolean left = operands.getFirst().type().isArray();
        boolean right = operands.getLast().type().isArray();
        if (!left && !right) {
            return Optional.empty();
        }
        String first = left || operands.getFirst().unknown() ? "array" : "element";
        String second = right || operands.getLast().unknown() ? "array" : "element";
        return of(first + ", " + second + " -> array").resolve(operands);
    }
}
