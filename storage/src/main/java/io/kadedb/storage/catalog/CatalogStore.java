package io.kadedb.storage.catalog;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.MutationType;
import com.apple.foundationdb.ReadTransaction;
import com.apple.foundationdb.Transaction;
import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.EnumDefinition;
import io.kadedb.common.catalog.PropertyGraphDefinition;
import io.kadedb.common.catalog.SchemaDefinition;
import io.kadedb.common.catalog.SequenceDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.catalog.ViewDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.storage.format.v1.KeyLayout;
import io.kadedb.storage.format.v1.Stamp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Loads the catalog and keeps the newest one. Thread-safe. */
public final class CatalogStore {
    private volatile @Nullable CatalogSnapshot cached;

    /** The catalog of a snapshot. */
    public CatalogSnapshot load(ReadTransaction snapshot) {
        byte @Nullable [] stamp = snapshot.get(KeyLayout.catalogVersion()).join();
        if (stamp == null) {
            throw KadeException.of(ErrorCode.DATA_CORRUPTED, "the database has no catalog");
        }
        long version = Stamp.versionOf(stamp);
        CatalogSnapshot known = cached;
        if (known != null && known.version() == version) {
            return known;
        }
        CatalogSnapshot loaded = read(snapshot, version);
        if (known == null || known.version() < version) {
            cached = loaded;
        }
        return loaded;
    }

    /**
     * A table as a snapshot defines it: the one whose rows lie where those of a known definition do. Indexes, which have no
     * definition of their own, and tables that are gone stay as they are known.
     */
    public TableDefinition storedAs(ReadTransaction snapshot, TableDefinition known) {
        for (SchemaDefinition schema : load(snapshot).schemas().values()) {
            for (TableDefinition table : schema.tables().values()) {
                if (table.storageId() == known.storageId()) {
                    return table;
                }
            }
        }
        return known;
    }

    private static CatalogSnapshot read(ReadTransaction snapshot, long version) {
        Map<String, Map<String, TableDefinition>> tables = new HashMap<>();
        for (KeyValue entry : range(snapshot, KeyLayout.tables())) {
            TableDefinition table = CatalogRecords.table(entry.getValue());
            tables.computeIfAbsent(table.schema(), name -> new HashMap<>()).put(table.name(), table);
        }
        Map<String, Map<String, PropertyGraphDefinition>> graphs = new HashMap<>();
        for (KeyValue entry : range(snapshot, KeyLayout.graphs())) {
            PropertyGraphDefinition graph = GraphRecords.graph(entry.getValue());
            graphs.computeIfAbsent(graph.schema(), name -> new HashMap<>()).put(graph.name(), graph);
        }
        Map<String, Map<String, SequenceDefinition>> sequences = new HashMap<>();
        for (KeyValue entry : range(snapshot, KeyLayout.sequences())) {
            SequenceDefinition sequence = SequenceRecords.sequence(entry.getValue());
            sequences
                    .computeIfAbsent(sequence.schema(), name -> new HashMap<>())
                    .put(sequence.name(), sequence);
        }
        Map<String, Map<String, ViewDefinition>> views = new HashMap<>();
        for (KeyValue entry : range(snapshot, KeyLayout.views())) {
            ViewDefinition view = ViewRecords.view(entry.getValue());
            views.computeIfAbsent(view.schema(), name -> new HashMap<>()).put(view.name(), view);
        }
        Map<String, Map<String, EnumDefinition>> enums = new HashMap<>();
        for (KeyValue entry : range(snapshot, KeyLayout.enums())) {
            EnumDefinition type = EnumRecords.type(entry.getValue());
            enums.computeIfAbsent(type.schema(), name -> new HashMap<>()).put(type.name(), type);
        }
        Map<String, SchemaDefinition> schemas = new HashMap<>();
        for (KeyValue entry : range(snapshot, KeyLayout.schemas())) {
            SchemaDefinition schema = CatalogRecords.schema(entry.getValue());
            schemas.put(
                    schema.name(),
                    schema.withTables(tables.getOrDefault(schema.name(), Map.of()))
                            .withGraphs(graphs.getOrDefault(schema.name(), Map.of()))
                            .withSequences(sequences.getOrDefault(schema.name(), Map.of()))
                            .withViews(views.getOrDefault(schema.name(), Map.of()))
                            .withEnums(enums.getOrDefault(schema.name(), Map.of())));
        }
        return new CatalogSnapshot(version, schemas);
    }

    private static List<KeyValue> range(ReadTransaction snapshot, byte[] kind) {
        return snapshot.getRange(kind, KeyLayout.end(kind)).asList().join();
    }

    /** Writes the catalog of a new database: the schema {@code public}. */
    public static void create(Transaction transaction, long schemaId) {
        SchemaDefinition schema = new SchemaDefinition(schemaId, CatalogSnapshot.DEFAULT_SCHEMA, "kadedb");
        transaction.set(KeyLayout.record(KeyLayout.schemas(), schemaId), CatalogRecords.encode(schema));
        changed(transaction);
    }

    /** Gives the catalog a new version, that of the commit. */
    static void changed(Transaction transaction) {
        transaction.mutate(
                MutationType.SET_VERSIONSTAMPED_VALUE, KeyLayout.catalogVersion(), Stamp.placeholder(new byte[0]));
    }
}
