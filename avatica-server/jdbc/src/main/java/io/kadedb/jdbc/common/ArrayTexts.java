package io.kadedb.jdbc.common;

import java.lang.reflect.Array;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Arrays from and to their text, <code>{1,NULL,"a b"}</code>, which is how they travel. */
public final class ArrayTexts {
    private final String text;
    private int at;

    private ArrayTexts(String text) {
        this.text = text;
    }

    /** The array of a cell. */
    public static JdbcArray read(String text, String elementName) throws SQLException {
        ArrayTexts reader = new ArrayTexts(text);
        // Bounds other than 1 stand before the equals sign; JDBC's arrays have none.
        reader.at = text.charAt(0) == '[' ? text.indexOf('=') + 1 : 0;
        int depth = 0;
        while (text.charAt(reader.at + depth) == '{') {
            depth++;
        }
        Object elements = reader.list(depth, elementName);
        return new JdbcArray(TypeNumbers.of(elementName), elementName, elements, text);
    }

    private Object list(int depth, String name) throws SQLException {
        List<@Nullable Object> items = new ArrayList<>();
        at++;
        while (text.charAt(at) != '}') {
            if (text.charAt(at) == ',') {
                at++;
            }
            items.add(depth > 1 ? list(depth - 1, name) : item(name));
        }
        at++;
        Class<?> component = javaClass(name);
        for (int i = 1; i < depth; i++) {
            component = Array.newInstance(component, 0).getClass();
        }
        Object array = Array.newInstance(component, items.size());
        for (int i = 0; i < items.size(); i++) {
            Array.set(array, i, items.get(i));
        }
        return array;
    }

    private @Nullable Object item(String name) throws SQLException {
        StringBuilder word = new StringBuilder();
        boolean quoted = text.charAt(at) == '"';
        if (quoted) {
            for (at++; text.charAt(at) != '"'; at++) {
                if (text.charAt(at) == '\\') {
                    at++;
                }
                word.append(text.charAt(at));
            }
            at++;
        } else {
            for (; text.charAt(at) != ',' && text.charAt(at) != '}'; at++) {
                word.append(text.charAt(at));
            }
        }
        String value = word.toString();
        return !quoted && value.equals("NULL") ? null : value(value, name);
    }

    /** As {@code getObject} gives a column of the type. */
    private static Object value(String text, String name) throws SQLException {
        switch (name) {
            case "bool":
                return text.equals("t");
            case "int2":
            case "int4":
                return Integer.valueOf(text);
            case "int8":
                return Long.valueOf(text);
            case "float4":
                return Float.valueOf(text);
            case "float8":
                return Double.valueOf(text);
            case "numeric":
                return new BigDecimal(text);
            case "bytea":
                byte[] bytes = new byte[text.length() / 2 - 1];
                for (int i = 0; i < bytes.length; i++) {
                    bytes[i] = (byte) Integer.parseInt(text.substring(2 * i + 2, 2 * i + 4), 16);
                }
                return bytes;
            case "date":
                return text.endsWith("infinity") ? new Date(infinite(text)) : Date.valueOf(text);
            case "time":
                return Time.valueOf(LocalTime.parse(text));
            case "timestamp":
                return text.endsWith("infinity") ? new Timestamp(infinite(text)) : Timestamp.valueOf(text);
            case "timestamptz":
                if (text.endsWith("infinity")) {
                    return new Timestamp(infinite(text));
                }
                String iso = text.replace(' ', 'T');
                String offset = iso.matches(".*[+-]\\d\\d") ? iso + ":00" : iso;
                return Timestamp.from(OffsetDateTime.parse(offset).toInstant());
            case "uuid":
                return UUID.fromString(text);
            default:
                return text;
        }
    }

    private static long infinite(String text) {
        return Moments.infiniteMillis(text.startsWith("-") ? -1 : 1);
    }

    private static Class<?> javaClass(String name) {
        switch (name) {
            case "bool":
                return Boolean.class;
            case "int2":
            case "int4":
                return Integer.class;
            case "int8":
                return Long.class;
            case "float4":
                return Float.class;
            case "float8":
                return Double.class;
            case "numeric":
                return BigDecimal.class;
            case "bytea":
                return byte[].class;
            case "date":
                return Date.class;
            case "time":
                return Time.class;
            case "timestamp":
            case "timestamptz":
                return Timestamp.class;
            case "uuid":
                return UUID.class;
            default:
                return String.class;
        }
    }

    /** The array that an application makes. */
    public static JdbcArray given(String elementName, Object[] elements) throws SQLException {
        return new JdbcArray(TypeNumbers.of(elementName), elementName, elements, write(elements));
    }

    /** Whether a parameter is sent as an array. */
    public static boolean isArray(Object value) {
        return value instanceof java.sql.Array
                || value instanceof Collection
                || (value.getClass().isArray() && !(value instanceof byte[]));
    }

    /** The text of a Java array, collection or JDBC's array. */
    public static String write(Object value) throws SQLException {
        StringBuilder out = new StringBuilder();
        write(value, out);
        return out.toString();
    }

    private static void write(Object value, StringBuilder out) throws SQLException {
        Object array = value instanceof java.sql.Array
                ? ((java.sql.Array) value).getArray()
                : value instanceof Collection ? ((Collection<?>) value).toArray() : value;
        out.append('{');
        for (int i = 0; i < Array.getLength(array); i++) {
            out.append(i > 0 ? "," : "");
            Object item = Array.get(array, i);
            if (item == null) {
                out.append("NULL");
            } else if (isArray(item)) {
                write(item, out);
            } else {
                String text = item instanceof byte[]
                        ? CellText.hex((byte[]) item)
                        : item instanceof BigDecimal ? ((BigDecimal) item).toPlainString() : item.toString();
                out.append('"')
                        .append(text.replace("\\", "\\\\").replace("\"", "\\\""))
                        .append('"');
            }
        }
        out.append('}');
    }
}
