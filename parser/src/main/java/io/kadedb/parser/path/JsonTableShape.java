package io.kadedb.parser.path;

import io.kadedb.common.json.JsonReader;
import io.kadedb.common.json.Jsonb;
import io.kadedb.common.json.JsonbBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The columns of a JSON_TABLE, as its call carries them: where it says operand, the number of one of the call's.
 *
 * @param failing whether an error of the table's path is one of the statement
 * @param variables the first operand of those that give the names and values of variables
 */
public record JsonTableShape(List<Column> columns, boolean failing, int variables) {
    public JsonTableShape {
        columns = List.copyOf(columns);
    }

    /** A column, or the columns of a nested path. */
    public sealed interface Column {}

    /** FOR ORDINALITY. */
    public record Ordinality(String name) implements Column {}

    /**
     * What a path gives.
     *
     * @param witness an operand of the column's type
     * @param empty the operand of DEFAULT ON EMPTY; 0 for none
     * @param error the operand of DEFAULT ON ERROR; 0 for none
     */
    public record Value(String name, String path, JsonOptions options, int witness, int empty, int error)
            implements Column {}

    /** Columns of the items of a path below the row's. */
    public record Nested(String path, List<Column> columns) implements Column {
        public Nested {
            columns = List.copyOf(columns);
        }
    }

    /** The columns that the table has, in their order. */
    public List<Column> flat() {
        List<Column> flat = new ArrayList<>();
        flatten(columns, flat);
        return flat;
    }

    private static void flatten(List<Column> columns, List<Column> flat) {
        for (Column column : columns) {
            if (column instanceof Nested nested) {
                flatten(nested.columns(), flat);
            } else {
                flat.add(column);
            }
        }
    }

    /** The shape that {@link #toString} wrote. */
    public static JsonTableShape parse(String text) {
        Jsonb shape = Jsonb.of(JsonReader.toJsonb(text));
        return new JsonTableShape(
                columns(member(shape, "columns")), member(shape, "failing").truth(), number(shape, "variables"));
    }

    private static List<Column> columns(Jsonb all) {
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            Jsonb column = all.value(i);
            columns.add(
                    has(column, "columns")
                            ? new Nested(text(column, "path"), columns(member(column, "columns")))
                            : has(column, "path")
                                    ? new Value(
                                            text(column, "name"),
                                            text(column, "path"),
                                            JsonOptions.parse(text(column, "options")),
                                            number(column, "type"),
                                            number(column, "empty"),
                                            number(column, "error"))
                                    : new Ordinality(text(column, "name")));
        }
        return columns;
    }

    private static boolean has(Jsonb object, String key) {
        return object.find(key.getBytes(StandardCharsets.UTF_8)) >= 0;
    }

    private static Jsonb member(Jsonb object, String key) {
        return object.value(object.find(key.getBytes(StandardCharsets.UTF_8)));
    }

    private static String text(Jsonb object, String key) {
        return member(object, key).string();
    }

    private static int number(Jsonb object, String key) {
        return (int) member(object, key).longValue();
    }

    /** As JSON. */
    @Override
    public String toString() {
        JsonbBuilder out = new JsonbBuilder().startObject().key("columns");
        write(out, columns);
        out.key("failing").truth(failing).key("variables").integer(variables).end();
        return Jsonb.of(out.build()).toString();
    }

    private static void write(JsonbBuilder out, List<Column> columns) {
        out.startArray();
        for (Column column : columns) {
            out.startObject();
            switch (column) {
                case Ordinality ordinality -> out.key("name").string(ordinality.name());
                case Value value ->
                    out.key("name")
                            .string(value.name())
                            .key("path")
                            .string(value.path())
                            .key("options")
                            .string(value.options().toString())
                            .key("type")
                            .integer(value.witness())
                            .key("empty")
                            .integer(value.empty())
                            .key("error")
                            .integer(value.error());
                case Nested nested -> {
                    out.key("path").string(nested.path()).key("columns");
                    write(out, nested.columns());
                }
            }
            out.end();
        }
        out.end();
    }
}
