package io.kadedb.planner.dml;

import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.ForeignKeyDefinition;
import io.kadedb.common.catalog.PropertyGraphDefinition.ElementTable;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.catalog.ViewDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.security.ObjectName;
import io.kadedb.common.security.Privilege;
import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.QualifiedName;
import io.kadedb.planner.PlanningSession;
import io.kadedb.planner.validate.Suggestions;
import java.util.List;
import java.util.Optional;

/**
 * What an element table of a property graph is over.
 *
 * @param primaryKey names of its columns; none of a view
 * @param table none if it is a view
 */
record GraphRelation(
        String schema,
        String name,
        List<ColumnDefinition> columns,
        List<String> primaryKey,
        Optional<TableDefinition> table) {
    GraphRelation {
        columns = List.copyOf(columns);
        primaryKey = List.copyOf(primaryKey);
    }

    /** The relation that a statement names: a table or a view, of which the user may read all. */
    static GraphRelation of(QualifiedName name, PlanningSession session) {
        Optional<ViewDefinition> view = session.catalog()
                .findView(name.schema().map(Name::text), name.last().text());
        if (view.isPresent()) {
            ViewDefinition found = view.get();
            ObjectName object = new ObjectName(ObjectName.Kind.TABLE, found.schema(), found.name());
            session.context().access().check(session.context().principal(), Privilege.SELECT, object, List.of());
            return of(found);
        }
        TableDefinition table = Targets.table(session, name);
        Targets.check(session.context(), Privilege.SELECT, table, List.of());
        if (table.onCommit().isPresent()) {
            throw KadeException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "property graphs over temporary tables are not supported yet")
                    .at(name.position());
        }
        return of(table);
    }

    /** The relation of an element table that is in a graph. */
    static GraphRelation of(ElementTable element, PlanningSession session) {
        return session.context()
                .catalog()
                .table(element.schema(), element.table())
                .map(GraphRelation::of)
                .or(() -> session.catalog()
                        .findView(Optional.of(element.schema()), element.table())
                        .map(GraphRelation::of))
                .orElseThrow(() -> KadeException.internal(
                        "element table " + element.alias() + " is over " + element.table() + ", which is not there",
                        null));
    }

    private static GraphRelation of(ViewDefinition view) {
        return new GraphRelation(view.schema(), view.name(), view.columns(), List.of(), Optional.empty());
    }

    private static GraphRelation of(TableDefinition table) {
        List<String> key = table.primaryKey().stream()
                .map(ordinal -> table.columns().get(ordinal).name())
                .toList();
        return new GraphRelation(table.schema(), table.name(), table.columns(), key, Optional.of(table));
    }

    /** The type of a column; 42703 if there is none of the name. */
    SqlType type(Name column) {
        return columns.stream()
                .filter(own -> own.name().equals(column.text()))
                .findFirst()
                .map(ColumnDefinition::type)
                .orElseThrow(() -> KadeException.of(
                                ErrorCode.UNDEFINED_COLUMN,
                                "column \"" + column.text() + "\" of relation \"" + name + "\" does not exist")
                        .at(column.position())
                        .hint(Suggestions.hint(
                                        column.text(),
                                        columns.stream()
                                                .map(ColumnDefinition::name)
                                                .toList())
                                .orElse(null)));
    }

    /** The foreign keys that refer to another relation. */
    List<ForeignKeyDefinition> foreignKeysTo(GraphRelation other) {
        return table.map(TableDefinition::foreignKeys).orElse(List.of()).stream()
                .filter(key -> other.table()
                        .filter(referenced -> referenced.id() == key.referencedTable())
                        .isPresent())
                .toList();
    }

    /** The names of columns by their ids. */
    List<String> names(List<Integer> ids) {
        return ids.stream()
                .flatMap(id -> columns.stream().filter(column -> column.id() == id))
                .map(ColumnDefinition::name)
                .toList();
    }
}
