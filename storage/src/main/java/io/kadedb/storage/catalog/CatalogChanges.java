package io.kadedb.storage.catalog;

import com.apple.foundationdb.Transaction;
import io.kadedb.common.catalog.BucketLog;
import io.kadedb.common.catalog.CatalogChange;
import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.EnumDefinition;
import io.kadedb.common.catalog.ForeignKeyDefinition;
import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.PropertyGraphDefinition;
import io.kadedb.common.catalog.RowStorage;
import io.kadedb.common.catalog.SchemaDefinition;
import io.kadedb.common.catalog.SequenceDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.catalog.ViewDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.storage.format.v1.KeyLayout;
import io.kadedb.storage.format.v1.Stamp;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The changes that one transaction makes to the catalog. Owned by one thread. */
public final class CatalogChanges {
    /** Versions of catalogs that exist only within a transaction are negative and never the same. */
    private static final AtomicLong PRIVATE_VERSIONS = new AtomicLong();

    private final LongSupplier ids;
    private final CatalogSnapshot base;
    private final List<Consumer<Transaction>> writes = new ArrayList<>();
    private CatalogSnapshot snapshot;

    /** A place to return to. */
    public record Mark(CatalogSnapshot snapshot, int writes) {}

    public CatalogChanges(CatalogSnapshot snapshot, LongSupplier ids) {
        this.base = snapshot;
        this.snapshot = snapshot;
        this.ids = ids;
    }

    /** The catalog with the changes. */
    public CatalogSnapshot snapshot() {
        return snapshot;
    }

    public boolean isEmpty() {
        return writes.isEmpty();
    }

    public Mark mark() {
        return new Mark(snapshot, writes.size());
    }

    /** Undoes everything. */
    public void undoAll() {
        snapshot = base;
        writes.clear();
    }

    /** Undoes what came after the mark. */
    public void undo(Mark mark) {
        snapshot = mark.snapshot;
        writes.subList(mark.writes, writes.size()).clear();
    }

    /** Writes the changes; conflicts with every other change of the catalog. */
    public void write(Transaction transaction) {
        if (!writes.isEmpty()) {
            transaction.addReadConflictKey(KeyLayout.catalogVersion());
            writes.forEach(write -> write.accept(transaction));
            CatalogStore.changed(transaction);
        }
    }

    /** Makes a change. */
    public void apply(CatalogChange change) {
        switch (change) {
            case CatalogChange.CreateSchema create -> createSchema(create);
            case CatalogChange.DropSchema drop -> dropSchema(drop);
            case CatalogChange.CommentSchema comment ->
                store(schema(comment.name()).withComment(comment.comment()));
            case CatalogChange.CreateTable create -> createTable(create.table(), create.sequences());
            case CatalogChange.ReplaceTable replace -> replaceTable(replace.table());
            case CatalogChange.CreateShadow create -> createShadow(create.table());
            case CatalogChange.SwapShadow swap -> swapShadow(swap);
            case CatalogChange.CreateIndex create -> createIndex(create);
            case CatalogChange.DropIndex drop -> dropIndex(drop);
            case CatalogChange.DropTable drop -> dropTable(table(drop.schema(), drop.name()));
            case CatalogChange.CreateSequence create -> createSequence(create.sequence());
            case CatalogChange.ReplaceSequence replace -> replaceSequence(replace);
            case CatalogChange.DropSequence drop -> dropSequence(sequence(drop.schema(), drop.name()));
            case CatalogChange.CreatePropertyGraph create -> createGraph(create.graph());
            case CatalogChange.ReplacePropertyGraph replace -> replaceGraph(replace.graph());
            case CatalogChange.CreateEnum create -> createEnum(create.type());
            case CatalogChange.ReplaceEnum replace -> replaceEnum(replace.type());
            case CatalogChange.DropEnum drop -> dropEnum(enumeration(drop.schema(), drop.name()));
            case CatalogChange.CreateView create -> createView(create.view());
            case CatalogChange.ReplaceView replace -> replaceView(replace.view());
            case CatalogChange.DropView drop -> dropView(view(drop.schema(), drop.name()));
            case CatalogChange.DropPropertyGraph drop -> dropGraph(graph(drop.schema(), drop.name()));
        }
    }

