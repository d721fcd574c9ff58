package io.kadedb.common.inverted;

import io.kadedb.common.inverted.Terms.TermSink;
import io.kadedb.common.type.ArrayBytes;
import io.kadedb.common.type.ArrayValue;
import io.kadedb.common.type.SqlType;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The terms of arrays: an element each, and one for those that have none but NULL. */
final class ArrayTerms {
    private static final char ELEMENT = 'e';
    private static final char NOTHING = '0';

    private ArrayTerms() {}

    static void addOf(ArrayValue array, SqlType type, TermSink sink) {
        boolean any = false;
        for (Object element : array.elements()) {
            if (element != null) {
                sink.add(ELEMENT, bytes(element, type));
                any = true;
            }
        }
        if (!any) {
            sink.add(NOTHING, new byte[0]);
        }
    }

    /** Exact numbers are equal whatever their type and scale. */
    private static byte[] bytes(Object element, SqlType type) {
        BigDecimal number = switch (element) {
            case BigDecimal decimal -> decimal;
            case Long integer -> BigDecimal.valueOf(integer);
            default -> null;
        };
        if (number != null) {
            return number.stripTrailingZeros().toString().getBytes(StandardCharsets.US_ASCII);
        }
        ByteBuffer bytes = ArrayBytes.encode(ArrayValue.of(element), element instanceof Double ? SqlType.DOUBLE : type);
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return copy;
    }

    static TermQuery query(int part, TermOperator operator, ArrayValue operand, SqlType type) {
        List<TermQuery> elements = new ArrayList<>();
        for (@Nullable Object element : operand.elements()) {
            if (element != null) {
                elements.add(term(part, ELEMENT, bytes(element, type)));
            }
        }
        TermQuery nothing = term(part, NOTHING, new byte[0]);
        return switch (operator) {
            // An array with a NULL is contained in none.
            case CONTAINS -> operand.hasNull() ? TermQuery.none() : new TermQuery.And(elements);
            case OVERLAPS -> new TermQuery.Or(elements);
            case CONTAINED -> {
                elements.add(nothing);
                yield new TermQuery.Or(elements);
            }
            case EQUAL -> elements.isEmpty() ? nothing : new TermQuery.And(elements);
            default -> throw new IllegalArgumentException("of arrays: " + operator);
        };
    }

    private static TermQuery term(int part, char kind, byte[] bytes) {
        return new TermQuery.Term(Terms.term(part, kind, bytes, 0, bytes.length));
    }
}
