package io.kadedb.executor.path;

import io.kadedb.common.json.Jsonb;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.path.PathEvaluator.PathSettings;
import io.kadedb.parser.path.JsonPath;
import io.kadedb.parser.path.JsonTableShape;
import io.kadedb.parser.path.JsonTableShape.Column;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a JSON_TABLE: one for each item of its path, repeated for each row of the paths nested in it; of several such
 * the rows come one after another, with NULLs in the columns of the others.
 */
public final class JsonTableRows {
    private static final int SHAPE = 2;

    private final List<@Nullable Object> args;
    private final PathSettings settings;
    private final PathVariables variables;
    private final boolean failing;
    private final Map<Column, JsonResult> results = new HashMap<>();
    private final Map<Column, Integer> places = new HashMap<>();
    private final Map<String, JsonPath> paths = new HashMap<>();
    private final List<List<@Nullable Object>> columns = new ArrayList<>();

    /** @param args as {@link io.kadedb.parser.ast.KadeOperators#JSON_TABLE} has them */
    public JsonTableRows(List<@Nullable Object> args, List<SqlType> types, List<Field> output, PathSettings settings) {
        this.args = args;
        this.settings = settings;
        JsonTableShape shape = JsonTableShape.parse((String) Objects.requireNonNull(args.get(SHAPE)));
        this.variables = SqlJsonFunctions.variables(args, types, shape.variables(), settings);
        this.failing = shape.failing();
        List<Column> flat = shape.flat();
        for (int i = 0; i < flat.size(); i++) {
            Column column = flat.get(i);
            places.put(column, i);
            columns.add(new ArrayList<>());
            if (column instanceof JsonTableShape.Value value) {
                results.put(
                        column,
                        new JsonResult(
                                JsonPath.parse(value.path()),
                                value.options(),
                                output.get(i).type(),
                                settings,
                                value.name()));
            }
        }
        if (args.get(0) instanceof ByteBuffer document && args.get(1) instanceof String path) {
            rows(items(Jsonb.of(document), path), shape.columns(), new @Nullable Object[flat.size()]);
        }
    }

    /** The values of each column. */
    public List<List<@Nullable Object>> columns() {
        return columns;
    }

    private List<PathItem> items(Jsonb document, String path) {
        JsonPath parsed = paths.computeIfAbsent(path, JsonPath::parse);
        return new PathEvaluator(parsed, document, variables, !failing, settings)
                .itemsUnlessFailed()
                .orElse(List.of());
    }

    /** Adds the rows of items; what is around them is in the row already. Gives how many there were. */
    private int rows(List<PathItem> items, List<Column> shape, @Nullable Object[] row) {
        int number = 0;
        for (PathItem item : items) {
            settings.cancel().checkpoint();
            number++;
            Jsonb document = item.json();
            boolean nests = false;
            for (Column column : shape) {
                switch (column) {
                    case JsonTableShape.Ordinality ordinality -> row[place(ordinality)] = (long) number;
                    case JsonTableShape.Value value -> row[place(value)] = value(value, document);
                    case JsonTableShape.Nested nested -> nests = true;
                }
            }
            if (!nests || nested(document, shape, row) == 0) {
                for (int i = 0; i < row.length; i++) {
                    columns.get(i).add(row[i]);
                }
            }
            clear(shape, row);
        }
        return number;
    }

    private int nested(Jsonb document, List<Column> shape, @Nullable Object[] row) {
        int count = 0;
        for (Column column : shape) {
            if (column instanceof JsonTableShape.Nested nested) {
                count += rows(items(document, nested.path()), nested.columns(), row);
            }
        }
        return count;
    }

    private int place(Column column) {
        return Objects.requireNonNull(places.get(column));
    }

    private void clear(List<Column> shape, @Nullable Object[] row) {
        for (Column column : shape) {
            Integer place = places.get(column);
            if (place != null) {
                row[place] = null;
            }
        }
    }

    private @Nullable Object value(JsonTableShape.Value value, Jsonb document) {
        JsonResult.Defaults defaults = new JsonResult.Defaults(given(value.empty()), given(value.error()));
        return Objects.requireNonNull(results.get(value)).of(document, variables, defaults);
    }

    private @Nullable Object given(int operand) {
        return operand == 0 ? null : args.get(operand);
    }
}
