package io.kadedb.storage.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.apple.foundationdb.KeyValue;
import com.apple.foundationdb.Transaction;
import io.kadedb.common.catalog.BucketRanges;
import io.kadedb.common.catalog.IndexDefinition;
import io.kadedb.common.control.CancelToken;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.api.CheckResult;
import io.kadedb.storage.api.DatabaseCheck;
import io.kadedb.storage.api.SqlTransaction;
import io.kadedb.storage.format.v1.KeyLayout;
import io.kadedb.storage.format.v1.Stamp;
import io.kadedb.storage.format.v1.proto.ManifestProto.ChunkRecord;
import io.kadedb.storage.format.v1.proto.ManifestProto.SegmentRecord;
import io.kadedb.storage.memory.MemoryKeySpace;
import io.kadedb.storage.table.IndexTable;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Damages planted one by one, each of which the check has to name; and that it names nothing else. */
final class CheckTest {
    private final ArenaPool pool = new ArenaPool();
    private final MemoryKeySpace keySpace = new MemoryKeySpace();
    private final TableStore store = new TableStore(keySpace, StoreConfig.inMemory(pool));
    private TableClient table = TableClient.create(store, "t", 1, SqlType.INTEGER, SqlType.TEXT, SqlType.INTEGER);

    /** Rows 1 to 99 in a segment of the table and one of the index, rows 100 to 104 as deltas. */
    @BeforeEach
    void fill() {
        try (SqlTransaction transaction = store.begin()) {
            table = table.index(transaction, "byText", false, 1);
            transaction.commit();
        }
        insert(1, 99);
        store.fold(table.table());
        store.fold(entries());
        insert(100, 104);
    }

    @AfterEach
    void close() {
        store.close();
        pool.close();
    }

    private io.kadedb.common.catalog.TableDefinition entries() {
        return IndexTable.of(table.table(), index()).table();
    }

    private IndexDefinition index() {
        return table.table().indexes().getFirst();
    }

    @SuppressWarnings("unchecked")
    private void insert(long from, long to) {
        try (SqlTransaction transaction = store.begin()) {
            for (long key = from; key <= to; key++) {
                List<@Nullable Object> row =
                        StoreContract.row(key, "text " + key % 10, key % 3 == 0 ? null : (Object) key);
                table.insert(transaction, row);
            }
            transaction.commit();
        }
    }

    private void damage(Consumer<Transaction> damage) {
        try (Transaction transaction = keySpace.database().createTransaction()) {
            damage.accept(transaction);
            transaction.commit().join();
        }
    }

    /** Changes the first value under a prefix, or the last. */
    private void change(byte[] prefix, boolean last, UnaryOperator<byte[]> change) {
        damage(transaction -> {
            KeyValue pair = transaction
                    .getRange(prefix, KeyLayout.end(prefix), 1, last)
                    .asList()
                    .join()
                    .getFirst();
            transaction.set(pair.getKey(), change.apply(pair.getValue().clone()));
        });
    }

    private void clearFirst(byte[] prefix) {
        damage(transaction -> transaction.clear(transaction
                .getRange(prefix, KeyLayout.end(prefix), 1)
                .asList()
                .join()
                .getFirst()
                .getKey()));
    }

    private void changeSegment(UnaryOperator<SegmentRecord.Builder> change) {
        change(KeyLayout.segments(table.table().id()), false, value -> {
            try {
                SegmentRecord.Builder record =
                        SegmentRecord.parser().parseFrom(value, Stamp.BYTES, value.length - Stamp.BYTES).toBuilder();
                return Stamp.stamped(
                        Stamp.versionOf(value), change.apply(record).build().toByteArray());
            } catch (com.google.protobuf.InvalidProtocolBufferException e) {
                throw new AssertionError(e);
            }
        });
    }

    private void assertNamed(String... parts) {
        List<String> damages = Checks.damages(store);
        assertThat(damages).isNotEmpty();
        assertThat(damages).anySatisfy(damage -> assertThat(damage).contains(parts));
    }

    @Test
    void soundDatabase() {
        List<CheckResult> results = Checks.all(store);
        assertThat(results).allSatisfy(result -> assertThat(result.problem()).isEmpty());
        assertThat(results)
                .contains(
                        CheckResult.sound("table", "public.t", 104),
                        CheckResult.sound("index", "byText of public.t", 104),
                        CheckResult.sound("files", "", 0));
    }

    @Test
    void byteOfAChunk() {
        change(KeyLayout.tableData(table.table().id()), true, value -> {
            value[value.length - 1] ^= 1;
            return value;
        });
        assertNamed("table public.t", "segment", "fail");
    }

    @Test
    void chunkThatIsNotThere() {
        clearFirst(KeyLayout.tableData(index().id()));
        assertNamed("index byText of public.t", "segment", "0 bytes of");
    }

    @Test
    void recordThatCannotBeRead() {
        change(KeyLayout.segments(table.table().id()), false, value -> new byte[] {1, 2, 3});
        assertNamed("table public.t", "segment");
    }

    @Test
    void countOfNulls() {
        changeSegment(
                record -> record.setColumns(2, record.getColumns(2).toBuilder().setNulls(5)));
        assertNamed("column \"c2\"", "5 NULLs, and has 33");
    }

    @Test
    void leastValue() {
        changeSegment(record -> {
            ChunkRecord column = record.getColumns(0);
            return record.setColumns(0, column.toBuilder().setMin(column.getMax()));
        });
        assertNamed("column \"c0\"", "its least");
    }

    @Test
    void greatestValue() {
        changeSegment(record -> {
            ChunkRecord column = record.getColumns(1);
            return record.setColumns(1, column.toBuilder().setMax(column.getMin()));
        });
        assertNamed("column \"c1\"", "its greatest");
    }

