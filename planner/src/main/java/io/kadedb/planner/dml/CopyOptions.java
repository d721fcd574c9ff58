package io.kadedb.planner.dml;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.Option;
import io.kadedb.planner.api.FileFormat;
import io.kadedb.planner.validate.Suggestions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Holds options of COPY to the direction they are for; the names of columns in FORCE_* become their places in the file. */
final class CopyOptions {
    private static final Set<String> READING = Set.of("force_not_null", "force_null");
    private static final String WRITING = "force_quote";

    private CopyOptions() {}

    /**
     * The options that a statement gives, in lower case.
     *
     * @param path of the file; empty for the client's stream
     * @throws KadeException 42601 for one that is given twice
     */
    static Map<String, String> given(String path, List<Option> given) {
        Map<String, String> options = new LinkedHashMap<>();
        for (Option option : given) {
            if (options.put(option.name().text(), option.value()) != null) {
                throw KadeException.of(ErrorCode.SYNTAX_ERROR, "conflicting or redundant options")
                        .at(option.name().position());
            }
        }
        if (path.isEmpty()) {
            // PostgreSQL's default; files tell by their names.
            options.putIfAbsent("format", FileFormat.TEXT.id());
        }
        return options;
    }

    /**
     * Puts places into the options.
     *
     * @param reads whether it is COPY FROM
     * @param known all columns of the table
     * @param copied those in the file, in order
     * @throws KadeException 0A000 and 22023 where an option has no meaning, 42703 and 42P10 for columns that are not copied
     */
    static void resolve(
            Map<String, String> options, FileFormat format, boolean reads, List<String> known, List<String> copied) {
        if (!reads && options.containsKey("default")) {
            throw KadeException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "COPY DEFAULT cannot be used with COPY TO");
        }
        if (!reads && options.containsKey("on_error")) {
            throw KadeException.of(ErrorCode.INVALID_PARAMETER_VALUE, "COPY ON_ERROR cannot be used with COPY TO");
        }
        for (Map.Entry<String, String> option : options.entrySet()) {
            String name = option.getKey();
            if (!name.equals(WRITING) && !READING.contains(name)) {
                continue;
            }
            String shown = name.toUpperCase(Locale.ROOT);
            if (format != FileFormat.CSV) {
                throw KadeException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "COPY " + shown + " requires CSV mode");
            }
            if (reads == name.equals(WRITING)) {
                throw KadeException.of(
                        reads ? ErrorCode.FEATURE_NOT_SUPPORTED : ErrorCode.INVALID_PARAMETER_VALUE,
                        "COPY " + shown + " cannot be used with COPY " + (reads ? "FROM" : "TO"));
            }
            if (!option.getValue().equals("*")) {
                option.setValue(List.of(option.getValue().split(Option.BETWEEN_NAMES)).stream()
                        .map(column -> Integer.toString(place(column, shown, known, copied)))
                        .collect(Collectors.joining(",")));
            }
        }
    }

    private static int place(String column, String option, List<String> known, List<String> copied) {
        if (!known.contains(column)) {
            throw KadeException.of(ErrorCode.UNDEFINED_COLUMN, "column \"" + column + "\" does not exist")
                    .hint(Suggestions.hint(column, known).orElse(null));
        }
        if (!copied.contains(column)) {
            throw KadeException.of(
                    ErrorCode.INVALID_COLUMN_REFERENCE, option + " column \"" + column + "\" not referenced by COPY");
        }
        return copied.indexOf(column);
    }
}
