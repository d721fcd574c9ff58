package io.kadedb.server.jdbc;

import io.kadedb.common.data.Batch;
import io.kadedb.common.type.Field;
import io.kadedb.jdbc.common.KeyRequest;
import io.kadedb.parser.ParsedStatement;
import io.kadedb.parser.ast.Statement;
import io.kadedb.server.session.Portal;
import io.kadedb.server.session.Session;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What JDBC calls generated keys: columns of the rows a statement writes, which its own text does not return. They are had
 * by a RETURNING clause behind the text.
 */
public final class GeneratedKeys {
    private GeneratedKeys() {}

    /** Statements to run instead of the given ones, and which of them return keys. */
    public record Rewritten(List<ParsedStatement> statements, Set<Integer> keyed) {}

    /** Makes INSERT, UPDATE and DELETE that return nothing return the keys. */
    public static Rewritten rewrite(KeyRequest wanted, Session session, List<ParsedStatement> statements) {
        Set<Integer> keyed = new HashSet<>();
        String[] columns = wanted.columns();
        if (columns == null) {
            return new Rewritten(statements, keyed);
        }
        String returned = columns.length == 0 ? "*" : quoted(columns);
        ParsedStatement[] rewritten = statements.toArray(ParsedStatement[]::new);
        for (int i = 0; i < rewritten.length; i++) {
            if (isSilent(rewritten[i].statement())) {
                rewritten[i] = session.parse(rewritten[i].text() + "\nreturning " + returned)
                        .getFirst();
                keyed.add(i);
            }
        }
        return new Rewritten(List.of(rewritten), keyed);
    }

    private static String quoted(String[] columns) {
        return Arrays.stream(columns)
                .map(column -> "\"" + column.replace("\"", "\"\"") + "\"")
                .collect(Collectors.joining(", "));
    }

    private static boolean isSilent(Statement statement) {
        return switch (statement) {
            case Statement.Insert insert -> insert.returning().isEmpty();
            case Statement.Update update -> update.returning().isEmpty();
            case Statement.Delete delete -> delete.returning().isEmpty();
            case Statement.Merge merge -> merge.returning().isEmpty();
            case Statement.With with -> isSilent(with.statement());
            case Statement.WithChanges with -> isSilent(with.statement());
            default -> false;
        };
    }

    /** The keys of all statements run since they were last forgotten, one after the other. */
    static final class Rows implements Portal {
        private final Queue<Portal> portals = new ArrayDeque<>();
        private List<Field> columns = List.of();

        /** Whether no statement has given any. */
        boolean isUnused() {
            return portals.isEmpty() && columns.isEmpty();
        }

        void add(Portal portal) {
            columns = portal.columns();
            portals.add(portal);
        }

        @Override
        public boolean hasRows() {
            return true;
        }

        @Override
        public List<Field> columns() {
            return columns;
        }

        @Override
        public @Nullable Batch next() {
            Portal portal = portals.peek();
            while (portal != null) {
                Batch batch = portal.next();
                if (batch != null) {
                    return batch;
                }
                portals.remove();
                portal.close();
                portal = portals.peek();
            }
            return null;
        }

        @Override
        public long updateCount() {
            return NO_COUNT;
        }

        @Override
        public String commandTag() {
            return "SELECT";
        }

        @Override
        public void close() {
            portals.forEach(Portal::close);
            portals.clear();
        }
    }
}
