package io.kadedb.executor.graph;

import io.kadedb.common.data.MemoryPool;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Edges as pairs of vertices in blocks, in no order. Belongs to one thread while it grows. */
public final class EdgeList implements AutoCloseable {
    private static final int BLOCK = 1 << 16;

    private final MemoryPool memory;
    private final boolean weighted;
    private final List<Block> blocks = new ArrayList<>();
    private long edges;

    public EdgeList(boolean weighted, MemoryPool memory) {
        this.weighted = weighted;
        this.memory = memory;
    }

    /** Some edges. */
    static final class Block {
        final Ints sources;
        final Ints targets;
        final @Nullable Doubles weights;
        int count;

        Block(boolean weighted, MemoryPool memory) {
            sources = new Ints(BLOCK, memory);
            try {
                targets = new Ints(BLOCK, memory);
            } catch (RuntimeException e) {
                sources.close();
                throw e;
            }
            try {
                weights = weighted ? new Doubles(BLOCK, memory) : null;
            } catch (RuntimeException e) {
                sources.close();
                targets.close();
                throw e;
            }
        }

        double weight(int edge) {
            return Objects.requireNonNull(weights).get(edge);
        }

        void close() {
            sources.close();
            targets.close();
            if (weights != null) {
                weights.close();
            }
        }
    }

    /** Adds an edge; the weight counts only where edges have one. */
    public void add(int source, int target, double weight) {
        Block block = blocks.isEmpty() ? null : blocks.getLast();
        if (block == null || block.count == BLOCK) {
            block = new Block(weighted, memory);
            blocks.add(block);
        }
        block.sources.set(block.count, source);
        block.targets.set(block.count, target);
        if (block.weights != null) {
            block.weights.set(block.count, weight);
        }
        block.count++;
        edges++;
    }

    /** Takes all edges of another list. */
    public void addAll(EdgeList other) {
        blocks.addAll(other.blocks);
        edges += other.edges;
        other.blocks.clear();
        other.edges = 0;
    }

    public long edges() {
        return edges;
    }

    public boolean weighted() {
        return weighted;
    }

    List<Block> blocks() {
        return blocks;
    }

    @Override
    public void close() {
        blocks.forEach(Block::close);
        blocks.clear();
    }
}
