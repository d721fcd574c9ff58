package io.kadedb.sqltests.fuzz.generate;

import io.kadedb.sqltests.fuzz.sql.Construct;
import io.kadedb.sqltests.fuzz.sql.Constructs;
import io.kadedb.sqltests.fuzz.sql.Kind;
import io.kadedb.sqltests.fuzz.sql.Part;
import io.kadedb.sqltests.fuzz.sql.SqlType;
import io.kadedb.sqltests.fuzz.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes small tables of few distinct values and many NULLs, so that everything collides; some with constraints, which
 * some of their rows break.
 */
public final class Schemas {
    private static final int MOST_ROWS = 20;

    /** Types that every database has, SQLite too. */
    private static final List<Kind> PLAIN =
            List.of(Kind.INTEGER, Kind.BIGINT, Kind.VARCHAR, Kind.TEXT, Kind.BOOLEAN, Kind.DOUBLE, Kind.INTEGER);

    /** Types that the others have. */
    private static final List<Kind> COMMON = List.of(
            Kind.INTEGER,
            Kind.BIGINT,
            Kind.VARCHAR,
            Kind.TEXT,
            Kind.BOOLEAN,
            Kind.DOUBLE,
            Kind.INTEGER,
            Kind.NUMERIC,
            Kind.DATE);

    private static final List<Kind> DOCUMENTS =
            List.of(Kind.JSONB, Kind.JSONB, Kind.INTEGER_ARRAY, Kind.TEXT_ARRAY, Kind.INTEGER, Kind.NUMERIC, Kind.TEXT);

    /** Widths of partitions. */
    private static final Map<Kind, List<String>> RANGES = Map.of(
            Kind.BIGINT, List.of("2", "10", "1000000"),
            Kind.DATE, List.of("interval '1 day'", "interval '1 month'", "interval '1 year'"),
            Kind.TIMESTAMP, List.of("interval '6 hours'", "interval '1 month'"),
            Kind.TIMESTAMPTZ, List.of("interval '1 day'", "interval '1 year'"));

    private static final List<Kind> ALL = List.of(Kind.values());

    private final Choices choices;
    private final Wanted wanted;
    private final Constants constants;

    public Schemas(Choices choices, Wanted wanted) {
        this.choices = choices;
        this.wanted = wanted;
        this.constants = new Constants(choices);
    }

    public Schema next() {
        List<Kind> kinds = choices.pick(PLAIN, COMMON, COMMON, ALL, ALL, DOCUMENTS);
        boolean edges = !kinds.equals(PLAIN) && choices.chance(60);
        List<Table> tables = new ArrayList<>();
        List<Statement> setup = new ArrayList<>();
        for (int i = choices.between(2, 4); i > 0; i--) {
            Table table = wanted(tables.size(), kinds, edges, tables);
            tables.add(table);
            setup.add(Statement.definition(table.definition()));
            boolean indexFirst = choices.chance(50);
            if (indexFirst) {
                index(table, setup);
            }
            rows(table, edges, setup);
            if (!indexFirst) {
                index(table, setup);
            }
            if (choices.chance(35) && !wanted.without().contains(Construct.CHECKPOINT)) {
                setup.add(checkpoint());
            }
        }
        List<Table> views = new ArrayList<>();
        for (int i = choices.chance(35) ? choices.between(1, 2) : 0; i > 0; i--) {
            views.add(view("v" + views.size(), tables, setup));
        }
        return new Schema(tables, views, setup);
    }

    /** Puts rows into segments, which are read otherwise than what was written since. */
    static Statement checkpoint() {
        return Statement.definition(Part.group(Construct.CHECKPOINT, "checkpoint"));
    }

