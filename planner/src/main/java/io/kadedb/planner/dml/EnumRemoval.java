package io.kadedb.planner.dml;

import io.kadedb.common.catalog.CatalogChange;
import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.EnumDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.catalog.ViewDefinition;
import io.kadedb.common.error.SourcePosition;
import io.kadedb.parser.ast.AlterAction;
import io.kadedb.parser.ast.Name;
import io.kadedb.planner.PlanningSession;
import io.kadedb.planner.api.AlterationStep;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Takes away what is of an enumerated type: columns of tables with what depends on them, and views. */
final class EnumRemoval {
    private final PlanningSession session;
    private final CatalogSnapshot catalog;
    private final Collection<TableDefinition> tables;
    private final List<String> notices = new ArrayList<>();

    /** @param tables with columns of the types, apart from those that are dropped */
    EnumRemoval(PlanningSession session, Collection<TableDefinition> tables) {
        this.session = session;
        this.catalog = session.context().catalog();
        this.tables = tables;
    }

    /** The tables with columns of a type. */
    static List<TableDefinition> tables(CatalogSnapshot catalog, EnumDefinition type) {
        return catalog.schemas().values().stream()
                .flatMap(schema -> schema.tables().values().stream())
                .filter(table -> isOf(type, table.columns()))
                .sorted(Comparator.comparingLong(TableDefinition::id))
                .toList();
    }

    /** Whether one of the columns is of a type. */
    static boolean isOf(EnumDefinition type, List<ColumnDefinition> columns) {
        return columns.stream().anyMatch(column -> type.isUsedBy(column.type()));
    }

    /** The views with columns of a type. */
    static List<ViewDefinition> views(CatalogSnapshot catalog, EnumDefinition type) {
        return catalog.schemas().values().stream()
                .flatMap(schema -> schema.views().values().stream())
                .filter(view -> isOf(type, view.columns()))
                .sorted(Comparator.comparingLong(ViewDefinition::id))
                .toList();
    }

    /** What is of a type, as messages name it. */
    static List<String> uses(CatalogSnapshot catalog, EnumDefinition type) {
        List<String> uses = new ArrayList<>();
        for (TableDefinition table : tables(catalog, type)) {
            table.columns().stream()
                    .filter(column -> type.isUsedBy(column.type()))
                    .forEach(column -> uses.add("column " + column.name() + " of table " + table.name()));
        }
        views(catalog, type).forEach(view -> uses.add("view " + view.name()));
        return uses;
    }

    /** What {@link #steps} takes away. */
    List<String> notices() {
        return notices;
    }

    /**
     * The steps before the types themselves go.
     *
     * @param place of the types in the statement
     */
    List<AlterationStep> steps(Collection<EnumDefinition> types, SourcePosition place) {
        Map<Long, TableDefinition> users = new LinkedHashMap<>();
        tables.forEach(table -> users.put(table.id(), table));
        Map<String, AlterationStep> views = new LinkedHashMap<>();
        List<AlterationStep> steps = new ArrayList<>();
        for (TableDefinition table : users.values()) {
            TableAlteration alteration = new TableAlteration(table);
            ColumnAlterations columns = new ColumnAlterations(session, alteration);
            for (ColumnDefinition column : table.columns()) {
                boolean gone = types.stream().anyMatch(type -> type.isUsedBy(column.type()));
                if (gone && alteration.now().ordinalOf(column.name()).isPresent()) {
                    notices.add("drop cascades to column " + column.name() + " of table " + table.name());
                    Name name = new Name(column.name(), place);
                    columns.drop(new AlterAction.DropColumn(name, false, true));
                }
            }
            alteration.notices().stream()
                    .filter(notice -> !keys(users.values()).contains(notice))
                    .forEach(notices::add);
            alteration.steps().forEach(step -> {
                if (step instanceof AlterationStep.Change change
                        && change.change() instanceof CatalogChange.DropView drop) {
                    views.putIfAbsent(drop.schema() + "." + drop.name(), step);
                } else if (!isOfUser(step, users)) {
                    steps.add(step);
                }
            });
        }
        for (EnumDefinition type : types) {
            for (ViewDefinition view : views(catalog, type)) {
                String name = view.qualifiedName();
                if (views.putIfAbsent(
                                name, new AlterationStep.Change(new CatalogChange.DropView(view.schema(), view.name())))
                        == null) {
                    notices.add("drop cascades to view " + view.name());
                }
            }
        }
        steps.addAll(views.values());
        return steps;
    }

    /** How the foreign keys of the tables are said to go. */
    private static List<String> keys(Collection<TableDefinition> users) {
        return users.stream()
                .flatMap(table -> table.foreignKeys().stream()
                        .map(key -> "drop cascades to constraint " + key.name() + " on table " + table.name()))
                .toList();
    }

    /** A foreign key that another table with such columns loses: it is over one of those, and goes with it. */
    private static boolean isOfUser(AlterationStep step, Map<Long, TableDefinition> users) {
        return step instanceof AlterationStep.Change change
                && change.change() instanceof CatalogChange.ReplaceTable replace
                && users.containsKey(replace.table().id());
    }
}
