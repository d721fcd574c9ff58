package io.kadedb.common.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Reads JSON text. What is no JSON is refused with 22P02 and PostgreSQL's words about what is wrong and where; nesting
 * beyond {@link Jsonb#MAX_DEPTH} with 54001; U+0000, which no text holds, with 22P05.
 */
public final class JsonReader {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(Jsonb.MAX_DEPTH)
                    .maxNumberLength(Jsonb.MAX_BYTES)
                    .maxStringLength(Jsonb.MAX_BYTES)
                    .maxNameLength(Jsonb.MAX_BYTES)
                    .build())
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .build();

    private JsonReader() {}

    /** Receives the members of a container as they are written. */
    @FunctionalInterface
    public interface Members {
        /**
         * One member.
         *
         * @param key empty in arrays
         * @param json the text of the value, as it is written
         * @return whether to read on
         */
        boolean accept(Optional<String> key, String json);
    }

    /** Reading that may fail as Jackson does. */
    @FunctionalInterface
    private interface Reading<T> {
        T read(JsonParser parser) throws IOException;
    }

    /** The document that the text writes, in the form of jsonb. */
    public static byte[] toJsonb(String json) {
        JsonbBuilder builder = new JsonbBuilder();
        build(json, builder);
        return builder.build();
    }

    /** Writes the one value of the text. */
    public static void build(String json, JsonbBuilder builder) {
        read(json, true, parser -> {
            boolean ended = false;
            while (parser.nextToken() != null) {
                refuseIf(ended, json, true);
                token(parser, builder, json);
                ended = parser.getParsingContext().inRoot();
            }
            refuseIf(!ended, json, true);
            return true;
        });
    }

    /** Refuses text that is no JSON. */
    public static void check(String json) {
        read(json, false, parser -> {
            boolean ended = false;
            while (parser.nextToken() != null) {
                refuseIf(ended, json, false);
                parser.finishToken();
                ended = parser.getParsingContext().inRoot();
            }
            refuseIf(!ended, json, false);
            return true;
        });
    }

    private static void refuseIf(boolean wrong, String json, boolean decoding) {
        if (wrong) {
            throw JsonComplaint.about(json, decoding);
        }
    }

    /** Whether the text is JSON. */
    public static boolean isJson(String json) {
        try {
            check(json);
            return true;
        } catch (KadeException e) {
            if (e.code() == ErrorCode.INVALID_TEXT_REPRESENTATION) {
                return false;
            }
            throw e;
        }
    }

    /** Whether no object within a valid text has a key twice. */
    public static boolean hasUniqueKeys(String json) {
        return read(json, false, parser -> {
            Deque<Set<String>> open = new ArrayDeque<>();
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token.isStructStart()) {
                    open.push(new HashSet<>());
                } else if (token.isStructEnd()) {
                    open.pop();
                } else if (token == JsonToken.FIELD_NAME && !open.element().add(parser.currentName())) {
                    return false;
                }
            }
            return true;
        });
    }

    /** What the value of a valid text is. */
    public static JsonKind kind(String json) {
        int at = 0;
        while (at < json.length() && JsonComplaint.isSpace(json.charAt(at))) {
            at++;
        }
        return switch (at == json.length() ? ' ' : json.charAt(at)) {
            case '{' -> JsonKind.OBJECT;
            case '[' -> JsonKind.ARRAY;
            case '"' -> JsonKind.STRING;
            case 't', 'f' -> JsonKind.BOOLEAN;
            case 'n' -> JsonKind.NULL;
            default -> JsonKind.NUMBER;
        };
    }

    /** Gives each member of the container that a text is; of a scalar there are none. */
    public static void members(String json, Members members) {
        read(json, false, parser -> {
            JsonToken first = parser.nextToken();
            if (first == null || !first.isStructStart()) {
                return false;
            }
            while (true) {
                JsonToken token = parser.nextToken();
                if (token == null || token.isStructEnd()) {
                    return true;
                }
                Optional<String> key = Optional.empty();
                if (token == JsonToken.FIELD_NAME) {
                    key = Optional.of(text(parser.currentName()));
                    parser.nextToken();
                }
                int from = (int) parser.currentTokenLocation().getCharOffset();
                parser.skipChildren();
                parser.finishToken();
                int to = (int) parser.currentLocation().getCharOffset();
                if (!members.accept(key, json.substring(from, to).strip())) {
                    return false;
                }
            }
        });
    }

    /** The text that {@code ->>} gives of a valid text: strings without quotes and escapes. */
    public static Optional<String> bare(String json) {
        return switch (kind(json)) {
            case NULL -> Optional.empty();
            case STRING -> Optional.of(Jsonb.of(toJsonb(json)).string());
            default -> Optional.of(json);
        };
    }

    private static <T> T read(String json, boolean decoding, Reading<T> reading) {
        try (JsonParser parser = FACTORY.createParser(json)) {
            return reading.read(parser);
        } catch (StreamConstraintsException e) {
            throw JsonbBuilder.tooDeep();
        } catch (IOException e) {
            throw JsonComplaint.about(json, decoding);
        }
    }

    private static void token(JsonParser parser, JsonbBuilder builder, String json) throws IOException {
        switch (parser.currentToken()) {
            case START_OBJECT -> builder.startObject();
            case START_ARRAY -> builder.startArray();
            case END_OBJECT, END_ARRAY -> builder.end();
            case FIELD_NAME -> builder.key(text(parser.currentName()));
            case VALUE_STRING -> builder.string(text(parser.getText()));
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getText(), builder);
            case VALUE_TRUE -> builder.truth(true);
            case VALUE_FALSE -> builder.truth(false);
            case VALUE_NULL -> builder.nullValue();
            default -> throw JsonComplaint.about(json, true);
        }
    }

    private static void number(String text, JsonbBuilder builder) {
        if (text.length() < 18 && text.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '-')) {
            builder.integer(Long.parseLong(text));
            return;
        }
        BigDecimal value;
        try {
            value = new BigDecimal(text);
        } catch (NumberFormatException e) {
            throw KadeException.of(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, "value overflows numeric format", e);
        }
        builder.number(value);
    }

    /** A decoded string, which has to be one that text can hold. */
    private static String text(String decoded) {
        for (int i = 0; i < decoded.length(); i++) {
            char c = decoded.charAt(i);
            if (c == 0) {
                throw KadeException.of(ErrorCode.UNTRANSLATABLE_CHARACTER, "unsupported Unicode escape sequence")
                        .detail("\\u0000 cannot be converted to text.");
            }
            if (Character.isHighSurrogate(c)) {
                boolean paired = i + 1 < decoded.length() && Character.isLowSurrogate(decoded.charAt(i + 1));
                if (!paired) {
                    boolean twice = i + 1 < decoded.length() && Character.isHighSurrogate(decoded.charAt(i + 1));
                    throw JsonComplaint.of(
                            twice
                                    ? "Unicode high surrogate must not follow a high surrogate."
                                    : "Unicode low surrogate must follow a high surrogate.");
                }
                i++;
            } else if (Character.isLowSurrogate(c)) {
                throw JsonComplaint.of("Unicode low surrogate must follow a high surrogate.");
            }
        }
        return decoded;
    }
}
