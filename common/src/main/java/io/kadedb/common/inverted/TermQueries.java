package io.kadedb.common.inverted;

import io.kadedb.common.json.Jsonb;
import io.kadedb.common.search.TsQuery;
import io.kadedb.common.type.ArrayBytes;
import io.kadedb.common.type.ArrayValue;
import io.kadedb.common.type.SqlType;
import java.nio.ByteBuffer;
import java.util.List;

/** What a condition asks an inverted index for. */
public final class TermQueries {
    private TermQueries() {}

    /**
     * The rows whose value may be in the relation to the operand.
     *
     * @param part which part of the key the value is of
     * @param operand what is on the right of the operator, not NULL, of the classes that literals have; of a path a {@link JsonCondition}
     * @param type of the operand
     */
    public static TermQuery of(int part, TermClass terms, TermOperator operator, Object operand, SqlType type) {
        return switch (operator) {
            case HAS_KEY -> JsonTerms.key(part, (String) operand);
            case HAS_ANY_KEY -> new TermQuery.Or(keys(part, array(operand, type)));
            case HAS_ALL_KEYS -> new TermQuery.And(keys(part, array(operand, type)));
            case MATCHES -> TextTerms.query(part, TsQuery.parse((String) operand));
            case CONTAINS, CONTAINED, OVERLAPS, EQUAL ->
                switch (terms) {
                    case ARRAY -> ArrayTerms.query(part, operator, array(operand, type), type.element());
                    case JSONB -> JsonTerms.containing(part, Jsonb.of((ByteBuffer) operand));
                    case JSONB_PATH -> JsonPathTerms.containing(part, Jsonb.of((ByteBuffer) operand));
                    case TRIGRAM -> TrigramTerms.query(part, operator, (String) operand);
                    case TSVECTOR -> throw new IllegalArgumentException("of texts: " + operator);
                };
            case LIKE, ILIKE, REGEX, IREGEX -> TrigramTerms.query(part, operator, (String) operand);
            case PATH_EXISTS, PATH_MATCHES -> of(part, terms, (JsonCondition) operand);
        };
    }

    private static TermQuery of(int part, TermClass terms, JsonCondition condition) {
        boolean byPath = terms == TermClass.JSONB_PATH;
        return switch (condition) {
            case JsonCondition.Keys keys ->
                byPath
                        ? TermQuery.all()
                        : new TermQuery.And(keys.keys().stream()
                                .map(key -> JsonTerms.key(part, key))
                                .toList());
            case JsonCondition.Equal equal -> byPath ? JsonPathTerms.equal(part, equal) : JsonTerms.equal(part, equal);
            case JsonCondition.All all ->
                new TermQuery.And(all.conditions().stream()
                        .map(each -> of(part, terms, each))
                        .toList());
            case JsonCondition.Any any ->
                new TermQuery.Or(any.conditions().stream()
                        .map(each -> of(part, terms, each))
                        .toList());
        };
    }

    private static ArrayValue array(Object operand, SqlType type) {
        return ArrayBytes.decode((ByteBuffer) operand, type.element());
    }

    /** NULLs among the keys are passed over. */
    private static List<TermQuery> keys(int part, ArrayValue keys) {
        return keys.elements().stream()
                .filter(String.class::isInstance)
                .map(key -> JsonTerms.key(part, (String) key))
                .toList();
    }
}
