package io.kadedb.planner;

import io.kadedb.common.catalog.CatalogChange;
import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.KeyMode;
import io.kadedb.common.catalog.PropertyGraphDefinition;
import io.kadedb.common.catalog.SchemaDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.catalog.ViewDefinition;
import io.kadedb.common.type.SqlType;
import io.kadedb.planner.api.PlannedStatement;
import io.kadedb.planner.api.StatisticsSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A catalog in memory with toy statistics, made from short descriptions. */
final class TestCatalog {
    private final Map<String, TableDefinition> tables = new LinkedHashMap<>();
    private final Map<String, PropertyGraphDefinition> graphs = new LinkedHashMap<>();
    private final Map<String, ViewDefinition> views = new LinkedHashMap<>();
    private final Map<Long, StatisticsSource.Statistics> statistics = new HashMap<>();

    /**
     * Adds a table.
     *
     * @param key names of the key columns, separated by blanks; empty for none
     * @param columns {@code name type [null] [distinct [min max]]}
     */
    TestCatalog table(String name, double rows, String key, String... columns) {
        List<ColumnDefinition> definitions = new ArrayList<>();
        List<StatisticsSource.Column> columnStatistics = new ArrayList<>();
        for (String column : columns) {
            String[] parts = column.split(" +");
            boolean nullable = parts.length > 2 && parts[2].equals("null");
            int at = nullable ? 3 : 2;
            double distinct = parts.length > at ? Double.parseDouble(parts[at]) : 0;
            Long min = parts.length > at + 2 ? value(parts[at + 1]) : null;
            Long max = parts.length > at + 2 ? value(parts[at + 2]) : null;
            columnStatistics.add(new StatisticsSource.Column(distinct, nullable ? 0.1 : 0, min, max));
            definitions.add(ColumnDefinition.of(definitions.size() + 1, parts[0], type(parts[1]), nullable));
        }
        List<String> names = definitions.stream().map(ColumnDefinition::name).toList();
        List<Integer> primaryKey = key.isEmpty()
                ? List.of()
                : Arrays.stream(key.split(" ")).map(names::indexOf).toList();
        long id = tables.size() + 1L;
        tables.put(
                name,
                new TableDefinition(
                        id,
                        "public",
                        name,
                        1,
                        "kade",
                        definitions,
                        primaryKey,
                        KeyMode.PLAIN,
                        Optional.empty(),
                        Map.of()));
        statistics.put(id, new StatisticsSource.Statistics(rows, columnStatistics));
        return this;
    }

    /** Adds an index over columns of a table. */
    TestCatalog index(String table, String name, boolean unique, String... columns) {
        TableDefinition old = java.util.Objects.requireNonNull(tables.get(table));
        List<String> names = old.columns().stream().map(ColumnDefinition::name).toList();
        List<IndexDefinition.Part> parts = Arrays.stream(columns)
                .map(column -> new IndexDefinition.Part(
                        old.columns().get(names.indexOf(column)).id(), false))
                .toList();
        List<IndexDefinition> indexes = new ArrayList<>(old.indexes());
        indexes.add(new IndexDefinition(100L + indexes.size(), name, parts, unique, false, false, Optional.empty()));
        tables.put(table, old.withIndexes(indexes));
        return this;
    }

    TestCatalog graph(PropertyGraphDefinition graph) {
        graphs.put(graph.name(), graph);
        return this;
    }

    TestCatalog defaultValue(String table, String column, String sql) {
        TableDefinition old = java.util.Objects.requireNonNull(tables.get(table));
        List<ColumnDefinition> columns = old.columns().stream()
                .map(c -> c.name().equals(column) ? c.withDefault(Optional.of(sql)) : c)
                .toList();
        tables.put(
                table,
                new TableDefinition(
                        old.id(),
                        old.schema(),
                        old.name(),
                        old.schemaVersion(),
                        old.owner(),
                        columns,
                        old.primaryKey(),
                        old.keyMode(),
                        old.comment(),
                        old.tags()));
        return this;
    }

    private static Long value(String text) {
        return text.indexOf("-") > 0 ? java.time.LocalDate.parse(text).toEpochDay() : Long.valueOf(text);
    }

