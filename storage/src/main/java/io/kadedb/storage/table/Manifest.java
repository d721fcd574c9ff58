package io.kadedb.storage.table;

import java.util.List;

/**
 * A table's segments at a version.
 *
 * @param generation equal generations mean equal manifests; 0 for a table that never had a segment
 * @param foldVersion deltas of this version or older are in the segments
 * @param segments in the order of their first keys
 */
record Manifest(long generation, long foldVersion, List<Segment> segments, List<HideSet> hides) {
    static final Manifest EMPTY = new Manifest(0, 0, List.of(), List.of());

    Manifest {
        segments = List.copyOf(segments);
        hides = List.copyOf(hides);
    }
}
