package io.kadedb.storage.format.v1;

import com.apple.foundationdb.tuple.Tuple;
import io.kadedb.common.catalog.BucketRanges;
import io.kadedb.common.type.SqlType;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Where everything lies in the key space. The layout is specified in the package's description. */
public final class KeyLayout {
    private static final byte[] FORMAT = {0x00};

    public static final int FORMAT_MAJOR = 1;
    private static final byte[] CATALOG_VERSION = {0x01, 0x00};

    private static final byte[] SCHEMAS = {0x01, 0x01};
    private static final byte[] TABLES = {0x01, 0x02};
    private static final byte[] GRAPHS = {0x01, 0x03};
    private static final byte[] SEQUENCE_RECORDS = {0x01, 0x04};
    private static final byte[] VIEWS = {0x01, 0x05};
    private static final byte[] ENUMS = {0x01, 0x06};
    private static final byte[] STAGING = {0x03};
    private static final byte[] GARBAGE = {0x04};

    private static final byte[] SEQUENCES = {0x02};
    private static final byte[] TABLE_SPACES = {0x05};
    private static final byte[] DATA = {0x06};
    private static final byte[] SETTINGS = {0x07};
    private static final byte[] CHANGED_BUCKETS = {0x08};
    private static final byte[] COMPUTED = {0x09};

    /** The tuple layer's code for the number 0; those of others are as far from it as they have bytes. */
    private static final int ZERO = 0x14;

    private static final int FENCE = 0x01;
    private static final int GENERATION = 0x02;
    private static final int FOLD = 0x03;
    private static final int ROWS = 0x04;
    private static final int SEGMENTS = 0x05;
    private static final int HIDES = 0x06;

    private KeyLayout() {}

    /** The database's {@link #FORMAT_MAJOR format number}. */
    public static byte[] format() {
        return FORMAT.clone();
    }

    /** Changes with every change of the catalog. */
    public static byte[] catalogVersion() {
        return CATALOG_VERSION.clone();
    }

    /** The records of schemas. */
    public static byte[] schemas() {
        return SCHEMAS.clone();
    }

    /** The records of tables. */
    public static byte[] tables() {
        return TABLES.clone();
    }

    /** The records of property graphs. */
    public static byte[] graphs() {
        return GRAPHS.clone();
    }

    /** The records of sequences. */
    public static byte[] sequences() {
        return SEQUENCE_RECORDS.clone();
    }

    /** The records of enumerated types. */
    public static byte[] enums() {
        return ENUMS.clone();
    }

    /** The records of views. */
    public static byte[] views() {
        return VIEWS.clone();
    }

    /** The entries about all continuous aggregates. */
    public static byte[] changedBuckets() {
        return CHANGED_BUCKETS.clone();
    }

    /** The entries about the changed buckets of a continuous aggregate. */
    public static byte[] changedBuckets(long viewId) {
        return tuple(CHANGED_BUCKETS, viewId);
    }

    /** The keys that change with rows computed for continuous aggregates. */
    public static byte[] computed() {
        return COMPUTED.clone();
    }

    /** Changes with every commit of rows that were computed for a continuous aggregate. */
    public static byte[] computed(long viewId) {
        return tuple(COMPUTED, viewId);
    }

    /** Says that buckets of a continuous aggregate have changed. */
    public static byte[] changedBuckets(long viewId, BucketRanges.Range range) {
        byte[] prefix = changedBuckets(viewId);
        return ByteBuffer.allocate(prefix.length + 2 * Long.BYTES)
                .put(prefix)
                .putLong(range.first() ^ Long.MIN_VALUE)
                .putLong(range.last() ^ Long.MIN_VALUE)
                .array();
    }

    /** The buckets that such a key names. */
    public static BucketRanges.Range bucketRange(byte[] key) {
        ByteBuffer ends = ByteBuffer.wrap(key, key.length - 2 * Long.BYTES, 2 * Long.BYTES);
        return new BucketRanges.Range(ends.getLong() ^ Long.MIN_VALUE, ends.getLong() ^ Long.MIN_VALUE);
    }

    /** The value of a setting of the database. */
    public static byte[] setting(String name) {
        return concat(SETTINGS, Tuple.from(name).pack());
    }

    /** What {@link #staging} announces. */
    public static byte[] stagings() {
        return STAGING.clone();
    }

    /** What {@link #garbage} announces. */
    public static byte[] garbages() {
        return GARBAGE.clone();
    }

    /** Where the spaces of all tables lie. */
    public static byte[] tableSpaces() {
        return TABLE_SPACES.clone();
    }

    /** Where the column chunks of all tables lie. */
    public static byte[] data() {
        return DATA.clone();
    }

    /** The record of a schema, table, graph, sequence or view. */
    public static byte[] record(byte[] kind, long id) {
        return tuple(kind, id);
    }

