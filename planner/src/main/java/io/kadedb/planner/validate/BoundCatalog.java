package io.kadedb.planner.validate;

import io.kadedb.common.catalog.BucketRanges;
import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.SequenceDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.catalog.ViewDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.security.ObjectName;
import io.kadedb.common.security.Privilege;
import io.kadedb.common.type.Field;
import io.kadedb.parser.ast.SqlFileReference;
import io.kadedb.parser.ast.Statement;
import io.kadedb.planner.api.FileCatalog;
import io.kadedb.planner.api.PlanningContext;
import io.kadedb.planner.continuous.AggregateRows;
import io.kadedb.planner.system.SystemRelations;
import io.kadedb.planner.system.SystemViews;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.calcite.config.CalciteConnectionConfig;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.validate.SqlNameMatchers;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The catalog as one statement sees it; remembers what was looked up. Used by one thread. */
public final class BoundCatalog {
    /** The schema in which the table that a statement changes shows its row id. */
    public static final String TARGET_SCHEMA = "$target";

    /** The schema of all tables, named by their ids, with their row ids; who asks has checked the access to them. */
    public static final String NUMBERED_SCHEMA = "$numbered";

    /** The schema in which the parts of given rows are called 0, 1, ... */
    public static final String GIVEN_SCHEMA = "$given";

    /** The schema of the queries of materialized views, by the ids of these. */
    public static final String REFRESHED_SCHEMA = "$refreshed";

    /** The schema of the rows that a refresh of continuous aggregates removes, with their row ids, by the aggregates' ids. */
    public static final String OUTDATED_SCHEMA = "$outdated";

    /** The schema in which what queries give that lock rows is called 0, 1, ... */
    public static final String LOCKED_SCHEMA = "$locked";

    /** How views are read; given by who plans whole queries. */
    public interface Views {
        /** What a view gives. */
        List<Field> columns(ViewDefinition view);

        /** The algebra of a view, with the fields of {@link #columns}. */
        RelNode translate(ViewDefinition view, RelOptCluster cluster);

        /** Whether a query is only described, and not run. */
        boolean describes();
    }

    private final PlanningContext context;
    private final Views views;
    private final Optional<ViewDefinition> within;
    private final Map<String, ViewDefinition> usedViews = new LinkedHashMap<>();
    private final Map<String, TableDefinition> used = new LinkedHashMap<>();
    private final Map<String, KadeTable> tables = new HashMap<>();
    private @Nullable TableDefinition target;
    private List<KadeTable.Part> given = List.of();
    private boolean givenForChange;
    private final List<KadeTable.Given> locked = new ArrayList<>();
    private final List<KadeTable> changes = new ArrayList<>();
    private boolean files;
    private boolean sequences;

    public BoundCatalog(PlanningContext context, Views views) {
        this.context = context;
        this.views = views;
        this.within = Optional.empty();
    }

    /** The catalog as the query of a view sees it: its relations are those of when it was made. */
    public BoundCatalog(PlanningContext context, Views views, ViewDefinition within) {
        this.context = within(context, within);
        this.views = views;
        this.within = Optional.of(within);
    }

    /** Literals of a continuous aggregate mean the same in all sessions. */
    private static PlanningContext within(PlanningContext context, ViewDefinition view) {
        boolean continuous = context.catalog()
                .table(view.id())
                .flatMap(TableDefinition::continuous)
                .isPresent();
        return new PlanningContext(
                context.catalog(),
                context.statistics(),
                context.files(),
                context.principal(),
                context.access(),
                view.searchPath(),
                continuous ? ZoneOffset.UTC : context.timeZone(),
                context.rules());
    }

    public PlanningContext context() {
        return context;
    }

    private @Nullable KadeTable refreshed(String id) {
        return context.catalog()
                .table(Long.parseLong(id))
                .map(table -> {
                    ViewDefinition view = table.asView().orElseThrow();
                    return table.continuous().isPresent() ? computed(table, view) : view(view);
                })
                .orElse(null);
    }

    /** The rows of an aggregate's changed buckets as its query gives them. */
    private KadeTable computed(TableDefinition table, ViewDefinition view) {
        AggregateRows rows = AggregateRows.of(table);
        BucketRanges changed = rows.toCompute(context.statistics().changed(table));
        return new KadeTable.View(
                () -> views.columns(view), cluster -> rows.computed(() -> views.translate(view, cluster), changed));
    }

    /** The stored rows of an aggregate's changed buckets. */
    private @Nullable KadeTable outdated(String id) {
        return context.catalog()
                .table(Long.parseLong(id))
                .map(table -> {
                    AggregateRows rows = AggregateRows.of(table);
                    BucketRanges changed = rows.toCompute(context.statistics().changed(table));
                    return new KadeTable.Combined(
                            new KadeTable.Stored(table, true), stored -> rows.within(stored, changed));
                })
                .orElse(null);
    }

