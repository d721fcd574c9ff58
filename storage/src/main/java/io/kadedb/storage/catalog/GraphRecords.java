package io.kadedb.storage.catalog;

import com.google.protobuf.InvalidProtocolBufferException;
import io.kadedb.common.catalog.PropertyGraphDefinition;
import io.kadedb.common.catalog.PropertyGraphDefinition.EdgeTable;
import io.kadedb.common.catalog.PropertyGraphDefinition.ElementTable;
import io.kadedb.common.catalog.PropertyGraphDefinition.Endpoint;
import io.kadedb.common.catalog.PropertyGraphDefinition.Label;
import io.kadedb.common.catalog.PropertyGraphDefinition.Property;
import io.kadedb.common.catalog.PropertyGraphDefinition.VertexTable;
import io.kadedb.storage.format.v1.proto.CatalogProto.ElementRecord;
import io.kadedb.storage.format.v1.proto.CatalogProto.EndpointRecord;
import io.kadedb.storage.format.v1.proto.CatalogProto.GraphRecord;
import io.kadedb.storage.format.v1.proto.CatalogProto.LabelRecord;
import io.kadedb.storage.format.v1.proto.CatalogProto.PropertyRecord;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Property graphs as records. */
final class GraphRecords {
    private GraphRecords() {}

    /**
     * A graph's record.
     *
     * @param previous the record it replaces, whose unknown fields are kept
     */
    static byte[] encode(PropertyGraphDefinition graph, byte @Nullable [] previous) {
        GraphRecord.Builder record = GraphRecord.newBuilder()
                .setMajor(CatalogRecords.MAJOR)
                .setId(graph.id())
                .setSchema(graph.schema())
                .setName(graph.name())
                .setSchemaVersion(graph.schemaVersion())
                .setOwner(graph.owner())
                .putAllTags(graph.tags());
        graph.comment().ifPresent(record::setComment);
        for (VertexTable vertex : graph.vertexTables()) {
            record.addVertexTables(element(vertex.element()));
        }
        for (EdgeTable edge : graph.edgeTables()) {
            record.addEdgeTables(element(edge.element())
                    .setSource(endpoint(edge.source()))
                    .setDestination(endpoint(edge.destination())));
        }
        if (previous != null) {
            try {
                record.mergeUnknownFields(GraphRecord.parseFrom(previous).getUnknownFields());
            } catch (InvalidProtocolBufferException e) {
                throw CatalogRecords.damaged("property graph", e);
            }
        }
        return record.build().toByteArray();
    }

    private static ElementRecord.Builder element(ElementTable element) {
        ElementRecord.Builder record = ElementRecord.newBuilder()
                .setAlias(element.alias())
                .setSchema(element.schema())
                .setTable(element.table())
                .addAllKey(element.key());
        for (Label label : element.labels()) {
            LabelRecord.Builder labelRecord = LabelRecord.newBuilder().setName(label.name());
            for (Property property : label.properties()) {
                labelRecord.addProperties(PropertyRecord.newBuilder()
                        .setName(property.name())
                        .setExpressionSql(property.expressionSql()));
            }
            record.addLabels(labelRecord);
        }
        return record;
    }

    private static EndpointRecord endpoint(Endpoint endpoint) {
        return EndpointRecord.newBuilder()
                .addAllColumns(endpoint.columns())
                .setVertexAlias(endpoint.vertexAlias())
                .addAllVertexColumns(endpoint.vertexColumns())
                .build();
    }

    static PropertyGraphDefinition graph(byte[] bytes) {
        try {
            GraphRecord record = GraphRecord.parseFrom(bytes);
            CatalogRecords.checkMajor(record.getMajor(), "property graph", record.getName());
            return new PropertyGraphDefinition(
                    record.getId(),
                    record.getSchema(),
                    record.getName(),
                    record.getSchemaVersion(),
                    record.getOwner(),
                    record.getVertexTablesList().stream()
                            .map(vertex -> new VertexTable(element(vertex)))
                            .toList(),
                    record.getEdgeTablesList().stream()
                            .map(edge -> new EdgeTable(
                                    element(edge), endpoint(edge.getSource()), endpoint(edge.getDestination())))
                            .toList(),
                    record.hasComment() ? Optional.of(record.getComment()) : Optional.empty(),
                    record.getTagsMap());
        } catch (InvalidProtocolBufferException e) {
            throw CatalogRecords.damaged("property graph", e);
        }
    }

    private static ElementTable element(ElementRecord record) {
        return new ElementTable(
                record.getAlias(),
                record.getSchema(),
                record.getTable(),
                record.getKeyList(),
                record.getLabelsList().stream()
                        .map(label -> new Label(
                                label.getName(),
                                label.getPropertiesList().stream()
                                        .map(property -> new Property(property.getName(), property.getExpressionSql()))
                                        .toList()))
                        .toList());
    }

    private static Endpoint endpoint(EndpointRecord record) {
        return new Endpoint(record.getColumnsList(), record.getVertexAlias(), record.getVertexColumnsList());
    }
}
