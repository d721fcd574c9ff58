package io.kadedb.executor.operator;

/** Walks through the sorted rows of a window, and knows the current row's partition and peers. Belongs to one thread. */
final class WindowCursor {
    private final WindowOrder order;
    private int row = -1;
    private int partition;
    private int group;
    private int firstGroup;
    private int endGroup;
    private int partitionStart;
    private int partitionEnd;
    private int groupStart;
    private int groupEnd;

    WindowCursor(WindowOrder order) {
        this.order = order;
    }

    /** Goes to a row, usually the next one. */
    void moveTo(int newRow) {
        if (row < 0 || newRow < row) {
            group = order.groupOf(newRow);
            partition = order.partitionOf(group);
            enterPartition();
            enterGroup();
        } else {
            boolean moved = false;
            while (newRow >= groupEnd) {
                group++;
                groupEnd = order.groupStart(group + 1);
                moved = true;
            }
            if (moved) {
                enterGroup();
                while (group >= endGroup) {
                    partition++;
                    enterPartition();
                }
            }
        }
        row = newRow;
    }

    private void enterGroup() {
        groupStart = order.groupStart(group);
        groupEnd = order.groupStart(group + 1);
    }

    private void enterPartition() {
        firstGroup = order.firstGroup(partition);
        endGroup = order.firstGroup(partition + 1);
        partitionStart = order.groupStart(firstGroup);
        partitionEnd = order.groupStart(endGroup);
    }

    int row() {
        return row;
    }

    int partitionStart() {
        return partitionStart;
    }

    /** One past the partition's last row. */
    int partitionEnd() {
        return partitionEnd;
    }

    int groupStart() {
        return groupStart;
    }

    /** One past the last peer. */
    int groupEnd() {
        return groupEnd;
    }

    /** The number of the group within its partition, from 0. */
    int groupNumber() {
        return group - firstGroup;
    }

    /** Groups of the partition. */
    int groupCount() {
        return endGroup - firstGroup;
    }

    /** Where a group of the partition starts; its end for the number of groups. */
    int startOf(int groupNumber) {
        return order.groupStart(firstGroup + groupNumber);
    }
}