    /** Makes the table that is changed known as {@code "$target"."name"}; null when it is no longer read. */
    public void setTarget(@Nullable TableDefinition table) {
        this.target = table;
    }

    /**
     * Makes the parts of given rows known as {@code "$given"."0"} and so on; none when they are no longer read.
     *
     * @param change whether bare columns in the select list are only carried along, not read
     */
    public void setGiven(List<KadeTable.Part> parts, boolean change) {
        this.given = List.copyOf(parts);
        this.givenForChange = change;
    }

    /** Adds what the next query of WITH that writes returns. */
    public void addChange(KadeTable rows) {
        changes.add(rows);
    }

    /** Whether bare columns in the query's select list are only carried along to be written. */
    public boolean isForChange() {
        return target != null || givenForChange;
    }

    /** The parts of given rows that the query reads. */
    public List<KadeTable.Part> given() {
        return given;
    }

    /** Makes what a query gives that locks rows known under the schema of such; its number there. */
    public int addLocked(KadeTable.Given rows) {
        locked.add(rows);
        return locked.size() - 1;
    }

    /** Whether there is a query that locks rows. */
    public boolean hasLocked() {
        return !locked.isEmpty();
    }

    /** Does work that sees neither the target nor given rows. */
    public <T> T apart(Supplier<T> work) {
        TableDefinition changed = target;
        List<KadeTable.Part> parts = given;
        boolean change = givenForChange;
        target = null;
        given = List.of();
        givenForChange = false;
        try {
            return work.get();
        } finally {
            target = changed;
            given = parts;
            givenForChange = change;
        }
    }

    /** Whether the statement reads a file. */
    public boolean usesFiles() {
        return files;
    }

    /** Whether the statement reads where a sequence is, by the sequence's name in FROM. */
    public boolean readsSequences() {
        return sequences;
    }

    /** Says that the statement reads a file. */
    public void markFiles() {
        files = true;
    }

    /** The table that is changed. */
    public Optional<TableDefinition> target() {
        return Optional.ofNullable(target);
    }

    /** The tables looked up so far, in order. */
    public List<TableDefinition> used() {
        return List.copyOf(used.values());
    }

    /** The views looked up so far, in order. */
    public List<ViewDefinition> usedViews() {
        return List.copyOf(usedViews.values());
    }

    /** The table of a name as written, along the search path when it has no schema. */
    public Optional<TableDefinition> find(Optional<String> schema, String name) {
        return schemaOf(schema, name).flatMap(s -> context.catalog().table(s, name));
    }

    /** The view of a name as written, along the search path when it has no schema. */
    public Optional<ViewDefinition> findView(Optional<String> schema, String name) {
        return schemaOf(schema, name).flatMap(s -> context.catalog().view(s, name));
    }

    /** The schema given, or the first along the search path that has a relation of the name. */
    private Optional<String> schemaOf(Optional<String> schema, String name) {
        return schema.or(() -> context.searchPath().stream()
                .filter(known -> context.catalog()
                        .schema(known)
                        .filter(definition -> definition.hasRelation(name))
                        .isPresent())
                .findFirst());
    }

    CalciteCatalogReader reader(RelDataTypeFactory typeFactory) {
        CalciteSchema root = CalciteSchema.createRootSchema(false, false);
        for (String schema : context.catalog().schemas().keySet()) {
            root.add(schema, new KadeSchema(name -> relation(schema, name)));
        }
        root.add(
                CatalogSnapshot.TEMPORARY_ALIAS,
                new KadeSchema(name -> relation(CatalogSnapshot.TEMPORARY_ALIAS, name)));
        for (String schema : SystemRelations.SCHEMAS) {
            root.add(schema, new KadeSchema(name -> told(schema, name)));
        }
        root.add(SqlFileReference.SCHEMA, new KadeSchema(this::file));
        root.add(TARGET_SCHEMA, new KadeSchema(name -> target == null ? null : new KadeTable.Stored(target, true)));
        root.add(NUMBERED_SCHEMA, new KadeSchema(this::numbered));
        root.add(REFRESHED_SCHEMA, new KadeSchema(this::refreshed));
        root.add(OUTDATED_SCHEMA, new KadeSchema(this::outdated));
        root.add(Statement.WithChanges.SCHEMA, new KadeSchema(name -> changes.get(Integer.parseInt(name))));
        root.add(GIVEN_SCHEMA, new KadeSchema(name -> given.get(Integer.parseInt(name))));
        root.add(LOCKED_SCHEMA, new KadeSchema(name -> locked.get(Integer.parseInt(name))));
        List<List<String>> paths = new ArrayList<>();
        context.searchPath().forEach(schema -> paths.add(List.of(schema)));
        paths.add(List.of(SystemRelations.PG_CATALOG));
        paths.add(List.of());
        return new Reader(root, paths, typeFactory);
    }

