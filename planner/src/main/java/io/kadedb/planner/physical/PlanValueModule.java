package io.kadedb.planner.physical;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.JsonSerializer;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import com.fasterxml.jackson.databind.jsontype.TypeSerializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.kadedb.common.type.Interval;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeDetail;
import io.kadedb.common.type.TypeId;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How types and literals look in a serialised plan: types by their stable number, values exactly. */
final class PlanValueModule extends SimpleModule {
    private static final long serialVersionUID = 1L;

    PlanValueModule() {
        addSerializer(SqlType.class, new TypeWriter());
        addDeserializer(SqlType.class, new TypeReader());
        addSerializer(Expr.Literal.class, new LiteralWriter());
        addDeserializer(Expr.Literal.class, new LiteralReader());
    }

    /** {@code [id, precision, scale]}; behind them an array's element, or an enum's id, schema, name and labels. */
    private static void write(SqlType type, JsonGenerator out) throws IOException {
        out.writeStartArray();
        out.writeNumber(type.id().number());
        out.writeNumber(type.precision());
        out.writeNumber(type.scale());
        switch (type.detail()) {
            case null -> {}
            case TypeDetail.Element(SqlType element) -> write(element, out);
            case TypeDetail.Labels labels -> {
                out.writeNumber(labels.typeId());
                out.writeString(labels.schema());
                out.writeString(labels.name());
                for (TypeDetail.Label label : labels.labels()) {
                    out.writeString(label.text());
                    out.writeNumber(label.place());
                }
            }
        }
        out.writeEndArray();
    }

    private static SqlType type(JsonNode parts) {
        TypeId id = TypeId.of(parts.path(0).asInt());
        return new SqlType(id, parts.path(1).asInt(), parts.path(2).asInt(), detail(id, parts));
    }

    private static @Nullable TypeDetail detail(TypeId id, JsonNode parts) {
        return switch (id) {
            case ARRAY -> new TypeDetail.Element(type(parts.path(3)));
            case ENUM -> {
                List<TypeDetail.Label> labels = new ArrayList<>();
                for (int i = 6; i < parts.size(); i += 2) {
                    labels.add(new TypeDetail.Label(
                            parts.path(i).asText(), parts.path(i + 1).asLong()));
                }
                yield new TypeDetail.Labels(
                        parts.path(3).asLong(),
                        parts.path(4).asText(),
                        parts.path(5).asText(),
                        labels);
            }
            default -> null;
        };
    }

    private static String text(Object value) {
        return switch (value) {
            case ByteBuffer bytes -> {
                byte[] copy = new byte[bytes.remaining()];
                bytes.duplicate().get(copy);
                yield Base64.getEncoder().encodeToString(copy);
            }
            case Interval interval -> interval.months() + " " + interval.days() + " " + interval.micros();
            case BigDecimal number -> number.toPlainString();
            default -> value.toString();
        };
    }

    private static Object value(String text, SqlType type) {
        return switch (type.id()) {
            case BOOLEAN -> Boolean.valueOf(text);
            case SMALLINT, INTEGER, BIGINT, DATE, TIME, TIMESTAMP, TIMESTAMPTZ, ENUM -> Long.valueOf(text);
            case REAL, DOUBLE -> Double.valueOf(text);
            case DECIMAL -> new BigDecimal(text);
            case TEXT, VARCHAR, CHAR, JSON, JSONPATH, TSVECTOR, TSQUERY, NULL -> text;
            case BYTEA, ARRAY, JSONB ->
                ByteBuffer.wrap(Base64.getDecoder().decode(text)).asReadOnlyBuffer();
            case UUID -> UUID.fromString(text);
            case INTERVAL -> {
                String[] parts = text.split(" ", 3);
                yield new Interval(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]), Long.parseLong(parts[2]));
            }
        };
    }

    private static final class TypeWriter extends JsonSerializer<SqlType> {
        @Override
        public void serialize(SqlType type, JsonGenerator out, SerializerProvider context) throws IOException {
            write(type, out);
        }
    }

    private static final class TypeReader extends JsonDeserializer<SqlType> {
        @Override
        public SqlType deserialize(JsonParser in, DeserializationContext context) throws IOException {
            return type(in.readValueAsTree());
        }
    }

    private static final class LiteralWriter extends JsonSerializer<Expr.Literal> {
        @Override
        public void serialize(Expr.Literal literal, JsonGenerator out, SerializerProvider context) throws IOException {
            out.writeStartObject();
            writeMembers(literal, out);
            out.writeEndObject();
        }

        @Override
        public void serializeWithType(
                Expr.Literal literal, JsonGenerator out, SerializerProvider context, TypeSerializer types)
                throws IOException {
            out.writeStartObject();
            out.writeStringField("node", "Literal");
            writeMembers(literal, out);
            out.writeEndObject();
        }

        private static void writeMembers(Expr.Literal literal, JsonGenerator out) throws IOException {
            Object value = literal.value();
            if (value != null) {
                out.writeStringField("value", text(value));
            }
            out.writeFieldName("type");
            write(literal.type(), out);
        }
    }

    private static final class LiteralReader extends JsonDeserializer<Expr.Literal> {
        @Override
        public Expr.Literal deserialize(JsonParser in, DeserializationContext context) throws IOException {
            JsonNode node = in.readValueAsTree();
            SqlType type = type(node.path("type"));
            @Nullable
            Object value = node.has("value") ? value(node.path("value").asText(), type) : null;
            return new Expr.Literal(value, type);
        }

        @Override
        public Object deserializeWithType(JsonParser in, DeserializationContext context, TypeDeserializer types)
                throws IOException {
            return types.deserializeTypedFromObject(in, context);
        }
    }
}
