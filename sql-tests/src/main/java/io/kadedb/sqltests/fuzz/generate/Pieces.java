package io.kadedb.sqltests.fuzz.generate;

import io.kadedb.sqltests.fuzz.sql.Kind;
import io.kadedb.sqltests.fuzz.sql.Part;
import io.kadedb.sqltests.fuzz.sql.SqlType;
import io.kadedb.sqltests.fuzz.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the pieces that oracles put statements together from: relations, conditions, select lists. */
public final class Pieces {
    private static final int DEPTH = 2;

    /** Of the setting planner_rules. */
    private static final List<String> RULES = List.of(
            "point_queries", "unnest_subqueries", "decorrelate", "push_predicates", "bind_path_ends", "order_joins");

    private final Choices choices;
    private final Wanted wanted;
    private final Selects selects;
    private final List<Table> tables;
    private final Queries queries;

    public Pieces(Choices choices, Wanted wanted, Schema schema, Queries queries) {
        this.choices = choices;
        this.wanted = wanted;
        this.tables = schema.tables();
        this.queries = queries;
        this.selects = queries.selects();
    }

    /** Select list, relation, condition. */
    public Statement rows() {
        return wanted.draw(this::anyRows);
    }

    private Statement anyRows() {
        Sources.Joined joined = from();
        return pieces(Part.list(columns(joined.scope())), joined.relation(), condition(joined.scope()));
    }

    /** Select list, relation, condition over groups, keys. */
    public Statement groups() {
        return wanted.draw(this::anyGroups);
    }

    private Statement anyGroups() {
        Sources.Joined joined = from();
        Scope scope = joined.scope();
        List<Part.Value> keys = new ArrayList<>();
        selects.expressions().anyColumn(scope).ifPresent(keys::add);
        if (keys.isEmpty()) {
            keys.add(Part.value(Kind.BOOLEAN, "(1 = 1)"));
        }
        Aggregates aggregates = new Aggregates(selects.expressions());
        List<Part> items = new ArrayList<>(keys);
        items.add(aggregates.any(scope));
        return pieces(
                new Part.Items(", ", items.size(), items),
                joined.relation(),
                aggregates.condition(scope, keys),
                Part.list(keys));
    }

    /** An aggregate, relation, condition, and the aggregate of its results over parts. */
    public Statement aggregate() {
        return wanted.draw(this::anyAggregate);
    }

    private Statement anyAggregate() {
        Sources.Joined joined = from();
        Scope scope = joined.scope();
        Part.Value argument = selects.expressions().of(Kind.INTEGER, scope, 1);
        Part.Value condition = selects.expressions().condition(scope, 1);
        record Call(Part.Value call, String together) {}
        Call call = choices.choose(
                () -> new Call(Part.value(Kind.BIGINT, "count(*)"), "sum"),
                () -> new Call(Part.value(Kind.BIGINT, "count(", argument, ")"), "sum"),
                () -> new Call(Part.value(Kind.BIGINT, "sum(", argument, ")"), "sum"),
                () -> new Call(Part.value(Kind.INTEGER, "min(", argument, ")"), "min"),
                () -> new Call(Part.value(Kind.INTEGER, "max(", argument, ")"), "max"),
                () -> new Call(Part.value(Kind.BOOLEAN, "bool_and(", condition, ")"), "bool_and"),
                () -> new Call(Part.value(Kind.BOOLEAN, "bool_or(", condition, ")"), "bool_or"));
        return pieces(
                new Part.Items(", ", 1, List.of(call.call)),
                joined.relation(),
                condition(scope),
                Part.group(call.together));
    }

    /** Relation, condition. */
    public Statement filtered() {
        return wanted.draw(this::anyFiltered);
    }

    private Statement anyFiltered() {
        Sources.Joined joined = from();
        return pieces(joined.relation(), condition(joined.scope()));
    }

    /** A query, names of rewrites. */
    public Statement planned() {
        Statement query = queries.next();
        List<String> some = choices.shuffled(RULES).subList(0, choices.between(1, RULES.size()));
        return new Statement(
                Part.group(
                        query.sql(),
                        new Part.Items(
                                ",", 1, some.stream().<Part>map(Part.Word::new).toList())),
                query.answer());
    }

    /** One or two tables, in which a row is to be chosen. */
    public List<String> pivotTables() {
        return choices.shuffled(tables).subList(0, choices.between(1, Math.min(2, tables.size()))).stream()
                .map(Table::name)
                .toList();
    }

    /** What reads a table's rows, so that one can be chosen. */
    public Statement all(String name) {
        Table table = table(name);
        List<Kind> kinds = table.columns().stream().map(column -> Kind.TEXT).toList();
        List<String> columns = table.columns().stream().map(Column::name).toList();
        return Statement.query(Part.group("select " + String.join(", ", columns) + " from " + name), kinds, false);
    }

    /** Relation, condition, and a chosen row of each table. */
    public Statement pivot(List<String> names, List<List<@Nullable Object>> rows) {
        return wanted.draw(() -> anyPivot(names, rows));
    }

    private Statement anyPivot(List<String> names, List<List<@Nullable Object>> rows) {
        selects.sources().clear();
        List<Part> pivots = new ArrayList<>();
        List<String> relations = new ArrayList<>();
        List<Scope.Source> sources = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            Table table = table(names.get(i));
            String alias = "p" + i;
            relations.add(table.name() + " as " + alias);
            sources.add(new Scope.Source(alias, table.columns()));
            List<Object> cells = new ArrayList<>(List.of(alias));
            for (int column = 0; column < table.columns().size(); column++) {
                cells.add(cell(table.columns().get(column), rows.get(i).get(column)));
            }
            pivots.add(Part.group(cells.toArray()));
        }
        List<Part> parts = new ArrayList<>();
        parts.add(Part.relation(String.join(", ", relations)));
        parts.add(selects.expressions().condition(Scope.of(sources), DEPTH));
        parts.addAll(pivots);
        return pieces(parts.toArray());
    }

    private static Part cell(Column column, @Nullable Object value) {
        Kind kind = column.kind();
        SqlType type = column.type();
        Part constant = value == null
                ? new Part.Null(type)
                : kind == Kind.BOOLEAN
                        ? new Part.Literal(kind, value.toString().startsWith("t") ? "true" : "false")
                        : Part.group(
                                "cast(",
                                new Part.Literal(Kind.TEXT, value.toString()),
                                " as ",
                                new Part.TypeName(type),
                                ")");
        return Part.group(column.name(), Part.value(kind, constant));
    }

    private Sources.Joined from() {
        selects.sources().clear();
        return selects.sources().from(Optional.empty(), 1);
    }

    private Part condition(Scope scope) {
        return selects.expressions().condition(scope, DEPTH);
    }

    private List<Part> columns(Scope scope) {
        List<Part> items = new ArrayList<>();
        for (int i = choices.between(1, 3); i > 0; i--) {
            Kind kind = selects.expressions().comparable(scope);
            items.add(selects.expressions().of(kind, scope, 1));
        }
        return items;
    }

    private Table table(String name) {
        return tables.stream()
                .filter(table -> table.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Statement pieces(Object... parts) {
        return new Statement(Part.group(parts), new Statement.Done());
    }
}
