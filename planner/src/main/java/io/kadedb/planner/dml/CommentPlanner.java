package io.kadedb.planner.dml;

import io.kadedb.common.catalog.CatalogChange;
import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.PropertyGraphDefinition;
import io.kadedb.common.catalog.SequenceDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.catalog.ViewDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.security.ObjectName;
import io.kadedb.common.security.Privilege;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.QualifiedName;
import io.kadedb.parser.ast.Statement;
import io.kadedb.planner.PlanningSession;
import io.kadedb.planner.api.PlannedStatement.Definition;
import io.kadedb.planner.api.PlanningContext;
import io.kadedb.planner.validate.Suggestions;
import io.kadedb.planner.validate.ValidationErrors;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** COMMENT ON. */
public final class CommentPlanner {
    private final PlanningSession session;
    private final PlanningContext context;
    private final DefinitionPlanner definitions;

    public CommentPlanner(PlanningSession session) {
        this.session = session;
        this.context = session.context();
        this.definitions = new DefinitionPlanner(session);
    }

    /** COMMENT ON. */
    public Definition plan(Statement.Comment comment) {
        CatalogChange change = switch (comment.kind()) {
            case TABLE -> {
                TableDefinition table = owned(Targets.plain(session, comment.name()));
                yield new CatalogChange.ReplaceTable(table.withComments(comment.text(), table.constraintComments()));
            }
            case VIEW -> new CatalogChange.ReplaceView(view(comment.name()).withComment(comment.text()));
            case MATERIALIZED_VIEW -> {
                TableDefinition view = new MaterializedViewPlanner(session).find(comment.name(), "COMMENT");
                yield new CatalogChange.ReplaceTable(view.withComments(comment.text(), view.constraintComments()));
            }
            case COLUMN -> column(comment);
            case INDEX -> index(comment);
            case CONSTRAINT -> constraint(comment);
            case SCHEMA -> schema(comment);
            case SEQUENCE -> sequence(comment);
            case PROPERTY_GRAPH -> graph(comment);
        };
        return new Definition("COMMENT", List.of(change), List.of());
    }

    private TableDefinition owned(TableDefinition table) {
        definitions.check(Privilege.OWN, ObjectName.Kind.TABLE, table.schema(), table.name());
        return table;
    }

    private ViewDefinition view(QualifiedName name) {
        Optional<String> schema = name.schema().map(Name::text);
        String text = name.last().text();
        Optional<ViewDefinition> view = session.catalog().findView(schema, text);
        if (view.isEmpty() && session.catalog().find(schema, text).isPresent()) {
            throw KadeException.of(ErrorCode.WRONG_OBJECT_TYPE, "\"" + text + "\" is not a view")
                    .at(name.position());
        }
        ViewDefinition found = view.orElseThrow(() -> missing(ErrorCode.UNDEFINED_TABLE, "relation", name, List.of())
                .hint(ValidationErrors.noRelation(context.catalog(), text)
                        .hint()
                        .orElse(null)));
        definitions.check(Privilege.OWN, ObjectName.Kind.TABLE, found.schema(), found.name());
        return found;
    }

    private static KadeException missing(
            ErrorCode code, String kind, QualifiedName name, Collection<String> candidates) {
        return KadeException.of(code, kind + " \"" + name + "\" does not exist")
                .at(name.position())
                .hint(Suggestions.hint(name.last().text(), candidates).orElse(null));
    }

    private CatalogChange column(Statement.Comment comment) {
        List<Name> parts = comment.name().parts();
        if (parts.size() < 2) {
            throw KadeException.of(ErrorCode.SYNTAX_ERROR, "column name must be qualified")
                    .at(comment.name().position())
                    .hint("write it with its table: table.column");
        }
        QualifiedName owner = new QualifiedName(parts.subList(0, parts.size() - 1));
        Name column = parts.getLast();
        Optional<ViewDefinition> view = session.catalog()
                .findView(owner.schema().map(Name::text), owner.last().text());
        if (view.isPresent()) {
            ViewDefinition found = view(owner);
            return new CatalogChange.ReplaceView(
                    found.withColumns(commented(found.columns(), found.name(), column, comment.text())));
        }
        TableDefinition table = owned(Targets.table(session, owner));
        return new CatalogChange.ReplaceTable(
                table.withColumns(commented(table.columns(), table.name(), column, comment.text())));
    }

    private static List<ColumnDefinition> commented(
            List<ColumnDefinition> columns, String relation, Name name, Optional<String> text) {
        ColumnDefinition column = IndexPlanner.find(
                columns, name, "column \"" + name.text() + "\" of relation \"" + relation + "\" does not exist");
        List<ColumnDefinition> commented = new ArrayList<>(columns);
        commented.set(columns.indexOf(column), column.withComment(text));
        return commented;
    }

