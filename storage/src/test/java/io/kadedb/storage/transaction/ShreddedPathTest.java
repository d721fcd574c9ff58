package io.kadedb.storage.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import com.apple.foundationdb.Transaction;
import io.kadedb.common.json.JsonReader;
import io.kadedb.common.json.PathColumn;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.api.ColumnRange;
import io.kadedb.storage.api.SqlTransaction;
import io.kadedb.storage.format.v1.KeyLayout;
import io.kadedb.storage.format.v1.Stamp;
import io.kadedb.storage.format.v1.proto.ManifestProto.SegmentRecord;
import io.kadedb.storage.format.v1.proto.ManifestProto.ShreddedRecord;
import io.kadedb.storage.memory.MemoryKeySpace;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Paths of documents in columns of their own: which there are, what a scan skips by them, and that they are checked. */
final class ShreddedPathTest {
    private static final PathColumn NUMBER = new PathColumn(1, List.of("n"), SqlType.INTEGER);

    private final ArenaPool pool = new ArenaPool();
    private final MemoryKeySpace keySpace = new MemoryKeySpace();
    private final TableStore store = new TableStore(keySpace, StoreConfig.inMemory(pool));
    private final TableClient table = TableClient.create(store, "t", 1, SqlType.INTEGER, SqlType.JSONB);

    @AfterEach
    void close() {
        store.close();
        pool.close();
    }

    private void insert(long from, long to, LongFunction<String> document) {
        try (SqlTransaction transaction = store.begin()) {
            for (long key = from; key <= to; key++) {
                table.insert(transaction, StoreContract.row(key, document(document.apply(key))));
            }
            transaction.commit();
        }
    }

    private static ByteBuffer document(String text) {
        return ByteBuffer.wrap(JsonReader.toJsonb(text)).asReadOnlyBuffer();
    }

    /** How many parts of the table may have a number from one to another. */
    private int partsWithin(PathColumn path, Object low, Object high) {
        try (SqlTransaction transaction = store.begin()) {
            return transaction
                    .scan(table.table(), List.of(0), List.of(path), List.of(new ColumnRange(2, low, true, high, true)))
                    .splits()
                    .size();
        }
    }

    private List<String> paths() {
        return segment().getShreddedList().stream()
                .map(path -> String.join(".", path.getKeysList()))
                .toList();
    }

    @Test
    void frequentPathsOfOneTypeHaveColumns() {
        insert(
                1,
                200,
                key -> "{\"n\": " + key + ", \"mixed\": " + (key % 2 == 0 ? "1" : "\"x\"")
                        + (key % 10 == 0 ? ", \"rare\": 1" : "") + ", \"o\": {\"t\": \"" + key
                        + "\", \"list\": [1], \"long\": \"" + "x".repeat(300) + "\"}}");
        store.fold(table.table());
        assertThat(paths()).containsExactly("n", "o.t");
        assertThat(Checks.damages(store)).isEmpty();
    }

    @Test
    void fewRowsStayWhole() {
        insert(1, 20, key -> "{\"n\": " + key + "}");
        store.fold(table.table());
        assertThat(paths()).isEmpty();
    }

    @Test
    void segmentsAreSkippedByTheirValues() {
        insert(1, 100, key -> "{\"n\": " + key + ", \"t\": \"b" + key + "\"}");
        store.fold(table.table());
        assertThat(partsWithin(NUMBER, 100L, 200L)).isEqualTo(1);
        assertThat(partsWithin(NUMBER, 101L, 200L)).isZero();
        PathColumn text = new PathColumn(1, List.of("t"), SqlType.TEXT);
        assertThat(partsWithin(text, "a", "b")).isZero();
        assertThat(partsWithin(text, "b2", "b2")).isEqualTo(1);
        // Deltas are read, texts of numbers have another order.
        insert(101, 101, key -> "{\"n\": 1}");
        assertThat(partsWithin(NUMBER, 101L, 200L)).isEqualTo(1);
        assertThat(partsWithin(new PathColumn(1, List.of("n"), SqlType.TEXT), "x", "y"))
                .isEqualTo(2);
    }

    @Test
    void segmentsWithValuesOfOtherTypesAreNotSkipped() {
        insert(1, 100, key -> "{\"n\": " + (key == 50 ? "\"1000\"" : String.valueOf(key)) + "}");
        store.fold(table.table());
        assertThat(segment().getShredded(0).getOtherRows()).isEqualTo(1);
        assertThat(partsWithin(NUMBER, 1000L, 1000L)).isEqualTo(1);
    }

    private void damage(UnaryOperator<ShreddedRecord.Builder> damage) {
        insert(1, 100, key -> "{\"n\": " + (key == 50 ? "\"x\"" : String.valueOf(key)) + ", \"m\": " + -key + "}");
        store.fold(table.table());
        assertThat(Checks.damages(store)).isEmpty();
        byte[] prefix = KeyLayout.segments(table.table().id());
        SegmentRecord.Builder record = segment().toBuilder();
        record.setShredded(0, damage.apply(record.getShredded(0).toBuilder()));
        try (Transaction transaction = keySpace.database().createTransaction()) {
            byte[] key = transaction
                    .getRange(prefix, KeyLayout.end(prefix), 1)
                    .asList()
                    .join()
                    .getFirst()
                    .getKey();
            byte[] value = transaction.get(key).join();
            transaction.set(
                    key, Stamp.stamped(Stamp.versionOf(value), record.build().toByteArray()));
            transaction.commit().join();
        }
        assertThat(Checks.damages(store)).anySatisfy(named -> assertThat(named).contains("path ", "of segment"));
    }

    @Test
    void valuesOfAnotherPathAreNamed() {
        damage(path -> path.clearKeys().addKeys("n"));
    }

    @Test
    void boundsAreChecked() {
        damage(path -> path.setValues(
                path.getValues().toBuilder().setMin(path.getValues().getMax())));
    }

    @Test
    void checksumsAreChecked() {
        damage(path -> path.setValues(path.getValues().toBuilder().setCrc32C(7)));
    }

    @Test
    void otherRowsAreChecked() {
        damage(path -> path.setOtherRows(path.getOtherRows() + 1));
    }

    private SegmentRecord segment() {
        byte[] prefix = KeyLayout.segments(table.table().id());
        byte[] value = keySpace.database()
                .createTransaction()
                .getRange(prefix, KeyLayout.end(prefix), 1)
                .asList()
                .join()
                .getFirst()
                .getValue();
        try {
            return SegmentRecord.parser().parseFrom(value, Stamp.BYTES, value.length - Stamp.BYTES);
        } catch (com.google.protobuf.InvalidProtocolBufferException e) {
            throw new AssertionError(e);
        }
    }
}