    @Test
    void firstKey() {
        changeSegment(record -> record.setMinKey(record.getMaxKey()));
        assertNamed("does not begin and end");
    }

    @Test
    void rowIds() {
        changeSegment(record -> record.setMaxRowId(record.getMaxRowId() + 1));
        assertNamed("row ids from");
    }

    @Test
    void deletedRows() {
        changeSegment(record -> record.setDeletedRows(3));
        assertNamed("deleted rows");
    }

    @Test
    void deltaUnderTheKeyOfAnother() {
        byte[] rows = KeyLayout.rows(table.table().id());
        damage(transaction -> {
            KeyValue pair = transaction
                    .getRange(rows, KeyLayout.end(rows), 1)
                    .asList()
                    .join()
                    .getFirst();
            transaction.set(KeyLayout.concat(rows, new byte[] {0x15, 77}), pair.getValue());
        });
        assertNamed("table public.t", "under the key of another row");
    }

    @Test
    void missingEntry() {
        clearFirst(KeyLayout.rows(index().id()));
        assertNamed("index byText", "(c1)=(text 0) has no entry");
    }

    @Test
    void entryWithoutRow() {
        damage(transaction -> {
            byte[] rows = KeyLayout.rows(table.table().id());
            transaction.clear(transaction
                    .getRange(rows, KeyLayout.end(rows), 1)
                    .asList()
                    .join()
                    .getFirst()
                    .getKey());
        });
        assertNamed("index byText", "(c1)=(text 0) names row", "not there");
    }

    @Test
    void keyTwice() {
        // A second row under the key of one that lies in the segment.
        damage(transaction -> {
            byte[] rows = KeyLayout.rows(table.table().id());
            KeyValue pair = transaction
                    .getRange(rows, KeyLayout.end(rows), 1)
                    .asList()
                    .join()
                    .getFirst();
            transaction.clear(pair.getKey());
            byte[] value = pair.getValue().clone();
            // The zigzag number of the key, behind the count of columns and the bits.
            for (int i = 0; i + 1 < value.length; i++) {
                if ((value[i] & 0xFF) == 0xC8 && value[i + 1] == 0x01) {
                    value[i] = (byte) 0x8A;
                    value[i + 1] = 0x00;
                    transaction.set(KeyLayout.concat(rows, new byte[] {0x15, 5}), value);
                }
            }
        });
        assertNamed("table public.t", "the key (c0)=(5) is that of another row");
    }

    @Test
    void counterBehind() {
        damage(transaction -> transaction.set(
                KeyLayout.rowIdSequence(table.table().id()),
                ByteBuffer.allocate(Long.BYTES).putLong(3).array()));
        assertNamed("counters", "rows of table", "again");
    }

    @Test
    void bucketsOfNobody() {
        damage(transaction ->
                transaction.set(KeyLayout.changedBuckets(4_000, new BucketRanges.Range(1, 2)), new byte[Stamp.BYTES]));
        assertNamed("leftovers", "changed buckets of aggregate 4000", "nobody's");
        damage(transaction -> transaction.set(KeyLayout.computed(4_001), new byte[Stamp.BYTES]));
        assertNamed("leftovers", "computed of aggregate 4001", "nobody's");
    }

    @Test
    void dataOfNobody() {
        damage(transaction -> transaction.set(
                KeyLayout.part(
                        KeyLayout.chunk(KeyLayout.segmentData(table.table().id(), 4_000, 0), 1), 0),
                new byte[10]));
        assertNamed("leftovers", "segment 4000.0", "nobody's");
    }

    @Test
    void catalogRecord() {
        change(KeyLayout.tables(), false, value -> new byte[] {8, 1, (byte) 0xFF});
        assertNamed("table with id", "damaged");
    }

    @Test
    void schemaOfATable() {
        clearFirst(KeyLayout.schemas());
        assertNamed("table public.t", "schema \"public\" is not there");
    }

    @Test
    void fence() {
        damage(transaction -> transaction.set(
                KeyLayout.fence(table.table().id()),
                ByteBuffer.allocate(Integer.BYTES).putInt(99).array()));
        assertNamed("table public.t", "fence has the number 99");
    }

    @Test
    void otherTablesAreCheckedAfterDamage() {
        TableClient other = TableClient.create(store, "other", 0, SqlType.INTEGER);
        try (SqlTransaction transaction = store.begin()) {
            other.insert(transaction, List.of(StoreContract.row(1L)));
            transaction.commit();
        }
        change(KeyLayout.segments(table.table().id()), false, value -> new byte[20]);
        assertThat(Checks.all(store)).contains(CheckResult.sound("table", "public.other", 1));
    }

    @Test
    void oneTable() {
        TableClient.create(store, "other", 0, SqlType.INTEGER);
        try (DatabaseCheck check = store.check(OptionalLong.of(table.table().id()), CancelToken.unbounded())) {
            assertThat(check.next()).isEmpty();
            assertThat(check.next()).containsExactly(CheckResult.sound("table", "public.t", 104));
            assertThat(check.next()).containsExactly(CheckResult.sound("index", "byText of public.t", 104));
            assertThat(check.next()).isNull();
        }
    }

    @Test
    void cancelled() {
        CancelToken token = CancelToken.unbounded();
        try (DatabaseCheck check = store.check(OptionalLong.empty(), token)) {
            check.next();
            check.next();
            token.cancel();
            assertThatExceptionOfType(KadeException.class)
                    .isThrownBy(check::next)
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.QUERY_CANCELED));
        }
    }
}
