package io.kadedb.planner.functions;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.error.SourcePosition;
import io.kadedb.common.json.JsonReader;
import io.kadedb.common.search.TsQuery;
import io.kadedb.common.search.TsVector;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.parser.ast.Positions;
import io.kadedb.parser.path.JsonPath;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlLiteral;

/**
 * Refuses quoted literals that cannot be of the type they are wanted in, even where they would never be computed, as
 * PostgreSQL does (manual, 4.1.2.7). Dates and times are left to run time, which knows all their forms.
 */
final class UntypedLiterals {
    private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9][0-9_a-fA-FxXoO]*");
    private static final Pattern NUMBER = Pattern.compile(
            "[+-]?([0-9][0-9_a-fA-FxXoO]*(\\.[0-9_]*)?|\\.[0-9][0-9_]*)([eE][+-]?[0-9]+)?|[+-]?inf(inity)?|nan",
            Pattern.CASE_INSENSITIVE);
    private static final Set<String> BOOLEANS = Set.of(
            "t", "tr", "tru", "true", "f", "fa", "fal", "fals", "false", "y", "ye", "yes", "n", "no", "on", "of", "off",
            "1", "0");

    private UntypedLiterals() {}

    private static void written(SqlLiteral literal, String text, SqlType wanted) {
        try {
            switch (wanted.id()) {
                case TSVECTOR -> TsVector.parse(text);
                case TSQUERY -> TsQuery.parse(text);
                case JSON -> JsonReader.check(text);
                default -> JsonReader.toJsonb(text);
            }
        } catch (KadeException e) {
            throw e.at(Positions.of(literal.getParserPosition()));
        }
    }

    /** A fault in a path is shown where it stands, if the literal is written as it is meant. */
    private static void path(SqlLiteral literal, String text) {
        try {
            JsonPath.parse(text);
        } catch (KadeException e) {
            SourcePosition all = Positions.of(literal.getParserPosition());
            boolean plain = all.length() == text.length() + 2;
            throw e.position().filter(within -> plain).isEmpty()
                    ? e.at(all)
                    : e.at(new SourcePosition(
                            all.line(),
                            all.column() + e.position().get().column(),
                            e.position().get().length()));
        }
    }

    /** Throws 22P02 if the literal cannot be read as the type. */
    static void check(SqlLiteral literal, SqlType wanted) {
        String text = literal.getValueAs(String.class);
        String bare = text.strip();
        boolean readable = switch (wanted.id()) {
            case SMALLINT, INTEGER, BIGINT -> INTEGER.matcher(bare).matches();
            case DECIMAL, REAL, DOUBLE -> NUMBER.matcher(bare).matches();
            case ENUM -> wanted.labels().label(text).isPresent();
            case BOOLEAN -> BOOLEANS.contains(bare.toLowerCase(Locale.ROOT));
            case JSON, JSONB, TSVECTOR, TSQUERY -> {
                written(literal, text, wanted);
                yield true;
            }
            case JSONPATH -> {
                path(literal, text);
                yield true;
            }
            default -> true;
        };
        if (!readable && wanted.id() == TypeId.ENUM) {
            String labels = wanted.labels().labels().stream()
                    .map(label -> "'" + label.text() + "'")
                    .collect(Collectors.joining(", "));
            throw KadeException.of(
                            ErrorCode.INVALID_TEXT_REPRESENTATION,
                            "invalid input value for enum " + wanted + ": \"" + text + "\"")
                    .at(Positions.of(literal.getParserPosition()))
                    .hint("its labels are " + labels);
        }
        if (!readable) {
            throw KadeException.of(
                            ErrorCode.INVALID_TEXT_REPRESENTATION,
                            "invalid input syntax for type " + wanted.id().sqlName() + ": \"" + text + "\"")
                    .at(Positions.of(literal.getParserPosition()));
        }
    }
}
