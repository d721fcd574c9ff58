package io.kadedb.executor.path;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.json.JsonKind;
import io.kadedb.common.json.Jsonb;
import io.kadedb.common.json.JsonbBuilder;
import io.kadedb.common.json.JsonbText;
import io.kadedb.common.type.ArrayBytes;
import io.kadedb.common.type.ArrayValue;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.kernel.value.Casts;
import io.kadedb.executor.kernel.value.RowFunction;
import io.kadedb.executor.path.PathEvaluator.PathSettings;
import io.kadedb.parser.path.JsonOptions;
import io.kadedb.parser.path.JsonOptions.Behaviour;
import io.kadedb.parser.path.JsonOptions.Kind;
import io.kadedb.parser.path.JsonOptions.Wrapper;
import io.kadedb.parser.path.JsonPath;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One value of what a path gives, as JSON_EXISTS, JSON_QUERY, JSON_VALUE and the columns of JSON_TABLE make it. */
final class JsonResult {
    private final JsonPath path;
    private final JsonOptions options;
    private final SqlType type;
    private final PathSettings settings;
    private final RowFunction fromText;
    private final String column;

    /**
     * What is there instead of a value that is missing.
     *
     * @param empty the default where the path gives nothing
     * @param error the default where there is an error
     */
    record Defaults(@Nullable Object empty, @Nullable Object error) {}

    /** @param column what error messages name the column; empty outside of tables */
    JsonResult(JsonPath path, JsonOptions options, SqlType type, PathSettings settings, String column) {
        this.path = path;
        this.options = options;
        this.type = type;
        this.settings = settings;
        this.column = column;
        this.fromText = Casts.bind(SqlType.TEXT, type, settings.zone());
    }

    private boolean throwing() {
        return options.onError() == Behaviour.ERROR;
    }

    /** The value for a document. */
    @Nullable
    Object of(Jsonb document, PathVariables variables, Defaults defaults) {
        PathEvaluator evaluator = new PathEvaluator(path, document, variables, !throwing(), settings);
        if (options.kind() == Kind.EXISTS) {
            return exists(evaluator.exists());
        }
        Optional<List<PathItem>> items = evaluator.itemsUnlessFailed();
        if (items.isEmpty()) {
            return instead(options.onError(), defaults.error());
        }
        if (items.get().isEmpty()) {
            if (options.onEmpty() == Behaviour.ERROR) {
                throw KadeException.of(
                        ErrorCode.NO_SQL_JSON_ITEM,
                        column.isEmpty()
                                ? "no SQL/JSON item found for specified path"
                                : "no SQL/JSON item found for specified path of column \"" + column + "\"");
            }
            return instead(options.onEmpty(), defaults.empty());
        }
        try {
            return options.kind() == Kind.VALUE ? scalar(items.get()) : query(items.get());
        } catch (KadeException e) {
            if (throwing() || !ofData(e)) {
                throw e;
            }
            return instead(options.onError(), defaults.error());
        }
    }

    /** Whether an error is one of a value: class 22, and arrays that are none. */
    private static boolean ofData(KadeException e) {
        return e.code().sqlState().startsWith("22");
    }

    private @Nullable Object exists(Optional<Boolean> found) {
        Boolean truth = found.isPresent()
                ? found.get()
                : switch (options.onError()) {
                    case TRUE -> Boolean.TRUE;
                    case UNKNOWN -> null;
                    default -> Boolean.FALSE;
                };
        if (truth == null) {
            return null;
        }
        if (type.isInteger()) {
            return truth ? 1L : 0L;
        }
        return type.equals(SqlType.BOOLEAN) ? truth : converted(truth.toString());
    }

    private @Nullable Object instead(Behaviour behaviour, @Nullable Object given) {
        return switch (behaviour) {
            case DEFAULT -> given;
            case EMPTY_ARRAY ->
                json(Jsonb.of(new JsonbBuilder().startArray().end().build()));
            case EMPTY_OBJECT ->
                json(Jsonb.of(new JsonbBuilder().startObject().end().build()));
            default -> null;
        };
    }

    private @Nullable Object converted(String text) {
        return fromText.apply(new @Nullable Object[] {text});
    }

    private @Nullable Object scalar(List<PathItem> items) {
        if (items.size() > 1) {
            throw single(ErrorCode.MORE_THAN_ONE_SQL_JSON_ITEM);
        }
        PathItem item = items.getFirst();
        if (item.is(JsonKind.NULL)) {
            return null;
        }
        if (item.is(JsonKind.ARRAY) || item.is(JsonKind.OBJECT)) {
            throw single(ErrorCode.SQL_JSON_SCALAR_REQUIRED);
        }
        if (type.isJson()) {
            return json(item.json());
        }
        if (item.is(JsonKind.BOOLEAN)) {
            return converted(item.json().truth() ? "t" : "f");
        }
        String text = JsonbText.bare(item.json());
        return converted(item instanceof PathItem.Moment ? text.replace('T', ' ') : text);
    }

    private KadeException single(ErrorCode code) {
        return KadeException.of(
                code,
                column.isEmpty()
                        ? "JSON path expression in JSON_VALUE must return single scalar item"
                        : "JSON path expression for column \"" + column + "\" must return single scalar item");
    }

    private @Nullable Object query(List<PathItem> items) {
        boolean wraps = options.wrapper() == Wrapper.UNCONDITIONAL
                || (options.wrapper() == Wrapper.CONDITIONAL && items.size() > 1);
        if (!wraps) {
            if (items.size() > 1) {
                throw KadeException.of(
                                ErrorCode.MORE_THAN_ONE_SQL_JSON_ITEM,
                                column.isEmpty()
                                        ? "JSON path expression in JSON_QUERY must return single item when no wrapper"
                                                + " is requested"
                                        : "JSON path expression for column \"" + column
                                                + "\" must return single item when no wrapper is requested")
                        .hint("Use the WITH WRAPPER clause to wrap SQL/JSON items into an array.");
            }
            return json(items.getFirst().json());
        }
        JsonbBuilder array = new JsonbBuilder().startArray();
        items.forEach(item -> array.value(item.json()));
        return json(Jsonb.of(array.end().build()));
    }

    /** A JSON value as the wanted type. */
    private @Nullable Object json(Jsonb value) {
        boolean bare = options.omitQuotes() && value.isString();
        String text = bare ? value.string() : JsonbText.of(value);
        return switch (type.id()) {
            case JSONB -> bare ? converted(text) : value.buffer();
            case BYTEA -> ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)).asReadOnlyBuffer();
            case ARRAY -> value.isArray() ? array(value) : converted(text);
            default -> value.isNull() && !type.isJson() ? null : converted(text);
        };
    }

    private ByteBuffer array(Jsonb value) {
        RowFunction cast = Casts.bind(SqlType.TEXT, type.element(), zone());
        List<@Nullable Object> elements = new ArrayList<>();
        for (int i = 0; i < value.size(); i++) {
            Jsonb element = value.value(i);
            elements.add(element.isNull() ? null : cast.apply(new @Nullable Object[] {JsonbText.bare(element)}));
        }
        return ArrayBytes.encode(ArrayValue.of(elements), type.element());
    }

    private ZoneId zone() {
        return settings.zone();
    }
}
