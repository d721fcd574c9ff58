package io.kadedb.storage.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.common.data.Batch;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.api.SqlTransaction;
import io.kadedb.storage.format.v1.ColumnBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How fast rows shaped like TPC-H's lineitem are loaded by one thread. */
@Tag("slow")
final class LoadSpeedTest {
    private static final SqlType MONEY = SqlType.decimal(12, 2);
    private static final SqlType[] TYPES = {
        SqlType.BIGINT,
        SqlType.INTEGER,
        SqlType.BIGINT,
        SqlType.BIGINT,
        MONEY,
        MONEY,
        MONEY,
        MONEY,
        SqlType.character(1),
        SqlType.character(1),
        SqlType.DATE,
        SqlType.DATE,
        SqlType.DATE,
        SqlType.character(25),
        SqlType.character(10),
        SqlType.varchar(44)
    };

    @Test
    void loadsLineitem() {
        int batches = 500;
        try (ArenaPool pool = new ArenaPool();
                TableStore store = (TableStore) Stores.open(StoreConfig.inMemory(pool))) {
            TableClient table = TableClient.create(store, "lineitem", 2, TYPES);
            List<Batch> rows = new ArrayList<>();
            for (int i = 0; i < batches; i++) {
                rows.add(batch(i));
            }
            for (int round = 0; round < 2; round++) {
                long start = System.nanoTime();
                try (SqlTransaction transaction = store.begin()) {
                    transaction.beginStatement();
                    var sink = transaction.insert(table.table());
                    rows.forEach(sink::accept);
                    sink.finish();
                    transaction.endStatement();
                    if (round == 1) {
                        transaction.commit();
                    }
                }
                double seconds = (System.nanoTime() - start) / 1e9;
                System.out.printf("%.0f rows/s%n", batches * Batch.MAX_ROWS / seconds);
            }
            assertThat(table.count(store)).isEqualTo((long) batches * Batch.MAX_ROWS);
            long least = Long.MAX_VALUE;
            for (int i = 0; i < 20_000; i++) {
                long start = System.nanoTime();
                try (SqlTransaction transaction = store.begin()) {
                    table.lookup(transaction, StoreContract.row((long) (i % 1000), (long) (i % 4)));
                }
                least = Math.min(least, System.nanoTime() - start);
            }
            System.out.printf("lookup, least: %.1f us%n", least / 1e3);
        }
    }

    private static Batch batch(int number) {
        SplittableRandom random = new SplittableRandom(number);
        List<ColumnBuffer> columns = new ArrayList<>();
        for (SqlType type : TYPES) {
            columns.add(new ColumnBuffer(type, Batch.MAX_ROWS));
        }
        for (int i = 0; i < Batch.MAX_ROWS; i++) {
            long row = (long) number * Batch.MAX_ROWS + i;
            for (int c = 0; c < TYPES.length; c++) {
                if (columns.get(c).isVarbytes()) {
                    String text = c == 15
                            ? Long.toString(random.nextLong(), 36) + Long.toString(random.nextLong(), 36)
                            : "mode " + random.nextInt(5);
                    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                    columns.get(c).addVarbytes(bytes, 0, bytes.length);
                } else {
                    columns.get(c).addFixed(c == 0 ? row / 4 : c == 1 ? row % 4 : random.nextInt(200_000), 0);
                }
            }
        }
        return new Batch(Batch.MAX_ROWS, columns.stream().map(Values::vector).toList());
    }
}
