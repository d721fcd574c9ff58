package io.kadedb.server.session;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ParsedStatement;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The statements a session has by name: PREPARE, EXECUTE and DEALLOCATE. Belongs to the session's thread. */
final class PreparedStatements {
    private final StatementReader reader;
    private final Map<String, Prepared> statements = new HashMap<>();

    /** @param statement what PREPARE was given, with the parameters that EXECUTE has to give */
    private record Prepared(String text, Basis basis, ParsedStatement statement) {}

    /** What the names in a statement mean; planning writes it into the statement's trees. */
    record Basis(long catalogVersion, List<String> searchPath) {}

    PreparedStatements(StatementReader reader) {
        this.reader = reader;
    }

    Portal prepare(ParsedStatement parsed, Statement.Prepare prepare, Basis basis) {
        String name = prepare.name().text();
        if (statements.containsKey(name)) {
            throw KadeException.of(
                            ErrorCode.DUPLICATE_PREPARED_STATEMENT,
                            "prepared statement \"" + name + "\" already exists")
                    .at(prepare.name().position());
        }
        statements.put(name, new Prepared(parsed.text(), basis, within(parsed, prepare)));
        return CompletedPortal.of("PREPARE", 0);
    }

    private static ParsedStatement within(ParsedStatement parsed, Statement.Prepare prepare) {
        return new ParsedStatement(
                prepare.statement(), parsed.text(), parsed.offset(), prepare.parameters(), parsed.nesting());
    }

    /** The statement of a name as it was last read, if there is one. */
    Optional<Statement> peek(Statement.Execute execute) {
        return Optional.ofNullable(statements.get(execute.name().text()))
                .map(prepared -> prepared.statement.statement());
    }

    /** The statement to run: the same one for as long as its names mean the same. */
    ParsedStatement find(Statement.Execute execute, Basis basis) {
        Name name = execute.name();
        Prepared prepared = statements.get(name.text());
        if (prepared == null) {
            throw missing(name);
        }
        if (!prepared.basis.equals(basis)) {
            ParsedStatement again = reader.read(prepared.text).getFirst();
            prepared = new Prepared(prepared.text, basis, within(again, (Statement.Prepare) again.statement()));
            statements.put(name.text(), prepared);
        }
        int wanted = prepared.statement.parameterCount();
        int given = execute.count();
        if (given != wanted) {
            throw KadeException.of(
                            ErrorCode.SYNTAX_ERROR,
                            "wrong number of parameters for prepared statement \"" + name.text() + "\"")
                    .at(name.position())
                    .hint("expected " + wanted + " parameters but got " + given);
        }
        return prepared.statement;
    }

    Portal deallocate(Statement.Deallocate deallocate) {
        if (deallocate.name().isEmpty()) {
            statements.clear();
            return CompletedPortal.of("DEALLOCATE ALL", 0);
        }
        Name name = deallocate.name().get();
        if (statements.remove(name.text()) == null) {
            throw missing(name);
        }
        return CompletedPortal.of("DEALLOCATE", 0);
    }

    void clear() {
        statements.clear();
    }

    private static KadeException missing(Name name) {
        return KadeException.of(
                        ErrorCode.INVALID_STATEMENT_NAME, "prepared statement \"" + name.text() + "\" does not exist")
                .at(name.position());
    }
}
