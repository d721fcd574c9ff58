package io.kadedb.planner.dml;

import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.ForeignKeyDefinition;
import io.kadedb.common.catalog.ForeignKeyDefinition.Action;
import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.error.SourcePosition;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.TableConstraint.ForeignKey;
import io.kadedb.parser.ast.TableConstraint.Rule;
import io.kadedb.planner.PlanningSession;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** FOREIGN KEY constraints, bound to the tables they connect. */
final class ForeignKeyPlanner {
    private final PlanningSession session;
    private final TableDefinition table;

    /** @param table with its keys and indexes, which it may refer to itself */
    ForeignKeyPlanner(PlanningSession session, TableDefinition table) {
        this.session = session;
        this.table = table;
    }

    /**
     * The definition; a reference to the table itself has the table's id, 0 while it has none.
     *
     * @param taken names of the table's other constraints
     */
    ForeignKeyDefinition bind(ForeignKey foreign, Predicate<String> taken) {
        List<ColumnDefinition> columns = columns(table, foreign.columns());
        TableDefinition referenced = referenced(foreign);
        if (table.onCommit().isPresent() != referenced.onCommit().isPresent()) {
            String kind = table.onCommit().isPresent() ? "temporary" : "permanent";
            throw KadeException.of(
                            ErrorCode.INVALID_TABLE_DEFINITION,
                            "constraints on " + kind + " tables may reference only " + kind + " tables")
                    .at(foreign.position());
        }
        PartitionPlanner.checkKept(referenced, table.name(), foreign.position());
        List<ColumnDefinition> target = target(referenced, foreign);
        String name = foreign.name()
                .map(Name::text)
                .orElseGet(
                        () -> RelationNames.free(table.name(), IndexPlanner.joined(foreign.columns()), "fkey", taken));
        if (columns.size() != target.size()) {
            throw KadeException.of(
                            ErrorCode.INVALID_FOREIGN_KEY,
                            "number of referencing and referenced columns for foreign key disagree")
                    .at(foreign.position());
        }
        for (int i = 0; i < columns.size(); i++) {
            checkComparable(name, columns.get(i), target.get(i), foreign.position());
        }
        List<Integer> setColumns = columns(table, foreign.onDelete().columns()).stream()
                .map(ColumnDefinition::id)
                .toList();
        for (Name column : foreign.onDelete().columns()) {
            if (foreign.columns().stream().noneMatch(known -> known.text().equals(column.text()))) {
                throw KadeException.of(
                                ErrorCode.INVALID_COLUMN_REFERENCE,
                                "column \"" + column.text()
                                        + "\" referenced in ON DELETE SET action must be part of foreign key")
                        .at(column.position());
            }
        }
        ForeignKeyDefinition definition = new ForeignKeyDefinition(
                name,
                columns.stream().map(ColumnDefinition::id).toList(),
                referenced.id(),
                target.stream().map(ColumnDefinition::id).toList(),
                foreign.matchFull(),
                action(foreign.onDelete()),
                action(foreign.onUpdate()),
                setColumns);
        checkActions(definition, columns, foreign.position());
        return definition;
    }

    private static Action action(Rule rule) {
        return switch (rule.action()) {
            case NO_ACTION -> Action.NO_ACTION;
            case RESTRICT -> Action.RESTRICT;
            case CASCADE -> Action.CASCADE;
            case SET_NULL -> Action.SET_NULL;
            case SET_DEFAULT -> Action.SET_DEFAULT;
        };
    }

    private static List<ColumnDefinition> columns(TableDefinition table, List<Name> names) {
        List<ColumnDefinition> columns = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (Name name : names) {
            if (!seen.add(name.text())) {
                throw KadeException.of(
                                ErrorCode.INVALID_FOREIGN_KEY,
                                "foreign key referenced-columns list must not contain duplicates")
                        .at(name.position());
            }
            columns.add(IndexPlanner.find(
                    table.columns(),
                    name,
                    "column \"" + name.text() + "\" referenced in foreign key constraint does not exist"));
        }
        return columns;
    }

    private TableDefinition referenced(ForeignKey foreign) {
        boolean itself = foreign.table().last().text().equals(table.name())
                && foreign.table()
                        .schema()
                        .map(Name::text)
                        .orElse(table.schema())
                        .equals(table.schema());
        return itself ? table : Targets.plain(session, foreign.table());
    }

