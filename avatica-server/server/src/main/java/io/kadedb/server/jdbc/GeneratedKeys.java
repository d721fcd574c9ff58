package io.kadedb.server.jdbc;

import io.kadedb.common.data.Batch;
import io.kadedb.common.type.Field;
import io.kadedb.jdbc.common.SqlErrors;
import io.kadedb.parser.ParsedStatement;
import io.kadedb.parser.ast.Statement;
import io.kadedb.server.session.Portal;
import io.kadedb.server.session.Session;
import java.sql.SQLException;
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
    /** Nothing is asked for. */
    static final GeneratedKeys NONE = new GeneratedKeys(null);

    private static final GeneratedKeys ALL = new GeneratedKeys("*");

    private final @Nullable String returned;

    private GeneratedKeys(@Nullable String returned) {
        this.returned = returned;
    }

    /** As {@link java.sql.Statement#RETURN_GENERATED_KEYS} asks: all columns, as PostgreSQL's driver gives them. */
    public static GeneratedKeys of(int flag) throws SQLException {
        return switch (flag) {
            case java.sql.Statement.RETURN_GENERATED_KEYS -> ALL;
            case java.sql.Statement.NO_GENERATED_KEYS -> NONE;
            default ->
                throw SqlErrors.of(SqlErrors.INVALID_PARAMETER, "there is no way to return keys numbered " + flag);
        };
    }

    /** These columns by name; none asks for nothing. */
    public static GeneratedKeys of(String @Nullable [] columns) {
        if (columns == null || columns.length == 0) {
            return NONE;
        }
        return new GeneratedKeys(Arrays.stream(columns)
                .map(column -> "\"" + column.replace("\"", "\"\"") + "\"")
                .collect(Collectors.joining(", ")));
    }

    /** Columns by number are refused: only the text of a statement says which table they would be of. */
    public static GeneratedKeys of(int @Nullable [] columns) throws SQLException {
        if (columns == null || columns.length == 0) {
            return NONE;
        }
        throw SqlErrors.unsupported("returning generated keys by the numbers of their columns (name them instead)");
    }

    boolean wanted() {
        return returned != null;
    }

    /** Statements to run instead of the given ones, and which of them return keys. */
    public record Rewritten(List<ParsedStatement> statements, Set<Integer> keyed) {}

    /** Makes INSERT, UPDATE and DELETE that return nothing return the keys. */
    public Rewritten rewrite(Session session, List<ParsedStatement> statements) {
        Set<Integer> keyed = new HashSet<>();
        if (returned == null) {
            return new Rewritten(statements, keyed);
        }
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
