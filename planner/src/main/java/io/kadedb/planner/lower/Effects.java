package io.kadedb.planner.lower;

import io.kadedb.planner.functions.KadeFunction;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/** Expressions that leave something behind: they are computed even if nobody reads them. */
final class Effects {
    private Effects() {}

    /** The places of those with an effect. */
    static ImmutableBitSet of(List<RexNode> nodes) {
        ImmutableBitSet.Builder places = ImmutableBitSet.builder();
        for (int i = 0; i < nodes.size(); i++) {
            if (hasEffect(nodes.get(i))) {
                places.set(i);
            }
        }
        return places.build();
    }

    private static boolean hasEffect(RexNode node) {
        boolean[] found = new boolean[1];
        node.accept(new RexVisitorImpl<@Nullable Void>(true) {
            @Override
            public @Nullable Void visitCall(RexCall call) {
                found[0] |= call.getOperator() instanceof KadeFunction function
                        && function.function().hasEffect();
                return super.visitCall(call);
            }
        });
        return found[0];
    }
}
