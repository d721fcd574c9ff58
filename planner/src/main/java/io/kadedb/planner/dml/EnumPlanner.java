package io.kadedb.planner.dml;

import io.kadedb.common.catalog.CatalogChange;
import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.EnumDefinition;
import io.kadedb.common.catalog.SchemaDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.catalog.ViewDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.TypeDetail;
import io.kadedb.common.type.TypeDetail.Label;
import io.kadedb.parser.UnknownTypes;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.QualifiedName;
import io.kadedb.parser.ast.Statement;
import io.kadedb.planner.PlanningSession;
import io.kadedb.planner.api.AlterationStep;
import io.kadedb.planner.api.PlannedStatement;
import io.kadedb.planner.api.PlannedStatement.Definition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** CREATE, ALTER and DROP TYPE of enumerated types. */
public final class EnumPlanner {
    /** How far labels lie apart, so that others find places between them. */
    private static final long DISTANCE = 1L << 32;

    private static final int MAX_LABEL_BYTES = 63;

    private final PlanningSession session;
    private final DefinitionPlanner definitions;
    private final CatalogSnapshot catalog;

    public EnumPlanner(PlanningSession session) {
        this.session = session;
        this.definitions = new DefinitionPlanner(session);
        this.catalog = session.context().catalog();
    }

    /** CREATE TYPE .. AS ENUM. */
    public Definition plan(Statement.CreateEnum create) {
        String schema = definitions.schema(create.name());
        checkFree(schema, create.name().last());
        List<Label> labels = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (String text : create.labels()) {
            checkLabel(text, create.name());
            if (!seen.add(text)) {
                throw KadeException.of(ErrorCode.UNIQUE_VIOLATION, "enum label \"" + text + "\" used more than once")
                        .at(create.name().position());
            }
            labels.add(new Label(text, labels.size() * DISTANCE));
        }
        String name = create.name().last().text();
        EnumDefinition type = new EnumDefinition(
                session.context().principal().user(), new TypeDetail.Labels(0, schema, name, labels));
        return new Definition("CREATE TYPE", List.of(new CatalogChange.CreateEnum(type)), List.of());
    }

    private void checkFree(String schema, Name name) {
        if (catalog.enumeration(schema, name.text()).isPresent()) {
            throw KadeException.of(ErrorCode.DUPLICATE_OBJECT, "type \"" + name.text() + "\" already exists")
                    .at(name.position());
        }
    }

    private static void checkLabel(String text, QualifiedName name) {
        if (text.getBytes(StandardCharsets.UTF_8).length > MAX_LABEL_BYTES) {
            throw KadeException.of(ErrorCode.INVALID_NAME, "invalid enum label \"" + text + "\"")
                    .at(name.position())
                    .detail("Labels must be " + MAX_LABEL_BYTES + " bytes or less.");
        }
    }

    /** ALTER TYPE .. ADD VALUE. */
    public Definition plan(Statement.AddEnumLabel add) {
        EnumDefinition type = find(add.name());
        checkLabel(add.label(), add.name());
        List<Label> labels = new ArrayList<>(type.labels().labels());
        if (type.labels().label(add.label()).isPresent()) {
            return DefinitionPlanner.skipped(
                    "ALTER TYPE",
                    add.ifNotExists(),
                    KadeException.of(ErrorCode.DUPLICATE_OBJECT, "enum label \"" + add.label() + "\" already exists"),
                    add.name().position());
        }
        int at = labels.size();
        if (add.neighbour().isPresent()) {
            Label neighbour = label(type, add.neighbour().get().label(), add.name());
            at = labels.indexOf(neighbour) + (add.neighbour().get().before() ? 0 : 1);
        }
        labels.add(at, new Label(add.label(), place(labels, at, add.name())));
        return changed(type, type.withLabels(labels), Optional.empty());
    }

    /** A place between those of the neighbours. */
    private static long place(List<Label> labels, int at, QualifiedName name) {
        if (labels.isEmpty()) {
            return 0;
        }
        if (at == labels.size()) {
            return labels.getLast().place() + DISTANCE;
        }
        long next = labels.get(at).place();
        if (at == 0) {
            return next - DISTANCE;
        }
        long previous = labels.get(at - 1).place();
        long between = previous + (next - previous) / 2;
        if (between == previous) {
            throw KadeException.of(
                            ErrorCode.PROGRAM_LIMIT_EXCEEDED, "too many labels were added at one place of " + name)
                    .at(name.position())
                    .hint("create a new type, and change the columns to it by way of text");
        }
        return between;
    }

    private static Label label(EnumDefinition type, String text, QualifiedName name) {
        return type.labels()
                .label(text)
                .orElseThrow(() -> KadeException.of(
                                ErrorCode.INVALID_PARAMETER_VALUE, "\"" + text + "\" is not an existing enum label")
                        .at(name.position()));
    }