    private SchemaDefinition schema(String name) {
        SchemaDefinition schema = snapshot.schemas().get(name);
        if (schema == null) {
            throw KadeException.of(ErrorCode.INVALID_SCHEMA_NAME, "schema \"" + name + "\" does not exist");
        }
        return schema;
    }

    private TableDefinition table(String schema, String name) {
        TableDefinition table = schema(schema).tables().get(name);
        if (table == null) {
            throw KadeException.of(ErrorCode.UNDEFINED_TABLE, "table \"" + name + "\" does not exist");
        }
        return table;
    }

    private PropertyGraphDefinition graph(String schema, String name) {
        PropertyGraphDefinition graph = schema(schema).graphs().get(name);
        if (graph == null) {
            throw KadeException.of(ErrorCode.UNDEFINED_OBJECT, "property graph \"" + name + "\" does not exist");
        }
        return graph;
    }

    private ViewDefinition view(String schema, String name) {
        ViewDefinition view = schema(schema).views().get(name);
        if (view == null) {
            throw KadeException.of(ErrorCode.UNDEFINED_TABLE, "view \"" + name + "\" does not exist");
        }
        return view;
    }

    private void createSchema(CatalogChange.CreateSchema create) {
        if (snapshot.schemas().containsKey(create.name())) {
            throw KadeException.of(ErrorCode.DUPLICATE_SCHEMA, "schema \"" + create.name() + "\" already exists");
        }
        SchemaDefinition schema = new SchemaDefinition(ids.getAsLong(), create.name(), create.owner());
        store(schema);
    }

    private void store(SchemaDefinition schema) {
        byte[] record = CatalogRecords.encode(schema);
        writes.add(transaction -> transaction.set(KeyLayout.record(KeyLayout.schemas(), schema.id()), record));
        replace(schema.name(), schema);
    }

    private void dropSchema(CatalogChange.DropSchema drop) {
        SchemaDefinition schema = schema(drop.name());
        if (!drop.cascade() && !schema.isEmpty()) {
            throw KadeException.of(
                            ErrorCode.DEPENDENT_OBJECTS_STILL_EXIST,
                            "cannot drop schema \"" + drop.name() + "\" because other objects depend on it")
                    .hint("use DROP ... CASCADE to drop the dependent objects too");
        }
        schema.views().values().forEach(this::dropView);
        schema.graphs().values().forEach(this::dropGraph);
        schema.tables().values().forEach(this::dropTable);
        schema(drop.name()).sequences().values().forEach(this::dropSequence);
        schema(drop.name()).enums().values().forEach(this::dropEnum);
        writes.add(transaction -> transaction.clear(KeyLayout.record(KeyLayout.schemas(), schema.id())));
        replace(schema.name(), null);
    }

    private EnumDefinition enumeration(String schema, String name) {
        EnumDefinition type = schema(schema).enums().get(name);
        if (type == null) {
            throw KadeException.of(ErrorCode.UNDEFINED_OBJECT, "type \"" + name + "\" does not exist");
        }
        return type;
    }

    private void createEnum(EnumDefinition definition) {
        if (schema(definition.schema()).enums().containsKey(definition.name())) {
            throw KadeException.of(ErrorCode.DUPLICATE_OBJECT, "type \"" + definition.name() + "\" already exists");
        }
        store(definition.withId(ids.getAsLong()));
    }

    private void replaceEnum(EnumDefinition replacement) {
        snapshot.schemas().values().stream()
                .flatMap(schema -> schema.enums().values().stream())
                .filter(type -> type.id() == replacement.id())
                .findFirst()
                .ifPresent(this::forget);
        store(replacement);
    }

    private void store(EnumDefinition type) {
        byte[] key = KeyLayout.record(KeyLayout.enums(), type.id());
        writes.add(transaction -> transaction.set(
                key, EnumRecords.encode(type, transaction.snapshot().get(key).join())));
        SchemaDefinition schema = schema(type.schema());
        Map<String, EnumDefinition> enums = new HashMap<>(schema.enums());
        enums.put(type.name(), type);
        replace(schema.name(), schema.withEnums(enums));
    }

