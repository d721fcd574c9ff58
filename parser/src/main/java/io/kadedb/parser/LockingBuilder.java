package io.kadedb.parser;

import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.RowLocking;
import io.kadedb.parser.ast.RowLocking.Strength;
import io.kadedb.parser.ast.RowLocking.Wait;
import io.kadedb.parser.ast.Statement;
import io.kadedb.parser.grammar.KadeSqlParser.*;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** FOR UPDATE, FOR SHARE and what lies between; LOCK TABLE. */
final class LockingBuilder {
    private final AstBuilder ast;

    LockingBuilder(AstBuilder ast) {
        this.ast = ast;
    }

    List<RowLocking> build(List<LockingClauseContext> clauses) {
        return clauses.stream().map(this::locking).toList();
    }

    private RowLocking locking(LockingClauseContext clause) {
        List<Name> tables = clause.qualifiedName().stream().map(this::table).toList();
        return new RowLocking(strength(clause), tables, waiting(clause), Places.of(clause.getStart()));
    }

    private Name table(QualifiedNameContext name) {
        if (name.identifier().size() > 1) {
            throw SyntaxErrors.at(name.identifier(1).getStart());
        }
        return ast.names.qualified(name).last();
    }

    Statement.LockTables build(LockTableContext lock) {
        return new Statement.LockTables(
                lock.qualifiedName().stream().map(ast.names::qualified).toList(),
                lock.lockWord().isEmpty() ? Optional.empty() : Optional.of(mode(lock.lockWord())),
                lock.NOWAIT() != null);
    }

    /** The words but the last, which is MODE. */
    private static Name mode(List<LockWordContext> words) {
        LockWordContext last = words.getLast();
        if (words.size() == 1 || !last.getText().equalsIgnoreCase("mode")) {
            throw SyntaxErrors.at(last.getStart());
        }
        String text = words.subList(0, words.size() - 1).stream()
                .map(LockWordContext::getText)
                .collect(Collectors.joining(" "));
        return new Name(
                text.toLowerCase(Locale.ROOT), Places.of(words.getFirst().getStart()));
    }

    private static Strength strength(LockingClauseContext clause) {
        if (clause.UPDATE() != null) {
            return clause.NO() == null ? Strength.UPDATE : Strength.NO_KEY_UPDATE;
        }
        return clause.KEY().isEmpty() ? Strength.SHARE : Strength.KEY_SHARE;
    }

    private static Wait waiting(LockingClauseContext clause) {
        if (clause.NOWAIT() != null) {
            return Wait.NOWAIT;
        }
        List<IdentifierContext> words = clause.identifier();
        if (words.isEmpty()) {
            return Wait.WAIT;
        }
        if (!words.get(0).getText().equalsIgnoreCase("skip")) {
            throw SyntaxErrors.at(words.get(0).getStart());
        }
        if (!words.get(1).getText().equalsIgnoreCase("locked")) {
            throw SyntaxErrors.at(words.get(1).getStart());
        }
        return Wait.SKIP_LOCKED;
    }
}
