/**
 * The stored format of tables, version 1.
 *
 * <p><b>Keys.</b> {@code T(..)} is the tuple encoding of FoundationDB. Prefixes are one byte:
 *
 * <pre>
 * 00                            format record of the database
 * 01 00                         catalog version (versionstamp)
 * 01 01|02|03|04|05 T(id)       record of a schema, table, property graph, sequence, view (catalog.proto)
 * 02 T(name)                    counters: objects "o", batches "b", row ids ("r", table), sequences ("s", counter)
 * 03 T(batch)                   a batch being staged: 8 bytes table id
 * 04 data-prefix                data to remove: versionstamp since when
 * 05 T(table) 01                fence: 4 bytes schema version
 * 05 T(table) 02                generation of the manifest (versionstamp)
 * 05 T(table) 03                fold record (manifest.proto)
 * 05 T(table) 04 key            delta of a row under its logical key
 * 05 T(table) 05 T(batch,no)    segment: 10 bytes stamp, SegmentRecord
 * 05 T(table) 06 T(batch,no)    hidden rows: 10 bytes stamp, HideRecord
 * 06 T(table,batch,no,chunk) pp part pp (2 bytes) of a column chunk, at most 96,000 bytes
 * 07 T(name)                    a setting of the database: 8 bytes, milliseconds or bytes
 * 08 T(view) first last         buckets of a continuous aggregate that have changed: versionstamp since when; the ends as 8
 *                               bytes each, with the sign bit flipped
 * 09 T(view)                    when rows of a continuous aggregate were computed last (versionstamp)
 * </pre>
 *
 * <p><b>Logical keys.</b> The primary key's values, or the row id where there is none, each as a tuple element whose byte
 * order is the order of values: integers, dates, times and scaled decimals as integers, text and bytes with 00 escaped,
 * floating point with the sign folded in (-0 as 0, one NaN above all), intervals as microseconds of their compared length,
 * UUIDs as 16 bytes. In key mode BUCKETED 18 bytes of keyed hash stand for all of them. Reads and writes of a row conflict
 * by this key wherever the row lies.
 *
 * <p><b>Indexes.</b> A secondary index lies under its own id as a table does. Its columns are the indexed ones, a tie-break
 * with column id 2147483647, and those of the table's primary key that are not indexed; its key is the indexed columns,
 * where NULL is the element 00, then the tie-break: 0 where a unique index allows one row, the row id elsewhere. An entry has
 * the row id of the row it points to, so that here, unlike in a table, one id may come to lie under several keys, one at a
 * time; its newest stamp counts.
 *
 * <p><b>Rows.</b> A row id is given once and belongs to one key for good: an update that changes the key ends the row and
 * begins another. A delta is: 10 bytes versionstamp; kind (1 row, 2 tombstone); then as numbers in groups of 7 bits:
 * statement, row id, count of hidden ids, those ids; for a row: number of columns, a bit for each that is not NULL, their
 * values. Hidden ids are earlier rows of the key that segments may still hold.
 *
 * <p><b>Altered tables.</b> A column added later is behind all others in rows and has no chunk in older segments: there it has
 * the missing value of its record, or NULL. A dropped column keeps its place in rows (the table's record says its type) and is
 * NULL in new ones; segments written later have no chunk of it. Where the table's record names a storage id, rows and fence
 * lie under that id, not the table's. Tables of which any of this holds have records of major 2.
 *
 * <p><b>What counts.</b> Everything has a stamp: commit version, then statement. A delta hides segment rows of its row id
 * and its hidden ids with a smaller stamp; a hide record hides its ids in all with a smaller stamp; deltas of the fold
 * record's version or older are ignored. A segment that a fold wrote has the fold's version and the greatest statement.
 *
 * <p><b>Segments.</b> At most 65,536 rows sorted by key, about 4 MB encoded. Chunk 0 holds row ids, chunk n the column with id n,
 * chunk -1 a sketch of 512 bytes for each column. Each chunk has a CRC32C in the segment's record. A chunk, little endian:
 *
 * <pre>
 * 1 encoding, 1 flags (1: validity follows), 2 zero, 4 rows, [validity bitmap in 8-byte words], body
 * frame = 8 base, 8 width, values - base in width bits each, 8 zero bytes     (widths above 56 are 64)
 * 1 CONSTANT            8 low, 8 high
 * 2 FRAME_OF_REFERENCE  frame
 * 3 DELTA               8 first value, frame of differences to the value before
 * 4 RUN_LENGTH          8 runs, frame of values, frame of lengths
 * 5 RAW                 values as in memory
 * 6 BITS                bitmap in 8-byte words
 * 7 STRINGS             8 total bytes, frame of lengths, bytes
 * 8 DICTIONARY          8 entries, STRINGS body of the entries in order, frame of codes
 * 9 DELTA_OF_DELTA      8 first value, 8 first difference, for each 1,024 further values a frame of differences of differences
 * 10 DECIMAL            8 exponent, 8 exceptions, frame of integers, each to be divided by 10^exponent; frame of the exceptions'
 *                       rows, the exceptions as in memory
 * </pre>
 *
 * <p><b>Shredded paths.</b> Beside documents of type jsonb, chunks -2, -3, .. hold the values of paths of keys that are frequent
 * and nearly always of one scalar type ({@link io.kadedb.storage.format.v1.ShreddedPath}), with a chunk of BOOLEAN for the rows whose
 * values are of other types, where there are any; the segment's record says which. The documents are whole without them: segments
 * of versions before have none, and those versions do not read them.
 *
 * <p>All rows of a segment of a partitioned table are of the partition that its record says; the table's record has major 5.
 *
 * <p>Decimals of 16 bytes whose values all fit 8 use the integer encodings. An unknown encoding or a greater major number is
 * refused with INCOMPATIBLE_FORMAT.
 */
@NullMarked
package io.kadedb.storage.format.v1;

import org.jspecify.annotations.NullMarked;