    private void dropEnum(EnumDefinition type) {
        writes.add(transaction -> transaction.clear(KeyLayout.record(KeyLayout.enums(), type.id())));
        forget(type);
    }

    private void forget(EnumDefinition type) {
        SchemaDefinition schema = schema(type.schema());
        Map<String, EnumDefinition> enums = new HashMap<>(schema.enums());
        enums.remove(type.name());
        replace(schema.name(), schema.withEnums(enums));
    }

    private void createTable(TableDefinition definition, List<SequenceDefinition> sequences) {
        SchemaDefinition schema = schema(definition.schema());
        checkNameFree(schema, definition.name());
        List<IndexDefinition> indexes = new ArrayList<>();
        for (IndexDefinition index : definition.indexes()) {
            checkNameFree(schema, index.name());
            indexes.add(index.withId(ids.getAsLong()));
        }
        long id = ids.getAsLong();
        TableDefinition table = definition
                .withId(id)
                .withRows(RowStorage.ORIGINAL)
                .withColumns(definition.columns().stream()
                        .map(column -> column.withMissing(Optional.empty()))
                        .toList())
                .withIndexes(indexes)
                .withForeignKeys(definition.foreignKeys().stream()
                        .map(foreign -> foreign.referencedTable() == 0 ? foreign.withReferencedTable(id) : foreign)
                        .toList());
        store(table);
        table.continuous().ifPresent(made -> addLog(made.source(), new BucketLog(id, made.buckets())));
        indexes.forEach(index -> fence(index.id(), 1));
        for (SequenceDefinition sequence : sequences) {
            createSequence(sequence.withOwnedBy(sequence.ownedBy()
                    .map(owner -> owner.table() == 0
                            ? new SequenceDefinition.Owner(id, owner.column(), owner.identity())
                            : owner)));
        }
    }

    /** Lets a table's changes be noted for a continuous aggregate. */
    private void addLog(long source, BucketLog log) {
        TableDefinition table = snapshot.table(source)
                .orElseThrow(() -> KadeException.of(
                        ErrorCode.SERIALIZATION_FAILURE, "a table that a continuous aggregate reads was dropped"));
        List<BucketLog> logs = new ArrayList<>(table.bucketLogs());
        logs.add(log);
        store(table.withBucketLogs(logs).withSchemaVersion(table.schemaVersion() + 1));
    }

    /** The aggregate is gone: its log too. */
    private void dropLog(TableDefinition view) {
        byte[] log = KeyLayout.changedBuckets(view.id());
        writes.add(transaction -> transaction.clear(log, KeyLayout.end(log)));
        writes.add(transaction -> transaction.clear(KeyLayout.computed(view.id())));
        view.continuous()
                .flatMap(made -> snapshot.table(made.source()))
                .ifPresent(table -> store(table.withBucketLogs(table.bucketLogs().stream()
                                .filter(known -> known.view() != view.id())
                                .toList())
                        .withSchemaVersion(table.schemaVersion() + 1)));
    }

    /** A definition that was made from an older one: what others note of its rows is as it is now. */
    private static TableDefinition withLogs(TableDefinition table, TableDefinition old) {
        return table.withBucketLogs(old.bucketLogs().stream()
                .filter(log -> table.columns().stream()
                        .anyMatch(column -> column.id() == log.buckets().columnId()))
                .toList());
    }

    private SequenceDefinition sequence(String schema, String name) {
        SequenceDefinition sequence = schema(schema).sequences().get(name);
        if (sequence == null) {
            throw KadeException.of(ErrorCode.UNDEFINED_TABLE, "sequence \"" + name + "\" does not exist");
        }
        return sequence;
    }

    private void createSequence(SequenceDefinition definition) {
        checkNameFree(schema(definition.schema()), definition.name());
        store(definition.withIds(ids.getAsLong(), ids.getAsLong()));
    }

