package io.kadedb.storage.format.v1;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.common.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class RowCodecTest {
    @Test
    void roundTrips() {
        long seed = System.nanoTime();
        SplittableRandom random = new SplittableRandom(seed);
        List<ColumnBuffer> columns = new ArrayList<>();
        for (SqlType type : RandomValues.TYPES) {
            columns.add(RandomValues.column(type, 300, 0.2, random));
        }
        for (int row = 0; row < 300; row++) {
            Delta delta = Delta.put(7, 12_345_678_901L, new long[] {1, 99}, RowCodec.encode(columns, row));
            Delta read = Delta.decode(Stamp.stamped(42, delta.encode()));
            assertThat(read.stamp()).isEqualTo(new Stamp(42, 7));
            assertThat(read.rowId()).isEqualTo(12_345_678_901L);
            assertThat(read.hides()).containsExactly(1, 99);
            byte[] bytes = java.util.Objects.requireNonNull(read.row());
            List<ColumnBuffer> targets = new ArrayList<>();
            RandomValues.TYPES.forEach(type -> targets.add(new ColumnBuffer(type)));
            RowCodec.decode(bytes, read.rowOffset(), RandomValues.TYPES, new ArrayList<>(targets));
            for (int i = 0; i < columns.size(); i++) {
                ColumnBuffer column = columns.get(i);
                assertThat(targets.get(i).isNull(0)).as("seed %s", seed).isEqualTo(column.isNull(row));
                if (!column.isNull(row)) {
                    assertThat(ValueOrder.compare(column, row, targets.get(i), 0))
                            .as("seed %s", seed)
                            .isZero();
                }
            }
        }
    }
}
