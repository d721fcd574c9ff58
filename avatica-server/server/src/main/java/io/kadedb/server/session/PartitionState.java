package io.kadedb.server.session;

import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.RangePartitioning;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.json.JsonbBuilder;
import io.kadedb.common.type.SqlType;
import io.kadedb.executor.kernel.value.ValueText;
import io.kadedb.server.script.PartitioningText;
import io.kadedb.storage.api.TablePartitions;
import io.kadedb.storage.api.TablePartitions.Partition;
import java.nio.ByteBuffer;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.OptionalLong;

/** What {@code kade_partitions} shows: the partitions that a transaction sees. Times are in UTC. */
final class PartitionState {
    private PartitionState() {}

    static ByteBuffer of(CatalogSnapshot catalog, TablePartitions partitions) {
        JsonbBuilder json = new JsonbBuilder();
        json.startArray();
        catalog.schemas().values().stream()
                .flatMap(schema -> schema.tables().values().stream())
                .filter(table -> table.partitioning().isPresent())
                .sorted(Comparator.comparing(TableDefinition::schema).thenComparing(TableDefinition::name))
                .forEach(table -> partitions.of(table).forEach(partition -> add(json, table, partition)));
        return json.end().buildBuffer();
    }

    private static void add(JsonbBuilder json, TableDefinition table, Partition partition) {
        RangePartitioning ranges = table.partitioning().orElseThrow();
        ColumnDefinition column = table.columns().get(table.ordinalOfId(ranges.columnId()));
        json.startObject();
        json.key("schema_name").string(table.schema());
        json.key("table_name").string(table.name());
        bound(json, "range_start", column.type(), ranges.start(column.type(), partition.number()));
        bound(json, "range_end", column.type(), ranges.end(column.type(), partition.number()));
        json.key("rows").integer(partition.rows());
        json.key("bytes").integer(partition.bytes());
        json.key("segments").integer(partition.segments());
        ranges.retention().ifPresent(kept -> json.key("retention").string(PartitioningText.text(kept)));
        json.end();
    }

    private static void bound(JsonbBuilder json, String key, SqlType type, OptionalLong value) {
        if (value.isPresent()) {
            json.key(key).string(ValueText.of(value.getAsLong(), type, ZoneOffset.UTC));
        }
    }
}
