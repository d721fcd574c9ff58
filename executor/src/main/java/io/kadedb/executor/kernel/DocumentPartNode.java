package io.kadedb.executor.kernel;

import static io.kadedb.common.data.ColumnVector.INT32;
import static io.kadedb.common.data.ColumnVector.INT8;

import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.json.Jsonb;
import io.kadedb.common.json.JsonbText;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.kernel.value.JsonAccess;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.ScalarFunction;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A chain of {@code ->} with constant keys and indexes, perhaps with {@code ->>} at its end: the part is found within the
 * document's bytes and copied, without a tree or an object for what lies between.
 */
final class DocumentPartNode extends FunctionNode {
    private final List<Object> steps;
    private final boolean asText;
    private final VectorBuilder results;
    private byte[] document = new byte[512];

    /**
     * @param steps the UTF-8 of a key, or an index as Long
     */
    private DocumentPartNode(SqlType type, Node input, List<Object> steps, boolean asText, Scratch scratch) {
        super(type, List.of(input), true, scratch);
        this.steps = List.copyOf(steps);
        this.asText = asText;
        this.results = scratch.builder(type);
    }

    /** The node for a call, or null if it is not such a chain over jsonb. */
    static @Nullable DocumentPartNode of(Expr.Call call, Compiler compiler, Scratch scratch) {
        List<Object> steps = new ArrayList<>();
        Expr input = call;
        boolean asText = call.function() == ScalarFunction.JSON_GET_TEXT;
        while (input instanceof Expr.Call get
                && (get.function() == ScalarFunction.JSON_GET || (steps.isEmpty() && asText))
                && get.args().getFirst().type().equals(SqlType.JSONB)
                && get.args().get(1) instanceof Expr.Literal literal
                && literal.value() != null) {
            Object step = literal.value();
            steps.addFirst(step instanceof String key ? key.getBytes(StandardCharsets.UTF_8) : step);
            input = get.args().getFirst();
        }
        return steps.isEmpty() || input instanceof Expr.Literal
                ? null
                : new DocumentPartNode(call.type(), compiler.node(input), steps, asText, scratch);
    }

    @Override
    ColumnVector compute(ColumnVector[] vectors, int length, int @Nullable [] selection, int count) {
        ColumnVector documents = vectors[0];
        results.clear();
        for (int i = 0; i < count; i++) {
            int row = selection == null ? i : selection[i];
            if (row > results.length()) {
                results.skip(row - results.length());
            }
            int at = isConstant(0) ? 0 : row;
            if (documents.isNull(at)) {
                results.appendNull();
            } else {
                append(part(documents, at));
            }
        }
        results.skip(length - results.length());
        return results.build();
    }

    private @Nullable Jsonb part(ColumnVector documents, int row) {
        int from = documents.data().get(INT32, 4L * row);
        int size = documents.data().get(INT32, 4L * row + 4) - from;
        if (document.length < size) {
            document = new byte[Math.max(size, 2 * document.length)];
        }
        MemorySegment.copy(Values.bytesOf(documents), INT8, from, document, 0, size);
        Jsonb part = Jsonb.of(document, size);
        for (int i = 0; i < steps.size() && part != null; i++) {
            part = steps.get(i) instanceof byte[] key
                    ? JsonAccess.field(part, key)
                    : JsonAccess.elementOrScalar(part, (Long) steps.get(i));
        }
        return part;
    }

    private void append(@Nullable Jsonb part) {
        if (part == null || (asText && part.isNull())) {
            results.appendNull();
        } else if (!asText) {
            // A document is its version and then the value.
            int size = part.to() - part.from() + 1;
            MemorySegment out = results.beginBytes(size);
            out.set(INT8, 0, document[0]);
            MemorySegment.copy(part.bytes(), part.from(), out, INT8, 1, size - 1);
            results.finishBytes(size);
        } else if (part.isString()) {
            int size = part.to() - part.from() - 1;
            MemorySegment out = results.beginBytes(size);
            MemorySegment.copy(part.bytes(), part.from() + 1, out, INT8, 0, size);
            results.finishBytes(size);
        } else {
            results.appendBytes(JsonbText.of(part).getBytes(StandardCharsets.UTF_8));
        }
    }
}
