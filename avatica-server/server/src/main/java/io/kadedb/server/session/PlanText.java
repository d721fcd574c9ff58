package io.kadedb.server.session;

import io.kadedb.executor.api.QueryProfile;
import io.kadedb.parser.ast.ExplainFormat;
import io.kadedb.planner.physical.PhysicalPlan;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints plans for EXPLAIN. */
@FunctionalInterface
public interface PlanText {
    /**
     * A plan as text.
     *
     * @param profile what each node did, for EXPLAIN ANALYZE
     * @param partitions what scans of partitioned tables look at, by identity
     */
    String print(
            PhysicalPlan plan,
            ExplainFormat format,
            @Nullable QueryProfile profile,
            Map<PhysicalPlan, PartitionsRead> partitions);
}
