package io.kadedb.executor.kernel.value;

import io.kadedb.common.type.ArrayBytes;
import io.kadedb.common.type.ArrayValue;
import io.kadedb.common.type.SqlType;
import io.kadedb.planner.physical.TableFunction;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/** What functions over arrays and texts give as rows. */
public final class ArrayRows {
    private ArrayRows() {}

    /** The values of each column; those of shorter ones are NULL where they end. */
    public static List<List<@Nullable Object>> of(
            TableFunction function, List<@Nullable Object> args, List<SqlType> types) {
        if (function == TableFunction.UNNEST) {
            List<List<@Nullable Object>> columns = new ArrayList<>();
            for (int i = 0; i < args.size(); i++) {
                columns.add(elements(args.get(i), types.get(i)));
            }
            return columns;
        }
        @Nullable Object[] values = args.toArray();
        // A separator that is NULL means single characters.
        boolean nothing = function == TableFunction.STRING_TO_TABLE ? values[0] == null : args.contains(null);
        return List.of(nothing ? List.of() : rows(function, values, types));
    }

    private static List<@Nullable Object> elements(@Nullable Object array, SqlType type) {
        return array == null
                ? List.of()
                : ArrayBytes.decode((ByteBuffer) array, type.element()).elements();
    }

    private static List<@Nullable Object> rows(TableFunction function, @Nullable Object[] values, List<SqlType> types) {
        return switch (function) {
            case GENERATE_SUBSCRIPTS -> subscripts(values, types.getFirst());
            case STRING_TO_TABLE -> ArrayTexts.parts(values);
            case REGEXP_SPLIT_TO_TABLE -> ArrayTexts.split(values);
            case REGEXP_MATCHES -> matches(values);
            default -> throw new IllegalArgumentException(function.sqlName());
        };
    }

    private static List<@Nullable Object> subscripts(@Nullable Object[] values, SqlType type) {
        ArrayValue array = new ArrayArg(0, type).of(values);
        long dimension = Args.number(values, 1);
        List<@Nullable Object> places = new ArrayList<>();
        if (dimension >= 1 && dimension <= array.dimensions().size()) {
            ArrayValue.Dimension bounds = array.dimensions().get((int) dimension - 1);
            for (long place = bounds.lower(); place <= bounds.upper(); place++) {
                places.add(place);
            }
        }
        if (values.length > 2 && Boolean.TRUE.equals(values[2])) {
            Collections.reverse(places);
        }
        return places;
    }

    private static List<@Nullable Object> matches(@Nullable Object[] values) {
        boolean all = values.length > 2 && Args.text(values, 2).indexOf('g') >= 0;
        String text = Args.text(values, 0);
        Matcher matcher = ArrayTexts.pattern(values, true).matcher(text);
        List<@Nullable Object> found = new ArrayList<>();
        while (Patterns.next(matcher, text)) {
            found.add(ArrayTexts.groups(matcher));
            if (!all) {
                break;
            }
        }
        return found;
    }
}
