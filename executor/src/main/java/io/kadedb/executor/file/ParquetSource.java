package io.kadedb.executor.file;

import dev.hardwood.InputFile;
import dev.hardwood.metadata.LogicalType;
import dev.hardwood.metadata.PhysicalType;
import dev.hardwood.reader.ColumnReader;
import dev.hardwood.reader.ColumnReaders;
import dev.hardwood.reader.ParquetFileReader;
import dev.hardwood.reader.Validity;
import dev.hardwood.schema.ColumnProjection;
import dev.hardwood.schema.ColumnSchema;
import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.SqlType;
import io.kadedb.common.type.TypeId;
import io.kadedb.executor.kernel.VectorBuilder;
import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.executor.pipeline.Source;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.storage.api.BatchSource;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The rows of a Parquet file, in order. */
final class ParquetSource implements Source {
    private final Path file;
    private final PhysicalPlan.FileScan scan;
    private final MemoryPool memory;
    private final AtomicBoolean taken = new AtomicBoolean();

    ParquetSource(Path file, PhysicalPlan.FileScan scan, QueryRun run) {
        this.file = file;
        this.scan = scan;
        this.memory = run.memory();
    }

    /** The columns of a file and its number of rows. */
    record Description(List<Field> columns, long rows) {}

    static Description describe(Path file, String name) {
        try (ParquetFileReader reader = ParquetFileReader.open(InputFile.of(file))) {
            List<Field> fields = new ArrayList<>();
            for (ColumnSchema column : reader.getFileSchema().getColumns()) {
                fields.add(ParquetTypes.field(column, name));
            }
            return new Description(fields, reader.getFileMetaData().numRows());
        } catch (IOException | IllegalStateException | IllegalArgumentException e) {
            throw unreadable(name, e);
        }
    }

    private static KadeException unreadable(String name, Exception e) {
        return KadeException.of(
                ErrorCode.BAD_COPY_FILE_FORMAT,
                LocalFiles.shown(name) + " cannot be read as Parquet: " + e.getMessage(),
                e);
    }

    @Override
    public int start() {
        return 1;
    }

    @Override
    public @Nullable BatchSource next() {
        return taken.compareAndSet(false, true) ? new Reader() : null;
    }

    private final class Reader implements BatchSource {
        private final ParquetFileReader reader;
        private final @Nullable ColumnReaders columns;
        private final ColumnSchema[] schemas;
        private final ColumnReader[] readers;
        private final VectorBuilder[] builders;
        private long rowsLeft;

        Reader() {
            try {
                reader = ParquetFileReader.open(InputFile.of(file));
            } catch (IOException | IllegalStateException | IllegalArgumentException e) {
                throw unreadable(scan.path(), e);
            }
            int n = scan.columns().size();
            schemas = new ColumnSchema[n];
            readers = new ColumnReader[n];
            builders = new VectorBuilder[n];
            rowsLeft = reader.getFileMetaData().numRows();
            String[] names = new String[n];
            for (int i = 0; i < n; i++) {
                schemas[i] = reader.getFileSchema().getColumn(scan.columns().get(i));
                names[i] = schemas[i].name();
                builders[i] = new VectorBuilder(
                        scan.fileColumns().get(scan.columns().get(i)).type(), memory);
            }
            columns = n == 0
                    ? null
                    : reader.buildColumnReaders(ColumnProjection.columns(names))
                            .batchSize(Batch.MAX_ROWS)
                            .build();
            for (int i = 0; i < n && columns != null; i++) {
                readers[i] = columns.getColumnReader(names[i]);
            }
        }

        @Override
        public @Nullable Batch next() {
            ColumnReaders open = columns;
            if (open == null) {
                int rows = (int) Math.min(rowsLeft, Batch.MAX_ROWS);
                rowsLeft -= rows;
                return rows == 0 ? null : new Batch(rows, List.of());
            }
            try {
                if (!open.nextBatch()) {
                    return null;
                }
            } catch (IllegalStateException | IllegalArgumentException e) {
                throw unreadable(scan.path(), e);
            }
            ColumnVector[] vectors = new ColumnVector[builders.length];
            for (int i = 0; i < vectors.length; i++) {
                builders[i].clear();
                append(readers[i], schemas[i], builders[i], open.getRecordCount());
                vectors[i] = builders[i].build();
            }
            return new Batch(open.getRecordCount(), Arrays.asList(vectors));
        }

