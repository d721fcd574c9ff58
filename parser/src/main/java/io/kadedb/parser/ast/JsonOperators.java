package io.kadedb.parser.ast;

import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.jspecify.annotations.Nullable;

/** The operators of documents and of text search, which validation finds by their names. */
public final class JsonOperators {
    private static final Map<String, SqlBinaryOperator> OPERATORS = Stream.of(
                    "->", "->>", "#>", "#>>", "#-", "?", "?|", "?&", "@?", "@@")
            .collect(Collectors.toUnmodifiableMap(Function.identity(), KadeOperators::binary));

    private JsonOperators() {}

    /** The operator written so; {@code ??} is the operator {@code ?} where that is a parameter. */
    public static @Nullable SqlBinaryOperator of(String text) {
        return OPERATORS.get(text.startsWith("??") ? text.substring(1) : text);
    }
}
