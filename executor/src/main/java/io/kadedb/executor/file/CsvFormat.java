package io.kadedb.executor.file;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.planner.api.FileFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * How CSV (RFC 4180) and PostgreSQL's text format are written, with the options of its COPY.
 *
 * @param header whether the first line names the columns; empty to find out
 * @param match whether the names of the first line have to be those of the columns
 * @param escape stands before a quote within quotes; usually the quote itself
 * @param nullText what unquoted text stands for NULL
 */
record CsvFormat(Optional<Boolean> header, boolean match, byte delimiter, byte quote, byte escape, String nullText) {
    static CsvFormat of(FileFormat format, String path, Map<String, String> options) {
        boolean text = format == FileFormat.TEXT;
        Optional<Boolean> header = Optional.empty();
        boolean match = false;
        byte delimiter = (byte) (text || path.toLowerCase(Locale.ROOT).endsWith(".tsv") ? '\t' : ',');
        byte quote = '"';
        Optional<Byte> escape = Optional.empty();
        String nullText = text ? "\\N" : "";
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
                default ->
                    throw KadeException.of(
                                    ErrorCode.FEATURE_NOT_SUPPORTED,
                                    "the option \"" + option.getKey() + "\" of " + (text ? "text" : "CSV")
                                            + " files is not built")
                            .hint("there are: format, header, delimiter, quote, escape, null, encoding");
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
        if (nullText.indexOf('\n') >= 0 || nullText.indexOf('\r') >= 0) {
            throw KadeException.of(
                    ErrorCode.INVALID_PARAMETER_VALUE,
                    "COPY null representation cannot use newline or carriage return");
        }
        return new CsvFormat(header, match, delimiter, quote, escape.orElse(quote), nullText);
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
