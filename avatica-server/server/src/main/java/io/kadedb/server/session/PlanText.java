package io.kadedb.server.session;

import io.kadedb.executor.api.QueryProfile;
import io.kadedb.parser.ast.ExplainFormat;
import io.kadedb.planner.physical.PhysicalPlan;
import org.jspecify.annotations.Nullable;

/** Prints plans for EXPLAIN. */
@FunctionalInterface
public interface PlanText {
    /** @param profile what each node did, for EXPLAIN ANALYZE */
    String print(PhysicalPlan plan, ExplainFormat format, @Nullable QueryProfile profile);
}
