package io.kadedb.planner.dml;

import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.QualifiedName;
import io.kadedb.parser.ast.Statement;
import io.kadedb.planner.PlanningSession;
import io.kadedb.planner.api.FileFormat;
import io.kadedb.planner.api.PlannedStatement;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;

/** COPY TO: a query whose columns are turned into text where the file cannot hold their types. */
public final class CopyToPlanner {
    private final PlanningSession session;

    public CopyToPlanner(PlanningSession session) {
        this.session = session;
    }

    /** The plan. */
    public PlannedStatement.CopyTo plan(Statement.CopyTo copy, int parameters) {
        String path = CopyPlanner.path(session, copy.file());
        Map<String, String> options = CopyOptions.given(path, copy.options());
        copy.table().ifPresent(table -> leaveOutGenerated(copy, table));
        PlanningSession.Planned planned = session.plan(copy.query());
        List<String> copied = planned.columns().stream().map(Field::name).toList();
        List<String> known = copy.table()
                .flatMap(table -> session.catalog()
                        .find(table.schema().map(Name::text), table.last().text()))
                .map(table ->
                        table.columns().stream().map(ColumnDefinition::name).toList())
                .orElse(copied);
        CopyOptions.resolve(options, FileFormat.of(path, options), false, known, copied);
        return new PlannedStatement.CopyTo(
                asText(planned.plan(), FileFormat.of(path, options)),
                planned.columns(),
                path,
                options,
                session.parameterTypes(parameters));
    }

    /** What computes itself is not in files. */
    private void leaveOutGenerated(Statement.CopyTo copy, QualifiedName name) {
        Optional<TableDefinition> found = session.catalog()
                .find(name.schema().map(Name::text), name.last().text());
        if (found.isEmpty() || found.get().columns().stream().noneMatch(ColumnDefinition::isGenerated)) {
            return;
        }
        for (Name named : copy.columns()) {
            OptionalInt ordinal = found.get().ordinalOf(named.text());
            if (ordinal.isPresent()
                    && found.get().columns().get(ordinal.getAsInt()).isGenerated()) {
                throw CopyPlanner.generated(named);
            }
        }
        if (copy.columns().isEmpty() && copy.query() instanceof SqlSelect select) {
            SqlParserPos pos = select.getParserPosition();
            select.setSelectList(new SqlNodeList(
                    found.get().columns().stream()
                            .filter(column -> !column.isGenerated())
                            .map(column -> new SqlIdentifier(column.name(), pos))
                            .toList(),
                    pos));
        }
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
