package io.kadedb.executor.operator;

import io.kadedb.common.type.Field;
import io.kadedb.common.type.Layout;
import io.kadedb.common.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/** Where each key column lies in the words of {@link KeyEncoder}. Immutable. */
final class KeyLayout {
    private final List<SqlType> types;
    private final int[] word;
    private final int[] shift;
    private final int[] bits;
    private final int[] nullWord;
    private final int[] nullBit;
    /** Bits taken of each word; 64 for one that belongs to a single column. */
    private final List<Integer> used = new ArrayList<>();

    private final boolean[] whole;

    private KeyLayout(List<SqlType> types) {
        this.types = types;
        int n = types.size();
        word = new int[n];
        shift = new int[n];
        bits = new int[n];
        nullWord = new int[n];
        nullBit = new int[n];
        whole = new boolean[2 * n + n / 64 + 2];
    }

    /**
     * @param keys the key columns
     * @param nullsCount whether rows with NULL keys are encoded, so that nullable columns need room for them
     */
    static KeyLayout of(List<Field> keys, boolean nullsCount) {
        KeyLayout layout = new KeyLayout(keys.stream().map(Field::type).toList());
        for (int k = 0; k < keys.size(); k++) {
            layout.place(
                    k, keys.get(k).type().layout(), nullsCount && keys.get(k).nullable(), keys.size() == 1);
        }
        return layout;
    }

    private void place(int k, Layout layout, boolean nullable, boolean alone) {
        nullBit[k] = -1;
        int width = switch (layout) {
            case BIT -> 1;
            case INT16 -> 16;
            case INT32, FLOAT32 -> 32;
            case INT64, FLOAT64, VARBYTES -> 64;
            case INT128, BYTES16, INTERVAL -> 128;
        };
        bits[k] = Math.min(64, width);
        if (width >= 64 || alone) {
            word[k] = used.size();
            for (int i = 0; i < Math.max(1, width / 64); i++) {
                whole[used.size()] = true;
                used.add(64);
            }
            if (nullable && width >= 64 && layout != Layout.VARBYTES) {
                nullWord[k] = take(1);
                nullBit[k] = used.get(nullWord[k]) - 1;
            }
            return;
        }
        word[k] = take(nullable ? width + 1 : width);
        shift[k] = used.get(word[k]) - (nullable ? width + 1 : width);
        if (nullable) {
            nullWord[k] = word[k];
            nullBit[k] = used.get(word[k]) - 1;
        }
    }

    private int take(int count) {
        for (int w = 0; w < used.size(); w++) {
            if (!whole[w] && used.get(w) + count <= 64) {
                used.set(w, used.get(w) + count);
                return w;
            }
        }
        used.add(count);
        return used.size() - 1;
    }

    int words() {
        return used.size();
    }

    List<SqlType> types() {
        return types;
    }

    SqlType type(int k) {
        return types.get(k);
    }

    /** The first word of a column. */
    int word(int k) {
        return word[k];
    }

    int shift(int k) {
        return shift[k];
    }

    int bits(int k) {
        return bits[k];
    }

    int nullWord(int k) {
        return nullWord[k];
    }

    /** The bit that says the column is NULL, or -1. */
    int nullBit(int k) {
        return nullBit[k];
    }

    /** Whether a word belongs to one column. */
    boolean wholeWord(int w) {
        return whole[w];
    }

    /** Whether keys are one integer, whose range may be small. */
    boolean isInteger() {
        return words() == 1
                && types.size() == 1
                && switch (types.getFirst().layout()) {
                    case BIT, INT16, INT32, INT64 -> true;
                    case FLOAT32, FLOAT64, INT128, INTERVAL, BYTES16, VARBYTES -> false;
                };
    }
}
