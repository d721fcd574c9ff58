package io.kadedb.executor.kernel;

import static io.kadedb.common.data.ColumnVector.INT16;
import static io.kadedb.common.data.ColumnVector.INT32;
import static io.kadedb.common.data.ColumnVector.INT64;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.kernel.value.TimeBuckets;
import io.kadedb.planner.physical.ScalarFunction;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code time_bucket} and {@code date_bin} where all but the time is constant. */
final class TimeBucketNode extends FunctionNode {
    private static final int TIME = 1;

    private final ScalarFunction function;
    private final List<SqlType> types;
    private final @Nullable Object[] constants;
    private final Scratch.Buffer data;
    private final Scratch.Buffer validity;

    private TimeBucketNode(ScalarFunction function, SqlType type, List<Node> args, Scratch scratch) {
        super(type, args, true, scratch);
        this.function = function;
        this.types = args.stream().map(arg -> arg.type).toList();
        this.constants = new Object[args.size()];
        this.data = scratch.buffer();
        this.validity = scratch.buffer();
    }

    /** The node, or null for other functions and for widths that are not constant. */
    static @Nullable Node of(ScalarFunction function, List<Node> args, SqlType type, Scratch scratch) {
        if (function != ScalarFunction.TIME_BUCKET && function != ScalarFunction.DATE_BIN) {
            return null;
        }
        for (int i = 0; i < args.size(); i++) {
            if (args.get(i).isConstant() == (i == TIME)) {
                return null;
            }
        }
        return new TimeBucketNode(function, type, args, scratch);
    }

    @Override
    ColumnVector compute(ColumnVector[] vectors, int length, int @Nullable [] selection, int count) {
        if (anyConstantNull(vectors)) {
            return allNull(length, data, validity);
        }
        for (int i = 0; i < vectors.length; i++) {
            constants[i] = i == TIME ? null : Values.get(vectors[i], 0);
        }
        TimeBuckets buckets = TimeBuckets.of(function, types, constants);
        ColumnVector times = vectors[TIME];
        MemorySegment in = times.data();
        MemorySegment out = data.bytes((long) type.layout().width() * length);
        for (int i = 0; i < count; i++) {
            int row = selection == null ? i : selection[i];
            if (times.isNull(row)) {
                continue;
            }
            switch (type.layout()) {
                case INT16 -> out.set(INT16, 2L * row, (short) buckets.begin(in.get(INT16, 2L * row)));
                case INT32 -> out.set(INT32, 4L * row, (int) buckets.begin(in.get(INT32, 4L * row)));
                default -> out.set(INT64, 8L * row, buckets.begin(in.get(INT64, 8L * row)));
            }
        }
        return ColumnVector.fixed(type, length, out, combinedValidity(vectors, length, validity));
    }
}