    private void replaceSequence(CatalogChange.ReplaceSequence replace) {
        SequenceDefinition replacement = replace.sequence();
        SequenceDefinition old = snapshot.schemas().values().stream()
                .flatMap(schema -> schema.sequences().values().stream())
                .filter(sequence -> sequence.id() == replacement.id())
                .findFirst()
                .orElseThrow(() -> KadeException.of(
                        ErrorCode.UNDEFINED_TABLE, "sequence \"" + replacement.name() + "\" does not exist"));
        if (!old.qualifiedName().equals(replacement.qualifiedName())) {
            checkNameFree(schema(replacement.schema()), replacement.name());
            forget(old);
        }
        if (replace.restarted()) {
            clearCounter(old);
            store(replacement.withIds(old.id(), ids.getAsLong()));
        } else {
            store(replacement.withIds(old.id(), old.counter()));
        }
    }

    private void dropSequence(SequenceDefinition sequence) {
        writes.add(transaction -> transaction.clear(KeyLayout.record(KeyLayout.sequences(), sequence.id())));
        clearCounter(sequence);
        forget(sequence);
    }

    private void clearCounter(SequenceDefinition sequence) {
        writes.add(transaction -> transaction.clear(KeyLayout.counter(sequence.counter())));
    }

    private void store(SequenceDefinition sequence) {
        byte[] key = KeyLayout.record(KeyLayout.sequences(), sequence.id());
        writes.add(transaction -> transaction.set(
                key,
                SequenceRecords.encode(sequence, transaction.snapshot().get(key).join())));
        SchemaDefinition schema = schema(sequence.schema());
        Map<String, SequenceDefinition> sequences = new HashMap<>(schema.sequences());
        sequences.put(sequence.name(), sequence);
        replace(schema.name(), schema.withSequences(sequences));
    }

    private void forget(SequenceDefinition sequence) {
        SchemaDefinition schema = schema(sequence.schema());
        Map<String, SequenceDefinition> sequences = new HashMap<>(schema.sequences());
        sequences.remove(sequence.name());
        replace(schema.name(), schema.withSequences(sequences));
    }

    /** The new definition may have fewer indexes, and other names of them, but no more in this way. */
    private void replaceTable(TableDefinition replacement) {
        TableDefinition old = stored(replacement);
        store(old, withLogs(replacement, old).withSchemaVersion(old.schemaVersion() + 1));
    }

    private TableDefinition stored(TableDefinition replacement) {
        return snapshot.table(replacement.id())
                .orElseThrow(() -> KadeException.of(
                        ErrorCode.UNDEFINED_TABLE, "table \"" + replacement.name() + "\" does not exist"));
    }

    private void store(TableDefinition old, TableDefinition replacement) {
        boolean moved = !old.qualifiedName().equals(replacement.qualifiedName());
        forget(old);
        SchemaDefinition schema = schema(replacement.schema());
        if (moved) {
            checkNameFree(schema, replacement.name());
        }
        for (IndexDefinition index : replacement.indexes()) {
            checkNameFree(schema, index.name());
        }
        store(replacement);
        for (IndexDefinition index : old.indexes()) {
            if (replacement.indexes().stream().noneMatch(kept -> kept.id() == index.id())) {
                clearData(index.id());
            }
        }
        for (SequenceDefinition sequence : snapshot.sequencesOf(old.id())) {
            int column = sequence.ownedBy().orElseThrow().column();
            if (replacement.columns().stream().noneMatch(kept -> kept.id() == column)) {
                dropSequence(sequence);
            } else if (!sequence.schema().equals(replacement.schema())) {
                replaceSequence(new CatalogChange.ReplaceSequence(
                        sequence.withName(replacement.schema(), sequence.name()), false));
            }
        }
    }

    private void createShadow(TableDefinition definition) {
        store(definition
                .withId(ids.getAsLong())
                .withRows(RowStorage.ORIGINAL)
                .withBucketLogs(List.of())
                .withIndexes(definition.indexes().stream()
                        .map(index -> index.withId(ids.getAsLong()))
                        .toList()));
        table(definition.schema(), definition.name()).indexes().forEach(index -> fence(index.id(), 1));
    }

