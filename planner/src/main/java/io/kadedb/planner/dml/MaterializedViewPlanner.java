package io.kadedb.planner.dml;

import io.kadedb.common.catalog.CatalogChange;
import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.MaterializedQuery;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.security.ObjectName;
import io.kadedb.common.security.Privilege;
import io.kadedb.common.type.Field;
import io.kadedb.parser.ast.AlterAction;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.PlainSelect;
import io.kadedb.parser.ast.QualifiedName;
import io.kadedb.parser.ast.Statement;
import io.kadedb.planner.PlanningSession;
import io.kadedb.planner.ViewQueries.Described;
import io.kadedb.planner.api.AlterationStep;
import io.kadedb.planner.api.PlannedStatement;
import io.kadedb.planner.api.PlannedStatement.Alteration;
import io.kadedb.planner.api.PlanningContext;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.validate.BoundCatalog;
import io.kadedb.planner.validate.ValidationErrors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * CREATE, REFRESH and ALTER MATERIALIZED VIEW. It is a table whose rows are those of its query at some time; a refresh makes
 * them anew under another storage id, as a rewriting ALTER TABLE does, so that readers go on meanwhile.
 */
public final class MaterializedViewPlanner {
    private final PlanningSession session;
    private final DefinitionPlanner definitions;
    private final ContinuousPlanner continuous;

    public MaterializedViewPlanner(PlanningSession session) {
        this.session = session;
        this.definitions = new DefinitionPlanner(session);
        this.continuous = new ContinuousPlanner(session);
    }