    private static List<ColumnDefinition> target(TableDefinition referenced, ForeignKey foreign) {
        if (foreign.referenced().isEmpty()) {
            if (!referenced.hasPrimaryKey()) {
                throw KadeException.of(
                                ErrorCode.UNDEFINED_OBJECT,
                                "there is no primary key for referenced table \"" + referenced.name() + "\"")
                        .at(foreign.table().position());
            }
            return referenced.primaryKey().stream()
                    .map(referenced.columns()::get)
                    .toList();
        }
        List<ColumnDefinition> columns = columns(referenced, foreign.referenced());
        Set<Integer> ids =
                new HashSet<>(columns.stream().map(ColumnDefinition::id).toList());
        Set<Integer> primary = new HashSet<>(referenced.primaryKey().stream()
                .map(ordinal -> referenced.columns().get(ordinal).id())
                .toList());
        boolean unique = ids.equals(primary)
                || referenced.indexes().stream()
                        .filter(IndexDefinition::isKey)
                        .anyMatch(index -> ids.equals(new HashSet<>(index.columnIds())));
        if (!unique) {
            throw KadeException.of(
                            ErrorCode.INVALID_FOREIGN_KEY,
                            "there is no unique constraint matching given keys for referenced table \""
                                    + referenced.name() + "\"")
                    .at(foreign.position());
        }
        return columns;
    }

    /** Whether the types of a foreign key's columns, some of them new, go together. */
    static void checkTypes(TableDefinition table, ForeignKeyDefinition key, TableDefinition referenced) {
        for (int i = 0; i < key.columns().size(); i++) {
            checkComparable(
                    key.name(),
                    table.columns().get(table.ordinalOfId(key.columns().get(i))),
                    referenced
                            .columns()
                            .get(referenced.ordinalOfId(key.referencedColumns().get(i))),
                    null);
        }
    }

    /** Values are looked for by their encoded form, so it has to be the same. */
    private static void checkComparable(
            String name, ColumnDefinition column, ColumnDefinition target, @Nullable SourcePosition place) {
        SqlType a = column.type();
        SqlType b = target.type();
        boolean integers = isInteger(a) && isInteger(b);
        boolean text = a.isText() && b.isText() && (a.id() == TypeId.CHAR) == (b.id() == TypeId.CHAR);
        boolean same = a.id() == b.id() && (a.id() != TypeId.DECIMAL || a.scale() == b.scale());
        if (integers || text || same) {
            return;
        }
        if (isNumber(a) && isNumber(b)) {
            throw at(
                    KadeException.of(
                            ErrorCode.FEATURE_NOT_SUPPORTED,
                            "foreign keys between columns of the types " + a + " and " + b + " are not supported yet"),
                    place);
        }
        throw at(
                        KadeException.of(
                                ErrorCode.DATATYPE_MISMATCH,
                                "foreign key constraint \"" + name + "\" cannot be implemented"),
                        place)
                .detail("Key columns \"" + column.name() + "\" of the referencing table and \"" + target.name()
                        + "\" of the referenced table are of incompatible types: " + a + " and " + b + ".");
    }

    private static KadeException at(KadeException error, @Nullable SourcePosition place) {
        return place == null ? error : error.at(place);
    }

    private static boolean isInteger(SqlType type) {
        return type.id() == TypeId.SMALLINT || type.id() == TypeId.INTEGER || type.id() == TypeId.BIGINT;
    }

    private static boolean isNumber(SqlType type) {
        return isInteger(type) || type.id() == TypeId.DECIMAL || type.id() == TypeId.REAL || type.id() == TypeId.DOUBLE;
    }

    private static void checkActions(ForeignKeyDefinition key, List<ColumnDefinition> columns, SourcePosition place) {
        if (columns.stream().anyMatch(ColumnDefinition::isGenerated)) {
            checkGenerated("DELETE", isChange(key.onDelete(), false), place);
            checkGenerated("UPDATE", isChange(key.onUpdate(), true), place);
        }
    }

    private static void checkGenerated(String event, boolean changes, SourcePosition place) {
        if (changes) {
            throw KadeException.of(
                            ErrorCode.SYNTAX_ERROR,
                            "invalid ON " + event + " action for foreign key constraint containing generated column")
                    .at(place);
        }
    }

    private static boolean isChange(Action action, boolean update) {
        return action == Action.SET_NULL || action == Action.SET_DEFAULT || (update && action == Action.CASCADE);
    }

    /** The foreign keys of other tables that refer to one. */
    static List<TableDefinition> referencing(PlanningSession session, TableDefinition table) {
        return session.context().catalog().schemas().values().stream()
                .flatMap(schema -> schema.tables().values().stream())
                .filter(other -> other.id() != table.id())
                .filter(other -> other.foreignKeys().stream().anyMatch(key -> key.referencedTable() == table.id()))
                .sorted(Comparator.comparingLong(TableDefinition::id))
                .toList();
    }
}
