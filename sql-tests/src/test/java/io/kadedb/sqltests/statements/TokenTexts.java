package io.kadedb.sqltests.statements;

import io.kadedb.parser.SqlParser;
import io.kadedb.parser.grammar.KadeSqlParser;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Texts of tokens: names of {@link TokenTexts} so that some statements mean something, and literals at the edges. */
final class TokenTexts {
    private static final List<String> NAMES = List.of(
            "t",
            "u",
            "v",
            "w",
            "g",
            "e",
            "p",
            "k",
            "a",
            "b",
            "c",
            "d",
            "f",
            "n",
            "s",
            "x",
            "id",
            "src",
            "dst",
            "at",
            "j",
            "arr",
            "m",
            "public",
            "count",
            "sum",
            "avg",
            "min",
            "max",
            "coalesce",
            "abs",
            "lower",
            "length",
            "round",
            "now",
            "unnest",
            "generate_series",
            "row_number",
            "lag",
            "rank",
            "array_agg",
            "string_agg",
            "nullif",
            "greatest",
            "jsonb_build_object",
            "json_each",
            "date_trunc",
            "to_char",
            "power",
            "concat",
            "int",
            "text",
            "numeric",
            "varchar",
            "bigint",
            "boolean",
            "jsonb",
            "float8",
            "date",
            "bytea",
            "mood",
            "no_such_thing",
            "ſ",
            "été",
            "表",
            "_",
            "information_schema",
            "tables",
            "columns",
            "excluded",
            "new",
            "old",
            "pg_temp",
            "sq");
    private static final List<String> INTEGERS = List.of(
            "0",
            "1",
            "2",
            "3",
            "7",
            "10",
            "1_000",
            "127",
            "128",
            "32768",
            "2147483647",
            "2147483648",
            "9223372036854775807",
            "9223372036854775808",
            "18446744073709551616",
            "99999999999999999999999999999999999999",
            "123456789012345678901234567890123456789012345678901234567890");
    private static final List<String> DECIMALS = List.of(
            "0.0",
            "1.",
            ".5",
            "1.5",
            "0.1",
            "2.50",
            "99999999999999999999.99999999999999999999",
            "0.00000000000000000001",
            "1234567890123456789012345678901234567.5");
    private static final List<String> APPROXIMATES =
            List.of("1e0", "1.5e3", "1e-3", "1e308", "1e309", "4.9e-324", "1e-400", ".1e+2", "9e99999999999");
    private static final List<String> STRINGS = List.of(
            "''",
            "'a'",
            "'x''y'",
            "'1'",
            "'-1'",
            "'NaN'",
            "'infinity'",
            "'true'",
            "'2024-02-29'",
            "'2023-02-29'",
            "'1 day'",
            "'1 year 2 mons'",
            "'{1,2,NULL}'",
            "'{{1},{2}}'",
            "'{}'",
            "'{'",
            "'[1, {\"a\": null}]'",
            "'%a_'",
            "'\\'",
            "'(['",
            "'UTC'",
            "'Europe/Berlin'",
            "'happy'",
            "'\uD83D\uDE00'",
            "'\uD800'",
            "'\u0301'",
            "'a\nb'",
            "'12:34:56.789'",
            "'2024-01-01 00:00:00+14'",
            "'0001-01-01 BC'",
            "'294277-01-01'");
    private static final List<String> GAPS =
            List.of("\n", "\t", "\r\n", "  ", "/* c */", "/* /* n */ */", "-- c\n", "\u00A0", "\u3000", "", ";");

    private final Random random;

    TokenTexts(Random random) {
        this.random = random;
    }

    /** What stands between two tokens, now and then. */
    String gap() {
        return pick(GAPS);
    }

    /** A literal or a name, whatever it is. */
    String any() {
        return pick(
                switch (random.nextInt(5)) {
                    case 0 -> NAMES;
                    case 1 -> INTEGERS;
                    case 2 -> DECIMALS;
                    case 3 -> APPROXIMATES;
                    default -> STRINGS;
                });
    }

    String of(int type) {
        return switch (type) {
            case KadeSqlParser.IDENT -> pick(NAMES);
            case KadeSqlParser.QUOTED_IDENT -> quoted();
            case KadeSqlParser.INTEGER -> pick(INTEGERS);
            case KadeSqlParser.DECIMAL -> pick(DECIMALS);
            case KadeSqlParser.APPROXIMATE -> pick(APPROXIMATES);
            case KadeSqlParser.HEX_INTEGER -> random.nextBoolean() ? "0xFF" : "0xFFFFFFFFFFFFFFFFFFFF";
            case KadeSqlParser.STRING -> pick(STRINGS);
            case KadeSqlParser.ESCAPE_STRING ->
                random.nextBoolean() ? "E'\\n\\x41\\u00e9\\''" : "e'\\uD83D\\uDE00\\777'";
            case KadeSqlParser.HEX_STRING -> random.nextBoolean() ? "x'DEAD'" : "X'0g'";
            case KadeSqlParser.DOLLAR_STRING -> random.nextBoolean() ? "$$ it's $$" : "$q$ $$ $q$";
            case KadeSqlParser.PARAMETER -> random.nextInt(5) > 0 ? "$1" : "$99999999999";
            case KadeSqlParser.QUERY_OPEN -> "(";
            case KadeSqlParser.AS_OF -> "as";
            case KadeSqlParser.ASOF_JOIN -> "asof";
            case KadeSqlParser.LITERAL_LIST -> "1, -2, null, 'x', 1e3, ".repeat(random.nextInt(20)) + "4";
            default -> fixed(type);
        };
    }

    private String quoted() {
        return random.nextInt(4) > 0
                ? '"' + pick(NAMES) + '"'
                : pick(List.of(
                        "\"\"", "\"a\"\"b\"", "\"A b\"", "\"select\"", "\"" + "x".repeat(300) + "\"", "\"\uD83D\""));
    }

    private String fixed(int type) {
        String literal = KadeSqlParser.VOCABULARY.getLiteralName(type);
        if (literal != null) {
            return literal.substring(1, literal.length() - 1);
        }
        String name = KadeSqlParser.VOCABULARY.getSymbolicName(type);
        if (SqlParser.isKeyword(name)) {
            return random.nextInt(10) > 0 ? name.toLowerCase(Locale.ROOT) : name;
        }
        return switch (type) {
            case KadeSqlParser.ARROW -> "=>";
            case KadeSqlParser.NE -> "<>";
            default -> throw new IllegalStateException("no text for a token of type " + name);
        };
    }

    private String pick(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