        @Override
        public void close() {
            for (VectorBuilder builder : builders) {
                builder.close();
            }
            try {
                if (columns != null) {
                    columns.close();
                }
                reader.close();
            } catch (IOException e) {
                throw unreadable(scan.path(), e);
            }
        }
    }

    private static void append(ColumnReader from, ColumnSchema schema, VectorBuilder to, int rows) {
        Validity validity = from.getLeafValidity();
        boolean nulls = validity.hasNulls();
        switch (schema.type()) {
            case BOOLEAN -> {
                boolean[] values = from.getBooleans();
                for (int i = 0; i < rows; i++) {
                    if (nulls && validity.isNull(i)) {
                        to.appendNull();
                    } else {
                        to.appendBoolean(values[i]);
                    }
                }
            }
            case INT32 -> {
                int[] values = from.getInts();
                long divisor = ParquetTypes.microsDivisor(schema);
                boolean unsigned = to.type().id() == TypeId.BIGINT;
                for (int i = 0; i < rows; i++) {
                    if (nulls && validity.isNull(i)) {
                        to.appendNull();
                    } else {
                        to.appendLong(micros(unsigned ? Integer.toUnsignedLong(values[i]) : values[i], divisor));
                    }
                }
            }
            case INT64 -> {
                long[] values = from.getLongs();
                long divisor = ParquetTypes.microsDivisor(schema);
                boolean unsigned = schema.logicalType() instanceof LogicalType.IntType type && !type.isSigned();
                for (int i = 0; i < rows; i++) {
                    if (nulls && validity.isNull(i)) {
                        to.appendNull();
                    } else if (unsigned) {
                        to.appendInt128(0, values[i]);
                    } else {
                        to.appendLong(micros(values[i], divisor));
                    }
                }
            }
            case FLOAT -> {
                float[] values = from.getFloats();
                for (int i = 0; i < rows; i++) {
                    if (nulls && validity.isNull(i)) {
                        to.appendNull();
                    } else {
                        to.appendDouble(values[i]);
                    }
                }
            }
            case DOUBLE -> {
                double[] values = from.getDoubles();
                for (int i = 0; i < rows; i++) {
                    if (nulls && validity.isNull(i)) {
                        to.appendNull();
                    } else {
                        to.appendDouble(values[i]);
                    }
                }
            }
            case BYTE_ARRAY, FIXED_LEN_BYTE_ARRAY -> appendBytes(from, schema, to, rows);
            case INT96 -> throw KadeException.of(ErrorCode.FEATURE_NOT_SUPPORTED, "the retired type INT96 is not read");
        }
    }

    private static long micros(long value, long divisor) {
        return divisor == 1 ? value : divisor < 0 ? value * -divisor : Math.floorDiv(value, divisor);
    }

    private static void appendBytes(ColumnReader from, ColumnSchema schema, VectorBuilder to, int rows) {
        Validity validity = from.getLeafValidity();
        byte[] bytes = from.getBinaryValues();
        int[] offsets = from.getBinaryOffsets();
        MemorySegment segment = MemorySegment.ofArray(bytes);
        SqlType type = to.type();
        for (int i = 0; i < rows; i++) {
            if (validity.isNull(i)) {
                to.appendNull();
            } else if (type.id() == TypeId.DECIMAL) {
                byte[] unscaled = Arrays.copyOfRange(bytes, offsets[i], offsets[i + 1]);
                to.append(new BigDecimal(new BigInteger(unscaled), type.scale()));
            } else if (type.id() == TypeId.UUID) {
                to.appendInt128(
                        segment.get(ColumnVector.INT64, offsets[i] + 8L), segment.get(ColumnVector.INT64, offsets[i]));
            } else if (type.id() == TypeId.INTERVAL) {
                // Months, days and milliseconds, each unsigned.
                to.appendInterval(
                        segment.get(ColumnVector.INT32, offsets[i]),
                        segment.get(ColumnVector.INT32, offsets[i] + 4L),
                        Integer.toUnsignedLong(segment.get(ColumnVector.INT32, offsets[i] + 8L)) * 1000);
            } else {
                assert schema.type() != PhysicalType.INT96;
                to.appendBytes(segment, offsets[i], offsets[i + 1] - offsets[i]);
            }
        }
    }
}
