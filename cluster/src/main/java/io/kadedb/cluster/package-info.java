/**
 * Many machines as one database: Raft groups over the key space, placement, membership, two-phase commit. Nothing here
 * yet: the seams it will stand on are {@code io.kadedb.common.seam} and {@code io.kadedb.storage.api}.
 */
@NullMarked
package io.kadedb.cluster;

import org.jspecify.annotations.NullMarked;
