package io.kadedb.common.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonbTest {
    private static Jsonb read(String json) {
        return Jsonb.of(JsonReader.toJsonb(json));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        null | 0100
        false | 0101
        true | 0102
        0 | 010300
        -1 | 0103ff
        256 | 01030100
        1.50 | 0104000200 96
        "x" | 010578
        [] | 010600
        [1,"ab"] | 010602 02 05 0301 056162
        {} | 010700
        {"b":1,"a":2} | 010702 0102 0204 6162 0302 0301
        """)
    void keepsItsBytes(String json, String bytes) {
        assertThat(HexFormat.of().formatHex(JsonReader.toJsonb(json))).isEqualTo(bytes.replace(" ", ""));
    }

    @Test
    void refusesALaterFormat() {
        KadeException error = catchThrowableOfType(KadeException.class, () -> Jsonb.of(new byte[] {2, 0}));
        assertThat(error.code()).isEqualTo(ErrorCode.INCOMPATIBLE_FORMAT);
    }

    @Test
    void keepsRandomDocuments() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 2000; i++) {
            Object model = value(random, 4);
            String text = text(model, random);
            Jsonb document = read(text);
            assertThat(JsonbText.of(document)).as("seed %s: %s", seed, text).isEqualTo(text(model, null));
            assertThat(Jsonb.of(JsonReader.toJsonb(JsonbText.of(document))).document())
                    .isEqualTo(document.document());
            members(document, model);
        }
    }

    /** Every member is found by its key or place, and is a document itself. */
    private static void members(Jsonb document, Object model) {
        if (model instanceof Map<?, ?> map) {
            assertThat(document.size()).isEqualTo(map.size());
            map.forEach((key, value) -> {
                int at = document.find(((String) key).getBytes(StandardCharsets.UTF_8));
                assertThat(document.key(at)).isEqualTo(key);
                members(Jsonb.of(document.value(at).document()), value);
            });
            assertThat(document.find("no such key".getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo(-1);
        } else if (model instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                members(document.value(i), list.get(i));
            }
        }
    }

    /** A string value, apart from the words for null. */
    private record Text(String value) {}

    private static Object value(Random random, int depth) {
        return switch (random.nextInt(depth == 0 ? 5 : 8)) {
            case 0 -> "null";
            case 1 -> random.nextBoolean();
            case 2 -> new BigDecimal(new BigInteger(random.nextInt(100), random), random.nextInt(30)).negate();
            case 3 -> BigDecimal.valueOf(random.nextInt());
            case 4 -> new Text(string(random));
            case 5, 6 -> {
                Map<String, Object> object =
                        new TreeMap<>(Comparator.<String>comparingInt(k -> k.getBytes(StandardCharsets.UTF_8).length)
                                .thenComparing(Comparator.naturalOrder()));
                for (int i = random.nextInt(6); i > 0; i--) {
                    object.put(string(random), value(random, depth - 1));
                }
                yield object;
            }
            default -> {
                List<Object> array = new ArrayList<>();
                for (int i = random.nextInt(random.nextInt(20) == 0 ? 300 : 6); i > 0; i--) {
                    array.add(value(random, depth - 1));
                }
                yield array;
            }
        };
    }

    private static String string(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.appendCodePoint("abc\"\\\n\u0001äß字".codePointAt(random.nextInt(10)));
        }
        return text.toString();
    }

    /** The document as text; with a source of chance in another order and with other blanks. */
    private static String text(Object model, @Nullable Random random) {
        String blank = random == null ? " " : " ".repeat(random.nextInt(3));
        return switch (model) {
            case Text text -> quoted(text.value());
            case BigDecimal number -> number.toPlainString();
            case List<?> list ->
                "["
                        + String.join(
                                "," + blank,
                                list.stream().map(e -> text(e, random)).toList()) + "]";
            case Map<?, ?> map -> {
                List<String> members = new ArrayList<>();
                Map<Object, Object> ordered = new LinkedHashMap<>(map);
                ordered.forEach((key, value) -> members.add(quoted((String) key) + ":" + blank + text(value, random)));
                if (random != null) {
                    Collections.shuffle(members, random);
                }
                yield "{" + String.join("," + blank, members) + "}";
            }
            default -> model.toString();
        };
    }

    private static String quoted(String text) {
        StringBuilder out = new StringBuilder();
        JsonbText.quote(out, text);
        return out.toString();
    }

    @Test
    void keysOrderAndEqualAsDocuments() {
        List<String> ascending = List.of(
                "[]",
                "null",
                "\"\"",
                "\"a\"",
                "\"aa\"",
                "\"b\"",
                "-1e10",
                "-2.5",
                "-2",
                "0",
                "1e-5",
                "1.5",
                "100",
                "false",
                "true",
                "[null]",
                "[1]",
                "[[]]",
                "[0,0]",
                "{}",
                "{\"a\":1}",
                "{\"aa\":0}",
                "{\"b\":0}",
                "{\"a\":1,\"b\":1}");
        for (int i = 1; i < ascending.size(); i++) {
            assertThat(JsonbKey.compare(read(ascending.get(i - 1)), read(ascending.get(i))))
                    .as("%s < %s", ascending.get(i - 1), ascending.get(i))
                    .isNegative();
        }
        assertThat(JsonbKey.equal(read("[1.0, {\"a\": 100}]"), read("[1, {\"a\": 1e2}]")))
                .isTrue();
        assertThat(JsonbKey.equal(read("0.0"), read("-0"))).isTrue();
        assertThat(JsonbKey.equal(read("[1]"), read("[[1]]"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        {"a" 1} | Expected ":", but found "1". (JSON data, line 1)
        {"a":1 | The input string ended unexpectedly. (JSON data, line 1)
        [1 2] | Expected "," or "]", but found "2". (JSON data, line 1)
        {"a":1 "b":2} | Expected "," or "}", but found ""b"". (JSON data, line 1)
        [1,] | Expected JSON value, but found "]". (JSON data, line 1)
        {1:2} | Expected string or "}", but found "1". (JSON data, line 1)
        {"a":1,} | Expected string, but found "}". (JSON data, line 1)
        nul | Token "nul" is invalid. (JSON data, line 1)
        1 2 | Expected end of input, but found "2". (JSON data, line 1)
        01 | Token "01" is invalid. (JSON data, line 1)
        [} | Expected array element or "]", but found "}". (JSON data, line 1)
        "\\q" | Escape sequence "\\q" is invalid. (JSON data, line 1)
        "\\u12" | "\\u" must be followed by four hexadecimal digits. (JSON data, line 1)
        """)
    void saysWhatIsWrong(String json, String detail) {
        KadeException error = catchThrowableOfType(KadeException.class, () -> read(json));
        assertThat(error.code()).isEqualTo(ErrorCode.INVALID_TEXT_REPRESENTATION);
        assertThat(error.detail()).contains(detail);
        assertThat(JsonReader.isJson(json)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "\n\n[1,\n2",
                "'a'",
                "NaN",
                "+1",
                ".5",
                "1.",
                "-",
                "[1]x",
                "tru",
                "\"\t\"",
                "\"\n\"",
                "{]"
            })
    void refusesWhatIsNoJson(String json) {
        KadeException error = catchThrowableOfType(KadeException.class, () -> read(json));
        assertThat(error.code()).isEqualTo(ErrorCode.INVALID_TEXT_REPRESENTATION);
        KadeException other = catchThrowableOfType(KadeException.class, () -> JsonReader.check(json));
        assertThat(other.code()).isEqualTo(ErrorCode.INVALID_TEXT_REPRESENTATION);
    }

    @Test
    void holdsToLimits() {
        String deep = "[".repeat(Jsonb.MAX_DEPTH + 1) + "]".repeat(Jsonb.MAX_DEPTH + 1);
        assertThat(catchThrowableOfType(KadeException.class, () -> read(deep)).code())
                .isEqualTo(ErrorCode.STATEMENT_TOO_COMPLEX);
        String allowed = deep.substring(1, deep.length() - 1);
        assertThat(JsonbText.of(read(allowed))).isEqualTo(allowed);
        assertThat(catchThrowableOfType(KadeException.class, () -> read("1e200000"))
                        .code())
                .isEqualTo(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE);
        assertThat(catchThrowableOfType(KadeException.class, () -> read("1e99999999999"))
                        .code())
                .isEqualTo(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE);
        assertThat(catchThrowableOfType(KadeException.class, () -> read("\"\\u0000\""))
                        .code())
                .isEqualTo(ErrorCode.UNTRANSLATABLE_CHARACTER);
        String wide = "\"" + "x".repeat(70_000) + "\"";
        assertThat(JsonbText.of(read("{\"a\":" + wide + ",\"b\":[" + wide + "]}")))
                .isEqualTo("{\"a\": " + wide + ", \"b\": [" + wide + "]}");
    }

    @Test
    void readsMembersAsTheyAreWritten() {
        List<String> seen = new ArrayList<>();
        JsonReader.members(
                " { \"a\" : 1 ,\"b\":[ 1 , {} ], \"a\": \"x\\\"\", \"n\":-1.5e3 , \"t\":true}", (key, value) -> {
                    seen.add(key.orElse("") + "=" + value);
                    return true;
                });
        assertThat(seen).containsExactly("a=1", "b=[ 1 , {} ]", "a=\"x\\\"\"", "n=-1.5e3", "t=true");
    }
}