    private static SqlType type(String text) {
        if (text.startsWith("decimal(")) {
            String[] parts = text.substring(8, text.length() - 1).split(",");
            return SqlType.decimal(Integer.parseInt(parts[0]), Integer.parseInt(parts[1]));
        }
        if (text.startsWith("char(")) {
            return SqlType.character(Integer.parseInt(text.substring(5, text.length() - 1)));
        }
        if (text.startsWith("varchar(")) {
            return SqlType.varchar(Integer.parseInt(text.substring(8, text.length() - 1)));
        }
        return switch (text) {
            case "int" -> SqlType.INTEGER;
            case "smallint" -> SqlType.SMALLINT;
            case "bigint" -> SqlType.BIGINT;
            case "text" -> SqlType.TEXT;
            case "date" -> SqlType.DATE;
            case "time" -> SqlType.TIME;
            case "timestamp" -> SqlType.TIMESTAMP;
            case "timestamptz" -> SqlType.TIMESTAMPTZ;
            case "boolean" -> SqlType.BOOLEAN;
            case "real" -> SqlType.REAL;
            case "double" -> SqlType.DOUBLE;
            case "uuid" -> SqlType.UUID;
            case "interval" -> SqlType.INTERVAL;
            case "bytea" -> SqlType.BYTEA;
            default -> throw new IllegalArgumentException(text);
        };
    }

    /** Adds the view that a CREATE VIEW makes. */
    TestCatalog view(String sql) {
        PlannedStatement.Definition definition = (PlannedStatement.Definition) new Planning(this).plan(sql);
        ViewDefinition view = ((CatalogChange.CreateView) definition.changes().getFirst()).view();
        views.put(view.name(), view.withId(1000 + views.size()));
        return this;
    }

    CatalogSnapshot snapshot() {
        return new CatalogSnapshot(
                1,
                Map.of(
                        "public",
                        new SchemaDefinition(1, "public", "kade", tables, graphs).withViews(views),
                        "other",
                        new SchemaDefinition(2, "other", "kade", Map.of(), Map.of())));
    }

    StatisticsSource statistics() {
        return table -> statistics.getOrDefault(table.id(), new StatisticsSource.Statistics(1000, List.of()));
    }

    /** One table with a column of every type, and some for joins. */
    static TestCatalog basic() {
        return new TestCatalog()
                .table(
                        "t",
                        10_000,
                        "a",
                        "a int 10000 1 10000",
                        "b text null 100",
                        "c decimal(12,2) null 1000 0 1000",
                        "d date null 365 2020-01-01 2020-12-31",
                        "e double null",
                        "f boolean null",
                        "g timestamp null",
                        "h timestamptz null",
                        "i bigint null",
                        "j uuid null",
                        "k interval null",
                        "l bytea null",
                        "m smallint null",
                        "n real null",
                        "o varchar(10) null",
                        "p char(5) null",
                        "q time null")
                .table("u", 100, "x", "x int 100 1 100", "y int null 10 1 10", "z text null 50")
                .table("v", 1_000_000, "x seq", "x int 1000 1 1000", "seq bigint 1000", "w text null");
    }

    /** People who know each other and work for companies, as tables and as a graph. */
    static TestCatalog social() {
        TestCatalog catalog = new TestCatalog()
                .table(
                        "person",
                        10_000,
                        "id",
                        "id bigint 10000 1 10000",
                        "name text null 9000",
                        "age int null 80 1 100")
                .table("company", 100, "id", "id bigint 100 1 100", "title text null 100")
                .table(
                        "knows",
                        200_000,
                        "a b",
                        "a bigint 10000 1 10000",
                        "b bigint 10000 1 10000",
                        "since int null 20 2000 2020")
                .table(
                        "works",
                        10_000,
                        "person company",
                        "person bigint 10000",
                        "company bigint 100",
                        "since int null 20");
        PropertyGraphDefinition.Label person = label("person", "id", "name", "age");
        return catalog.graph(new PropertyGraphDefinition(
                1,
                "public",
                "social",
                1,
                "kade",
                List.of(
                        new PropertyGraphDefinition.VertexTable(element("person", List.of("id"), person)),
                        new PropertyGraphDefinition.VertexTable(
                                element("company", List.of("id"), label("company", "id", "title")))),
                List.of(
                        new PropertyGraphDefinition.EdgeTable(
                                element("knows", List.of("a", "b"), label("knows", "since")),
                                new PropertyGraphDefinition.Endpoint(List.of("a"), "person", List.of("id")),
                                new PropertyGraphDefinition.Endpoint(List.of("b"), "person", List.of("id"))),
                        new PropertyGraphDefinition.EdgeTable(
                                element("works", List.of("person", "company"), label("works", "since")),
                                new PropertyGraphDefinition.Endpoint(List.of("person"), "person", List.of("id")),
                                new PropertyGraphDefinition.Endpoint(List.of("company"), "company", List.of("id")))),
                Optional.empty(),
                Map.of()));
    }

