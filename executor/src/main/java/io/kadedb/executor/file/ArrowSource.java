package io.kadedb.executor.file;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Field;
import io.kadedb.executor.kernel.VectorBuilder;
import io.kadedb.executor.memory.ArrowMemoryPool;
import io.kadedb.executor.pipeline.QueryRun;
import io.kadedb.executor.pipeline.Source;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.storage.api.BatchSource;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.arrow.compression.CommonsCompressionFactory;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BaseIntVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.dictionary.Dictionary;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.ipc.InvalidArrowFileException;
import org.apache.arrow.vector.types.pojo.DictionaryEncoding;
import org.jspecify.annotations.Nullable;

/** The rows of an Arrow IPC file, in order. A record batch is in memory at a time, and all dictionaries. */
final class ArrowSource implements Source {
    private static final int VALUE_BYTES = 8;

    private final Path file;
    private final PhysicalPlan.FileScan scan;
    private final MemoryPool memory;
    private final AtomicBoolean taken = new AtomicBoolean();

    ArrowSource(Path file, PhysicalPlan.FileScan scan, QueryRun run) {
        this.file = file;
        this.scan = scan;
        this.memory = run.memory();
    }

    /** The columns of a file and a guess at its number of rows. */
    record Description(List<Field> columns, double rows) {}

    static Description describe(Path file, String name) {
        try (BufferAllocator allocator = new RootAllocator();
                ArrowFileReader reader = open(file, allocator)) {
            List<Field> fields = new ArrayList<>();
            for (FieldVector vector : reader.getVectorSchemaRoot().getFieldVectors()) {
                fields.add(ArrowTypes.read(
                        vector.getField(), values(reader, vector).getField(), name));
            }
            double rowBytes = Math.max(1, fields.size()) * VALUE_BYTES;
            return new Description(fields, Math.max(1.0, (double) Files.size(file) / rowBytes));
        } catch (IOException
                | InvalidArrowFileException
                | IllegalStateException
                | IllegalArgumentException
                | IndexOutOfBoundsException e) {
            throw unreadable(name, e);
        }
    }

    // The reader closes the channel.
    @SuppressWarnings("MustBeClosedChecker")
    private static ArrowFileReader open(Path file, BufferAllocator allocator) throws IOException {
        return new ArrowFileReader(FileChannel.open(file), allocator, CommonsCompressionFactory.INSTANCE);
    }

    /** The vector that has a column's values. */
    private static FieldVector values(ArrowFileReader reader, FieldVector vector) {
        DictionaryEncoding encoding = vector.getField().getDictionary();
        return encoding == null ? vector : dictionary(reader, encoding).getVector();
    }

    private static Dictionary dictionary(ArrowFileReader reader, DictionaryEncoding encoding) {
        Dictionary dictionary = reader.lookup(encoding.getId());
        if (dictionary == null) {
            throw new IllegalStateException("there is no dictionary " + encoding.getId());
        }
        return dictionary;
    }

    private static KadeException unreadable(String name, Exception e) {
        return KadeException.of(
                ErrorCode.BAD_COPY_FILE_FORMAT,
                LocalFiles.shown(name) + " cannot be read as an Arrow IPC file: " + e.getMessage(),
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
        private final BufferAllocator allocator;
        private final ArrowFileReader reader;
        private final VectorBuilder[] builders;
        private int position;
        private int end;

        Reader() {
            allocator = ((ArrowMemoryPool) memory).arrowAllocator().newChildAllocator("arrow file", 0, Long.MAX_VALUE);
            try {
                reader = open(file, allocator);
            } catch (IOException e) {
                allocator.close();
                throw unreadable(scan.path(), e);
            }
            builders = new VectorBuilder[scan.columns().size()];
            for (int i = 0; i < builders.length; i++) {
                builders[i] = new VectorBuilder(
                        scan.fileColumns().get(scan.columns().get(i)).type(), memory);
            }
        }

        @Override
        public @Nullable Batch next() {
            try {
                while (position == end) {
                    if (!reader.loadNextBatch()) {
                        return null;
                    }
                    position = 0;
                    end = reader.getVectorSchemaRoot().getRowCount();
                }
                return batch(Math.min(Batch.MAX_ROWS, end - position));
            } catch (OutOfMemoryException e) {
                throw KadeException.of(
                                ErrorCode.OUT_OF_MEMORY,
                                "a record batch of the file \"" + scan.path()
                                        + "\" does not fit the statement's memory",
                                e)
                        .hint("raise it with SET memory_limit");
            } catch (IOException
                    | InvalidArrowFileException
                    | IllegalStateException
                    | IllegalArgumentException
                    | ArithmeticException
                    | IndexOutOfBoundsException e) {
                throw unreadable(scan.path(), e);
            }
        }

        private Batch batch(int rows) throws IOException {
            ColumnVector[] vectors = new ColumnVector[builders.length];
            for (int i = 0; i < vectors.length; i++) {
                builders[i].clear();
                append(reader.getVectorSchemaRoot().getVector(scan.columns().get(i)), builders[i], rows);
                vectors[i] = builders[i].build();
            }
            position += rows;
            return new Batch(rows, Arrays.asList(vectors));
        }

        private void append(FieldVector column, VectorBuilder to, int rows) {
            FieldVector from = values(reader, column);
            ArrowValues values = ArrowValues.of(from);
            for (int row = position; row < position + rows; row++) {
                int index = row;
                if (!column.isNull(row) && column.getField().getDictionary() != null) {
                    index = Math.toIntExact(((BaseIntVector) column).getValueAsLong(row));
                }
                if (column.isNull(row) || from.isNull(index)) {
                    to.appendNull();
                } else {
                    values.append(index, to);
                }
            }
        }

        @Override
        public void close() {
            for (VectorBuilder builder : builders) {
                builder.close();
            }
            try (allocator) {
                reader.close();
            } catch (IOException e) {
                throw unreadable(scan.path(), e);
            }
        }
    }
}
