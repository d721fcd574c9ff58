package io.kadedb.executor.operator;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the groups of dictionary codes: where all keys are encoded over small dictionaries, as texts of few values
 * are, a row's group is an array's entry, and keys are hashed once for each dictionary. Belongs to one thread.
 */
final class CodedGroups {
    /** Combinations of codes that are remembered. */
    private static final int MOST = 1 << 12;

    private final int[] columns;
    private final @Nullable ColumnVector[] dictionaries;
    private final int[] codes = new int[Batch.MAX_ROWS];
    private final int[] combined = new int[Batch.MAX_ROWS];
    /** The group of each combination, -1 for those that have not come yet. */
    private int[] groups = new int[0];

    /**
     * The groups of some key columns.
     *
     * @param columns their ordinals in batches
     */
    CodedGroups(int[] columns) {
        this.columns = columns;
        this.dictionaries = new ColumnVector[columns.length];
    }

    /** Reads the codes of a batch's rows; false where keys are not encoded, have NULLs, or too many values. */
    boolean read(Batch batch, int @Nullable [] selection, int count) {
        long combinations = 1;
        boolean known = true;
        for (int k = 0; k < columns.length; k++) {
            ColumnVector vector = batch.column(columns[k]);
            ColumnVector dictionary = vector.dictionary();
            if (dictionary == null || dictionary.validity() != null || vector.validity() != null) {
                return false;
            }
            combinations *= dictionary.length();
            if (combinations > MOST) {
                return false;
            }
            known &= same(dictionaries[k], dictionary);
        }
        if (!known) {
            begin(batch, (int) combinations);
        }
        Columns.loadCodes(batch.column(columns[0]), selection, count, combined);
        for (int k = 1; k < columns.length; k++) {
            ColumnVector vector = batch.column(columns[k]);
            ColumnVector dictionary = vector.dictionary();
            int size = dictionary == null ? 1 : dictionary.length();
            Columns.loadCodes(vector, selection, count, codes);
            for (int i = 0; i < count; i++) {
                combined[i] = combined[i] * size + codes[i];
            }
        }
        return true;
    }

    @SuppressWarnings("ReferenceEquality") // equal dictionaries at different places are different ones here
    private static boolean same(@Nullable ColumnVector a, ColumnVector b) {
        return a == b;
    }

    private void begin(Batch batch, int combinations) {
        for (int k = 0; k < columns.length; k++) {
            dictionaries[k] = batch.column(columns[k]).dictionary();
        }
        if (groups.length < combinations) {
            groups = new int[combinations];
        }
        Arrays.fill(groups, -1);
    }

    /** Writes the groups of the rows read; false if one is not known yet, when nothing that was written counts. */
    boolean find(int count, int[] ids) {
        int least = 0;
        for (int i = 0; i < count; i++) {
            int group = groups[combined[i]];
            ids[i] = group;
            least |= group;
        }
        return least >= 0;
    }

    /** Notes the groups of the rows read. */
    void learn(int count, int[] ids) {
        for (int i = 0; i < count; i++) {
            groups[combined[i]] = ids[i];
        }
    }
}
