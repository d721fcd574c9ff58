package io.kadedb.executor.file;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Finds out the columns of a CSV file from its first rows. */
final class CsvSniffer {
    private static final int SAMPLE_ROWS = 20_480;

    private static final Pattern INTEGER = Pattern.compile("[+-]?\\d{1,18}");
    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Pattern DATE = Pattern.compile("\\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\\d|3[01])");
    private static final Pattern TIMESTAMP =
            Pattern.compile(DATE.pattern() + "[ T]([01]\\d|2[0-3]):[0-5]\\d(:[0-5]\\d(\\.\\d{1,6})?)?");
    private static final Pattern BOOLEAN = Pattern.compile("(?i)true|false");

    /** From the narrowest to the widest; what fits no earlier one is text. */
    private enum Guess {
        UNKNOWN(SqlType.TEXT),
        BOOLEAN(SqlType.BOOLEAN),
        INTEGER(SqlType.BIGINT),
        NUMBER(SqlType.DOUBLE),
        DATE(SqlType.DATE),
        TIMESTAMP(SqlType.TIMESTAMP),
        TEXT(SqlType.TEXT);

        final SqlType type;

        Guess(SqlType type) {
            this.type = type;
        }
    }

    /**
     * What was found.
     *
     * @param header whether the first line is one
     * @param bytesPerRow on average in the sample, at least 1
     */
    record Result(List<Field> columns, boolean header, double bytesPerRow) {}

    private CsvSniffer() {}

    static Result sniff(Path file, String name, CsvFormat format) {
        try (CsvRecords records = new CsvRecords(LocalFiles.stream(file, name), name, format)) {
            if (!records.next()) {
                throw KadeException.of(ErrorCode.BAD_COPY_FILE_FORMAT, "the file \"" + name + "\" is empty")
                        .hint("a CSV file needs a line with the names of its columns at least");
            }
            List<String> first = new ArrayList<>();
            Guess[] firstGuesses = new Guess[records.fields()];
            for (int i = 0; i < records.fields(); i++) {
                first.add(records.text(i));
                firstGuesses[i] = guess(records, i);
            }
            Guess[] rest = new Guess[first.size()];
            java.util.Arrays.fill(rest, Guess.UNKNOWN);
            if (first.size() == 1) {
                records.keepEmptyLines();
            }
            int rows = 1;
            while (rows < SAMPLE_ROWS && records.next()) {
                rows++;
                for (int i = 0; i < Math.min(rest.length, records.fields()); i++) {
                    rest[i] = wider(rest[i], guess(records, i));
                }
            }
            boolean header = format.header().orElseGet(() -> looksLikeHeader(first, firstGuesses));
            List<Field> columns = new ArrayList<>();
            Set<String> names = new HashSet<>();
            for (int i = 0; i < rest.length; i++) {
                Guess guess = header ? rest[i] : wider(rest[i], firstGuesses[i]);
                columns.add(new Field(columnName(header ? first.get(i).strip() : "", i, names), guess.type, true));
            }
            return new Result(columns, header, Math.max(1.0, (double) records.bytesUsed() / rows));
        }
    }

    private static String columnName(String wanted, int index, Set<String> taken) {
        String base = wanted.isEmpty() ? "column" + (index + 1) : wanted;
        String name = base;
        for (int i = 1; !taken.add(name); i++) {
            name = base + "_" + i;
        }
        return name;
    }

    /** Names are text, present and different. */
    private static boolean looksLikeHeader(List<String> first, Guess[] guesses) {
        for (Guess guess : guesses) {
            if (guess != Guess.TEXT) {
                return false;
            }
        }
        return new HashSet<>(first).size() == first.size();
    }

    private static Guess guess(CsvRecords records, int field) {
        if (records.isNull(field)) {
            return Guess.UNKNOWN;
        }
        String text = records.text(field);
        if (INTEGER.matcher(text).matches()) {
            return Guess.INTEGER;
        }
        if (NUMBER.matcher(text).matches()) {
            return Guess.NUMBER;
        }
        if (DATE.matcher(text).matches()) {
            return Guess.DATE;
        }
        if (TIMESTAMP.matcher(text).matches()) {
            return Guess.TIMESTAMP;
        }
        return BOOLEAN.matcher(text).matches() ? Guess.BOOLEAN : Guess.TEXT;
    }

    private static Guess wider(Guess a, Guess b) {
        if (a == b || b == Guess.UNKNOWN) {
            return a;
        }
        if (a == Guess.UNKNOWN) {
            return b;
        }
        Guess low = a.compareTo(b) < 0 ? a : b;
        Guess high = a.compareTo(b) < 0 ? b : a;
        boolean numbers = low == Guess.INTEGER && high == Guess.NUMBER;
        boolean dates = low == Guess.DATE && high == Guess.TIMESTAMP;
        return numbers || dates ? high : Guess.TEXT;
    }
}
