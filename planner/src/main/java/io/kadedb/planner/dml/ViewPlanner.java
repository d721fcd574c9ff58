package io.kadedb.planner.dml;

import io.kadedb.common.catalog.CatalogChange;
import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.SchemaDefinition;
import io.kadedb.common.catalog.ViewDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.security.ObjectName;
import io.kadedb.common.security.Privilege;
import io.kadedb.common.type.Field;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.Statement;
import io.kadedb.planner.PlanningSession;
import io.kadedb.planner.ViewQueries.Described;
import io.kadedb.planner.api.PlannedStatement.Definition;
import io.kadedb.planner.api.PlanningContext;
import io.kadedb.planner.validate.Suggestions;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** CREATE VIEW and ALTER VIEW. */
public final class ViewPlanner {
    private final PlanningSession session;
    private final PlanningContext context;
    private final DefinitionPlanner definitions;

    public ViewPlanner(PlanningSession session) {
        this.session = session;
        this.context = session.context();
        this.definitions = new DefinitionPlanner(session);
    }

    /** CREATE VIEW. */
    public Definition plan(Statement.CreateView create) {
        String name = create.name().last().text();
        Described query = session.describe(create.query().node());
        boolean overTemporary = query.relations().stream().anyMatch(used -> CatalogSnapshot.isTemporary(used.schema()));
        String schema = definitions.schema(create.name(), create.temporary() || overTemporary);
        List<String> notices = overTemporary && !create.temporary()
                ? List.of("view \"" + name + "\" will be a temporary view")
                : List.of();
        Optional<ViewDefinition> old = old(create, schema);
        List<ColumnDefinition> columns = columns(create, query.columns());
        old.ifPresent(known -> {
            checkReplaces(create, known, columns);
            checkRecursion(create, known, query);
        });
        ViewDefinition view = new ViewDefinition(
                old.map(ViewDefinition::id).orElse(0L),
                schema,
                name,
                1,
                old.map(ViewDefinition::owner).orElse(context.principal().user()),
                columns,
                create.query().text(),
                context.searchPath(),
                query.relations(),
                query.graphs(),
                create.checkOption(),
                old.flatMap(ViewDefinition::comment),
                old.map(ViewDefinition::tags).orElse(Map.of()));
        if (create.checkOption().isPresent()) {
            ViewChanges.reason(view, context.catalog()).ifPresent(reason -> {
                throw KadeException.of(
                                ErrorCode.FEATURE_NOT_SUPPORTED,
                                "WITH CHECK OPTION is supported only on automatically updatable views")
                        .at(create.name().position())
                        .hint("Views " + reason + " are not automatically updatable.");
            });
        }
        return new Definition("CREATE VIEW", definitions.changes(schema, new CatalogChange.CreateView(view)), notices);
    }

    /** The view to replace. */
    private Optional<ViewDefinition> old(Statement.CreateView create, String schema) {
        String name = create.name().last().text();
        Optional<ViewDefinition> old = context.catalog().view(schema, name);
        if (create.replace() && old.isPresent()) {
            definitions.check(Privilege.OWN, ObjectName.Kind.TABLE, schema, name);
            return old;
        }
        SchemaDefinition known = context.catalog().schemas().get(schema);
        if (create.replace() && known != null && known.hasRelation(name)) {
            throw KadeException.of(ErrorCode.WRONG_OBJECT_TYPE, "\"" + name + "\" is not a view")
                    .at(create.name().position());
        }
        definitions.existing("CREATE VIEW", schema, create.name(), false);
        return Optional.empty();
    }

    private static List<ColumnDefinition> columns(Statement.CreateView create, List<Field> fields) {
        return QueryColumns.of(
                fields,
                create.columns(),
                create.name().position(),
                "CREATE VIEW specifies more column names than columns",
                Field::nullable);
    }

    /** A view that replaces another has its columns, and others only behind them. */
    private static void checkReplaces(Statement.CreateView create, ViewDefinition old, List<ColumnDefinition> columns) {
        if (columns.size() < old.columns().size()) {
            throw invalid(create, "cannot drop columns from view");
        }
        for (int i = 0; i < old.columns().size(); i++) {
            ColumnDefinition before = old.columns().get(i);
            ColumnDefinition now = columns.get(i);
            if (!before.name().equals(now.name())) {
                throw invalid(
                                create,
                                "cannot change name of view column \"" + before.name() + "\" to \"" + now.name() + "\"")
                        .hint("Use ALTER VIEW ... RENAME COLUMN ... to change name of view column instead.");
            }
            if (!before.type().equals(now.type())) {
                throw invalid(
                        create,
                        "cannot change data type of view column \"" + before.name() + "\" from " + before.type()
                                + " to " + now.type());
            }
        }
    }

