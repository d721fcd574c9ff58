package io.kadedb.planner.lower;

import io.kadedb.common.type.ArrayBytes;
import io.kadedb.common.type.ArrayValue;
import io.kadedb.common.type.SqlType;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.Expr.Call;
import io.kadedb.planner.physical.Expr.Literal;
import io.kadedb.planner.physical.ScalarFunction;
import io.kadedb.planner.types.TypeRules;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Expressions over arrays: constants folded, elements in one type. */
final class ArrayExprs {
    private final ConstantFolding folding;

    ArrayExprs(ConstantFolding folding) {
        this.folding = folding;
    }

    /** {@code ARRAY[..]}; a constant if all its items are. */
    Expr constructor(List<Expr> args, SqlType type) {
        boolean nested = args.getFirst().type().isArray();
        List<Expr> items = new ArrayList<>();
        boolean constant = !nested;
        for (Expr arg : args) {
            Expr item = folding.cast(arg, nested ? type : type.element());
            items.add(item);
            constant &= item instanceof Literal;
        }
        if (!constant) {
            return new Call(ScalarFunction.ARRAY, items, type, false);
        }
        List<@Nullable Object> values = new ArrayList<>();
        items.forEach(item -> values.add(((Literal) item).value()));
        return new Literal(ArrayBytes.encode(ArrayValue.of(values), type.element()), type);
    }

    /** {@code ||} of two arrays, or of an array and an element. */
    Expr concat(List<Expr> args, SqlType type) {
        Expr left = args.get(0);
        Expr right = args.get(1);
        if (left.type().isArray() && right.type().isArray()) {
            List<Expr> arrays = List.of(folding.cast(left, type), folding.cast(right, type));
            return new Call(ScalarFunction.ARRAY_CAT, arrays, type, left.nullable() || right.nullable());
        }
        boolean append = left.type().isArray();
        List<Expr> converted = List.of(
                folding.cast(left, append ? type : type.element()),
                folding.cast(right, append ? type.element() : type));
        ScalarFunction function = append ? ScalarFunction.ARRAY_APPEND : ScalarFunction.ARRAY_PREPEND;
        return new Call(function, converted, type, false);
    }

    /** A comparison with all elements: of the comparison as text, the value and the array. */
    Expr quantified(ScalarFunction function, List<Expr> args, boolean nullable) {
        String operator = (String) ((Literal) args.get(0)).value();
        Expr value = args.get(1);
        Expr array = args.get(2);
        boolean list = function == ScalarFunction.ANY_ELEMENT ? "=".equals(operator) : "<>".equals(operator);
        if (list
                && !(value instanceof Literal)
                && array instanceof Literal literal
                && literal.value() instanceof ByteBuffer bytes) {
            Expr in = inList(
                    value,
                    ArrayBytes.decode(bytes, array.type().element()),
                    array.type().element());
            if (in != null) {
                return function == ScalarFunction.ANY_ELEMENT
                        ? in
                        : new Call(ScalarFunction.NOT, List.of(in), SqlType.BOOLEAN, value.nullable());
            }
        }
        SqlType element = TypeRules.common(value.type(), array.type().element())
                .orElse(array.type().element());
        List<Expr> converted =
                List.of(args.get(0), folding.cast(value, element), folding.cast(array, SqlType.array(element)));
        return new Call(function, converted, SqlType.BOOLEAN, nullable);
    }

    /** {@code value IN (elements)}; null where constants do not take the value's type exactly, or one is NULL. */
    private static @Nullable Expr inList(Expr value, ArrayValue array, SqlType element) {
        Set<Literal> literals = new LinkedHashSet<>();
        for (Object item : array.elements()) {
            Literal literal = new Literal(item, element);
            if (item == null) {
                return null;
            }
            boolean same = element.equals(value.type())
                    || (element.isText()
                            && value.type().isText()
                            && value.type().id() != io.kadedb.common.type.TypeId.CHAR);
            Literal exact = same
                    ? new Literal(item, value.type())
                    : Comparisons.exactly(literal, value.type()).orElse(null);
            if (exact == null || !exact.type().equals(value.type())) {
                return null;
            }
            literals.add(exact);
        }
        return literals.isEmpty() ? null : new Expr.InList(value, List.copyOf(literals), value.nullable());
    }
}
