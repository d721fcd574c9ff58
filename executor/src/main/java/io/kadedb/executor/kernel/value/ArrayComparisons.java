package io.kadedb.executor.kernel.value;

import io.kadedb.common.type.ArrayValue;
import io.kadedb.common.type.SqlType;
import io.kadedb.planner.physical.ScalarFunction;
import java.util.List;
import java.util.TreeSet;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/** Comparisons with the elements of arrays. */
final class ArrayComparisons {
    /** Arrays of more elements are searched by a tree, which is kept while the array stays the same. */
    private static final int SMALL = 8;

    private ArrayComparisons() {}

    static @Nullable RowFunction bind(ScalarFunction function, List<SqlType> args) {
        return switch (function) {
            case ANY_ELEMENT -> new Quantified(args.get(2), true);
            case ALL_ELEMENTS -> new Quantified(args.get(2), false);
            case CONTAINS -> containment(new Members(0, args.get(0)), new ArrayArg(1, args.get(1)));
            case CONTAINED -> containment(new Members(1, args.get(1)), new ArrayArg(0, args.get(0)));
            case OVERLAPS -> {
                Members all = new Members(0, args.get(0));
                ArrayArg others = new ArrayArg(1, args.get(1));
                yield values -> {
                    all.load(values);
                    return others.of(values).elements().stream().anyMatch(e -> e != null && all.has(e));
                };
            }
            default -> null;
        };
    }

    private static RowFunction containment(Members all, ArrayArg some) {
        return values -> {
            all.load(values);
            return some.of(values).elements().stream().allMatch(e -> e != null && all.has(e));
        };
    }

    /** The elements of an array argument that are not NULL. */
    @SuppressWarnings("ReferenceEquality") // whether it is the array of the call before
    private static final class Members {
        private final ArrayArg arg;
        private ArrayValue array = ArrayValue.EMPTY;
        private @Nullable TreeSet<Object> tree;
        private boolean hasNull;

        Members(int index, SqlType type) {
            this.arg = new ArrayArg(index, type);
        }

        void load(@Nullable Object[] values) {
            ArrayValue given = arg.of(values);
            if (given == array) {
                return;
            }
            array = given;
            hasNull = given.hasNull();
            tree = null;
            if (given.size() > SMALL) {
                TreeSet<Object> members = new TreeSet<>(ValueOrder::compare);
                for (Object element : given.elements()) {
                    if (element != null) {
                        members.add(element);
                    }
                }
                tree = members;
            }
        }

        boolean has(Object value) {
            TreeSet<Object> members = tree;
            if (members != null) {
                return members.contains(value);
            }
            for (Object element : array.elements()) {
                if (element != null && ValueOrder.compare(element, value) == 0) {
                    return true;
                }
            }
            return false;
        }
    }

    /** {@code x = ANY (array)} with SQL's NULL rules: the comparison as text, the value, the array. */
    private static final class Quantified implements RowFunction {
        private final boolean any;
        private final Members members;

        Quantified(SqlType array, boolean any) {
            this.any = any;
            this.members = new Members(2, array);
        }

        @Override
        public @Nullable Object apply(@Nullable Object[] args) {
            if (args[2] == null) {
                return null;
            }
            members.load(args);
            Object left = args[1];
            if (members.array.isEmpty()) {
                return !any;
            }
            if (left == null) {
                return null;
            }
            String operator = Args.text(args, 0);
            // x <> ALL asks the same as x = ANY.
            if (operator.equals(any ? "=" : "<>")) {
                return members.has(left) ? (Boolean) any : members.hasNull ? null : (Boolean) !any;
            }
            IntPredicate comparison = comparison(operator);
            for (Object element : members.array.elements()) {
                if (element != null && comparison.test(ValueOrder.compare(left, element)) == any) {
                    return any;
                }
            }
            return members.hasNull ? null : (Boolean) !any;
        }

        private static IntPredicate comparison(String operator) {
            return switch (operator) {
                case "=" -> order -> order == 0;
                case "<>" -> order -> order != 0;
                case "<" -> order -> order < 0;
                case "<=" -> order -> order <= 0;
                case ">" -> order -> order > 0;
                case ">=" -> order -> order >= 0;
                default -> throw new IllegalArgumentException(operator);
            };
        }
    }
}
