package io.kadedb.executor.kernel.value;

import io.kadedb.common.json.JsonReader;
import io.kadedb.common.json.Jsonb;
import io.kadedb.common.json.JsonbBuilder;
import io.kadedb.common.json.JsonbText;
import io.kadedb.common.type.ArrayBytes;
import io.kadedb.common.type.ArrayValue;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/** SQL values as JSON values, in PostgreSQL's forms: to_json, json_build_object, json_agg and their like. */
public final class JsonValues {
    private JsonValues() {}

    /** Writes a value into a jsonb document. */
    public static void write(JsonbBuilder out, @Nullable Object value, SqlType type, ZoneId zone) {
        switch (value) {
            case null -> out.nullValue();
            case Boolean b -> out.truth(b);
            case Long l when type.isInteger() -> out.integer(l);
            case BigDecimal d -> out.number(shown(d, type));
            case Double d when Double.isFinite(d) -> out.number(new BigDecimal(ValueText.of(d, type, zone)));
            case ByteBuffer b when type.id() == TypeId.JSONB -> out.value(Jsonb.of(b));
            case ByteBuffer b
            when type.isArray() -> {
                ArrayValue array = ArrayBytes.decode(b, type.element());
                Nesting nesting = new Nesting(array, type.element(), zone);
                nesting.write(out, 0, 0);
            }
            case String s when type.id() == TypeId.JSON -> JsonReader.build(s, out);
            default -> out.string(scalarText(value, type, zone));
        }
    }

    /** Writes the JSON text of a value. */
    public static void append(StringBuilder out, @Nullable Object value, SqlType type, ZoneId zone) {
        switch (value) {
            case null -> out.append("null");
            case Boolean b -> out.append(b.booleanValue());
            case Long l when type.isInteger() -> out.append(l.longValue());
            case BigDecimal d -> out.append(shown(d, type).toPlainString());
            case Double d when Double.isFinite(d) -> out.append(ValueText.of(d, type, zone));
            case ByteBuffer b when type.id() == TypeId.JSONB -> JsonbText.append(out, Jsonb.of(b));
            case ByteBuffer b
            when type.isArray() ->
                new Nesting(ArrayBytes.decode(b, type.element()), type.element(), zone).append(out, 0, 0);
            case String s when type.id() == TypeId.JSON -> out.append(s);
            default -> JsonbText.quote(out, scalarText(value, type, zone));
        }
    }

    /** A number without a size has the digits of its column; those at its end that are zero say nothing. */
    private static BigDecimal shown(BigDecimal number, SqlType type) {
        if (!type.equals(SqlType.NUMERIC)) {
            return number;
        }
        BigDecimal bare = number.stripTrailingZeros();
        return bare.scale() < 0 ? bare.setScale(0) : bare;
    }

    /** Dates and times have a T between them, and a zone its minutes. */
    private static String scalarText(Object value, SqlType type, ZoneId zone) {
        String text = ValueText.of(value, type, zone);
        if (type.id() != TypeId.TIMESTAMP && type.id() != TypeId.TIMESTAMPTZ) {
            return text;
        }
        String iso = text.replaceFirst(" ", "T");
        return type.id() == TypeId.TIMESTAMPTZ ? iso.replaceFirst("([+-]\\d\\d)( BC)?$", "$1:00$2") : iso;
    }

    /** The nested arrays of an array of several dimensions. */
    private record Nesting(ArrayValue array, SqlType element, ZoneId zone) {
        private int below(int dimension) {
            int size = 1;
            for (int d = dimension + 1; d < array.dimensions().size(); d++) {
                size *= array.dimensions().get(d).length();
            }
            return size;
        }

        private int length(int dimension) {
            return array.isEmpty() ? 0 : array.dimensions().get(dimension).length();
        }

        private boolean isInnermost(int dimension) {
            return dimension >= array.dimensions().size() - 1;
        }

        void write(JsonbBuilder out, int dimension, int from) {
            out.startArray();
            int below = below(dimension);
            for (int i = 0; i < length(dimension); i++) {
                int at = from + i * below;
                if (isInnermost(dimension)) {
                    JsonValues.write(out, array.elements().get(at), element, zone);
                } else {
                    write(out, dimension + 1, at);
                }
            }
            out.end();
        }

        void append(StringBuilder out, int dimension, int from) {
            out.append('[');
            int below = below(dimension);
            for (int i = 0; i < length(dimension); i++) {
                int at = from + i * below;
                out.append(i == 0 ? "" : ",");
                if (isInnermost(dimension)) {
                    JsonValues.append(out, array.elements().get(at), element, zone);
                } else {
                    append(out, dimension + 1, at);
                }
            }
            out.append(']');
        }
    }
}
