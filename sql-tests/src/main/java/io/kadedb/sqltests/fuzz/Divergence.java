package io.kadedb.sqltests.fuzz;

import io.kadedb.sqltests.fuzz.peer.Dialect;
import io.kadedb.sqltests.fuzz.sql.Construct;
import io.kadedb.sqltests.fuzz.sql.Constructs;
import io.kadedb.sqltests.fuzz.sql.Statement;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The tables and views of a peer that may hold something else than ours, since a statement about them was not run there
 * or did not do the same. Statements about others can still be compared.
 */
final class Divergence {
    private static final Pattern NAME = Pattern.compile("\\b[tv][0-9]+\\b");

    private final Set<String> names = new HashSet<>();

    /** Tables and the tables that they refer to: what changes one may change the other. */
    private final Map<String, Set<String>> linked = new HashMap<>();

    private boolean isTotal;
    private boolean isInTransaction;

    /** Notes where transactions begin and end, and what a definition ties together. */
    void define(Statement statement) {
        if (Constructs.of(statement.sql()).contains(Construct.TRANSACTION)) {
            isInTransaction = Dialect.POSTGRESQL.write(statement.sql()).equals("begin");
        }
        Set<String> together = names(statement);
        together.forEach(
                name -> linked.computeIfAbsent(name, n -> new HashSet<>()).addAll(together));
    }

    /** Whether a statement's answer, or what it does, depends on what differs. */
    boolean concerns(Statement statement) {
        return isTotal || names(statement).stream().anyMatch(names::contains);
    }

    boolean isInTransaction() {
        return isInTransaction;
    }

    /** What a statement changes differs from here on. */
    void add(Statement statement) {
        Set<Construct> constructs = Constructs.of(statement.sql());
        // What fails on one side alone ends the transaction there, with all that was done in it.
        isTotal |= isInTransaction
                || constructs.contains(Construct.TRANSACTION)
                || constructs.contains(Construct.SAVEPOINT);
        names(statement).forEach(this::add);
    }

    private void add(String name) {
        if (names.add(name)) {
            linked.getOrDefault(name, Set.of()).forEach(this::add);
        }
    }

    private static Set<String> names(Statement statement) {
        Set<String> found = new HashSet<>();
        Matcher matcher = NAME.matcher(Dialect.POSTGRESQL.write(statement.sql()));
        while (matcher.find()) {
            found.add(matcher.group());
        }
        return found;
    }
}