    private void swapShadow(CatalogChange.SwapShadow swap) {
        TableDefinition old = stored(swap.table());
        TableDefinition shadow = table(old.schema(), swap.shadow());
        writes.add(transaction -> transaction.clear(KeyLayout.record(KeyLayout.tables(), shadow.id())));
        clearData(old.storageId());
        forget(shadow);
        store(
                old,
                withLogs(swap.table(), old)
                        .withIndexes(shadow.indexes())
                        .withRows(new RowStorage(shadow.id(), List.of()))
                        .withSchemaVersion(old.schemaVersion() + 1));
    }

    private void createIndex(CatalogChange.CreateIndex create) {
        TableDefinition table = table(create.schema(), create.table());
        checkNameFree(schema(create.schema()), create.index().name());
        IndexDefinition index = create.index().withId(ids.getAsLong());
        List<IndexDefinition> indexes = new ArrayList<>(table.indexes());
        indexes.add(index);
        store(table.withIndexes(indexes).withSchemaVersion(table.schemaVersion() + 1));
        fence(index.id(), 1);
    }

    private void dropIndex(CatalogChange.DropIndex drop) {
        TableDefinition table = table(drop.schema(), drop.table());
        IndexDefinition index = table.index(drop.index())
                .orElseThrow(() ->
                        KadeException.of(ErrorCode.UNDEFINED_OBJECT, "index \"" + drop.index() + "\" does not exist"));
        List<IndexDefinition> indexes = new ArrayList<>(table.indexes());
        indexes.remove(index);
        store(table.withIndexes(indexes).withSchemaVersion(table.schemaVersion() + 1));
        clearData(index.id());
    }

    /** Writes a table's record and fence. */
    private void store(TableDefinition table) {
        byte[] key = KeyLayout.record(KeyLayout.tables(), table.id());
        writes.add(transaction -> transaction.set(
                key,
                CatalogRecords.encode(table, transaction.snapshot().get(key).join())));
        fence(table.storageId(), table.schemaVersion());
        SchemaDefinition schema = schema(table.schema());
        Map<String, TableDefinition> tables = new HashMap<>(schema.tables());
        tables.put(table.name(), table);
        replace(schema.name(), schema.withTables(tables));
    }

    private void fence(long id, int version) {
        byte[] fence = ByteBuffer.allocate(Integer.BYTES).putInt(version).array();
        writes.add(transaction -> transaction.set(KeyLayout.fence(id), fence));
    }

    /** Removes the rows of a table or index. */
    private void clearData(long id) {
        writes.add(transaction -> {
            byte[] space = KeyLayout.tableSpace(id);
            transaction.clear(space, KeyLayout.end(space));
            byte[] data = KeyLayout.tableData(id);
            transaction.mutate(
                    com.apple.foundationdb.MutationType.SET_VERSIONSTAMPED_VALUE,
                    KeyLayout.garbage(data),
                    Stamp.placeholder(new byte[0]));
        });
    }

    private static void checkNameFree(SchemaDefinition schema, String name) {
        if (schema.hasRelation(name)) {
            throw KadeException.of(ErrorCode.DUPLICATE_TABLE, "relation \"" + name + "\" already exists");
        }
    }

    private void dropTable(TableDefinition table) {
        writes.add(transaction -> transaction.clear(KeyLayout.record(KeyLayout.tables(), table.id())));
        clearData(table.storageId());
        table.indexes().forEach(index -> clearData(index.id()));
        forget(table);
        if (table.continuous().isPresent()) {
            dropLog(table);
        }
        snapshot.sequencesOf(table.id()).forEach(this::dropSequence);
        for (SchemaDefinition schema : List.copyOf(snapshot.schemas().values())) {
            for (TableDefinition other : schema.tables().values()) {
                List<ForeignKeyDefinition> kept = other.foreignKeys().stream()
                        .filter(key -> key.referencedTable() != table.id())
                        .toList();
                if (kept.size() < other.foreignKeys().size()) {
                    replaceTable(other.withForeignKeys(kept));
                }
            }
        }
    }

    private void forget(TableDefinition table) {
        SchemaDefinition schema = schema(table.schema());
        Map<String, TableDefinition> tables = new HashMap<>(schema.tables());
        tables.remove(table.name());
        replace(schema.name(), schema.withTables(tables));
    }

