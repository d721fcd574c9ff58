package io.kadedb.executor.path;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.json.JsonKind;
import io.kadedb.common.json.Jsonb;
import io.kadedb.common.json.JsonbBuilder;
import io.kadedb.executor.kernel.value.RowFunction;
import io.kadedb.executor.path.PathEvaluator.PathSettings;
import io.kadedb.parser.path.JsonPath;
import io.kadedb.planner.physical.ScalarFunction;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The functions of paths: {@code jsonb_path_exists} and its kin. The path read last is kept. */
public final class PathFunctions {
    private final PathSettings settings;
    private @Nullable String text;
    private @Nullable JsonPath path;

    private PathFunctions(PathSettings settings) {
        this.settings = settings;
    }

    /** The function, or null if it is none of these. */
    public static @Nullable RowFunction bind(ScalarFunction function, PathSettings given) {
        boolean zoned = function.sqlName().endsWith("_tz");
        PathFunctions paths = new PathFunctions(new PathSettings(zoned, given.zone(), given.cancel()));
        return switch (function) {
            case JSON_PATH_EXISTS, JSON_PATH_EXISTS_TZ ->
                values -> paths.evaluator(values).exists().orElse(null);
            case JSON_PATH_ANY ->
                values -> paths.evaluator(values, true).exists().orElse(null);
            case JSON_PATH_MATCH, JSON_PATH_MATCH_TZ -> values -> paths.match(values, isSilent(values));
            case JSON_PATH_TRUE -> values -> paths.match(values, true);
            case JSON_PATH_QUERY_ARRAY, JSON_PATH_QUERY_ARRAY_TZ ->
                values -> array(paths.evaluator(values).items());
            case JSON_PATH_QUERY_FIRST, JSON_PATH_QUERY_FIRST_TZ ->
                values -> paths.evaluator(values).items().stream()
                        .findFirst()
                        .map(item -> item.json().buffer())
                        .orElse(null);
            default -> null;
        };
    }

    /** The items of a path, for a function that gives them as rows; none if an argument is NULL. */
    public static List<@Nullable Object> rows(List<@Nullable Object> args, PathSettings settings) {
        List<@Nullable Object> rows = new ArrayList<>();
        if (args.stream().noneMatch(Objects::isNull)) {
            new PathFunctions(settings)
                    .evaluator(args.toArray())
                    .items()
                    .forEach(item -> rows.add(item.json().buffer()));
        }
        return rows;
    }

    private static boolean isSilent(@Nullable Object[] values) {
        return values.length > 3 && (Boolean) Objects.requireNonNull(values[3]);
    }

    private PathEvaluator evaluator(@Nullable Object[] values) {
        return evaluator(values, isSilent(values));
    }

    private PathEvaluator evaluator(@Nullable Object[] values, boolean silent) {
        Jsonb document = Jsonb.of((ByteBuffer) Objects.requireNonNull(values[0]));
        PathVariables variables = values.length > 2
                ? PathVariables.of(Jsonb.of((ByteBuffer) Objects.requireNonNull(values[2])))
                : PathVariables.NONE;
        return new PathEvaluator(
                path((String) Objects.requireNonNull(values[1])), document, variables, silent, settings);
    }

    private JsonPath path(String wanted) {
        JsonPath last = path;
        if (last == null || !wanted.equals(text)) {
            last = JsonPath.parse(wanted);
            path = last;
            text = wanted;
        }
        return last;
    }

    private @Nullable Boolean match(@Nullable Object[] values, boolean silent) {
        List<PathItem> items = evaluator(values, silent).items();
        if (items.size() == 1) {
            PathItem item = items.getFirst();
            if (item.is(JsonKind.BOOLEAN)) {
                return item.json().truth();
            }
            if (item.is(JsonKind.NULL)) {
                return null;
            }
        }
        if (!silent) {
            throw KadeException.of(ErrorCode.SINGLETON_SQL_JSON_ITEM_REQUIRED, "single boolean result is expected");
        }
        return null;
    }

    private static ByteBuffer array(List<PathItem> items) {
        JsonbBuilder array = new JsonbBuilder().startArray();
        items.forEach(item -> array.value(item.json()));
        return array.end().buildBuffer();
    }
}
