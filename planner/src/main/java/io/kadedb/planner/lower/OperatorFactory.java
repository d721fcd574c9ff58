package io.kadedb.planner.lower;

import io.kadedb.planner.rel.KadeRexBuilder;
import io.kadedb.planner.types.KadeTypeFactory;

/** One builder for the few expressions made while lowering. */
final class OperatorFactory {
    private static final KadeRexBuilder BUILDER = new KadeRexBuilder(new KadeTypeFactory());

    private OperatorFactory() {}

    static KadeRexBuilder builder() {
        return BUILDER;
    }
}
