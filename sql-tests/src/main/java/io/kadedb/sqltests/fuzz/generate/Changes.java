package io.kadedb.sqltests.fuzz.generate;

import io.kadedb.sqltests.fuzz.sql.Construct;
import io.kadedb.sqltests.fuzz.sql.Constructs;
import io.kadedb.sqltests.fuzz.sql.Kind;
import io.kadedb.sqltests.fuzz.sql.Part;
import io.kadedb.sqltests.fuzz.sql.SqlType;
import io.kadedb.sqltests.fuzz.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Writes INSERT, UPDATE, DELETE, MERGE and ON CONFLICT, on their own or in transactions with savepoints, and the queries
 * that show what became of the tables. Each row that is changed is met by one row at most.
 */
public final class Changes {
    private final Choices choices;
    private final Wanted wanted;
    private final Schema schema;
    private final Queries queries;
    private final Selects selects;
    private final Schemas rows;
    private final List<Table> materialized;

    public Changes(Choices choices, Wanted wanted, Schema schema, Queries queries) {
        this.choices = choices;
        this.wanted = wanted;
        this.schema = schema;
        this.queries = queries;
        this.selects = queries.selects();
        this.rows = new Schemas(choices, wanted);
        this.materialized = schema.views().stream()
                .filter(view -> Constructs.of(view.definition()).contains(Construct.MATERIALIZED_VIEW))
                .toList();
    }

    /** A few changes and what they left behind. */
    public List<Statement> next() {
        List<Statement> statements = new ArrayList<>();
        if (choices.chance(50) || wanted.without().contains(Construct.TRANSACTION)) {
            some(statements);
        } else {
            statements.add(control("begin"));
            some(statements);
            savepoint(statements);
            statements.add(control(choices.pick("commit", "commit", "rollback")));
        }
        if (choices.chance(30) && !wanted.without().contains(Construct.CHECKPOINT)) {
            statements.add(Schemas.checkpoint());
        }
        contents(statements);
        // What changes have left behind is found by indexes and conditions too.
        for (int i = choices.below(4); i > 0; i--) {
            statements.add(queries.next());
        }
        return statements;
    }

    private void savepoint(List<Statement> statements) {
        if (choices.chance(40) || wanted.without().contains(Construct.SAVEPOINT)) {
            return;
        }
        statements.add(savepoint("savepoint s"));
        some(statements);
        if (choices.chance(50)) {
            contents(statements);
        }
        statements.add(
                savepoint(choices.pick("rollback to savepoint s", "rollback to savepoint s", "release savepoint s")));
        some(statements);
    }

    private void some(List<Statement> statements) {
        for (int i = choices.between(1, 3); i > 0; i--) {
            statements.add(wanted.draw(() -> {
                selects.sources().clear();
                return change(choices.of(schema.tables()));
            }));
        }
    }

    private void contents(List<Statement> statements) {
        for (Table table : shown()) {
            List<Kind> kinds = table.columns().stream().map(Column::kind).toList();
            Part.Query all = new Part.Query(
                    kinds, Part.parts("select ", Part.list(columns(table, "")), " from " + table.name()));
            statements.add(Statement.query(all, kinds, false));
        }
    }

    /** Tables, and what keeps rows of theirs. */
    private List<Table> shown() {
        List<Table> all = new ArrayList<>(schema.tables());
        all.addAll(materialized);
        return all;
    }

    private Statement change(Table table) {
        if (!materialized.isEmpty() && choices.chance(15)) {
            return defined(
                    Construct.MATERIALIZED_VIEW,
                    "refresh materialized view " + choices.of(materialized).name());
        }
        return switch (choices.below(11)) {
            case 0 -> insert(table);
            case 1 -> insertSelect(table);
            case 2, 3 -> update(table);
            case 4 -> updateFrom(table);
            case 5 -> delete(table);
            case 6 -> deleteUsing(table);
            case 7 -> merge(table);
            case 8 -> alter(table);
            case 9 -> changeInWith(table);
            default -> table.keys().isEmpty() ? update(table) : onConflict(table);
        };
    }

    private Statement insert(Table table) {
        List<Part> list = new ArrayList<>();
        for (int i = choices.between(1, 3); i > 0; i--) {
            list.add(rows.row(table, choices.between(0, 30), false));
        }
        return changed(
                table, Construct.INSERT, "insert into " + table.target() + " values ", new Part.Items(", ", 1, list));
    }

    private Statement insertSelect(Table table) {
        List<Kind> kinds = table.written().stream().map(Column::kind).toList();
        Part.Query query = selects.of(kinds, Optional.empty(), 1).query();
        return changed(table, Construct.INSERT_SELECT, "insert into " + table.target() + " ", query);
    }