    private @Nullable KadeTable numbered(String name) {
        return context.catalog()
                .table(Long.parseLong(name))
                .map(table -> new KadeTable.Stored(table, true))
                .orElse(null);
    }

    private @Nullable KadeTable told(String schema, String name) {
        Optional<ViewDefinition> view = SystemViews.find(schema, name);
        if (view.isPresent()) {
            return tables.computeIfAbsent(schema + "." + name, key -> view(view.get()));
        }
        return SystemRelations.find(schema, name)
                .<KadeTable>map(relation -> tables.computeIfAbsent(
                        schema + "." + name, key -> new KadeTable.SystemTable(relation, context.catalog())))
                .orElse(null);
    }

    private @Nullable KadeTable relation(String schema, String name) {
        if (within.isPresent()) {
            for (ViewDefinition.UsedRelation relation : within.get().relations()) {
                if (relation.schema().equals(schema) && relation.name().equals(name)) {
                    return past(relation);
                }
            }
            if (within.get().graphs().isEmpty()) {
                return null;
            }
        }
        Optional<ViewDefinition> view = context.catalog().view(schema, name);
        if (view.isPresent()) {
            return viewed(view.get());
        }
        Optional<SequenceDefinition> sequence = context.catalog().sequence(schema, name);
        if (sequence.isPresent()) {
            sequences = true;
            return tables.computeIfAbsent(schema + "." + name, key -> view(SystemViews.of(sequence.get())));
        }
        return context.catalog().table(schema, name).map(this::stored).orElse(null);
    }

    /** A relation as it was when the view was made. */
    private @Nullable KadeTable past(ViewDefinition.UsedRelation relation) {
        Optional<TableDefinition> table = context.catalog().table(relation);
        Optional<ViewDefinition> view = context.catalog().view(relation.id());
        KadeTable now = table.<KadeTable>map(this::stored)
                .or(() -> view.map(this::viewed))
                .orElse(null);
        if (now == null) {
            return null;
        }
        List<ColumnDefinition> columns = table.map(TableDefinition::columns)
                .orElseGet(() -> view.map(ViewDefinition::columns).orElse(List.of()));
        List<Integer> ids = columns.stream().map(ColumnDefinition::id).toList();
        List<Integer> picked = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (ViewDefinition.UsedColumn column : relation.columns()) {
            int place = ids.indexOf(column.id());
            if (place >= 0) {
                picked.add(place);
                names.add(column.name());
            }
        }
        return names.equals(columns.stream().map(ColumnDefinition::name).toList())
                ? now
                : new KadeTable.Past(now, picked, names);
    }

    private KadeTable viewed(ViewDefinition view) {
        usedViews.putIfAbsent(view.qualifiedName(), view);
        return tables.computeIfAbsent(view.qualifiedName(), name -> view(view));
    }

    private KadeTable view(ViewDefinition view) {
        return new KadeTable.View(() -> views.columns(view), cluster -> views.translate(view, cluster));
    }

    private KadeTable stored(TableDefinition table) {
        if (table.materialized().isPresent() && !table.materialized().get().populated() && !views.describes()) {
            throw KadeException.of(
                            ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
                            "materialized view \"" + table.name() + "\" has not been populated")
                    .hint("Use the REFRESH MATERIALIZED VIEW command.");
        }
        used.putIfAbsent(table.qualifiedName(), table);
        return tables.computeIfAbsent(
                table.qualifiedName(),
                name -> table.continuous().isPresent() ? combined(table) : new KadeTable.Stored(table, false));
    }

    /** A continuous aggregate: what is stored of buckets that have not changed, and what the query gives of the others. */
    private KadeTable combined(TableDefinition table) {
        AggregateRows rows = AggregateRows.of(table);
        BucketRanges changed = rows.toCompute(context.statistics().changed(table));
        ViewDefinition view = table.asView().orElseThrow();
        return new KadeTable.Combined(
                new KadeTable.Stored(table, false),
                stored -> rows.all(stored, () -> views.translate(view, stored.getCluster()), changed));
    }

    private KadeTable file(String path) {
        files = true;
        return tables.computeIfAbsent(SqlFileReference.SCHEMA + "/" + path, key -> {
            ObjectName object = new ObjectName(ObjectName.Kind.FILE, "", path);
            context.access().check(context.principal(), Privilege.FILES, object, List.of());
            FileCatalog.FileDescription file = context.files().describe(path, Map.of());
            return new KadeTable.InFile(path, file.format().id(), file.rows(), file.columns());
        });
    }

    /** Opens the constructor that takes a whole search path. */
    private static final class Reader extends CalciteCatalogReader {
        Reader(CalciteSchema root, List<List<String>> paths, RelDataTypeFactory typeFactory) {
            super(root, SqlNameMatchers.withCaseSensitive(true), paths, typeFactory, CalciteConnectionConfig.DEFAULT);
        }
    }
}