    private static KadeException invalid(Statement.CreateView create, String message) {
        return KadeException.of(ErrorCode.INVALID_TABLE_DEFINITION, message)
                .at(create.name().position());
    }

    /** Refuses a query that reads, through whatever views, the view it is to be the query of. */
    private void checkRecursion(Statement.CreateView create, ViewDefinition view, Described query) {
        Set<Long> seen = new HashSet<>();
        List<ViewDefinition.UsedRelation> open = new ArrayList<>(query.relations());
        while (!open.isEmpty()) {
            ViewDefinition.UsedRelation relation = open.removeLast();
            if (relation.id() == view.id()) {
                throw KadeException.of(
                                ErrorCode.INVALID_OBJECT_DEFINITION,
                                "infinite recursion detected in rules for relation \"" + view.name() + "\"")
                        .at(create.name().position());
            }
            if (seen.add(relation.id())) {
                context.catalog().view(relation.id()).ifPresent(inner -> open.addAll(inner.relations()));
            }
        }
    }

    /** ALTER VIEW .. RENAME. */
    public Definition plan(Statement.RenameView rename) {
        CatalogSnapshot catalog = context.catalog();
        String text = rename.name().last().text();
        Optional<String> schema = rename.name().schema().map(Name::text);
        Optional<ViewDefinition> found = session.catalog().findView(schema, text);
        if (found.isEmpty()) {
            if (session.catalog().find(schema, text).isPresent()) {
                throw KadeException.of(ErrorCode.WRONG_OBJECT_TYPE, "\"" + text + "\" is not a view")
                        .at(rename.name().position());
            }
            List<String> views = catalog.schemas().values().stream()
                    .flatMap(known -> known.views().keySet().stream())
                    .toList();
            KadeException missing = KadeException.of(
                            ErrorCode.UNDEFINED_TABLE, "relation \"" + rename.name() + "\" does not exist")
                    .hint(Suggestions.hint(text, views).orElse(null));
            return DefinitionPlanner.skipped(
                    "ALTER VIEW", rename.ifExists(), missing, rename.name().position());
        }
        ViewDefinition view = found.get();
        definitions.check(Privilege.OWN, ObjectName.Kind.TABLE, view.schema(), view.name());
        Name newName = rename.newName();
        ViewDefinition renamed = rename.column().isPresent()
                ? view.withColumns(renamed(view, rename.column().get(), newName))
                : view.withName(view.schema(), newName.text());
        SchemaDefinition known = catalog.schemas().get(view.schema());
        if (rename.column().isEmpty() && known != null && known.hasRelation(newName.text())) {
            throw KadeException.of(ErrorCode.DUPLICATE_TABLE, "relation \"" + newName.text() + "\" already exists")
                    .at(newName.position());
        }
        List<CatalogChange> changes = new ArrayList<>(List.of(new CatalogChange.ReplaceView(renamed)));
        new Dependents(catalog)
                .graphsOver(view.schema(), view.name()).stream()
                        .map(graph -> rename.column().isPresent()
                                ? RenamedElements.column(
                                        graph,
                                        view.schema(),
                                        view.name(),
                                        rename.column().get().text(),
                                        newName.text())
                                : RenamedElements.relation(
                                        graph, view.schema(), view.name(), renamed.schema(), renamed.name()))
                        .forEach(graph -> changes.add(new CatalogChange.ReplacePropertyGraph(graph)));
        return new Definition("ALTER VIEW", changes, List.of());
    }

    private static List<ColumnDefinition> renamed(ViewDefinition view, Name column, Name newName) {
        List<String> names = view.columns().stream().map(ColumnDefinition::name).toList();
        int place = names.indexOf(column.text());
        if (place < 0) {
            throw KadeException.of(ErrorCode.UNDEFINED_COLUMN, "column \"" + column.text() + "\" does not exist")
                    .at(column.position())
                    .hint(Suggestions.hint(column.text(), names).orElse(null));
        }
        if (names.contains(newName.text())) {
            throw KadeException.of(
                            ErrorCode.DUPLICATE_COLUMN,
                            "column \"" + newName.text() + "\" of relation \"" + view.name() + "\" already exists")
                    .at(newName.position());
        }
        List<ColumnDefinition> columns = new ArrayList<>(view.columns());
        ColumnDefinition old = columns.get(place);
        columns.set(
                place,
                new ColumnDefinition(
                        old.id(),
                        newName.text(),
                        old.type(),
                        old.nullable(),
                        old.defaultSql(),
                        old.collationId(),
                        old.comment(),
                        old.tags()));
        return columns;
    }
}
