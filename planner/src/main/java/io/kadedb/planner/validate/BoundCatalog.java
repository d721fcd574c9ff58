package io.kadedb.planner.validate;

import io.kadedb.common.catalog.SchemaDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.security.ObjectName;
import io.kadedb.common.security.Privilege;
import io.kadedb.parser.ast.SqlFileReference;
import io.kadedb.planner.api.FileCatalog;
import io.kadedb.planner.api.PlanningContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.calcite.config.CalciteConnectionConfig;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Table;
import org.apache.calcite.sql.validate.SqlNameMatchers;
import org.checkerframework.checker.nullness.qual.Nullable;

/** The catalog as one statement sees it; remembers what was looked up. Used by one thread. */
public final class BoundCatalog {
    /** The schema in which the table that a statement changes shows its row id. */
    public static final String TARGET_SCHEMA = "$target";

    /** The schema in which the parts of given rows are called 0, 1, ... */
    public static final String GIVEN_SCHEMA = "$given";

    private final PlanningContext context;
    private final Map<String, TableDefinition> used = new LinkedHashMap<>();
    private final Map<String, Table> tables = new HashMap<>();
    private @Nullable TableDefinition target;
    private List<KadeTable.Part> given = List.of();
    private boolean givenForChange;
    private boolean files;

    public BoundCatalog(PlanningContext context) {
        this.context = context;
    }

    public PlanningContext context() {
        return context;
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

    /** Whether bare columns in the query's select list are only carried along to be written. */
    public boolean isForChange() {
        return target != null || givenForChange;
    }

    /** The parts of given rows that the query reads. */
    public List<KadeTable.Part> given() {
        return given;
    }

    /** Whether the statement reads a file. */
    public boolean usesFiles() {
        return files;
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

    /** The table of a name as written, along the search path when it has no schema. */
    public Optional<TableDefinition> find(Optional<String> schema, String name) {
        return schema.map(s -> context.catalog().table(s, name))
                .orElseGet(() -> context.catalog().table(context.searchPath(), name));
    }

    CalciteCatalogReader reader(RelDataTypeFactory typeFactory) {
        CalciteSchema root = CalciteSchema.createRootSchema(false, false);
        for (SchemaDefinition schema : context.catalog().schemas().values()) {
            root.add(
                    schema.name(), new KadeSchema(name -> stored(schema.tables().get(name))));
        }
        root.add(SqlFileReference.SCHEMA, new KadeSchema(this::file));
        root.add(TARGET_SCHEMA, new KadeSchema(name -> target == null ? null : new KadeTable.Stored(target, true)));
        root.add(GIVEN_SCHEMA, new KadeSchema(name -> given.get(Integer.parseInt(name))));
        List<List<String>> paths = new ArrayList<>();
        context.searchPath().forEach(schema -> paths.add(List.of(schema)));
        paths.add(List.of());
        return new Reader(root, paths, typeFactory);
    }

    private @Nullable Table stored(@Nullable TableDefinition table) {
        if (table == null) {
            return null;
        }
        used.putIfAbsent(table.qualifiedName(), table);
        return tables.computeIfAbsent(table.qualifiedName(), name -> new KadeTable.Stored(table, false));
    }

    private Table file(String path) {
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
