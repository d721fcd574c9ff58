package io.kadedb.common.inverted;

import io.kadedb.common.json.Jsonb;
import java.util.List;

/** What is sought in documents, as far as an inverted index knows of it: a document that meets a path meets this. */
public sealed interface JsonCondition {
    /** There are all these keys. */
    record Keys(List<String> keys) implements JsonCondition {
        public Keys {
            keys = List.copyOf(keys);
        }
    }

    /**
     * There is a value which all these keys lead to.
     *
     * @param exact whether no others are on the way
     * @param value no array and no object
     */
    record Equal(List<String> keys, boolean exact, Jsonb value) implements JsonCondition {
        public Equal {
            keys = List.copyOf(keys);
        }
    }

    record All(List<JsonCondition> conditions) implements JsonCondition {
        public All {
            conditions = List.copyOf(conditions);
        }
    }

    record Any(List<JsonCondition> conditions) implements JsonCondition {
        public Any {
            conditions = List.copyOf(conditions);
        }
    }

    /** What every document meets. */
    static JsonCondition always() {
        return new All(List.of());
    }
}
