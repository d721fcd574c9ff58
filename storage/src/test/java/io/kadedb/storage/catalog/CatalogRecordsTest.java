package io.kadedb.storage.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.UnknownFieldSet;
import io.kadedb.common.catalog.BucketLog;
import io.kadedb.common.catalog.CheckDefinition;
import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.ContinuousAggregate;
import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.catalog.IndexExpression;
import io.kadedb.common.catalog.KeyMode;
import io.kadedb.common.catalog.MaterializedQuery;
import io.kadedb.common.catalog.MissingValue;
import io.kadedb.common.catalog.RangePartitioning;
import io.kadedb.common.catalog.RowStorage;
import io.kadedb.common.catalog.SequenceDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.catalog.ViewDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Interval;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeDetail;
import io.kadedb.storage.format.v1.proto.CatalogProto.TableRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class CatalogRecordsTest {
    private static final SqlType MOOD = SqlType.enumeration(new TypeDetail.Labels(
            9, "public", "mood", List.of(new TypeDetail.Label("sad", -1), new TypeDetail.Label("ok", 7))));
    private static final TableDefinition TABLE = new TableDefinition(
            7,
            "public",
            "t",
            3,
            "ada",
            List.of(
                    ColumnDefinition.of(1, "a", SqlType.decimal(38, 4), false),
                    ColumnDefinition.of(2, "b", SqlType.varchar(20), true).withDefault(Optional.of("'x'")),
                    ColumnDefinition.of(3, "c", SqlType.INTEGER, false)
                            .withIdentity(Optional.of(ColumnDefinition.Identity.BY_DEFAULT)),
                    ColumnDefinition.of(4, "d", SqlType.INTEGER, false).withGenerated(Optional.of("c + 1"), true),
                    ColumnDefinition.of(5, "e", SqlType.array(SqlType.decimal(8, 2)), true),
                    ColumnDefinition.of(6, "f", SqlType.array(MOOD), true)),
            List.of(0),
            KeyMode.BUCKETED,
            Optional.of("a comment"),
            Map.of("pii", "yes"));

    @Test
    void roundTrips() {
        assertThat(CatalogRecords.table(CatalogRecords.encode(TABLE, null))).isEqualTo(TABLE);
    }

    @Test
    void alteredTablesRoundTripAndAreNothingForEarlierReaders() throws Exception {
        TableDefinition altered = TABLE.withColumns(List.of(
                        TABLE.columns().get(0).withMissing(Optional.of(MissingValue.fixed(-5, -1))),
                        TABLE.columns().get(1).withMissing(Optional.of(MissingValue.bytes(new byte[] {1, -1})))))
                .withChecks(List.of(new CheckDefinition("c", "a > 0", false)))
                .withRows(new RowStorage(77, List.of(new RowStorage.DroppedColumn(3, SqlType.varchar(9)))));
        byte[] record = CatalogRecords.encode(altered, null);
        assertThat(CatalogRecords.table(record)).isEqualTo(altered);
        assertThat(TableRecord.parseFrom(record).getMajor()).isEqualTo(2);
        assertThat(TableRecord.parseFrom(CatalogRecords.encode(TABLE, null)).getMajor())
                .isEqualTo(1);
    }

    @Test
    void partitionedTablesRoundTripAndAreNothingForEarlierReaders() throws Exception {
        TableDefinition partitioned = TABLE.withPartitioning(
                Optional.of(new RangePartitioning(3, true, 2, Optional.of(new Interval(-1, 30, 5_000_000)))));
        byte[] record = CatalogRecords.encode(partitioned, null);
        assertThat(CatalogRecords.table(record)).isEqualTo(partitioned);
        assertThat(TableRecord.parseFrom(record).getMajor()).isEqualTo(5);
    }

    @Test
    void materializedViewsRoundTripAndAreNothingForEarlierReaders() throws Exception {
        TableDefinition view = TABLE.withMaterialized(Optional.of(new MaterializedQuery(
                "select a from u",
                List.of("public"),
                List.of(new ViewDefinition.UsedRelation(
                        5, "public", "u", List.of(new ViewDefinition.UsedColumn(1, "a", true)))),
                List.of(9L),
                true,
                Optional.empty())));
        byte[] record = CatalogRecords.encode(view, null);
        assertThat(CatalogRecords.table(record)).isEqualTo(view);
        assertThat(TableRecord.parseFrom(record).getMajor()).isEqualTo(5);
    }

    @Test
    void continuousAggregatesAndTheirSourcesRoundTripAndAreNothingForEarlierReaders() throws Exception {
        RangePartitioning buckets = new RangePartitioning(3, false, 3_600_000_000L, Optional.empty());
        TableDefinition source = TABLE.withBucketLogs(List.of(new BucketLog(9, buckets)));
        TableDefinition view = TABLE.withMaterialized(Optional.of(new MaterializedQuery(
                "select 1",
                List.of(),
                List.of(),
                List.of(),
                true,
                Optional.of(new ContinuousAggregate(5, buckets, 2)))));
        for (TableDefinition table : List.of(source, view)) {
            byte[] record = CatalogRecords.encode(table, null);
            assertThat(CatalogRecords.table(record)).isEqualTo(table);
            assertThat(TableRecord.parseFrom(record).getMajor()).isEqualTo(6);
        }
    }

    @Test
    void sequencesRoundTrip() {
        SequenceDefinition sequence = new SequenceDefinition(
                8,
                "public",
                "s",
                "ada",
                9,
                -3,
                SqlType.SMALLINT,
                5,
                -2,
                Short.MIN_VALUE,
                Short.MAX_VALUE,
                20,
                true,
                Optional.of(new SequenceDefinition.Owner(7, 3, true)),
                Optional.of("a comment"));
        assertThat(SequenceRecords.sequence(SequenceRecords.encode(sequence, null)))
                .isEqualTo(sequence);
        SequenceDefinition free = sequence.withOwnedBy(Optional.empty());
        assertThat(SequenceRecords.sequence(SequenceRecords.encode(free, null))).isEqualTo(free);
    }

    @Test
    void viewsRoundTrip() {
        ViewDefinition view = new ViewDefinition(
                9,
                "public",
                "v",
                2,
                "ada",
                TABLE.columns(),
                "select a, b from t",
                List.of("s", "public"),
                List.of(new ViewDefinition.UsedRelation(
                        7,
                        "public",
                        "t",
                        List.of(
                                new ViewDefinition.UsedColumn(1, "a", true),
                                new ViewDefinition.UsedColumn(2, "b", false)))),
                List.of(3L),
                Optional.of(ViewDefinition.CheckOption.LOCAL),
                Optional.of("a comment"),
                Map.of("pii", "yes"));
        assertThat(ViewRecords.view(ViewRecords.encode(view, null))).isEqualTo(view);
    }

    @Test
    void indexesKeepWhatTheyCompute() throws Exception {
        int column = TABLE.columns().getFirst().id();
        IndexExpression expression = new IndexExpression("lower(a)", SqlType.TEXT, List.of(column));
        IndexDefinition plain = new IndexDefinition(
                5, "i", List.of(new IndexDefinition.Part(column, true)), true, false, false, Optional.empty());
        IndexDefinition whole = new IndexDefinition(
                6,
                "j",
                List.of(
                        new IndexDefinition.Part(expression, true, false),
                        new IndexDefinition.Part(column, Optional.empty(), false, true)),
                true,
                true,
                false,
                Optional.of("a comment"),
                List.of(column),
                Optional.of(new IndexExpression("a > 'x'", SqlType.BOOLEAN, List.of(column))),
                IndexDefinition.State.DELETE_ONLY);
        TableDefinition table = TABLE.withIndexes(List.of(plain, whole));
        byte[] record = CatalogRecords.encode(table, null);
        assertThat(CatalogRecords.table(record)).isEqualTo(table);
        assertThat(TableRecord.parseFrom(record).getMajor())
                .as("earlier versions would write such an index wrongly")
                .isEqualTo(3);
        byte[] older = CatalogRecords.encode(TABLE.withIndexes(List.of(plain)), null);
        assertThat(TableRecord.parseFrom(older).getMajor()).isLessThan(3);
    }

    @Test
    void laterMajorIsRefused() throws Exception {
        byte[] later = TableRecord.parseFrom(CatalogRecords.encode(TABLE, null)).toBuilder()
                .setMajor(CatalogRecords.NEWEST + 1)
                .build()
                .toByteArray();
        assertThatExceptionOfType(KadeException.class)
                .isThrownBy(() -> CatalogRecords.table(later))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INCOMPATIBLE_FORMAT));
    }

    @Test
    void unknownFieldsAreKept() throws Exception {
        UnknownFieldSet unknown = UnknownFieldSet.newBuilder()
                .addField(900, UnknownFieldSet.Field.newBuilder().addVarint(5).build())
                .build();
        byte[] previous = TableRecord.parseFrom(CatalogRecords.encode(TABLE, null)).toBuilder()
                .setUnknownFields(unknown)
                .build()
                .toByteArray();
        TableRecord again = TableRecord.parseFrom(CatalogRecords.encode(TABLE, previous));
        assertThat(again.getUnknownFields().getField(900).getVarintList()).containsExactly(5L);
    }
}
