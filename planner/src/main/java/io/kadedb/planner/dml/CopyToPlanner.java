package io.kadedb.planner.dml;

import io.kadedb.common.security.ObjectName;
import io.kadedb.common.security.Privilege;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.Option;
import io.kadedb.parser.ast.Statement;
import io.kadedb.planner.PlanningSession;
import io.kadedb.planner.api.FileFormat;
import io.kadedb.planner.api.PlannedStatement;
import io.kadedb.planner.api.PlanningContext;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** COPY TO: a query whose columns are turned into text where the file cannot hold their types. */
public final class CopyToPlanner {
    private final PlanningSession session;

    public CopyToPlanner(PlanningSession session) {
        this.session = session;
    }

    /** The plan. */
    public PlannedStatement.CopyTo plan(Statement.CopyTo copy, int parameters) {
        PlanningContext context = session.context();
        String path = copy.file().path();
        ObjectName file = new ObjectName(ObjectName.Kind.FILE, "", path);
        context.access().check(context.principal(), Privilege.FILES, file, List.of());
        Map<String, String> options = new LinkedHashMap<>();
        for (Option option : copy.options()) {
            options.put(option.name().text(), option.value());
        }
        PlanningSession.Planned planned = session.plan(copy.query());
        return new PlannedStatement.CopyTo(
                asText(planned.plan(), FileFormat.of(path, options)),
                planned.columns(),
                path,
                options,
                session.parameterTypes(parameters));
    }

    private static PhysicalPlan asText(PhysicalPlan plan, FileFormat format) {
        List<Expr> values = new ArrayList<>();
        List<Field> output = new ArrayList<>();
        for (int i = 0; i < plan.output().size(); i++) {
            Field field = plan.output().get(i);
            Expr value = new Expr.Column(i, field.type(), field.nullable());
            values.add(format.holds(field.type()) ? value : new Expr.Cast(value, SqlType.TEXT));
            output.add(new Field(field.name(), values.get(i).type(), field.nullable()));
        }
        return new PhysicalPlan.Project(plan, values, output);
    }
}
