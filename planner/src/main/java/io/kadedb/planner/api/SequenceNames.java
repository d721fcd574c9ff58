package io.kadedb.planner.api;

import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.catalog.SchemaDefinition;
import io.kadedb.common.catalog.SequenceDefinition;
import io.kadedb.common.catalog.TableDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.planner.validate.Suggestions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Names of relations within text values, as {@code nextval('s')} takes them. */
public final class SequenceNames {
    private SequenceNames() {}

    /**
     * The sequence of a name.
     *
     * @throws KadeException 42P01 naming similar ones when there is none, 42809 when it is something else, 42602
     */
    public static SequenceDefinition find(CatalogSnapshot catalog, List<String> searchPath, String text) {
        List<String> parts = parts(text);
        String name = parts.getLast();
        Optional<SequenceDefinition> sequence =
                parts.size() > 1 ? catalog.sequence(parts.getFirst(), name) : catalog.sequence(searchPath, name);
        return sequence.orElseThrow(() -> missing(catalog, searchPath, parts));
    }

    /** The table of a name, for functions that are given one. */
    public static TableDefinition table(CatalogSnapshot catalog, List<String> searchPath, String text) {
        List<String> parts = parts(text);
        String name = parts.getLast();
        Optional<TableDefinition> table =
                parts.size() > 1 ? catalog.table(parts.getFirst(), name) : catalog.table(searchPath, name);
        return table.orElseThrow(() -> KadeException.of(
                        ErrorCode.UNDEFINED_TABLE, "relation \"" + String.join(".", parts) + "\" does not exist")
                .hint(Suggestions.hint(
                                name,
                                catalog.schemas().values().stream()
                                        .flatMap(schema -> schema.tables().keySet().stream())
                                        .toList())
                        .orElse(null)));
    }

    private static KadeException missing(CatalogSnapshot catalog, List<String> searchPath, List<String> parts) {
        String name = parts.getLast();
        List<String> schemas = parts.size() > 1 ? parts.subList(0, 1) : searchPath;
        for (String schema : schemas) {
            SchemaDefinition known = catalog.schemas().get(schema);
            if (known != null && known.hasRelation(name)) {
                return KadeException.of(ErrorCode.WRONG_OBJECT_TYPE, "\"" + name + "\" is not a sequence");
            }
        }
        return noSequence(catalog, String.join(".", parts), name);
    }

    /** What to throw for a name of a sequence that is not there. */
    public static KadeException noSequence(CatalogSnapshot catalog, String written, String last) {
        return KadeException.of(ErrorCode.UNDEFINED_TABLE, "relation \"" + written + "\" does not exist")
                .hint(Suggestions.hint(
                                last,
                                catalog.schemas().values().stream()
                                        .flatMap(schema -> schema.sequences().keySet().stream())
                                        .toList())
                        .orElse(null));
    }

    /** The parts of a name: quoted ones as they are, others folded to lower case. */
    static List<String> parts(String text) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        boolean wasQuoted = false;
        String trimmed = text.strip();
        for (int i = 0; i < trimmed.length(); i++) {
            char c = trimmed.charAt(i);
            if (c == '"') {
                if (quoted && i + 1 < trimmed.length() && trimmed.charAt(i + 1) == '"') {
                    part.append(c);
                    i++;
                } else {
                    quoted = !quoted;
                    wasQuoted = true;
                }
            } else if (c == '.' && !quoted) {
                parts.add(ended(part, wasQuoted, text));
                part.setLength(0);
                wasQuoted = false;
            } else {
                part.append(quoted ? String.valueOf(c) : String.valueOf(c).toLowerCase(Locale.ROOT));
            }
        }
        parts.add(ended(part, wasQuoted, text));
        if (quoted) {
            throw KadeException.of(ErrorCode.INVALID_NAME, "invalid name syntax");
        }
        return parts.size() <= 2 ? parts : parts.subList(parts.size() - 2, parts.size());
    }

    private static String ended(StringBuilder part, boolean quoted, String text) {
        String name = quoted ? part.toString() : part.toString().strip();
        if (name.isEmpty()) {
            throw KadeException.of(ErrorCode.INVALID_NAME, "invalid name syntax")
                    .detail("\"" + text + "\" is not the name of a relation.");
        }
        return name;
    }

    /** A qualified name as text that {@link #find} takes. */
    public static String text(String schema, String name) {
        return quoted(schema) + "." + quoted(name);
    }

    private static String quoted(String name) {
        boolean plain = name.matches("[a-z_][a-z0-9_$]*");
        return plain ? name : "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
