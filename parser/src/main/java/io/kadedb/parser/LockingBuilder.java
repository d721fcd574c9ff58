package io.kadedb.parser;

import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.RowLocking;
import io.kadedb.parser.ast.RowLocking.Strength;
import io.kadedb.parser.ast.RowLocking.Wait;
import io.kadedb.parser.grammar.KadeSqlParser.*;
import java.util.List;

/** FOR UPDATE, FOR SHARE and what lies between. */
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
