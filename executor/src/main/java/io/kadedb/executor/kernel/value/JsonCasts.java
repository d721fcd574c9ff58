package io.kadedb.executor.kernel.value;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.json.JsonKind;
import io.kadedb.common.json.JsonReader;
import io.kadedb.common.json.Jsonb;
import io.kadedb.common.json.JsonbText;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Conversions between json, jsonb and the types that jsonb has values of. */
final class JsonCasts {
    private JsonCasts() {}

    /** A document in the other of the two types. */
    static @Nullable RowFunction toJson(SqlType from, SqlType to) {
        if (from.id() == to.id()) {
            return RowFunctions.IDENTITY;
        }
        if (from.id() == TypeId.JSONB) {
            return values -> JsonbText.of(Jsonb.of((ByteBuffer) Args.value(values, 0)));
        }
        return from.id() == TypeId.JSON ? values -> jsonb(Args.text(values, 0)) : null;
    }

    static ByteBuffer jsonb(String json) {
        return ByteBuffer.wrap(JsonReader.toJsonb(json)).asReadOnlyBuffer();
    }

    /** A boolean or a number of a document that is one; SQL's NULL of the JSON null. */
    static RowFunction fromJsonb(SqlType to) {
        return values -> {
            Jsonb value = Jsonb.of((ByteBuffer) Args.value(values, 0));
            if (value.isNull()) {
                return null;
            }
            boolean wantsBoolean = to.id() == TypeId.BOOLEAN;
            if (value.kind() != (wantsBoolean ? JsonKind.BOOLEAN : JsonKind.NUMBER)) {
                throw KadeException.of(
                        ErrorCode.INVALID_PARAMETER_VALUE,
                        "cannot cast jsonb " + described(value.kind()) + " to type "
                                + to.id().sqlName());
            }
            return switch (to.id()) {
                case BOOLEAN -> value.truth();
                case SMALLINT, INTEGER, BIGINT ->
                    value.isLong()
                            ? Numbers.checkInteger(value.longValue(), to)
                            : Numbers.toInteger(value.number(), to);
                case DECIMAL -> Numbers.toDecimal(value.number(), to);
                default -> ValueParser.parse(value.number().toString(), to, java.time.ZoneOffset.UTC);
            };
        };
    }

    private static String described(JsonKind kind) {
        return kind.sqlName();
    }
}
