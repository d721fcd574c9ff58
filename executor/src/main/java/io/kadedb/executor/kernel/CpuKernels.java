package io.kadedb.executor.kernel;

import static io.kadedb.common.data.ColumnVector.INT32;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.type.Layout;
import io.kadedb.common.type.SqlType;
import io.kadedb.planner.physical.Expr;
import java.lang.foreign.MemorySegment;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Kernels in Java for the CPU. */
public final class CpuKernels implements KernelProvider {
    @Override
    public String name() {
        return "cpu";
    }

    @Override
    public ExpressionEvaluator expression(Expr expression, EvaluationContext context, MemoryPool memory) {
        return compile(
                memory,
                scratch -> new Expression(new Compiler(context, scratch).node(expression), expression.type(), scratch));
    }

    @Override
    public PredicateEvaluator predicate(Expr condition, EvaluationContext context, MemoryPool memory) {
        return compile(memory, scratch -> new Predicate(new Compiler(context, scratch).condition(condition), scratch));
    }

    private static <T> T compile(MemoryPool memory, Function<Scratch, T> compilation) {
        Scratch scratch = new Scratch(memory);
        try {
            return compilation.apply(scratch);
        } catch (RuntimeException e) {
            scratch.close();
            throw e;
        }
    }

    private static final class Expression implements ExpressionEvaluator {
        private final Node root;
        private final SqlType type;
        private final Scratch scratch;
        private final Scratch.Buffer codes;
        private final VectorBuilder repeated;
        private @Nullable ColumnVector entry;

        Expression(Node root, SqlType type, Scratch scratch) {
            this.root = root;
            this.type = type;
            this.scratch = scratch;
            this.codes = scratch.buffer();
            this.repeated = scratch.builder(type);
            assert root.type.layout() == type.layout() : root.type + " computed for " + type;
        }

        @Override
        public SqlType type() {
            return type;
        }

        @Override
        public ColumnVector evaluate(Batch batch, int @Nullable [] selection, int count) {
            if (count == 0) {
                repeated.clear();
                repeated.skip(batch.length());
                entry = null;
                return repeated.build();
            }
            ColumnVector result = root.evaluate(batch, selection, count);
            if (!root.isConstant()) {
                return result;
            }
            return type.layout() == Layout.VARBYTES && !result.isNull(0)
                    ? encoded(result, batch.length())
                    : filled(result, batch.length());
        }

        /** A dictionary of one entry: text is not copied for every row. */
        private ColumnVector encoded(ColumnVector constant, int length) {
            MemorySegment zeros = codes.bytes(4L * length);
            for (int i = 0; i < length; i++) {
                zeros.set(INT32, 4L * i, 0);
            }
            ColumnVector dictionary = entry;
            if (dictionary == null || !root.isStable()) {
                dictionary = ColumnVector.varbytes(constant.type(), 1, constant.data(), Values.bytesOf(constant), null);
                entry = dictionary;
            }
            return ColumnVector.dictionary(length, zeros, null, dictionary);
        }

        private ColumnVector filled(ColumnVector constant, int length) {
            if (repeated.length() != length || !root.isStable()) {
                repeated.clear();
                if (constant.isNull(0)) {
                    repeated.appendNulls(length);
                } else {
                    repeated.append(constant, new int[length], length);
                }
            }
            return repeated.build();
        }

        @Override
        public void close() {
            scratch.close();
        }
    }

    private static final class Predicate implements PredicateEvaluator {
        private final Condition root;
        private final Scratch scratch;

        Predicate(Condition root, Scratch scratch) {
            this.root = root;
            this.scratch = scratch;
        }

        @Override
        public int select(Batch batch, int @Nullable [] selection, int count, int[] out) {
            return count == 0 ? 0 : root.whenTrue(batch, selection, count, out);
        }

        @Override
        public void close() {
            scratch.close();
        }
    }
}