    /** CREATE MATERIALIZED VIEW. */
    public PlannedStatement plan(Statement.CreateMaterializedView create) {
        PlanningContext context = session.context();
        String schema = definitions.schema(create.name(), false);
        Optional<PlannedStatement.Definition> existing =
                definitions.existing("CREATE MATERIALIZED VIEW", schema, create.name(), create.ifNotExists());
        if (existing.isPresent()) {
            return existing.get();
        }
        Described query = session.describe(create.query().node());
        if (query.relations().stream().anyMatch(used -> CatalogSnapshot.isTemporary(used.schema()))) {
            throw KadeException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "materialized views must not use temporary tables or views")
                    .at(create.name().position());
        }
        TableDefinition table = TablePlanner.table(
                        schema,
                        create.name().last().text(),
                        context.principal().user(),
                        columns(create, query.columns()),
                        List.of())
                .withMaterialized(Optional.of(new MaterializedQuery(
                        create.query().text(),
                        context.searchPath(),
                        query.relations(),
                        query.graphs(),
                        create.continuous(),
                        create.continuous()
                                ? Optional.of(continuous.aggregate(create.query(), query))
                                : Optional.empty())));
        List<AlterationStep> steps = new ArrayList<>();
        definitions
                .changes(schema, new CatalogChange.CreateTable(table))
                .forEach(change -> steps.add(new AlterationStep.Change(change)));
        if (create.withData()) {
            steps.add(refreshed(table, true));
        }
        return new Alteration("CREATE MATERIALIZED VIEW", steps, List.of());
    }

    private static List<ColumnDefinition> columns(Statement.CreateMaterializedView create, List<Field> fields) {
        return QueryColumns.of(
                fields,
                create.columns(),
                create.name().position(),
                "too many column names were specified",
                field -> true);
    }

    /** The rows of a materialized view as its query gives them now. */
    private static PhysicalPlan rows(TableDefinition view, PlanningContext context) {
        PlanningSession planning = new PlanningSession(context);
        SqlNode from =
                new SqlIdentifier(List.of(BoundCatalog.REFRESHED_SCHEMA, Long.toString(view.id())), SqlParserPos.ZERO);
        SqlNode query = PlainSelect.of(
                SqlParserPos.ZERO,
                new SqlNodeList(List.of(SqlIdentifier.star(SqlParserPos.ZERO)), SqlParserPos.ZERO),
                from);
        return Targets.fitted(view, planning.plan(query).plan(), 0);
    }

    /** REFRESH MATERIALIZED VIEW. */
    public PlannedStatement plan(Statement.RefreshMaterializedView refresh) {
        TableDefinition view = find(refresh.name(), "REFRESH MATERIALIZED VIEW");
        if (refresh.concurrently()) {
            checkConcurrent(view, refresh.name());
        }
        AlterationStep step =
                refresh.withData() ? refreshed(view, false) : new AlterationStep.Empty(view.schema(), view.name());
        return new Alteration("REFRESH MATERIALIZED VIEW", List.of(step), List.of());
    }

    private static AlterationStep refreshed(TableDefinition view, boolean first) {
        return view.continuous().isPresent()
                ? new AlterationStep.Compute(
                        view.schema(), view.name(), first, ContinuousPlanner::outdated, MaterializedViewPlanner::rows)
                : new AlterationStep.Refresh(view.schema(), view.name(), MaterializedViewPlanner::rows);
    }

    /** Readers go on in either case; what PostgreSQL asks for is asked for here too. */
    private static void checkConcurrent(TableDefinition view, QualifiedName name) {
        if (!view.materialized().orElseThrow().populated()) {
            throw KadeException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "CONCURRENTLY cannot be used when the materialized view is not populated")
                    .at(name.position());
        }
        if (view.indexes().stream().noneMatch(IndexDefinition::isKey)) {
            throw KadeException.of(
                            ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
                            "cannot refresh materialized view \"" + view.qualifiedName() + "\" concurrently")
                    .at(name.position())
                    .hint("Create a unique index with no WHERE clause on one or more columns of the materialized"
                            + " view.");
        }
    }

    /** The view that a statement of a verb names, which the user has to own. */
    TableDefinition find(QualifiedName name, String verb) {
        Optional<TableDefinition> found = session.catalog()
                .find(name.schema().map(Name::text), name.last().text());
        if (found.isEmpty()
                && session.catalog()
                        .findView(name.schema().map(Name::text), name.last().text())
                        .isEmpty()) {
            throw ValidationErrors.noRelation(session.context().catalog(), name.toString())
                    .at(name.position());
        }
        TableDefinition view = found.filter(table -> table.materialized().isPresent())
                .orElseThrow(() -> KadeException.of(
                                verb.startsWith("REFRESH") && found.isPresent()
                                        ? ErrorCode.FEATURE_NOT_SUPPORTED
                                        : ErrorCode.WRONG_OBJECT_TYPE,
                                "\"" + name.last().text() + "\" is not a materialized view")
                        .at(name.position()));
        definitions.check(Privilege.OWN, ObjectName.Kind.TABLE, view.schema(), view.name());
        return view;
    }

    /** ALTER MATERIALIZED VIEW .. RENAME. */
    public PlannedStatement plan(Statement.RenameMaterializedView rename) {
        boolean isThere = session.catalog()
                        .find(
                                rename.name().schema().map(Name::text),
                                rename.name().last().text())
                        .isPresent()
                || session.catalog()
                        .findView(
                                rename.name().schema().map(Name::text),
                                rename.name().last().text())
                        .isPresent();
        if (!isThere && rename.ifExists()) {
            return DefinitionPlanner.skipped(
                    "ALTER MATERIALIZED VIEW",
                    true,
                    ValidationErrors.noRelation(
                            session.context().catalog(), rename.name().toString()),
                    rename.name().position());
        }
        TableDefinition view = find(rename.name(), "ALTER MATERIALIZED VIEW");
        AlterAction action = rename.column().isPresent()
                ? new AlterAction.RenameColumn(rename.column().get(), rename.newName())
                : new AlterAction.RenameTable(rename.newName());
        return new PlannedStatement.Definition(
                "ALTER MATERIALIZED VIEW", new RenamePlanner(session, view).plan(action), List.of());
    }
}
