package io.kadedb.storage.table;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Policy;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.storage.api.KeySpace;
import io.kadedb.storage.format.v1.ChunkPieces;
import io.kadedb.storage.format.v1.ColumnDecoder;
import io.kadedb.storage.format.v1.KeyLayout;
import io.kadedb.storage.format.v1.proto.ManifestProto.ChunkRecord;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Decoded columns by the identity of their segment, which is never given twice, so that nothing here is ever stale.
 * Holds a number of bytes; columns in use outlive their eviction. Thread-safe.
 */
public final class ColumnCache implements AutoCloseable {
    private static final int REMEMBERED = 1 << 17;
    /** Readable bytes behind a chunk. */
    private static final int SLACK = 64;
    /** While the cache is full, a column gets into it at one in so many scans. */
    private static final int TURN = 8;

    private final KeySpace keySpace;
    private final MemoryPool memory;
    private final Cache<Identity, DecodedColumn> columns;
    private final long limit;
    /** How often columns that were not cached were scanned. */
    private final Cache<Identity, Integer> scans =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    private record Identity(long batch, int number, int chunk, SqlType type) {}

    ColumnCache(KeySpace keySpace, MemoryPool memory, long bytes) {
        this.keySpace = keySpace;
        this.memory = memory;
        this.limit = bytes;
        this.columns = Caffeine.newBuilder()
                .maximumWeight(bytes)
                .weigher((Identity key, DecodedColumn column) -> (int) Math.min(column.bytes(), Integer.MAX_VALUE))
                .removalListener((key, column, cause) -> {
                    if (column != null) {
                        column.release();
                    }
                })
                .executor(Runnable::run)
                .build();
    }

    /**
     * A column of a segment, held for the caller, who releases it.
     *
     * @throws KadeException XX001 when its checksum fails, XX003 when it is of a later format
     */
    DecodedColumn acquire(Segment segment, ChunkRecord chunk, SqlType type) {
        Identity identity = new Identity(segment.batch(), segment.number(), chunk.getColumnId(), type);
        for (int attempt = 0; attempt < 3; attempt++) {
            DecodedColumn column = columns.get(identity, key -> load(segment, chunk, type));
            if (column != null && column.retain()) {
                return column;
            }
        }
        return load(segment, chunk, type);
    }

    /**
     * What is made of columns of a segment, held for the caller, who releases it.
     *
     * @param chunk of which nothing else is made of this type
     * @param maker gives it, held once
     */
    DecodedColumn acquireMade(Segment segment, ChunkRecord chunk, SqlType type, Supplier<DecodedColumn> maker) {
        DecodedColumn known = acquireCached(segment, chunk, type);
        if (known != null) {
            return known;
        }
        DecodedColumn made = maker.get();
        Identity identity = new Identity(segment.batch(), segment.number(), chunk.getColumnId(), type);
        if (made.retain() && columns.asMap().putIfAbsent(identity, made) != null) {
            made.release();
        }
        return made;
    }

    /** The same if it is cached, else null. */
    @Nullable
    DecodedColumn acquireCached(Segment segment, ChunkRecord chunk, SqlType type) {
        DecodedColumn column =
                columns.getIfPresent(new Identity(segment.batch(), segment.number(), chunk.getColumnId(), type));
        return column != null && column.retain() ? column : null;
    }

    /**
     * A column for a scan, which closes it. Whole columns are decoded and cached from the second scan on: who reads once need not
     * pay for memory that is touched for the first time, and does not drive out what others read again and again.
     *
     * @throws KadeException XX001 when its checksum fails, XX003 when it is of a later format
     */
    ScannedColumn scan(Segment segment, ChunkRecord chunk, SqlType type) {
        DecodedColumn cached = acquireCached(segment, chunk, type);
        if (cached != null) {
            return new ScannedColumn.Decoded(cached);
        }
        Identity identity = new Identity(segment.batch(), segment.number(), chunk.getColumnId(), type);
        int times = scans.asMap().merge(identity, 1, Integer::sum);
        if (times > 1 && (times % TURN == 0 || hasRoom(segment, chunk, type))) {
            return new ScannedColumn.Decoded(acquire(segment, chunk, type));
        }
        MemorySegment encoded = read(segment, chunk);
        boolean streamed = false;
        try {
            if (ChunkPieces.areIn(encoded, type)) {
                // Owns the chunk, whatever becomes of it.
                streamed = true;
                return new ScannedColumn.Streamed(memory, encoded, type);
            }
        } finally {
            if (!streamed) {
                memory.free(encoded);
            }
        }
        return new ScannedColumn.Decoded(acquire(segment, chunk, type));
    }

