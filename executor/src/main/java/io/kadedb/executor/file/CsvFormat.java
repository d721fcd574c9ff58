package io.kadedb.executor.file;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.planner.api.FileFormat;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * How CSV (RFC 4180) and PostgreSQL's text format are written, with the options of its COPY.
 *
 * @param header whether the first line names the columns; empty to find out
 * @param match whether the names of the first line have to be those of the columns
 * @param escape stands before a quote within quotes; usually the quote itself
 * @param forced columns that are told apart
 * @param faults what to do with values that cannot be read
 * @param nullText what unquoted text stands for NULL
 * @param defaultText what unquoted text stands for the column's default
 */
record CsvFormat(
        Optional<Boolean> header,
        boolean match,
        byte delimiter,
        byte quote,
        byte escape,
        String nullText,
        Optional<String> defaultText,
        Forced forced,
        Faults faults) {
    /**
     * Columns for which quotes mean something else than usual.
     *
     * @param quote written in quotes, whatever is in them
     * @param notNull whose text without quotes is no NULL
     * @param nulls whose text in quotes may be NULL
     */
    record Forced(IntPredicate quote, IntPredicate notNull, IntPredicate nulls) {}

    /**
     * What becomes of rows with values that are none of their types.
     *
     * @param ignored whether they are left out
     * @param limit how many may be
     * @param told how much of them is said
     */
    record Faults(boolean ignored, long limit, Verbosity told) {}

    /** LOG_VERBOSITY: whether rows that are left out are counted, and named one by one. */
    enum Verbosity {
        SILENT,
        DEFAULT,
        VERBOSE
    }

    /** The bytes of what stands for defaults; null where nothing does. */
    byte @Nullable [] defaultBytes() {
        return defaultText.map(text -> text.getBytes(StandardCharsets.UTF_8)).orElse(null);
    }

    static CsvFormat of(FileFormat format, String path, Map<String, String> options) {
        boolean text = format == FileFormat.TEXT;
        Optional<Boolean> header = Optional.empty();
        boolean match = false;
        byte delimiter = (byte) (text || path.toLowerCase(Locale.ROOT).endsWith(".tsv") ? '\t' : ',');
        byte quote = '"';
        Optional<Byte> escape = Optional.empty();
        String nullText = text ? "\\N" : "";
        boolean ignored = false;
        Optional<Long> limit = Optional.empty();
        Verbosity told = Verbosity.DEFAULT;
        Optional<String> defaultText = Optional.empty();
        for (Map.Entry<String, String> option : options.entrySet()) {
            String value = option.getValue();
            switch (option.getKey()) {
                case "format" -> {}
                case "header" -> {
                    header = Optional.of(bool(value));
                    match = value.equalsIgnoreCase("match");
                }
                case "delimiter", "delim", "sep" -> delimiter = single("delimiter", value);
                case "quote", "escape" -> {
                    if (text) {
                        throw KadeException.of(
                                ErrorCode.FEATURE_NOT_SUPPORTED,
                                "COPY " + option.getKey().toUpperCase(Locale.ROOT) + " requires CSV mode");
                    }
                    if (option.getKey().equals("quote")) {
                        quote = single("quote", value);
                    } else {
                        escape = Optional.of(single("escape", value));
                    }
                }
                case "null", "nullstr" -> nullText = value;
                case "encoding" -> utf8(value);
                case "force_quote", "force_not_null", "force_null" -> {}
                case "on_error" -> ignored = ignores(value);
                case "reject_limit" -> limit = Optional.of(positive(value));
                case "log_verbosity" -> told = verbosity(value);
                case "default" -> defaultText = Optional.of(value);
                default ->
                    throw KadeException.of(
                                    ErrorCode.FEATURE_NOT_SUPPORTED,
                                    "the option \"" + option.getKey() + "\" of " + (text ? "text" : "CSV")
                                            + " files is not built")
                            .hint("there are: format, header, delimiter, quote, escape, null, encoding, force_quote,"
                                    + " force_not_null, force_null, default, on_error, reject_limit, log_verbosity");
            }
        }
        if ((!text && delimiter == quote) || delimiter == '\n' || delimiter == '\r') {
            throw KadeException.of(
                    ErrorCode.INVALID_PARAMETER_VALUE, "the delimiter must differ from the quote and from line ends");
        }
        if (text && (delimiter == '\\' || delimiter == '.' || Character.isLetterOrDigit(delimiter))) {
            throw KadeException.of(
                    ErrorCode.INVALID_PARAMETER_VALUE, "COPY delimiter cannot be \"" + (char) delimiter + "\"");
        }
        checkMarker(
                "null",
                nullText,
                delimiter,
                text ? Optional.empty() : Optional.of(quote),
                ErrorCode.INVALID_PARAMETER_VALUE);
        if (defaultText.isPresent()) {
            checkMarker(
                    "default",
                    defaultText.get(),
                    delimiter,
                    text ? Optional.empty() : Optional.of(quote),
                    ErrorCode.FEATURE_NOT_SUPPORTED);
            if (defaultText.get().equals(nullText)) {
                throw KadeException.of(
                        ErrorCode.FEATURE_NOT_SUPPORTED,
                        "NULL specification and DEFAULT specification cannot be the same");
            }
        }
        if (limit.isPresent() && !ignored) {
            throw KadeException.of(
                    ErrorCode.INVALID_PARAMETER_VALUE, "COPY REJECT_LIMIT requires ON_ERROR to be set to IGNORE");
        }
        Forced forced = new Forced(
                columns(options.get("force_quote")),
                columns(options.get("force_not_null")),
                columns(options.get("force_null")));
        return new CsvFormat(
                header,
                match,
                delimiter,
                quote,
                escape.orElse(quote),
                nullText,
                defaultText,
                forced,
                new Faults(ignored, limit.orElse(Long.MAX_VALUE), told));
    }

    /** Refuses text that could not be told from what stands around values. */
    private static void checkMarker(String name, String marker, byte delimiter, Optional<Byte> quote, ErrorCode code) {
        if (marker.indexOf('\n') >= 0 || marker.indexOf('\r') >= 0) {
            throw KadeException.of(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "COPY " + name + " representation cannot use newline or carriage return");
        }
        String shown = name.toUpperCase(Locale.ROOT);
        if (marker.indexOf(delimiter) >= 0) {
            throw KadeException.of(code, "COPY delimiter character must not appear in the " + shown + " specification");
        }
        if (quote.isPresent() && marker.indexOf(quote.get()) >= 0) {
            throw KadeException.of(code, "CSV quote character must not appear in the " + shown + " specification");
        }
    }

    private static Verbosity verbosity(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "silent" -> Verbosity.SILENT;
            case "default" -> Verbosity.DEFAULT;
            case "verbose" -> Verbosity.VERBOSE;
            default ->
                throw KadeException.of(
                        ErrorCode.INVALID_PARAMETER_VALUE, "COPY LOG_VERBOSITY \"" + value + "\" not recognized");
        };
    }

    /** @param places numbers with commas between them, or a star */
    private static IntPredicate columns(@Nullable String places) {
        if (places == null) {
            return column -> false;
        }
        if (places.equals("*")) {
            return column -> true;
        }
        BitSet set = new BitSet();
        for (String place : places.split(",", -1)) {
            set.set(Integer.parseInt(place));
        }
        return set::get;
    }

    private static boolean ignores(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "stop" -> false;
            case "ignore" -> true;
            default ->
                throw KadeException.of(
                        ErrorCode.INVALID_PARAMETER_VALUE, "COPY ON_ERROR \"" + value + "\" not recognized");
        };
    }

    private static long positive(String value) {
        long number;
        try {
            number = Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw KadeException.of(
                    ErrorCode.INVALID_PARAMETER_VALUE, "invalid input syntax for type bigint: \"" + value + "\"", e);
        }
        if (number <= 0) {
            throw KadeException.of(
                    ErrorCode.INVALID_PARAMETER_VALUE, "REJECT_LIMIT (" + number + ") must be greater than zero");
        }
        return number;
    }

    private static boolean bool(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true", "on", "1", "yes", "match" -> true;
            case "false", "off", "0", "no" -> false;
            default ->
                throw KadeException.of(
                        ErrorCode.INVALID_PARAMETER_VALUE, "the option header is true or false, not \"" + value + "\"");
        };
    }

    private static byte single(String name, String value) {
        String text = value.equals("\\t") ? "\t" : value;
        if (text.length() != 1 || text.charAt(0) > 127) {
            throw KadeException.of(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "the option " + name + " is one ASCII character, not \"" + value + "\"");
        }
        return (byte) text.charAt(0);
    }

    private static void utf8(String value) {
        String name = value.replace("-", "").toLowerCase(Locale.ROOT);
        if (!name.equals("utf8") && !name.equals("unicode")) {
            throw KadeException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "files are read as UTF-8, not " + value);
        }
    }
}
