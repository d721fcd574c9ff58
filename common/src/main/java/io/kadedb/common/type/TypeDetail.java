package io.kadedb.common.type;

import java.util.List;
import java.util.Optional;

/** What a type has beyond its number and sizes. */
public sealed interface TypeDetail {
    /**
     * Of an array: the type of its elements.
     *
     * @param type not an array, since arrays of all numbers of dimensions have one type
     */
    record Element(SqlType type) implements TypeDetail {
        public Element {
            if (type.isArray()) {
                throw new IllegalArgumentException("an array of " + type);
            }
        }
    }

    /**
     * Of an enum: who it is, and its labels in declared order.
     *
     * @param typeId identifies the type for good; renaming does not change it
     * @param schema the name of its schema
     * @param labels by ascending place
     */
    record Labels(long typeId, String schema, String name, List<Label> labels) implements TypeDetail {
        public Labels {
            labels = List.copyOf(labels);
            for (int i = 1; i < labels.size(); i++) {
                if (labels.get(i - 1).place() >= labels.get(i).place()) {
                    throw new IllegalArgumentException("labels of " + name + " out of order");
                }
            }
        }

        /** The label of a name. */
        public Optional<Label> label(String text) {
            return labels.stream().filter(label -> label.text().equals(text)).findFirst();
        }

        /**
         * The text of a stored value.
         *
         * @throws IllegalArgumentException if no label has that place
         */
        public String text(long place) {
            int low = 0;
            int high = labels.size() - 1;
            while (low <= high) {
                int middle = (low + high) >>> 1;
                Label label = labels.get(middle);
                if (label.place() == place) {
                    return label.text();
                }
                if (label.place() < place) {
                    low = middle + 1;
                } else {
                    high = middle - 1;
                }
            }
            throw new IllegalArgumentException("no label of " + name + " has place " + place);
        }
    }

    /**
     * A label of an enum.
     *
     * @param place what values store: it orders the labels and never changes, so that labels added between others and
     *     labels renamed leave stored values as they are
     */
    record Label(String text, long place) {}
}