    private Statement update(Table table) {
        Scope scope = scope(table);
        return changed(
                table,
                Construct.UPDATE,
                "update " + table.name() + " as x set ",
                assignments(table, scope),
                where(scope));
    }

    private Part assignments(Table table, Scope scope) {
        List<Part> set = new ArrayList<>();
        for (Column column : some(table)) {
            set.add(Part.group(column.name() + " = ", selects.expressions().of(column.kind(), scope, 1)));
        }
        return Part.list(set);
    }

    private List<Column> some(Table table) {
        List<Column> columns = choices.shuffled(table.written());
        return columns.subList(0, choices.between(1, Math.min(3, columns.size())));
    }

    private Statement updateFrom(Table table) {
        Column target = choices.of(table.written());
        Lookup lookup = lookup(target.kind());
        Scope both = scope(table).and(lookup.source);
        return changed(
                table,
                Construct.UPDATE_FROM,
                "update " + table.name() + " as x set " + target.name() + " = ",
                selects.expressions().of(target.kind(), both, 1),
                " from ",
                lookup.query,
                " where x.a = y.k",
                choices.chance(50) ? Part.clause(" and ", selects.expressions().condition(both, 1)) : Part.none());
    }

    /** A relation with one row for each of its keys. */
    private record Lookup(Part query, Scope.Source source) {}

    private Lookup lookup(Kind kind) {
        Table from = choices.of(schema.tables());
        Kind value = new Aggregates(selects.expressions()).isOrdered(kind) ? kind : Kind.INTEGER;
        Scope scope = Scope.of(List.of(new Scope.Source("z", from.columns())));
        Part query = Part.group(
                "(select z.a as k, " + choices.pick("min(", "max("),
                selects.expressions().leaf(value, scope),
                ") as v from " + from.name() + " as z",
                choices.chance(50)
                        ? Part.clause(
                                Construct.WHERE,
                                " where ",
                                selects.expressions().condition(scope, 1))
                        : Part.none(),
                " group by z.a) as y");
        Column key = new Column("k", SqlType.of(Kind.INTEGER), false);
        Column found = new Column("v", SqlType.of(value), true);
        return new Lookup(query, new Scope.Source("y", List.of(key, found)));
    }

    private Statement delete(Table table) {
        return changed(table, Construct.DELETE, "delete from " + table.name() + " as x", where(scope(table)));
    }

    private Statement deleteUsing(Table table) {
        Table other = choices.of(schema.tables());
        Scope both = scope(table).and(new Scope.Source("y", other.columns()));
        return changed(
                table,
                Construct.DELETE_USING,
                "delete from " + table.name() + " as x using " + other.name() + " as y where x.a = y.a and ",
                selects.expressions().condition(both, 1));
    }

    private Statement merge(Table table) {
        Column target = table.written().getLast();
        Lookup lookup = lookup(target.kind());
        Scope both = scope(table).and(lookup.source);
        boolean sameKind = lookup.source.columns().getLast().kind() == target.kind();
        List<Part> arms = new ArrayList<>();
        if (choices.chance(30)) {
            arms.add(Part.group(" when matched and ", selects.expressions().condition(both, 1), " then delete"));
        }
        arms.add(choices.choose(
                () -> Part.group(
                        " when matched then update set " + target.name() + " = ",
                        selects.expressions().of(target.kind(), both, 1)),
                () -> Part.group(" when matched then do nothing"),
                () -> Part.group(" when not matched then insert (a"
                        + (sameKind ? ", " + target.name() + ") values (y.k, y.v)" : ") values (y.k)"))));
        if (choices.chance(30)) {
            arms.add(Part.group(
                    " when not matched by source and ",
                    selects.expressions().condition(scope(table), 0),
                    " then delete"));
        }
        return Statement.change(Part.group(
                Construct.MERGE,
                "merge into " + table.name() + " as x using ",
                lookup.query,
                " on x.a = y.k",
                new Part.Items("", 1, arms)));
    }