    private static PropertyGraphDefinition.Label label(String name, String... columns) {
        return new PropertyGraphDefinition.Label(
                name,
                Arrays.stream(columns)
                        .map(c -> new PropertyGraphDefinition.Property(c, "\"" + c + "\""))
                        .toList());
    }

    private static PropertyGraphDefinition.ElementTable element(
            String table, List<String> key, PropertyGraphDefinition.Label label) {
        return new PropertyGraphDefinition.ElementTable(table, "public", table, key, List.of(label));
    }

    /** The tables of TPC-H with statistics of scale factor 1. */
    static TestCatalog tpch() {
        return new TestCatalog()
                .table(
                        "region",
                        5,
                        "r_regionkey",
                        "r_regionkey int 5 0 4",
                        "r_name char(25) 5",
                        "r_comment varchar(152)")
                .table(
                        "nation",
                        25,
                        "n_nationkey",
                        "n_nationkey int 25 0 24",
                        "n_name char(25) 25",
                        "n_regionkey int 5 0 4",
                        "n_comment varchar(152)")
                .table(
                        "supplier",
                        10_000,
                        "s_suppkey",
                        "s_suppkey int 10000 1 10000",
                        "s_name char(25) 10000",
                        "s_address varchar(40) 10000",
                        "s_nationkey int 25 0 24",
                        "s_phone char(15) 10000",
                        "s_acctbal decimal(15,2) 9955 -999 9999",
                        "s_comment varchar(101) 10000")
                .table(
                        "part",
                        200_000,
                        "p_partkey",
                        "p_partkey int 200000 1 200000",
                        "p_name varchar(55) 200000",
                        "p_mfgr char(25) 5",
                        "p_brand char(10) 25",
                        "p_type varchar(25) 150",
                        "p_size int 50 1 50",
                        "p_container char(10) 40",
                        "p_retailprice decimal(15,2) 20899 901 2098",
                        "p_comment varchar(23) 131753")
                .table(
                        "partsupp",
                        800_000,
                        "ps_partkey ps_suppkey",
                        "ps_partkey int 200000 1 200000",
                        "ps_suppkey int 10000 1 10000",
                        "ps_availqty int 9999 1 9999",
                        "ps_supplycost decimal(15,2) 99901 1 1000",
                        "ps_comment varchar(199) 799124")
                .table(
                        "customer",
                        150_000,
                        "c_custkey",
                        "c_custkey int 150000 1 150000",
                        "c_name varchar(25) 150000",
                        "c_address varchar(40) 150000",
                        "c_nationkey int 25 0 24",
                        "c_phone char(15) 150000",
                        "c_acctbal decimal(15,2) 140187 -999 9999",
                        "c_mktsegment char(10) 5",
                        "c_comment varchar(117) 149968")
                .table(
                        "orders",
                        1_500_000,
                        "o_orderkey",
                        "o_orderkey bigint 1500000 1 6000000",
                        "o_custkey int 99996 1 149999",
                        "o_orderstatus char(1) 3",
                        "o_totalprice decimal(15,2) 1464556 857 555285",
                        "o_orderdate date 2406 1992-01-01 1998-08-02",
                        "o_orderpriority char(15) 5",
                        "o_clerk char(15) 1000",
                        "o_shippriority int 1 0 0",
                        "o_comment varchar(79) 1482071")
                .table(
                        "lineitem",
                        6_001_215,
                        "l_orderkey l_linenumber",
                        "l_orderkey bigint 1500000 1 6000000",
                        "l_partkey int 200000 1 200000",
                        "l_suppkey int 10000 1 10000",
                        "l_linenumber int 7 1 7",
                        "l_quantity decimal(15,2) 50 1 50",
                        "l_extendedprice decimal(15,2) 933900 901 104949",
                        "l_discount decimal(15,2) 11 0 0",
                        "l_tax decimal(15,2) 9 0 0",
                        "l_returnflag char(1) 3",
                        "l_linestatus char(1) 2",
                        "l_shipdate date 2526 1992-01-02 1998-12-01",
                        "l_commitdate date 2466 1992-01-31 1998-10-31",
                        "l_receiptdate date 2554 1992-01-04 1998-12-31",
                        "l_shipinstruct char(25) 4",
                        "l_shipmode char(10) 7",
                        "l_comment varchar(44) 4580667");
    }
}
