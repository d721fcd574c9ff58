package io.kadedb.planner.lower;

import io.kadedb.common.json.PathColumn;
import io.kadedb.common.type.ArrayBytes;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.ScalarFunction;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Expressions that read one scalar value of a document by constant keys. */
final class DocumentPaths {
    /** What {@code #>>} takes for the place of an element. */
    private static final Pattern INDEX = Pattern.compile("\\s*[+-]?\\d+.*");

    private DocumentPaths() {}

    /**
     * A read of a path.
     *
     * @param input the column of the documents
     * @param path with {@code input} for its column
     */
    record Read(Expr.Column input, PathColumn path) {}

    /**
     * The path that an expression reads, if it does: it is NULL where the document or the value is not there or null, and
     * else the value in the path's type.
     */
    static Optional<Read> of(Expr expression) {
        if (expression instanceof Expr.Cast cast) {
            return wanted(cast.type()).flatMap(type -> {
                boolean text = cast.input().type().id() == TypeId.TEXT;
                return text ? text(cast.input(), type) : value(cast.input(), List.of(), type);
            });
        }
        return text(expression, SqlType.TEXT);
    }

    private static Optional<SqlType> wanted(SqlType type) {
        return switch (type.id()) {
            case INTEGER, BIGINT, DOUBLE, BOOLEAN -> Optional.of(type);
            default -> Optional.empty();
        };
    }

    private static Optional<Read> text(Expr expression, SqlType type) {
        if (!(expression instanceof Expr.Call call)) {
            return Optional.empty();
        }
        return switch (call.function()) {
            case JSON_GET_TEXT -> member(call, List.of(), type);
            case JSON_GET_PATH_TEXT -> {
                List<String> keys = keys(call.args().get(1));
                yield keys == null ? Optional.empty() : value(call.args().getFirst(), keys, type);
            }
            default -> Optional.empty();
        };
    }

    /** A document, or a part of one, with keys that lead on from it. */
    private static Optional<Read> value(Expr document, List<String> keys, SqlType type) {
        if (!document.type().equals(SqlType.JSONB)) {
            return Optional.empty();
        }
        if (document instanceof Expr.Column column) {
            return keys.isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Read(column, new PathColumn(column.index(), keys, type)));
        }
        return document instanceof Expr.Call call && call.function() == ScalarFunction.JSON_GET
                ? member(call, keys, type)
                : Optional.empty();
    }

    private static Optional<Read> member(Expr.Call get, List<String> keys, SqlType type) {
        if (!(get.args().get(1) instanceof Expr.Literal literal && literal.value() instanceof String key)) {
            return Optional.empty();
        }
        List<String> all = new ArrayList<>();
        all.add(key);
        all.addAll(keys);
        return value(get.args().getFirst(), all, type);
    }

    /** The keys of a path, none of which may be the place of an element; else null. */
    private static @Nullable List<String> keys(Expr path) {
        if (!(path instanceof Expr.Literal literal && literal.value() instanceof ByteBuffer array)) {
            return null;
        }
        List<String> keys = new ArrayList<>();
        for (Object element : ArrayBytes.decode(array, literal.type().element()).elements()) {
            if (!(element instanceof String key) || INDEX.matcher(key).matches()) {
                return null;
            }
            keys.add(key);
        }
        return keys.isEmpty() ? null : keys;
    }
}