    private boolean hasRoom(Segment segment, ChunkRecord chunk, SqlType type) {
        long bytes = (long) segment.rows() * Math.max(1, type.layout().width()) + chunk.getBytes();
        OptionalLong used =
                columns.policy().eviction().map(Policy.Eviction::weightedSize).orElse(OptionalLong.empty());
        return used.orElse(0) + bytes <= limit;
    }

    /** A chunk that was verified, from the pool, with room behind it. */
    private MemorySegment read(Segment segment, ChunkRecord chunk) {
        byte[] prefix = KeyLayout.chunk(segment.dataPrefix(), chunk.getColumnId());
        List<MemorySegment> allocated = new ArrayList<>(1);
        MemorySegment kept = null;
        try {
            MemorySegment encoded = keySpace.segments()
                    .readConcatenated(
                            prefix,
                            KeyLayout.end(prefix),
                            keySpace.currentVersion(),
                            chunk.getBytes(),
                            (size, alignment) -> {
                                MemorySegment room = memory.allocate(size + SLACK);
                                allocated.add(room);
                                return room.asSlice(0, size);
                            });
            verify(segment, chunk, encoded);
            for (MemorySegment room : allocated) {
                if (room.address() == encoded.address()) {
                    kept = room;
                }
            }
            return Objects.requireNonNull(kept);
        } finally {
            for (MemorySegment room : allocated) {
                if (kept == null || room.address() != kept.address()) {
                    memory.free(room);
                }
            }
        }
    }

    private DecodedColumn load(Segment segment, ChunkRecord chunk, SqlType type) {
        return withEncoded(segment, chunk, encoded -> {
            try {
                return decode(type, encoded);
            } catch (KadeException e) {
                if (e.code() != ErrorCode.OUT_OF_MEMORY) {
                    throw e;
                }
                // Makes room: what is cached but not in use is dearer than failing.
                shrink();
                return decode(type, encoded);
            }
        });
    }

    private DecodedColumn decode(SqlType type, MemorySegment encoded) {
        return DecodedColumn.decode(memory, allocator -> ColumnDecoder.decode(type, encoded, allocator));
    }

    private void shrink() {
        var coldest = columns.policy()
                .eviction()
                .map(policy -> policy.coldest(Math.max(16, (int) columns.estimatedSize() / 2)));
        coldest.ifPresent(map -> columns.asMap().keySet().removeAll(map.keySet()));
    }

    /** Reads a chunk, verifies it, and gives it to the reader for the time of the call. */
    <T> T withEncoded(Segment segment, ChunkRecord chunk, Function<MemorySegment, T> reader) {
        byte[] prefix = KeyLayout.chunk(segment.dataPrefix(), chunk.getColumnId());
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment encoded = keySpace.segments()
                    .readConcatenated(
                            prefix, KeyLayout.end(prefix), keySpace.currentVersion(), chunk.getBytes(), arena);
            verify(segment, chunk, encoded);
            return reader.apply(encoded);
        }
    }

    private static void verify(Segment segment, ChunkRecord chunk, MemorySegment encoded) {
        CRC32C checksum = new CRC32C();
        checksum.update(encoded.asByteBuffer());
        if (encoded.byteSize() != chunk.getBytes() || (int) checksum.getValue() != chunk.getCrc32C()) {
            throw KadeException.of(
                            ErrorCode.DATA_CORRUPTED,
                            "column " + chunk.getColumnId() + " of segment " + segment.name() + " fails its checksum")
                    .hint("restore the table from a backup; other tables are not affected");
        }
    }

    @Override
    public void close() {
        columns.invalidateAll();
        columns.cleanUp();
    }
}