    /** Changes that leave the columns as they are named, and of their kinds. */
    private Statement alter(Table table) {
        String alter = "alter table " + table.name();
        Column column = choices.of(table.written());
        // What a table is divided by keeps its type, and only ours divides it.
        boolean typed = !Constructs.of(table.definition()).contains(Construct.PARTITIONS);
        return choices.choose(
                () -> defined(Construct.ALTER_TABLE, alter + " add column z integer default 7"),
                () -> defined(Construct.ALTER_TABLE, alter + " drop column if exists z"),
                () -> defined(Construct.ALTER_TABLE, alter + " alter column " + column.name() + " set not null"),
                () -> defined(Construct.ALTER_TABLE, alter + " alter column " + column.name() + " drop default"),
                () -> Statement.definition(Part.group(
                        Construct.ALTER_TABLE,
                        alter + " alter column " + column.name(),
                        typed ? Part.group(" type ", new Part.TypeName(wider(column))) : Part.group(" set not null"))),
                () -> defined(
                        Construct.INDEX,
                        "create index if not exists i_" + table.name() + "_z on " + table.name() + " (a)"),
                () -> defined(Construct.INDEX, "drop index if exists i_" + table.name() + "_z"),
                () -> defined(Construct.TRUNCATE, "truncate table " + table.name()));
    }

    /** A type that holds all values of a column's, shown the same. */
    private static SqlType wider(Column column) {
        return switch (column.kind()) {
            case SMALLINT -> SqlType.of(Kind.INTEGER);
            case VARCHAR -> SqlType.of(Kind.TEXT);
            case NUMERIC -> new SqlType(Kind.NUMERIC, 38, column.type().scale());
            default -> column.type();
        };
    }

    private static Statement defined(Construct construct, String sql) {
        return Statement.definition(Part.group(construct, sql));
    }

    /** A query over what a change in WITH returns. */
    private Statement changeInWith(Table table) {
        Scope scope = scope(table);
        Part change = choices.choose(
                () -> Part.group("delete from " + table.name() + " as x", where(scope)),
                () -> Part.group("update " + table.name() + " as x set ", assignments(table, scope), where(scope)),
                () -> Part.group(
                        "insert into " + table.target() + " values ", rows.row(table, choices.between(0, 30), false)));
        List<Kind> kinds = table.columns().stream().map(Column::kind).toList();
        Part.Query query = new Part.Query(
                kinds,
                Part.parts(
                        Construct.CHANGE_IN_WITH,
                        Construct.RETURNING,
                        "with w as (",
                        change,
                        " returning ",
                        Part.list(columns(table, alias(change))),
                        ") select ",
                        Part.list(columns(table, "")),
                        " from w"));
        return Statement.query(query, kinds, false);
    }

    private Statement onConflict(Table table) {
        Column target = table.written().getLast();
        Scope scope = Scope.of(List.of(
                new Scope.Source(table.name(), table.columns()), new Scope.Source("excluded", table.columns())));
        Part action = choices.choose(
                () -> Part.group(" on conflict do nothing"),
                () -> Part.group(" on conflict (a) do nothing"),
                () -> Part.group(
                        " on conflict (a) do update set " + target.name() + " = ",
                        selects.expressions().of(target.kind(), scope, 1),
                        choices.chance(40)
                                ? Part.clause(" where ", selects.expressions().condition(scope, 1))
                                : Part.none()));
        Part list = new Part.Items(
                ", ",
                1,
                List.of(
                        rows.row(table, choices.between(0, 12), false),
                        rows.row(table, choices.between(13, 30), false)));
        return changed(table, Construct.ON_CONFLICT, "insert into " + table.target() + " values ", list, action);
    }

    private Part where(Scope scope) {
        return choices.chance(15)
                ? Part.none()
                : Part.clause(Construct.WHERE, " where ", selects.expressions().condition(scope, 2));
    }

    /** A change, which may give the changed rows. */
    private Statement changed(Table table, Object... parts) {
        Part sql = Part.group(parts);
        if (!choices.chance(25)) {
            return Statement.change(sql);
        }
        List<Kind> kinds = table.columns().stream().map(Column::kind).toList();
        String alias = alias(sql);
        Part.Query returned = new Part.Query(
                kinds, Part.parts(sql, Construct.RETURNING, " returning ", Part.list(columns(table, alias))));
        return Statement.query(returned, kinds, false);
    }

    /** Columns of what UPDATE and DELETE call x. */
    private static String alias(Part sql) {
        return sql.children().stream()
                        .anyMatch(part ->
                                part instanceof Part.Word word && word.text().contains(" as x"))
                ? "x."
                : "";
    }

    private static List<Part> columns(Table table, String alias) {
        List<Part> columns = new ArrayList<>();
        for (Column column : table.columns()) {
            columns.add(Part.value(column.kind(), alias + column.name()));
        }
        return columns;
    }

    private static Scope scope(Table table) {
        return Scope.of(List.of(new Scope.Source("x", table.columns())));
    }

    private static Statement control(String sql) {
        return Statement.definition(Part.group(Construct.TRANSACTION, sql));
    }

    private static Statement savepoint(String sql) {
        return Statement.definition(Part.group(Construct.SAVEPOINT, sql));
    }
}
