package io.kadedb.server;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.executor.api.QueryProfile;
import io.kadedb.parser.ast.ExplainFormat;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PlanPrinter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What EXPLAIN shows: the plan as a tree, with ANALYZE what each node did. */
final class ExplainedPlan {
    private ExplainedPlan() {}

    static String print(PhysicalPlan plan, ExplainFormat format, @Nullable QueryProfile profile) {
        if (format == ExplainFormat.JSON) {
            throw KadeException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "EXPLAIN in the format JSON is not built")
                    .hint("leave the format out: the plan is drawn as text");
        }
        if (profile == null) {
            return PlanPrinter.text(plan);
        }
        return PlanPrinter.text(plan, node -> remark(profile.nodes().get(node)))
                + String.format(Locale.ROOT, "Peak memory: %,d kB%n", profile.peakMemoryBytes() >> 10);
    }

    private static String remark(QueryProfile.@Nullable NodeProfile did) {
        return did == null
                ? ""
                : String.format(
                        Locale.ROOT, "gave %,d in %,d batches, %.3f ms", did.rows(), did.batches(), did.nanos() / 1e6);
    }
}
