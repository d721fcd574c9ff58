package io.kadedb.storage.table;

import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.json.PathColumn;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.format.v1.ColumnBuffer;
import io.kadedb.storage.format.v1.ShreddedPath;
import io.kadedb.storage.format.v1.VectorValues;
import io.kadedb.storage.format.v1.proto.ManifestProto.ChunkRecord;
import io.kadedb.storage.format.v1.proto.ManifestProto.ShreddedRecord;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The two columns of a {@link PathColumn} in a segment: the values as far as they lie in a column of their own, and the
 * documents of all other rows.
 */
final class PathVectors {
    private final TableView view;
    private final Segment segment;
    private final PathColumn path;
    private final @Nullable ShreddedRecord shredded;

    PathVectors(TableView view, Segment segment, PathColumn path) {
        this.view = view;
        this.segment = segment;
        this.path = path;
        this.shredded = shredded(view.table().columns().get(path.column()), segment, path)
                .orElse(null);
    }

    /** The column of a path that has values of the type that is wanted; all values known there have it. */
    static Optional<ShreddedRecord> shredded(ColumnDefinition column, Segment segment, PathColumn path) {
        return segment.shredded(column.id(), path.keys())
                .filter(record -> ShreddedPath.type(record.getType())
                        .map(type -> gives(type, path.type(), record.getValues()))
                        .orElse(false));
    }

    private static boolean gives(SqlType stored, SqlType wanted, ChunkRecord values) {
        return switch (wanted.id()) {
            case TEXT -> true;
            case DOUBLE -> stored.equals(SqlType.DOUBLE) || stored.equals(SqlType.BIGINT);
            case INTEGER -> stored.equals(SqlType.BIGINT) && isWithin(values, Integer.MIN_VALUE, Integer.MAX_VALUE);
            default -> stored.equals(wanted);
        };
    }

    private static boolean isWithin(ChunkRecord values, long least, long most) {
        if (!values.hasMin()) {
            return true;
        }
        Object min = LiteralBounds.decode(SqlType.BIGINT, values.getMin().toByteArray());
        Object max = LiteralBounds.decode(SqlType.BIGINT, values.getMax().toByteArray());
        return min instanceof Long low && max instanceof Long high && low >= least && high <= most;
    }

    /** The values, held for the caller. */
    DecodedColumn values() {
        ColumnCache cache = view.storage().columns();
        if (shredded == null) {
            return nulls(path.type());
        }
        SqlType stored = ShreddedPath.type(shredded.getType()).orElseThrow();
        ChunkRecord chunk = shredded.getValues();
        return comparesAlike(stored, path.type())
                ? cache.acquire(segment, chunk, path.type())
                : cache.acquireMade(segment, chunk, path.type(), () -> converted(stored, chunk));
    }

    /** Whether values that are stored in one type are, and have the order of, those in the other as they lie there. */
    static boolean comparesAlike(SqlType stored, SqlType wanted) {
        return stored.equals(wanted) || (stored.isInteger() && wanted.isInteger());
    }

    private DecodedColumn converted(SqlType stored, ChunkRecord chunk) {
        DecodedColumn values = view.storage().columns().acquire(segment, chunk, stored);
        try {
            ColumnVector vector = values.vector();
            return made(path.type(), target -> {
                for (int row = 0; row < segment.rows(); row++) {
                    if (vector.isNull(row)) {
                        target.addNull();
                    } else if (target.isVarbytes()) {
                        byte[] text = ShreddedPath.text(stored, VectorValues.low(vector, row));
                        target.addVarbytes(text, 0, text.length);
                    } else {
                        target.addFixed(Double.doubleToRawLongBits((double) VectorValues.low(vector, row)), 0);
                    }
                }
            });
        } finally {
            values.release();
        }
    }

    /** The documents of the rows whose values are not known, NULL in the others; held for the caller. */
    DecodedColumn documents() {
        if (shredded == null) {
            return SegmentSplit.acquire(view, segment, path.column());
        }
        if (shredded.getOtherRows() == 0) {
            return nulls(SqlType.JSONB);
        }
        return view.storage()
                .columns()
                .acquireMade(segment, shredded.getOthers(), SqlType.JSONB, () -> others(shredded.getOthers()));
    }

    private DecodedColumn others(ChunkRecord chunk) {
        DecodedColumn flags = view.storage().columns().acquire(segment, chunk, SqlType.BOOLEAN);
        try {
            DecodedColumn whole = SegmentSplit.acquire(view, segment, path.column());
            try {
                return made(SqlType.JSONB, documents -> {
                    for (int row = 0; row < segment.rows(); row++) {
                        if (ColumnVector.bit(flags.vector().data(), row)) {
                            documents.add(whole.vector(), row);
                        } else {
                            documents.addNull();
                        }
                    }
                });
            } finally {
                whole.release();
            }
        } finally {
            flags.release();
        }
    }

    private DecodedColumn nulls(SqlType type) {
        return made(type, values -> {
            for (int row = 0; row < segment.rows(); row++) {
                values.addNull();
            }
        });
    }

    private DecodedColumn made(SqlType type, Consumer<ColumnBuffer> rows) {
        ColumnBuffer buffer = new ColumnBuffer(type, segment.rows());
        rows.accept(buffer);
        return DecodedColumn.of(view.storage().memory(), buffer);
    }
}
