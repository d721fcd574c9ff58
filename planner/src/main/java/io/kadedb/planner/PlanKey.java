package io.kadedb.planner;

import io.kadedb.parser.ParsedStatement;
import io.kadedb.parser.ast.Statement;
import io.kadedb.planner.api.PlanningContext;
import io.kadedb.planner.api.RuleSet;
import java.time.ZoneId;
import java.util.List;

/**
 * Everything a cached plan depends on. Values of the session are read when a plan runs, so they are not part of it.
 *
 * @param explained whether the plan is of the statement inside EXPLAIN, whose text differs
 * @param access changes when the answer to any access check could
 */
record PlanKey(
        String text,
        boolean explained,
        long catalogVersion,
        List<String> searchPath,
        ZoneId timeZone,
        String user,
        long access,
        RuleSet rules) {
    static PlanKey of(ParsedStatement statement, PlanningContext context) {
        return new PlanKey(
                statement.text(),
                statement.statement() instanceof Statement.Explain,
                context.catalog().version(),
                context.searchPath(),
                context.timeZone(),
                context.principal().user(),
                context.access().fingerprint(context.principal()),
                context.rules());
    }
}
