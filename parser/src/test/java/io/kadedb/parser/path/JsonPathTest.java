package io.kadedb.parser.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths that nobody would write; those that one would are judged by PostgreSQL in the logic files. */
class JsonPathTest {
    private static final int MANY = 50_000;

    private static final List<String> TOKENS = List.of(
            "$",
            "@",
            ".",
            "a",
            "\"b\"",
            "[",
            "]",
            "(",
            ")",
            "*",
            "**",
            "?",
            "1",
            "2.5",
            "last",
            "to",
            ",",
            "==",
            "<",
            "&&",
            "||",
            "!",
            "exists",
            "is",
            "unknown",
            "starts",
            "with",
            "like_regex",
            "flag",
            "+",
            "-",
            "/",
            "%",
            "size",
            "()",
            "keyvalue",
            "datetime",
            "$x",
            "{",
            "}",
            "strict",
            "lax",
            "true",
            "null",
            " ",
            "'",
            "\\u0041",
            "\\",
            "/*",
            "*/",
            "#",
            "é");

    @Test
    void deepPathsAreRefused() {
        List<String> deep = List.of(
                "(".repeat(MANY) + "1" + ")".repeat(MANY),
                "(".repeat(MANY),
                "$" + "[0".repeat(MANY),
                "$" + ".a".repeat(MANY),
                "$" + "[*]".repeat(MANY),
                "1" + " + 1".repeat(MANY),
                "- ".repeat(MANY) + "$",
                "$ == 1" + " && $ == 1".repeat(MANY),
                "$" + " ? (@ ".repeat(MANY) + ")".repeat(MANY),
                "!(".repeat(MANY) + "$ == 1" + ")".repeat(MANY));
        for (String path : deep) {
            KadeException failure = catchThrowableOfType(KadeException.class, () -> JsonPath.parse(path));
            assertThat(failure.code()).as(path.substring(0, 20)).isEqualTo(ErrorCode.STATEMENT_TOO_COMPLEX);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$.a[1 to last].** ? (@.b > 1 && !(exists (@.c)))",
                "strict ($ + 1).type() == \"number\" || ($.x like_regex \"^a\" flag \"i\") is unknown",
                "-($.a - (1 - 2)) * 3 % $\"v w\".decimal(3,1)",
                "1 - ($.a * 2).b",
                "(!($ == 1)).type() == (exists($.a)).type() && (($ == 1) is unknown).type() == (-1).abs().type()"
            })
    void whatIsShownIsReadAgain(String path) {
        String shown = JsonPath.parse(path).toString();
        assertThat(JsonPath.parse(shown)).hasToString(shown);
    }

    @Test
    void noPathIsAFault() {
        long seed = Long.getLong("kadedb.seed", System.nanoTime());
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            StringBuilder path = new StringBuilder();
            for (int length = random.nextInt(12); length >= 0; length--) {
                path.append(TOKENS.get(random.nextInt(TOKENS.size())));
            }
            try {
                String shown = JsonPath.parse(path.toString()).toString();
                assertThat(JsonPath.parse(shown)).as("%s, seed %d", path, seed).hasToString(shown);
            } catch (KadeException e) {
                assertThat(e.code()).as("%s, seed %d", path, seed).isNotEqualTo(ErrorCode.INTERNAL_ERROR);
            }
        }
    }
}