    private CatalogChange index(Statement.Comment comment) {
        QualifiedName name = comment.name();
        String text = name.last().text();
        List<TableDefinition> tables = schemas(name)
                .flatMap(schema ->
                        tablesOf(schema).filter(table -> table.index(text).isPresent() || isKey(table, text)))
                .toList();
        if (tables.isEmpty()) {
            List<String> known = context.catalog().schemas().keySet().stream()
                    .flatMap(this::tablesOf)
                    .flatMap(table -> table.indexes().stream())
                    .map(IndexDefinition::name)
                    .toList();
            throw missing(ErrorCode.UNDEFINED_TABLE, "relation", name, known);
        }
        TableDefinition table = owned(tables.getFirst());
        if (isKey(table, text)) {
            return constraintComment(table, text, comment.text());
        }
        List<IndexDefinition> indexes = table.indexes().stream()
                .map(index -> index.name().equals(text) ? index.withComment(comment.text()) : index)
                .toList();
        return new CatalogChange.ReplaceTable(table.withIndexes(indexes));
    }

    private static boolean isKey(TableDefinition table, String name) {
        return table.hasPrimaryKey() && table.primaryKeyConstraint().equals(name);
    }

    private Stream<String> schemas(QualifiedName name) {
        return name.schema().map(schema -> Stream.of(schema.text())).orElseGet(() -> context.searchPath().stream());
    }

    private Stream<TableDefinition> tablesOf(String schema) {
        return Optional.ofNullable(context.catalog().schemas().get(schema)).stream()
                .flatMap(known -> known.tables().values().stream());
    }

    private CatalogChange constraint(Statement.Comment comment) {
        TableDefinition table = owned(Targets.table(session, comment.name()));
        Name name = comment.constraint().orElseThrow();
        List<String> known = new ArrayList<>();
        if (table.hasPrimaryKey()) {
            known.add(table.primaryKeyConstraint());
        }
        table.indexes().stream().filter(IndexDefinition::constraint).forEach(index -> known.add(index.name()));
        table.checks().forEach(check -> known.add(check.name()));
        table.foreignKeys().forEach(key -> known.add(key.name()));
        table.columns().stream()
                .filter(column -> !column.nullable())
                .forEach(column -> known.add(table.notNullName(column)));
        if (!known.contains(name.text())) {
            throw KadeException.of(
                            ErrorCode.UNDEFINED_OBJECT,
                            "constraint \"" + name.text() + "\" for table \"" + table.name() + "\" does not exist")
                    .at(name.position())
                    .hint(Suggestions.hint(name.text(), known).orElse(null));
        }
        return constraintComment(table, name.text(), comment.text());
    }

    private static CatalogChange constraintComment(TableDefinition table, String name, Optional<String> text) {
        Map<String, String> comments = new HashMap<>(table.constraintComments());
        comments.remove(name);
        text.ifPresent(words -> comments.put(name, words));
        return new CatalogChange.ReplaceTable(table.withComments(table.comment(), comments));
    }

    private CatalogChange schema(Statement.Comment comment) {
        String name = comment.name().last().text();
        if (!context.catalog().schemas().containsKey(name)) {
            throw definitions.noSchema(name).at(comment.name().position());
        }
        definitions.check(Privilege.OWN, ObjectName.Kind.SCHEMA, "", name);
        return new CatalogChange.CommentSchema(name, comment.text());
    }

    private CatalogChange sequence(Statement.Comment comment) {
        QualifiedName name = comment.name();
        SequenceDefinition sequence = found(
                        name,
                        schema -> context.catalog().sequence(schema, name.last().text()))
                .orElseThrow(() -> missing(ErrorCode.UNDEFINED_TABLE, "relation", name, List.of()));
        definitions.check(Privilege.OWN, ObjectName.Kind.SEQUENCE, sequence.schema(), sequence.name());
        return new CatalogChange.ReplaceSequence(sequence.withComment(comment.text()), false);
    }

    private CatalogChange graph(Statement.Comment comment) {
        QualifiedName name = comment.name();
        CatalogSnapshot catalog = context.catalog();
        PropertyGraphDefinition graph = found(
                        name, schema -> catalog.graph(schema, name.last().text()))
                .orElseThrow(() -> missing(
                        ErrorCode.UNDEFINED_OBJECT,
                        "property graph",
                        name,
                        catalog.schemas().values().stream()
                                .flatMap(schema -> schema.graphs().keySet().stream())
                                .toList()));
        definitions.check(Privilege.OWN, ObjectName.Kind.PROPERTY_GRAPH, graph.schema(), graph.name());
        return new CatalogChange.CreatePropertyGraph(graph.withComment(comment.text()));
    }

    private <T> Optional<T> found(QualifiedName name, Function<String, Optional<T>> inSchema) {
        return schemas(name).flatMap(schema -> inSchema.apply(schema).stream()).findFirst();
    }
}
