package io.kadedb.parser;

import io.kadedb.parser.grammar.KadeSqlLexer;
import io.kadedb.parser.grammar.KadeSqlParser;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.antlr.v4.runtime.Token;
import org.antlr.v4.runtime.Vocabulary;

/** The words of the dialect and their token types. */
final class Keywords {
    private static final Map<String, Integer> TYPES = read();
    private static final int LONGEST =
            TYPES.keySet().stream().mapToInt(String::length).max().orElse(0);

    private Keywords() {}

    private static Map<String, Integer> read() {
        Vocabulary vocabulary = KadeSqlParser.VOCABULARY;
        Set<String> notWords = new java.util.HashSet<>(List.of(KadeSqlLexer.ruleNames));
        notWords.addAll(List.of("QUERY_OPEN", "LITERAL_LIST", "AS_OF", "ASOF_JOIN"));
        Map<String, Integer> types = new HashMap<>();
        for (int type = 1; type <= vocabulary.getMaxTokenType(); type++) {
            String name = vocabulary.getSymbolicName(type);
            if (name != null && !notWords.contains(name)) {
                types.put(name.toLowerCase(Locale.ROOT), type);
            }
        }
        return Map.copyOf(types);
    }

    /** The token type of a word in any case, or {@link Token#INVALID_TYPE} when it is none. */
    static int type(String word) {
        return word.length() > LONGEST
                ? Token.INVALID_TYPE
                : TYPES.getOrDefault(word.toLowerCase(Locale.ROOT), Token.INVALID_TYPE);
    }

    static boolean isKeyword(int tokenType) {
        String name = KadeSqlParser.VOCABULARY.getSymbolicName(tokenType);
        return name != null && TYPES.getOrDefault(name.toLowerCase(Locale.ROOT), Token.INVALID_TYPE) == tokenType;
    }

    /** The keyword in capitals. */
    static String spelling(int tokenType) {
        return KadeSqlParser.VOCABULARY.getSymbolicName(tokenType);
    }
}