    private void createGraph(PropertyGraphDefinition definition) {
        SchemaDefinition schema = schema(definition.schema());
        PropertyGraphDefinition old = schema.graphs().get(definition.name());
        if (old == null) {
            checkNameFree(schema, definition.name());
        }
        store(definition.withId(old == null ? ids.getAsLong() : old.id()));
    }

    private void replaceGraph(PropertyGraphDefinition replacement) {
        PropertyGraphDefinition old = snapshot.schemas().values().stream()
                .flatMap(schema -> schema.graphs().values().stream())
                .filter(graph -> graph.id() == replacement.id())
                .findFirst()
                .orElseThrow(() -> KadeException.of(
                        ErrorCode.UNDEFINED_OBJECT, "property graph \"" + replacement.name() + "\" does not exist"));
        if (!old.schema().equals(replacement.schema()) || !old.name().equals(replacement.name())) {
            checkNameFree(schema(replacement.schema()), replacement.name());
            forget(old);
        }
        store(replacement);
    }

    private void store(PropertyGraphDefinition graph) {
        byte[] key = KeyLayout.record(KeyLayout.graphs(), graph.id());
        writes.add(transaction -> transaction.set(
                key, GraphRecords.encode(graph, transaction.snapshot().get(key).join())));
        SchemaDefinition schema = schema(graph.schema());
        Map<String, PropertyGraphDefinition> graphs = new HashMap<>(schema.graphs());
        graphs.put(graph.name(), graph);
        replace(schema.name(), schema.withGraphs(graphs));
    }

    private void dropGraph(PropertyGraphDefinition graph) {
        writes.add(transaction -> transaction.clear(KeyLayout.record(KeyLayout.graphs(), graph.id())));
        forget(graph);
    }

    private void forget(PropertyGraphDefinition graph) {
        SchemaDefinition schema = schema(graph.schema());
        Map<String, PropertyGraphDefinition> graphs = new HashMap<>(schema.graphs());
        graphs.remove(graph.name());
        replace(schema.name(), schema.withGraphs(graphs));
    }

    private void createView(ViewDefinition definition) {
        SchemaDefinition schema = schema(definition.schema());
        ViewDefinition old = schema.views().get(definition.name());
        if (old == null) {
            checkNameFree(schema, definition.name());
            store(definition.withId(ids.getAsLong()));
        } else {
            store(definition.withId(old.id()).withSchemaVersion(old.schemaVersion() + 1));
        }
    }

    private void replaceView(ViewDefinition replacement) {
        ViewDefinition old = snapshot.view(replacement.id())
                .orElseThrow(() -> KadeException.of(
                        ErrorCode.UNDEFINED_TABLE, "view \"" + replacement.name() + "\" does not exist"));
        if (!old.qualifiedName().equals(replacement.qualifiedName())) {
            checkNameFree(schema(replacement.schema()), replacement.name());
            forget(old);
        }
        store(replacement.withSchemaVersion(old.schemaVersion() + 1));
    }

    private void store(ViewDefinition view) {
        byte[] key = KeyLayout.record(KeyLayout.views(), view.id());
        writes.add(transaction -> transaction.set(
                key, ViewRecords.encode(view, transaction.snapshot().get(key).join())));
        SchemaDefinition schema = schema(view.schema());
        Map<String, ViewDefinition> views = new HashMap<>(schema.views());
        views.put(view.name(), view);
        replace(schema.name(), schema.withViews(views));
    }

    private void dropView(ViewDefinition view) {
        writes.add(transaction -> transaction.clear(KeyLayout.record(KeyLayout.views(), view.id())));
        forget(view);
    }

    private void forget(ViewDefinition view) {
        SchemaDefinition schema = schema(view.schema());
        Map<String, ViewDefinition> views = new HashMap<>(schema.views());
        views.remove(view.name());
        replace(schema.name(), schema.withViews(views));
    }

    private void replace(String name, @Nullable SchemaDefinition schema) {
        Map<String, SchemaDefinition> schemas = new HashMap<>(snapshot.schemas());
        if (schema == null) {
            schemas.remove(name);
        } else {
            schemas.put(name, schema);
        }
        snapshot = new CatalogSnapshot(PRIVATE_VERSIONS.decrementAndGet(), schemas);
    }
}