    /** The counter that ids of a kind come from. */
    public static byte[] sequence(String name) {
        return text(name).toBytes();
    }

    /** The counter that a table's row ids come from. */
    public static byte[] rowIdSequence(long tableId) {
        KeyWriter key = text("r");
        key.addLong(tableId);
        return key.toBytes();
    }

    /** The counter that the values of a sequence come from. */
    public static byte[] counter(long counter) {
        KeyWriter key = text("s");
        key.addLong(counter);
        return key.toBytes();
    }

    /** Says that a batch of segments is being written, for the table given in its value. */
    public static byte[] staging(long batch) {
        return tuple(STAGING, batch);
    }

    /** Says that data may be removed once no reader needs versions before the one in its value. */
    public static byte[] garbage(byte[] dataPrefix) {
        return concat(GARBAGE, dataPrefix);
    }

    /** The data prefix that a key of {@link #garbage} names. */
    public static byte[] garbagePrefix(byte[] key) {
        return Arrays.copyOfRange(key, GARBAGE.length, key.length);
    }

    /** Everything of a table but its column chunks. */
    public static byte[] tableSpace(long tableId) {
        return tuple(TABLE_SPACES, tableId);
    }

    /** The number of the table's definition: written by every change of it, checked by every commit that used it. */
    public static byte[] fence(long tableId) {
        return inTable(tableId, FENCE);
    }

    /** Changes with every change of the manifest. */
    public static byte[] generation(long tableId) {
        return inTable(tableId, GENERATION);
    }

    public static byte[] fold(long tableId) {
        return inTable(tableId, FOLD);
    }

    /** Where the deltas lie, each under its row's logical key. */
    public static byte[] rows(long tableId) {
        return inTable(tableId, ROWS);
    }

    public static byte[] segments(long tableId) {
        return inTable(tableId, SEGMENTS);
    }

    public static byte[] segment(long tableId, long batch, int number) {
        return tuple(segments(tableId), batch, number);
    }

    public static byte[] hides(long tableId) {
        return inTable(tableId, HIDES);
    }

    public static byte[] hide(long tableId, long batch, int number) {
        return tuple(hides(tableId), batch, number);
    }

    /** All column chunks of a table. */
    public static byte[] tableData(long tableId) {
        return tuple(DATA, tableId);
    }

    /** What one statement or fold wrote. */
    public static byte[] batchData(long tableId, long batch) {
        return tuple(DATA, tableId, batch);
    }

    public static byte[] segmentData(long tableId, long batch, int number) {
        return tuple(DATA, tableId, batch, number);
    }

    /** The parts of a chunk. */
    public static byte[] chunk(byte[] segmentData, int chunkId) {
        return tuple(segmentData, chunkId);
    }

    public static byte[] part(byte[] chunk, int part) {
        byte[] key = Arrays.copyOf(chunk, chunk.length + 2);
        key[chunk.length] = (byte) (part >>> 8);
        key[chunk.length + 1] = (byte) part;
        return key;
    }

    /** The first numbers behind the one byte that a key begins with. */
    public static List<Long> numbers(byte[] key, int count) {
        List<Long> numbers = new ArrayList<>();
        int at = 1;
        for (int i = 0; i < count; i++) {
            int bytes = 1 + Math.abs((key[at] & 0xFF) - ZERO);
            numbers.add(Tuple.fromBytes(key, at, bytes).getLong(0));
            at += bytes;
        }
        return numbers;
    }

    /** The first key behind all keys with a prefix. */
    public static byte[] end(byte[] prefix) {
        int last = prefix.length - 1;
        while (prefix[last] == (byte) 0xFF) {
            last--;
        }
        byte[] end = Arrays.copyOf(prefix, last + 1);
        end[last]++;
        return end;
    }

    /**
     * The first key behind all keys that begin with these values. Not {@link #end} of them, behind which byte strings lie that
     * go on with a zero.
     */
    public static byte[] behind(byte[] values) {
        return concat(values, new byte[] {(byte) 0xFF});
    }

    public static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    private static byte[] inTable(long tableId, int what) {
        KeyWriter key = new KeyWriter();
        key.addRaw(TABLE_SPACES);
        key.addLong(tableId);
        key.addRaw(new byte[] {(byte) what});
        return key.toBytes();
    }

    /** Numbers behind a prefix, as the tuple layer packs them. */
    private static byte[] tuple(byte[] prefix, long... numbers) {
        KeyWriter key = new KeyWriter();
        key.addRaw(prefix);
        for (long number : numbers) {
            key.addLong(number);
        }
        return key.toBytes();
    }

    private static KeyWriter text(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        KeyWriter key = new KeyWriter();
        key.addRaw(SEQUENCES);
        key.addVarbytes(SqlType.TEXT, bytes, 0, bytes.length);
        return key;
    }
}