    private Table view(String name, List<Table> tables, List<Statement> setup) {
        Selects selects = new Selects(choices, tables);
        List<Column> columns = new ArrayList<>();
        setup.add(wanted.draw(() -> {
            selects.sources().clear();
            Selects.Select query = selects.select(Optional.empty(), 1);
            columns.clear();
            columns.addAll(query.columns());
            return Statement.definition(
                    choices.chance(30)
                            ? Part.group(
                                    Construct.MATERIALIZED_VIEW,
                                    "create materialized view " + name + " as ",
                                    query.query())
                            : Part.group(Construct.VIEW, "create view " + name + " as ", query.query()));
        }));
        return new Table(name, columns, List.of(), setup.getLast().sql(), List.of());
    }

    private Table wanted(int number, List<Kind> kinds, boolean edges, List<Table> others) {
        Table table = table("t" + number, kinds, edges, others);
        return wanted.accepts(table.definition()) ? table : wanted(number, kinds, edges, others);
    }

    private Table table(String name, List<Kind> kinds, boolean edges, List<Table> others) {
        List<Column> columns = new ArrayList<>();
        columns.add(new Column("a", SqlType.of(Kind.INTEGER), false));
        for (int i = choices.between(1, 6); i > 0; i--) {
            String column = Character.toString('a' + columns.size());
            SqlType type = type(kinds);
            // Products of long numbers have more digits than fit.
            boolean extreme = type.precision() > 20
                    || (edges && choices.chance(30))
                    || (type.kind() == Kind.JSONB && choices.chance(50));
            columns.add(new Column(column, type, extreme));
        }
        List<Part> elements = new ArrayList<>();
        boolean keyed = choices.chance(40);
        Optional<Column> divided = choices.chance(20)
                ? columns.stream()
                        .filter(column -> RANGES.containsKey(column.kind()))
                        .findFirst()
                : Optional.empty();
        for (Column column : columns) {
            elements.add(
                    divided.filter(column::equals).isPresent()
                            ? Part.group(column.name() + " ", new Part.TypeName(column.type()), " not null")
                            : definition(column, keyed && column.name().equals("a")));
        }
        List<Column> generated = new ArrayList<>();
        if (choices.chance(15)) {
            generated.add(generated(columns, elements));
        }
        if (choices.chance(20)) {
            elements.add(Part.group(
                    Construct.CHECK,
                    choices.pick(
                            "check (a < 90)",
                            "check (a is null or a > -10)",
                            "constraint positive check (a >= -1 or a < -5)")));
        }
        if (choices.chance(20)
                && others.stream().anyMatch(other -> !other.keys().isEmpty())) {
            Table parent = choices.of(
                    others.stream().filter(other -> !other.keys().isEmpty()).toList());
            elements.add(Part.group(
                    Construct.FOREIGN_KEY,
                    "foreign key (a) references " + parent.name() + "(a)"
                            + choices.pick("", " on delete cascade", " on delete set null", " on update cascade")));
        }
        Part partitions = divided.<Part>map(column -> Part.clause(
                        Construct.PARTITIONS,
                        new Part.Own(" partition by range (" + column.name() + " "
                                + choices.of(RANGES.getOrDefault(column.kind(), List.of())) + ")")))
                .orElseGet(Part::none);
        Part definition = Part.group("create table " + name + " (", new Part.Items(", ", 1, elements), ")", partitions);
        return new Table(name, columns, generated, definition, keyed ? List.of(columns.getFirst()) : List.of());
    }

    /** A column that is computed of others. */
    private Column generated(List<Column> columns, List<Part> elements) {
        Optional<Column> text = columns.stream()
                .filter(column -> column.kind() == Kind.TEXT || column.kind() == Kind.VARCHAR)
                .findFirst();
        boolean isText = text.isPresent() && choices.chance(50);
        Kind kind = isText ? Kind.TEXT : Kind.INTEGER;
        String expression = isText
                ? text.get().name()
                        + choices.pick(" || 'x'", " || " + text.get().name())
                : choices.pick("a + 1", "a % 3", "coalesce(a, 0)", "case when a > 3 then a end", "-a", "abs(a) * 2");
        Column column = new Column(Character.toString('a' + columns.size()), SqlType.of(kind), false);
        elements.add(Part.group(
                Construct.GENERATED_COLUMN,
                column.name() + " ",
                new Part.TypeName(column.type()),
                " generated always as (" + expression + ") stored"));
        return column;
    }

