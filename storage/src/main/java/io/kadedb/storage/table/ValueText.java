package io.kadedb.storage.table;

import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.HeapRow;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.json.Jsonb;
import io.kadedb.common.json.JsonbText;
import io.kadedb.common.type.InfiniteTimes;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.storage.format.v1.ColumnBuffer;
import io.kadedb.storage.format.v1.Int128;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;
import java.util.UUID;
import java.util.stream.Collectors;

/** Values in messages about keys, as PostgreSQL shows them. */
public final class ValueText {
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendPattern("HH:mm:ss")
            .appendFraction(ChronoField.MICRO_OF_SECOND, 0, 6, true)
            .toFormatter(Locale.ROOT);
    private static final DateTimeFormatter TIMESTAMP = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral(' ')
            .append(TIME)
            .toFormatter(Locale.ROOT);

    /** Characters of a value that an error shows of a row. */
    private static final int SHOWN = 64;

    private ValueText() {}

    /** The error for a key that exists already. */
    public static KadeException duplicate(String constraint, TableDefinition table, List<ColumnBuffer> key, int row) {
        return KadeException.of(
                        ErrorCode.UNIQUE_VIOLATION,
                        "duplicate key value violates unique constraint \"" + constraint + "\"")
                .detail("Key " + key(table, key, row) + " already exists.");
    }

    /** A key's columns and values. */
    public static String key(TableDefinition table, List<ColumnBuffer> key, int row) {
        String names = table.hasPrimaryKey()
                ? table.primaryKey().subList(0, key.size()).stream()
                        .map(ordinal -> table.columns().get(ordinal).name())
                        .collect(Collectors.joining(", "))
                : "row id";
        String values = key.stream().map(column -> show(column, row)).collect(Collectors.joining(", "));
        return "(" + names + ")=(" + values + ")";
    }

    /** A primary key. */
    public static String key(TableDefinition table, HeapRow key) {
        List<ColumnBuffer> columns = new ArrayList<>();
        for (int i = 0; i < table.primaryKey().size(); i++) {
            ColumnBuffer column = new ColumnBuffer(
                    table.columns().get(table.primaryKey().get(i)).type(), 1);
            column.add(key, i);
            columns.add(column);
        }
        return key(table, columns, 0);
    }

    /** The row of a batch whose first column is the row id. */
    public static String row(Batch rows, int row) {
        ColumnBuffer id = new ColumnBuffer(SqlType.BIGINT, 1);
        id.add(rows.column(0), row);
        return row(id.low(0));
    }

    /** A row by its id, for messages. */
    public static String row(long id) {
        return "row " + id;
    }

    /** The DETAIL that shows a row of a batch. */
    public static String failingRow(Batch rows, int from, int columns, int row) {
        StringJoiner values = new StringJoiner(", ");
        for (int i = from; i < from + columns; i++) {
            ColumnVector vector = rows.column(i);
            ColumnBuffer value = new ColumnBuffer(vector.type(), 1);
            value.add(vector, row);
            String text = show(value, 0);
            values.add(
                    text.codePointCount(0, text.length()) > SHOWN
                            ? text.substring(0, text.offsetByCodePoints(0, SHOWN)) + "..."
                            : text);
        }
        return "Failing row contains (" + values + ").";
    }

    public static String show(ColumnBuffer column, int row) {
        SqlType type = column.type();
        if (column.isNull(row)) {
            return "null";
        }
        if (column.isVarbytes()) {
            byte[] bytes = column.bytes();
            int from = column.offset(row);
            int length = column.byteLength(row);
            if (type.id() == TypeId.JSONB) {
                return JsonbText.of(Jsonb.of(Arrays.copyOfRange(bytes, from, from + length)));
            }
            return type.isWritten()
                    ? new String(bytes, from, length, StandardCharsets.UTF_8)
                    : "\\x" + HexFormat.of().formatHex(bytes, from, from + length);
        }
        long low = column.low(row);
        long high = column.high(row);
        if (InfiniteTimes.isInfinite(type.id(), low)) {
            return InfiniteTimes.text(low);
        }
        return switch (type.id()) {
            case BOOLEAN -> low != 0 ? "t" : "f";
            case SMALLINT, INTEGER, BIGINT -> Long.toString(low);
            case ENUM -> type.labels().text(low);
            case REAL -> number(Float.toString(Float.intBitsToFloat((int) low)));
            case DOUBLE -> number(Double.toString(Double.longBitsToDouble(low)));
            case DECIMAL ->
                new BigDecimal(
                                Int128.toBigInteger(low, column.type().layout().width() == 16 ? high : low >> 63),
                                type.scale())
                        .toPlainString();
            case DATE -> LocalDate.ofEpochDay(low).toString();
            case TIME -> TIME.format(LocalTime.ofNanoOfDay(low * 1_000));
            case TIMESTAMP -> TIMESTAMP.format(timestamp(low));
            case TIMESTAMPTZ -> TIMESTAMP.format(timestamp(low)) + "+00";
            case INTERVAL -> (int) low + " months " + (int) (low >> 32) + " days " + high + " microseconds";
            case UUID -> new UUID(Long.reverseBytes(low), Long.reverseBytes(high)).toString();
            case TEXT, VARCHAR, CHAR, BYTEA, ARRAY, JSON, JSONB, JSONPATH, TSVECTOR, TSQUERY, NULL ->
                throw new IllegalStateException("not of fixed width: " + type);
        };
    }

    /** Java's form of a floating point number as PostgreSQL has it. */
    private static String number(String java) {
        String plain = java.endsWith(".0") ? java.substring(0, java.length() - 2) : java;
        return plain.contains("E-")
                ? plain.replace(".0E", "e").replace("E", "e")
                : plain.replace(".0E", "e+").replace("E", "e+");
    }

    private static LocalDateTime timestamp(long micros) {
        Instant instant =
                Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000);
        return LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
    }
}
