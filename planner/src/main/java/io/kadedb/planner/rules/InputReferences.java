package io.kadedb.planner.rules;

import java.util.function.IntFunction;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;

/** Puts expressions in the place of columns. */
final class InputReferences extends RexShuttle {
    private final IntFunction<RexNode> replacement;

    InputReferences(IntFunction<RexNode> replacement) {
        this.replacement = replacement;
    }

    @Override
    public RexNode visitInputRef(RexInputRef ref) {
        return replacement.apply(ref.getIndex());
    }
}
