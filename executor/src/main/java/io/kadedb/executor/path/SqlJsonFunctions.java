package io.kadedb.executor.path;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.json.Jsonb;
import io.kadedb.common.json.JsonbBuilder;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.kernel.value.Calendar;
import io.kadedb.executor.kernel.value.JsonValues;
import io.kadedb.executor.kernel.value.RowFunction;
import io.kadedb.executor.path.PathEvaluator.PathSettings;
import io.kadedb.parser.path.JsonOptions;
import io.kadedb.parser.path.JsonPath;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** JSON_EXISTS, JSON_QUERY and JSON_VALUE. */
public final class SqlJsonFunctions {
    private static final int OPTIONS = 2;
    private static final int ON_EMPTY = 4;
    private static final int ON_ERROR = 5;
    private static final int VARIABLES = 6;

    private final List<SqlType> types;
    private final SqlType type;
    private final PathSettings settings;
    private @Nullable String text;
    private @Nullable JsonResult result;

    private SqlJsonFunctions(List<SqlType> types, SqlType type, PathSettings settings) {
        this.types = types;
        this.type = type;
        this.settings = settings;
    }

    /** The function over operands as {@link io.kadedb.parser.ast.KadeOperators#SQL_JSON} has them. */
    public static RowFunction bind(List<SqlType> types, SqlType type, PathSettings settings) {
        return new SqlJsonFunctions(types, type, settings)::apply;
    }

    private @Nullable Object apply(@Nullable Object[] values) {
        if (values[0] == null || values[1] == null) {
            return null;
        }
        String path = (String) values[1];
        JsonResult last = result;
        if (last == null || !path.equals(text)) {
            JsonOptions options = JsonOptions.parse((String) Objects.requireNonNull(values[OPTIONS]));
            last = new JsonResult(JsonPath.parse(path), options, type, settings, "");
            result = last;
            text = path;
        }
        return last.of(
                Jsonb.of((ByteBuffer) values[0]),
                variables(java.util.Arrays.asList(values), types, VARIABLES, settings),
                new JsonResult.Defaults(values[ON_EMPTY], values[ON_ERROR]));
    }

    /** The variables of PASSING: from an operand on, names and values by turns. */
    static PathVariables variables(
            List<@Nullable Object> values, List<SqlType> types, int from, PathSettings settings) {
        if (from >= values.size()) {
            return PathVariables.NONE;
        }
        Map<String, PathItem> named = new HashMap<>();
        for (int i = from; i + 1 < values.size(); i += 2) {
            named.putIfAbsent(
                    (String) Objects.requireNonNull(values.get(i)),
                    item(values.get(i + 1), types.get(i + 1), settings));
        }
        return name -> Optional.ofNullable(named.get(name));
    }

    private static PathItem item(@Nullable Object value, SqlType type, PathSettings settings) {
        if (value == null) {
            return PathItem.ofNull();
        }
        return switch (type.id()) {
            case DATE -> moment(PathMoment.Type.DATE, Calendar.micros((Long) value, 0), 0);
            case TIME -> moment(PathMoment.Type.TIME, (Long) value, 0);
            case TIMESTAMP -> moment(PathMoment.Type.TIMESTAMP, (Long) value, 0);
            case TIMESTAMPTZ -> {
                int offset = Calendar.offset((Long) value, settings.zone()).getTotalSeconds();
                yield moment(PathMoment.Type.TIMESTAMP_TZ, (Long) value + offset * Calendar.MICROS_PER_SECOND, offset);
            }
            case BOOLEAN, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE, DECIMAL, TEXT, VARCHAR, CHAR, JSON, JSONB -> {
                JsonbBuilder out = new JsonbBuilder();
                JsonValues.write(out, value, type, settings.zone());
                yield PathItem.of(Jsonb.of(out.build()));
            }
            default ->
                throw KadeException.of(
                        ErrorCode.INVALID_PARAMETER_VALUE, "could not convert value of type " + type + " to jsonpath");
        };
    }

    private static PathItem moment(PathMoment.Type type, long micros, int offset) {
        return new PathItem.Moment(new PathMoment(type, micros, offset));
    }
}
