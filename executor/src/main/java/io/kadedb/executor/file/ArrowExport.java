package io.kadedb.executor.file;

import io.kadedb.common.data.Batch;
import io.kadedb.common.data.ColumnVector;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.Field;
import io.kadedb.common.type.Layout;
import io.kadedb.executor.api.FileExports;
import io.kadedb.executor.memory.Native;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.BitVectorHelper;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.types.pojo.Schema;

/** Writes an Arrow IPC file, uncompressed; a record batch is held until it has its rows, or 32 MB. */
final class ArrowExport implements FileExports.Export {
    private static final long GROUP_BYTES = 32L << 20;

    private final ExportTarget file;
    private final List<Field> fields;
    private final long groupRows;
    private final BufferAllocator allocator = new RootAllocator();
    private final VectorSchemaRoot root;
    private final ArrowFileWriter writer;
    private int rows;
    private long heldBytes;

    ArrowExport(ExportTarget file, ArrowOptions options, List<Field> fields) {
        this.fields = fields;
        this.groupRows = options.groupRows();
        this.file = file;
        this.root = VectorSchemaRoot.create(
                new Schema(fields.stream().map(ArrowTypes::written).toList()), allocator);
        this.writer = new ArrowFileWriter(root, null, file.channel(), Map.of());
        try {
            writer.start();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private KadeException failed(IOException e) {
        close();
        return file.failed(e);
    }

    @Override
    public void write(Batch batch) {
        FiniteTimes.check(batch, "Arrow");
        for (int i = 0; i < fields.size(); i++) {
            append(batch.column(i), fields.get(i), root.getVector(i));
        }
        rows += batch.length();
        try {
            if (rows >= groupRows || heldBytes >= GROUP_BYTES) {
                endGroup();
            }
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void append(ColumnVector column, Field field, FieldVector to) {
        Layout layout = field.type().layout();
        int last = rows + column.length();
        while (to.getValueCapacity() < last) {
            to.reAlloc();
        }
        for (int row = 0; row < column.length(); row++) {
            if (column.isNull(row)) {
                continue;
            }
            if (column.dictionary() != null) {
                set(column.dictionary(), column.data().get(ColumnVector.INT32, 4L * row), layout, to, rows + row);
            } else {
                set(column, row, layout, to, rows + row);
            }
        }
        heldBytes += (long) column.length() * Math.max(1, layout.width());
    }

    private void set(ColumnVector from, int row, Layout layout, FieldVector to, int at) {
        switch (layout) {
            case BIT -> ((BitVector) to).set(at, ColumnVector.bit(from.data(), row) ? 1 : 0);
            case VARBYTES -> text(from, row, (BaseVariableWidthVector) to, at);
            default -> fixed(from.data(), row, layout, (BaseFixedWidthVector) to, at);
        }
    }

    private void text(ColumnVector from, int row, BaseVariableWidthVector to, int at) {
        int start = from.data().get(ColumnVector.INT32, 4L * row);
        int size = from.data().get(ColumnVector.INT32, 4L * (row + 1)) - start;
        MemorySegment bytes = from.bytes();
        byte[] value = bytes == null || size == 0 ? new byte[0] : Native.bytes(bytes.address() + start, size);
        to.setSafe(at, value);
        heldBytes += size;
    }

    private static void fixed(MemorySegment data, int row, Layout layout, BaseFixedWidthVector to, int at) {
        int width = to.getTypeWidth();
        long address = to.getDataBufferAddress() + (long) width * at;
        if (layout == Layout.INTERVAL) {
            Native.copy(data.address() + 16L * row, address, 8);
            Native.putLong(address + 8, nanos(data.get(ColumnVector.INT64, 16L * row + 8)));
        } else if (layout == Layout.INT64 && width == 16) {
            // A narrow DECIMAL: Arrow's are 128 bits wide.
            long value = data.get(ColumnVector.INT64, 8L * row);
            Native.putLong(address, value);
            Native.putLong(address + 8, value >> 63);
        } else {
            Native.copy(data.address() + (long) width * row, address, width);
        }
        BitVectorHelper.setBit(to.getValidityBuffer(), at);
    }

    private static long nanos(long micros) {
        try {
            return Math.multiplyExact(micros, 1000L);
        } catch (ArithmeticException e) {
            throw KadeException.of(
                    ErrorCode.DATETIME_FIELD_OVERFLOW,
                    "Arrow's intervals hold less than 292 years of hours, minutes and seconds",
                    e);
        }
    }

    private void endGroup() throws IOException {
        if (rows > 0) {
            root.setRowCount(rows);
            writer.writeBatch();
            root.clear();
            rows = 0;
            heldBytes = 0;
        }
    }

    @Override
    public void finish() {
        try {
            endGroup();
            writer.end();
            file.finish();
        } catch (IOException e) {
            throw failed(e);
        }
    }

    @Override
    public void close() {
        // The writer would end the file; what is unfinished goes as it is.
        try (allocator) {
            root.close();
        } finally {
            file.close();
        }
    }
}
