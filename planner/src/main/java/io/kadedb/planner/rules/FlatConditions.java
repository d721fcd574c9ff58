package io.kadedb.planner.rules;

import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;

/** AND and OR within their own kind become one, at every level: Calcite's flattening looks no deeper than what is flat. */
final class FlatConditions extends RexShuttle {
    private final RexBuilder builder;

    FlatConditions(RexBuilder builder) {
        this.builder = builder;
    }

    @Override
    public RexNode visitCall(RexCall call) {
        return RexUtil.flatten(builder, super.visitCall(call));
    }
}