    private Part definition(Column column, boolean key) {
        Part rest = Part.none();
        if (key) {
            rest = choices.chance(70)
                    ? Part.clause(Construct.PRIMARY_KEY, " not null primary key")
                    : Part.clause(Construct.UNIQUE, " unique");
        } else if (choices.chance(8)) {
            rest = Part.clause(" not null");
        } else if (choices.chance(4)) {
            rest = Part.clause(Construct.UNIQUE, " unique");
        }
        return Part.group(column.name() + " ", new Part.TypeName(column.type()), rest);
    }

    private SqlType type(List<Kind> kinds) {
        Kind kind = choices.of(kinds);
        return switch (kind) {
            case NUMERIC ->
                choices.pick(
                        new SqlType(kind, 8, 2),
                        new SqlType(kind, 5, 1),
                        new SqlType(kind, 18, 4),
                        new SqlType(kind, 30, 6));
            case VARCHAR -> new SqlType(kind, choices.pick(5, 10, 20), 0);
            case CHAR -> new SqlType(kind, choices.pick(1, 3, 5), 0);
            case RATIO -> SqlType.of(Kind.DOUBLE);
            default -> SqlType.of(kind);
        };
    }

    private void index(Table table, List<Statement> setup) {
        if (!choices.chance(35) || wanted.without().contains(Construct.INDEX)) {
            return;
        }
        List<Column> parts = table.columns().stream()
                .filter(column -> column.kind() == Kind.JSONB || column.kind().isArray())
                .toList();
        if (!parts.isEmpty() && choices.chance(70)) {
            Column part = choices.of(parts);
            String operators = part.kind() == Kind.JSONB ? choices.pick("", " jsonb_path_ops") : "";
            setup.add(Statement.definition(Part.group(
                    Construct.INVERTED_INDEX,
                    "create index " + table.name() + "_" + part.name() + "_parts on " + table.name() + " using gin ("
                            + part.name() + operators + ")")));
            return;
        }
        List<Column> keys = table.columns().stream()
                .filter(column -> column.kind().isComparable()
                        && column.kind() != Kind.JSONB
                        && !column.kind().isArray())
                .toList();
        Column first = choices.of(keys);
        String second = choices.chance(30) && keys.size() > 1 && !first.equals(keys.getLast())
                ? ", " + keys.getLast().name()
                : "";
        setup.add(Statement.definition(Part.group(
                Construct.INDEX,
                "create index " + table.name() + "_" + first.name() + " on " + table.name() + " (" + first.name()
                        + second + ")")));
    }

    private void rows(Table table, boolean edges, List<Statement> setup) {
        int count = choices.chance(6) ? 0 : choices.between(1, MOST_ROWS);
        // The column that divides them takes no NULL.
        boolean divided = Constructs.of(table.definition()).contains(Construct.PARTITIONS);
        boolean together = !divided && choices.chance(table.keys().isEmpty() ? 70 : 30);
        List<Part> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            rows.add(row(table, i, edges));
        }
        if (together && count > 0) {
            setup.add(insert(table, rows));
        } else {
            rows.forEach(row -> setup.add(insert(table, List.of(row))));
        }
    }

    private static Statement insert(Table table, List<Part> rows) {
        return Statement.change(Part.group(
                Construct.INSERT, "insert into " + table.target() + " values ", new Part.Items(", ", 1, rows)));
    }

    /** A row of constants in parentheses; keys mostly count up. */
    Part row(Table table, int number, boolean edges) {
        List<Part> cells = new ArrayList<>();
        for (Column column : table.written()) {
            cells.add(
                    table.keys().contains(column) && choices.chance(92)
                            ? Part.value(Kind.INTEGER, new Part.Literal(Kind.INTEGER, Integer.toString(number)))
                            : Part.value(column.kind(), constants.stored(column, edges)));
        }
        return Part.group("(", new Part.Items(", ", cells.size(), cells), ")");
    }
}
