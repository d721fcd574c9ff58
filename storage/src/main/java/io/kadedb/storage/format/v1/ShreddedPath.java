package io.kadedb.storage.format.v1;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.json.Jsonb;
import io.kadedb.common.type.SqlType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The values that a path of keys has in the documents of a segment, in a column of their own beside the documents.
 *
 * <p>A row's value is NULL where its document is NULL or leads to no value: an object on the way lacks the key, what is there
 * is no object and no array, or the value is the JSON null. All else that is not a value of the type, arrays on the way among
 * it, makes it one of the others, whose values only their documents tell. BIGINT takes integers that fit; DOUBLE numbers that
 * are written as the double is, with the fewest digits and without a needless zero; TEXT strings of up to 1,024 bytes.
 *
 * @param type BIGINT, DOUBLE, BOOLEAN or TEXT
 * @param values NULL in the rows of others
 * @param others whether a row is one of them: all values BOOLEAN, none NULL
 * @param otherRows how many there are
 */
public record ShreddedPath(List<String> keys, SqlType type, ColumnBuffer values, ColumnBuffer others, int otherRows) {
    /** At most one in so many values of a path is of another type. */
    static final int OTHERS_SHARE = 16;
    /** Segments with fewer rows keep documents whole. */
    private static final int FEWEST_ROWS = 64;
    /** Documents that are looked at to choose paths. */
    private static final int SAMPLE = 512;

    private static final int LONGEST_TEXT = 1_024;
    private static final double EXACT_INTEGERS = 1L << 53;
    private static final List<SqlType> TYPES = List.of(SqlType.BIGINT, SqlType.DOUBLE, SqlType.BOOLEAN, SqlType.TEXT);

    /** The number that stands for a type of values in records. */
    public static int number(SqlType type) {
        return TYPES.indexOf(type) + 1;
    }

    /** The type of values that a number in a record stands for; empty for one of a later version. */
    public static Optional<SqlType> type(int number) {
        return number >= 1 && number <= TYPES.size() ? Optional.of(TYPES.get(number - 1)) : Optional.empty();
    }

    /** The paths of a column of documents that are worth columns of their own. */
    public static List<ShreddedPath> of(ColumnBuffer documents) {
        int rows = documents.rows();
        if (rows < FEWEST_ROWS) {
            return List.of();
        }
        PathCensus census = new PathCensus();
        int step = Math.max(1, rows / SAMPLE);
        for (int row = 0; row < rows; row += step) {
            Jsonb document = document(documents, row);
            if (document != null) {
                census.add(document);
            }
        }
        List<ShreddedPath> paths = new ArrayList<>();
        for (PathCensus.Hot hot : census.hot()) {
            ShreddedPath path = of(documents, hot.keys(), hot.type());
            int known = rows - path.values.nulls();
            if (known > 0 && path.otherRows <= known / OTHERS_SHARE) {
                paths.add(path);
            }
        }
        return paths;
    }

    /** The values of one path. */
    public static ShreddedPath of(ColumnBuffer documents, List<String> keys, SqlType type) {
        int rows = documents.rows();
        byte[][] steps = steps(keys);
        ColumnBuffer values = new ColumnBuffer(type, rows);
        ColumnBuffer others = new ColumnBuffer(SqlType.BOOLEAN, rows);
        int otherRows = 0;
        for (int row = 0; row < rows; row++) {
            Jsonb document = document(documents, row);
            boolean fits = add(document == null ? null : find(document, steps), type, values);
            others.addFixed(fits ? 0 : 1, 0);
            otherRows += fits ? 0 : 1;
        }
        return new ShreddedPath(keys, type, values, others, otherRows);
    }

    private static byte[][] steps(List<String> keys) {
        return keys.stream().map(key -> key.getBytes(StandardCharsets.UTF_8)).toArray(byte[][]::new);
    }

    private static @Nullable Jsonb document(ColumnBuffer documents, int row) {
        if (documents.isNull(row)) {
            return null;
        }
        byte[] bytes = documents.bytes();
        int from = documents.offset(row);
        if (bytes[from] != Jsonb.VERSION) {
            throw KadeException.of(
                    ErrorCode.INCOMPATIBLE_FORMAT, "a jsonb value of format " + bytes[from] + ", which is unknown");
        }
        return new Jsonb(bytes, from + 1, from + documents.byteLength(row));
    }

    /** What keys lead to, or the array on the way; null for nothing. */
    private static @Nullable Jsonb find(Jsonb document, byte[][] keys) {
        Jsonb at = document;
        for (byte[] key : keys) {
            if (!at.isObject()) {
                return at.isArray() ? at : null;
            }
            int place = at.find(key);
            if (place < 0) {
                return null;
            }
            at = at.value(place);
        }
        return at;
    }

    /** Adds a value, or NULL; false if it is one of the others. */
    private static boolean add(@Nullable Jsonb value, SqlType type, ColumnBuffer values) {
        if (value == null) {
            values.addNull();
            return true;
        }
        boolean added = switch (value.kind()) {
            case NULL -> {
                values.addNull();
                yield true;
            }
            case BOOLEAN -> type.equals(SqlType.BOOLEAN) && addFixed(values, value.truth() ? 1 : 0);
            case NUMBER ->
                (type.equals(SqlType.BIGINT) && value.isLong() && addFixed(values, value.longValue()))
                        || (type.equals(SqlType.DOUBLE) && addDouble(value, values));
            case STRING -> type.equals(SqlType.TEXT) && addText(value, values);
            case ARRAY, OBJECT -> false;
        };
        if (!added) {
            values.addNull();
        }
        return added;
    }

    private static boolean addFixed(ColumnBuffer values, long value) {
        values.addFixed(value, 0);
        return true;
    }

    private static boolean addText(Jsonb value, ColumnBuffer values) {
        int length = value.to() - value.from() - 1;
        if (length > LONGEST_TEXT) {
            return false;
        }
        values.addVarbytes(value.bytes(), value.from() + 1, length);
        return true;
    }

    /** The scale is part of what the document shows. */
    @SuppressWarnings("BigDecimalEquals")
    private static boolean addDouble(Jsonb value, ColumnBuffer values) {
        BigDecimal number = value.number();
        double nearest = number.doubleValue();
        return Double.isFinite(nearest)
                && decimal(nearest).equals(number)
                && addFixed(values, Double.doubleToRawLongBits(nearest));
    }

    /** The number as documents are taken to write it: with the fewest digits that tell the double. */
    private static BigDecimal decimal(double value) {
        if (value == Math.rint(value) && Math.abs(value) < EXACT_INTEGERS) {
            return BigDecimal.valueOf((long) value);
        }
        BigDecimal shortest = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        return shortest.scale() < 0 ? shortest.setScale(0) : shortest;
    }

    /** The text that {@code ->>} gives for a value of a row that is not NULL. */
    public static byte[] text(SqlType type, long value) {
        String text = switch (type.id()) {
            case BIGINT -> Long.toString(value);
            case DOUBLE -> decimal(Double.longBitsToDouble(value)).toPlainString();
            case BOOLEAN -> Boolean.toString(value != 0);
            default -> throw new IllegalArgumentException("not a type of numbers or truths: " + type);
        };
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Whether two columns have the same values in all rows. */
    public static boolean areSame(ColumnBuffer a, ColumnBuffer b) {
        return Arrays.equals(
                ColumnEncoder.encode(a).bytes(), ColumnEncoder.encode(b).bytes());
    }
}
