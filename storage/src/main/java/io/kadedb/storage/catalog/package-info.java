/**
 * The catalog as versioned records in the key space.
 *
 * <p>Each schema, table and property graph is one protobuf record ({@code catalog.proto}) that begins with the major
 * number of its format. A record of a greater major number is refused with {@code INCOMPATIBLE_FORMAT}; fields that are
 * unknown within a known major number are kept when the record is written again. Every change of the catalog writes the
 * catalog version, which it also has read, so that changes of the catalog conflict with each other; readers compare the
 * version with that of the snapshot they have cached.
 */
@NullMarked
package io.kadedb.storage.catalog;

import org.jspecify.annotations.NullMarked;