    /** ALTER TYPE .. RENAME VALUE. */
    public Definition plan(Statement.RenameEnumLabel rename) {
        EnumDefinition type = find(rename.name());
        checkLabel(rename.to(), rename.name());
        Label old = label(type, rename.from(), rename.name());
        if (type.labels().label(rename.to()).isPresent()) {
            throw KadeException.of(ErrorCode.DUPLICATE_OBJECT, "enum label \"" + rename.to() + "\" already exists")
                    .at(rename.name().position());
        }
        List<Label> labels = new ArrayList<>(type.labels().labels());
        labels.replaceAll(label -> label.equals(old) ? new Label(rename.to(), old.place()) : label);
        EnumTexts texts = EnumTexts.ofLabel(session, type, rename.from(), rename.to());
        return changed(type, type.withLabels(labels), Optional.of(texts));
    }

    /** ALTER TYPE .. RENAME TO. */
    public Definition plan(Statement.RenameEnum rename) {
        EnumDefinition type = find(rename.name());
        checkFree(type.schema(), rename.to());
        EnumTexts texts = EnumTexts.ofType(session, type, rename.to().text());
        return changed(type, type.withName(rename.to().text()), Optional.of(texts));
    }

    /**
     * The type, and the columns that carry what it was.
     *
     * @param texts what definitions become whose texts name what has another name now
     */
    private Definition changed(EnumDefinition old, EnumDefinition now, Optional<EnumTexts> texts) {
        List<CatalogChange> changes = new ArrayList<>(List.of(new CatalogChange.ReplaceEnum(now)));
        for (SchemaDefinition schema : catalog.schemas().values()) {
            for (TableDefinition table : schema.tables().values()) {
                TableDefinition renamed = texts.map(text -> text.in(table)).orElse(table);
                TableDefinition changed = EnumRemoval.isOf(old, table.columns())
                        ? renamed.withColumns(retyped(now, renamed.columns()))
                        : renamed;
                if (!changed.equals(table)) {
                    changes.add(new CatalogChange.ReplaceTable(changed));
                }
            }
            for (ViewDefinition view : schema.views().values()) {
                ViewDefinition renamed = texts.map(text -> text.in(view)).orElse(view);
                ViewDefinition changed = EnumRemoval.isOf(old, view.columns())
                        ? renamed.withColumns(retyped(now, renamed.columns()))
                        : renamed;
                if (!changed.equals(view)) {
                    changes.add(new CatalogChange.ReplaceView(changed));
                }
            }
        }
        return new Definition("ALTER TYPE", changes, List.of());
    }

    private static List<ColumnDefinition> retyped(EnumDefinition now, List<ColumnDefinition> columns) {
        return columns.stream()
                .map(column -> column.withType(now.in(column.type())))
                .toList();
    }

    /** DROP TYPE; with CASCADE the columns of the types go too, and what reads those. */
    public PlannedStatement plan(Statement.DropEnum drop) {
        Map<EnumDefinition, QualifiedName> types = new LinkedHashMap<>();
        List<String> notices = new ArrayList<>();
        for (QualifiedName name : drop.names()) {
            Optional<EnumDefinition> type = lookUp(name);
            if (type.isEmpty()) {
                notices.addAll(DefinitionPlanner.skipped(
                                "DROP TYPE", drop.ifExists(), UnknownTypes.error(name.toString()), name.position())
                        .notices());
                continue;
            }
            types.put(type.get(), name);
        }
        if (!drop.cascade()) {
            types.forEach(this::checkUnused);
        }
        Map<Long, TableDefinition> tables = new LinkedHashMap<>();
        types.keySet()
                .forEach(type -> EnumRemoval.tables(catalog, type).forEach(table -> tables.put(table.id(), table)));
        EnumRemoval removal = new EnumRemoval(session, tables.values());
        List<AlterationStep> steps = new ArrayList<>(
                removal.steps(types.keySet(), drop.names().getFirst().position()));
        notices.addAll(removal.notices());
        types.keySet()
                .forEach(type ->
                        steps.add(new AlterationStep.Change(new CatalogChange.DropEnum(type.schema(), type.name()))));
        return new PlannedStatement.Alteration("DROP TYPE", steps, notices);
    }

    private void checkUnused(EnumDefinition type, QualifiedName name) {
        List<String> uses = EnumRemoval.uses(catalog, type);
        if (!uses.isEmpty()) {
            throw KadeException.of(
                            ErrorCode.DEPENDENT_OBJECTS_STILL_EXIST,
                            "cannot drop type " + name + " because other objects depend on it")
                    .at(name.position())
                    .detail(uses.stream()
                            .map(use -> use + " depends on type " + name)
                            .collect(Collectors.joining("\n")))
                    .hint("Use DROP ... CASCADE to drop the dependent objects too.");
        }
    }

    private EnumDefinition find(QualifiedName name) {
        return lookUp(name)
                .orElseThrow(() -> UnknownTypes.error(name.toString()).at(name.position()));
    }

    private Optional<EnumDefinition> lookUp(QualifiedName name) {
        String last = name.last().text();
        return name.schema()
                .map(schema -> catalog.enumeration(schema.text(), last))
                .orElseGet(() -> catalog.enumeration(session.context().searchPath(), last));
    }
}
