package io.kadedb.executor.graph;

import io.kadedb.common.data.MemoryPool;

/** How often each label is met around one vertex, in an open hash table. Belongs to one thread. */
final class LabelCounts implements AutoCloseable {
    private final MemoryPool memory;
    /** The label + 1 in each slot, 0 in empty ones. */
    private Ints keys;

    private Ints counts;
    private int mask;
    private int best;
    private int most;

    LabelCounts(MemoryPool memory) {
        this.memory = memory;
        this.keys = new Ints(16, memory);
        this.counts = new Ints(16, memory);
    }

    /** Forgets all; there will be so many labels at most. */
    void begin(int labels) {
        int slots = Math.max(16, Integer.highestOneBit(Math.max(1, Math.min(labels, 1 << 28))) << 2);
        if (slots > keys.length()) {
            close();
            keys = new Ints(slots, memory);
            counts = new Ints(slots, memory);
        } else {
            for (int i = 0; i < slots; i++) {
                keys.set(i, 0);
            }
        }
        mask = slots - 1;
        most = 0;
        best = -1;
    }

    /** Counts the labels of a vertex's neighbours. */
    void addAll(Adjacency adjacency, int vertex, Ints labels) {
        int end = adjacency.start(vertex + 1);
        for (int i = adjacency.start(vertex); i < end; i++) {
            add(labels.get(adjacency.neighbour(i)));
        }
    }

    private void add(int label) {
        int slot = ((label * 0x9E3779B9) >>> 7) & mask;
        while (keys.get(slot) != label + 1) {
            if (keys.get(slot) == 0) {
                keys.set(slot, label + 1);
                counts.set(slot, 0);
                break;
            }
            slot = slot + 1 & mask;
        }
        int count = counts.get(slot) + 1;
        counts.set(slot, count);
        if (count > most || (count == most && label < best)) {
            most = count;
            best = label;
        }
    }

    /** The label met most often, the least of several. */
    int best() {
        return best;
    }

    @Override
    public void close() {
        keys.close();
        counts.close();
    }
}
