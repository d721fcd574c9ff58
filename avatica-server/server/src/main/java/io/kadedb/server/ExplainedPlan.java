package io.kadedb.server;

import io.kadedb.common.control.RoomyStack;
import io.kadedb.executor.api.QueryProfile;
import io.kadedb.parser.ast.ExplainFormat;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.PlanExpressions;
import io.kadedb.planner.physical.PlanJson;
import io.kadedb.planner.physical.PlanPrinter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What EXPLAIN shows: the plan as a tree, with ANALYZE what each node did. */
final class ExplainedPlan {
    private ExplainedPlan() {}

    static String print(PhysicalPlan plan, ExplainFormat format, @Nullable QueryProfile profile) {
        return RoomyStack.call(PlanExpressions.needRoomyStack(plan), () -> text(plan, format, profile));
    }

    private static String text(PhysicalPlan plan, ExplainFormat format, @Nullable QueryProfile profile) {
        if (format == ExplainFormat.JSON) {
            return profile == null
                    ? PlanJson.text(plan, node -> Map.of(), Map.of())
                    : PlanJson.text(
                            plan,
                            node -> measured(profile.nodes().get(node)),
                            Map.of("Peak Memory Usage", profile.peakMemoryBytes() >> 10));
        }
        if (profile == null) {
            return PlanPrinter.text(plan);
        }
        return PlanPrinter.text(plan, node -> remark(profile.nodes().get(node)))
                + String.format(Locale.ROOT, "Peak memory: %,d kB%n", profile.peakMemoryBytes() >> 10);
    }

    /** In PostgreSQL's words; times are in milliseconds. */
    private static Map<String, Number> measured(QueryProfile.@Nullable NodeProfile did) {
        if (did == null) {
            return Map.of();
        }
        Map<String, Number> measured = new LinkedHashMap<>();
        measured.put("Actual Rows", did.rows());
        measured.put("Actual Loops", 1);
        measured.put("Actual Total Time", Math.round(did.nanos() / 1e3) / 1e3);
        return measured;
    }

    private static String remark(QueryProfile.@Nullable NodeProfile did) {
        return did == null
                ? ""
                : String.format(
                        Locale.ROOT, "gave %,d in %,d batches, %.3f ms", did.rows(), did.batches(), did.nanos() / 1e6);
    }
}
