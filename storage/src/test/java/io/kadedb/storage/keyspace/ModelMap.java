package io.kadedb.storage.keyspace;

import com.apple.foundationdb.KeySelector;
import com.apple.foundationdb.MutationType;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The naive key space: one sorted map, read and changed in the plainest way. */
final class ModelMap {
    private final NavigableMap<byte[], byte[]> rows;

    ModelMap() {
        this.rows = new TreeMap<>(Arrays::compareUnsigned);
    }

    ModelMap(ModelMap other) {
        this.rows = new TreeMap<>(other.rows);
    }

    /** Over rows that it may change. */
    ModelMap(NavigableMap<byte[], byte[]> rows) {
        this.rows = rows;
    }

    String get(byte[] key) {
        byte[] value = rows.get(key);
        return value == null ? "none" : hex(value);
    }

    void set(byte[] key, byte[] value) {
        rows.put(key, value);
    }

    void clear(byte[] begin, byte[] end) {
        rows.subMap(begin, end).clear();
    }

    void remove(byte[] key) {
        rows.remove(key);
    }

    /** The position of a selector among the keys, from -1 (before all) to the number of keys (behind all). */
    private int position(KeySelector selector) {
        int below = 0;
        for (byte[] key : rows.keySet()) {
            int order = Arrays.compareUnsigned(key, selector.getKey());
            if (order < 0 || (order == 0 && selector.orEqual())) {
                below++;
            }
        }
        return Math.clamp(below - 1L + selector.getOffset(), -1, rows.size());
    }

    String getKey(KeySelector selector) {
        return hex(resolve(selector));
    }

    /** The key that a selector names; the empty one before all, FF behind all. */
    byte[] resolve(KeySelector selector) {
        int position = position(selector);
        List<byte[]> keys = new ArrayList<>(rows.keySet());
        return position < 0 ? new byte[0] : position == keys.size() ? new byte[] {(byte) 0xFF} : keys.get(position);
    }

    String getRange(KeySelector begin, KeySelector end, int limit, boolean reverse) {
        int from = Math.max(0, position(begin));
        int to = Math.max(0, position(end));
        List<Map.Entry<byte[], byte[]>> all = new ArrayList<>(rows.entrySet());
        List<Map.Entry<byte[], byte[]>> found = from < to ? all.subList(from, to) : List.of();
        StringBuilder text = new StringBuilder();
        int count = 0;
        for (Map.Entry<byte[], byte[]> row : reverse ? found.reversed() : found) {
            if (limit > 0 && count++ == limit) {
                break;
            }
            text.append(hex(row.getKey()))
                    .append('=')
                    .append(hex(row.getValue()))
                    .append(' ');
        }
        return text.toString();
    }

    void mutate(MutationType type, byte[] key, byte[] operand) {
        mutate(rows, type, key, operand);
    }

    static void mutate(NavigableMap<byte[], byte[]> rows, MutationType type, byte[] key, byte[] operand) {
        byte[] result = result(type, rows.get(key), operand);
        if (result == null) {
            rows.remove(key);
        } else {
            rows.put(key, result);
        }
    }

    private static byte @Nullable [] result(MutationType type, byte @Nullable [] old, byte[] operand) {
        if (type == MutationType.COMPARE_AND_CLEAR) {
            return old == null || Arrays.equals(old, operand) ? null : old;
        }
        if (old == null) {
            return operand;
        }
        int length = operand.length;
        BigInteger before = number(Arrays.copyOf(old, length));
        BigInteger given = number(operand);
        return switch (type) {
            case ADD -> bytes(before.add(given), length);
            case MAX -> bytes(before.max(given), length);
            case MIN -> bytes(before.min(given), length);
            case BIT_XOR -> bytes(before.xor(given), length);
            case BIT_AND -> bytes(before.and(given), length);
            case BIT_OR -> bytes(before.or(given), length);
            case BYTE_MIN -> Arrays.compareUnsigned(old, operand) < 0 ? old : operand;
            case BYTE_MAX -> Arrays.compareUnsigned(old, operand) > 0 ? old : operand;
            case APPEND_IF_FITS -> {
                byte[] joined = Arrays.copyOf(old, old.length + length);
                System.arraycopy(operand, 0, joined, old.length, length);
                yield joined;
            }
            default -> throw new IllegalArgumentException(type.name());
        };
    }

    private static BigInteger number(byte[] littleEndian) {
        byte[] reversed = new byte[littleEndian.length];
        for (int i = 0; i < reversed.length; i++) {
            reversed[i] = littleEndian[reversed.length - 1 - i];
        }
        return new BigInteger(1, reversed);
    }

    private static byte[] bytes(BigInteger number, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = number.shiftRight(8 * i).byteValue();
        }
        return bytes;
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
