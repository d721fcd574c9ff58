package io.kadedb.executor.kernel;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Layout;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function of vectors. Where the only argument that is not constant is dictionary-encoded, the function is computed
 * once for each entry of the dictionary.
 */
abstract class FunctionNode extends Node {
    final Node[] args;
    final Scratch scratch;
    private final ColumnVector[] vectors;
    private final @Nullable DictionaryMemo memo;
    private final int varying;
    private final @Nullable VectorBuilder[] decoded;

    /**
     * @param pure whether equal arguments give equal results, NULL gives NULL, and it may be computed for values that no
     *     selected row has
     */
    FunctionNode(SqlType type, List<Node> args, boolean pure, Scratch scratch) {
        super(type);
        this.args = args.toArray(Node[]::new);
        this.scratch = scratch;
        this.vectors = new ColumnVector[this.args.length];
        this.decoded = new VectorBuilder[this.args.length];
        int found = -1;
        boolean stable = true;
        for (int i = 0; i < this.args.length; i++) {
            if (!this.args[i].isConstant()) {
                found = found == -1 ? i : -2;
            } else {
                stable &= this.args[i].isStable();
            }
        }
        this.varying = found;
        this.memo = pure && stable && found >= 0 ? new DictionaryMemo(type, scratch) : null;
    }

    /**
     * Computes the selected rows of a result of {@code length} rows; vectors of constant arguments have one row.
     * Validity bitmaps given say what is NULL even where dictionaries are used.
     */
    abstract ColumnVector compute(ColumnVector[] vectors, int length, int @Nullable [] selection, int count);

    /** Whether {@link #compute} reads dictionary vectors itself. */
    boolean readsDictionaries() {
        return false;
    }

    @Override
    ColumnVector evaluate(Batch batch, int @Nullable [] selection, int count) {
        for (int i = 0; i < args.length; i++) {
            vectors[i] = args[i].evaluate(batch, selection, count);
        }
        if (memo != null && vectors[varying].isDictionary()) {
            ColumnVector result = overDictionary(memo, vectors[varying], count);
            if (result != null) {
                return result;
            }
        }
        if (!readsDictionaries()) {
            for (int i = 0; i < args.length; i++) {
                vectors[i] = plain(i, vectors[i]);
            }
        }
        return compute(vectors, batch.length(), selection, count);
    }

    private @Nullable ColumnVector overDictionary(DictionaryMemo results, ColumnVector codes, int count) {
        ColumnVector dictionary = codes.dictionary();
        if (dictionary == null || isOfNulls(dictionary) || !results.prepare(dictionary, count)) {
            return null;
        }
        if (!results.isComputed()) {
            vectors[varying] = dictionary;
            try {
                int[] entries = values(dictionary);
                results.remember(compute(
                        vectors, dictionary.length(), entries, entries == null ? dictionary.length() : entries.length));
            } catch (KadeException e) {
                // An entry that fails may be one that no selected row has: then only the rows can tell.
                results.refuse();
                return null;
            } finally {
                vectors[varying] = codes;
            }
        }
        return results.expand(codes);
    }

    /** The entries with bytes, where one without is no value but stands for NULL; null for all entries. */
    private static int @Nullable [] values(ColumnVector dictionary) {
        SqlType type = dictionary.type();
        if (!type.isArray() && type.id() != TypeId.JSONB) {
            return null;
        }
        int[] entries = new int[dictionary.length()];
        int count = 0;
        for (int i = 0; i < dictionary.length(); i++) {
            if (dictionary.data().get(ColumnVector.INT32, 4L * i)
                    < dictionary.data().get(ColumnVector.INT32, 4L * (i + 1))) {
                entries[count++] = i;
            }
        }
        return Arrays.copyOf(entries, count);
    }

    /** Whether the dictionary may be that of NULLs alone, whose one entry without bytes need not be a value of the type. */
    private static boolean isOfNulls(ColumnVector dictionary) {
        return dictionary.length() == 1
                && dictionary.type().layout() == Layout.VARBYTES
                && dictionary.data().get(ColumnVector.INT32, 0)
                        == dictionary.data().get(ColumnVector.INT32, 4);
    }

    private ColumnVector plain(int index, ColumnVector vector) {
        if (!vector.isDictionary()) {
            return vector;
        }
        VectorBuilder builder = decoded[index];
        if (builder == null) {
            builder = scratch.builder(vector.type());
            decoded[index] = builder;
        }
        builder.clear();
        builder.append(vector, null, vector.length());
        return builder.build();
    }

    boolean isConstant(int arg) {
        return args[arg].isConstant();
    }

    /** Whether a constant argument is NULL, so that every result is. */
    boolean anyConstantNull(ColumnVector[] values) {
        for (int i = 0; i < args.length; i++) {
            if (args[i].isConstant() && values[i].isNull(0)) {
                return true;
            }
        }
        return false;
    }

    /** The validity of a strict function: set where all vectors are; null when there are no nulls. */
    @Nullable
    MemorySegment combinedValidity(ColumnVector[] values, int length, Scratch.Buffer out) {
        MemorySegment combined = null;
        boolean owned = false;
        for (int i = 0; i < args.length; i++) {
            MemorySegment validity = args[i].isConstant() ? null : Bitmaps.validity(values[i]);
            if (validity == null) {
                continue;
            }
            if (combined == null) {
                combined = validity;
            } else {
                MemorySegment target = out.bitmap(length);
                Bitmaps.and(combined, validity, target, length);
                combined = target;
                owned = true;
            }
        }
        assert !owned || combined != null;
        return combined;
    }

    /** A vector of NULLs. */
    ColumnVector allNull(int length, Scratch.Buffer data, Scratch.Buffer validity) {
        MemorySegment bits = validity.bitmap(length);
        Bitmaps.fill(bits, length, false);
        long bytes = Math.max(ColumnVector.bitmapBytes(length), type.layout().width() * (length + 1L));
        MemorySegment values = data.bytes(bytes);
        if (type.layout() == io.kadedb.common.type.Layout.VARBYTES) {
            values.asSlice(0, 4L * (length + 1)).fill((byte) 0);
            return ColumnVector.varbytes(type, length, values, MemorySegment.ofArray(new byte[0]), bits);
        }
        return ColumnVector.fixed(type, length, values, bits);
    }
}
