package io.kadedb.parser;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.error.SourcePosition;
import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.SequenceOption;
import io.kadedb.parser.ast.Statement;
import io.kadedb.parser.grammar.KadeSqlParser.*;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** CREATE, ALTER and DROP SEQUENCE, the options of sequences and the types of serial columns. */
final class SequenceBuilder {
    private final AstBuilder ast;

    SequenceBuilder(AstBuilder ast) {
        this.ast = ast;
    }

    Statement create(CreateSequenceContext create) {
        return new Statement.CreateSequence(
                ast.names.qualified(create.qualifiedName()),
                options(create.sequenceOption()),
                create.temporary() != null,
                create.ifNotExists() != null);
    }

    Statement alter(AlterSequenceContext alter) {
        boolean ifExists = alter.ifExists() != null;
        return alter.identifier() != null
                ? new Statement.RenameSequence(
                        ast.names.qualified(alter.qualifiedName()), ast.names.name(alter.identifier()), ifExists)
                : new Statement.AlterSequence(
                        ast.names.qualified(alter.qualifiedName()), options(alter.sequenceOption()), ifExists);
    }

    Statement move(MoveSequenceContext move) {
        return new Statement.MoveSequence(
                ast.names.qualified(move.qualifiedName()), ast.names.name(move.identifier()), move.ifExists() != null);
    }

    Statement own(OwnSequenceContext own) {
        return new Statement.OwnSequence(
                ast.names.qualified(own.qualifiedName()),
                own.identifier() == null ? Optional.empty() : Optional.of(ast.names.name(own.identifier())),
                own.ifExists() != null);
    }

    Statement drop(DropSequenceContext drop) {
        return new Statement.DropSequence(
                ast.names.qualified(drop.qualifiedName()),
                drop.ifExists() != null,
                drop.dropBehavior() != null && drop.dropBehavior().CASCADE() != null);
    }

    List<SequenceOption> options(List<SequenceOptionContext> contexts) {
        List<SequenceOption> options = new ArrayList<>();
        contexts.forEach(context -> options.add(option(context)));
        checkDistinct(options);
        return options;
    }

    /** Each kind of option may be given once. */
    static void checkDistinct(List<SequenceOption> options) {
        Set<Class<?>> seen = new HashSet<>();
        for (SequenceOption option : options) {
            if (!seen.add(option.getClass())) {
                throw KadeException.of(ErrorCode.SYNTAX_ERROR, "conflicting or redundant options")
                        .at(option.position());
            }
        }
    }

    SequenceOption option(SequenceOptionContext option) {
        SourcePosition place = Places.of(option.getStart());
        if (option.AS() != null) {
            return new SequenceOption.As(ast.types.type(option.typeName()), place);
        }
        if (option.INCREMENT() != null) {
            return new SequenceOption.Increment(number(option.signedInteger()), place);
        }
        if (option.MINVALUE() != null) {
            return new SequenceOption.Min(optional(option.signedInteger()), place);
        }
        if (option.MAXVALUE() != null) {
            return new SequenceOption.Max(optional(option.signedInteger()), place);
        }
        if (option.RESTART() != null) {
            return new SequenceOption.Restart(optional(option.signedInteger()), place);
        }
        if (option.START() != null) {
            return new SequenceOption.Start(number(option.signedInteger()), place);
        }
        if (option.CACHE() != null) {
            return new SequenceOption.Cache(number(option.signedInteger()), place);
        }
        if (option.SEQUENCE() != null) {
            if (!ast.names.text(option.identifier()).equals("name")) {
                throw SyntaxErrors.at(option.identifier().getStart());
            }
            return new SequenceOption.Named(ast.names.qualified(option.qualifiedName()), place);
        }
        return option.CYCLE() != null
                ? new SequenceOption.Cycle(option.NO() == null, place)
                : new SequenceOption.OwnedBy(ast.names.qualified(option.qualifiedName()), place);
    }

    static Optional<Long> optional(@Nullable SignedIntegerContext number) {
        return number == null ? Optional.empty() : Optional.of(number(number));
    }

    private static long number(SignedIntegerContext number) {
        String digits = number.INTEGER().getText().replace("_", "");
        try {
            return Long.parseLong(number.MINUS() == null ? digits : "-" + digits);
        } catch (NumberFormatException e) {
            throw KadeException.of(
                            ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
                            "value \"" + number.getText() + "\" is out of range for type bigint",
                            e)
                    .at(Places.of(number.getStart()));
        }
    }

    /** The type behind serial and its kin. */
    static Optional<SqlType> serial(TypeNameContext type) {
        return switch (type.getText().toLowerCase(Locale.ROOT)) {
            case "serial", "serial4" -> Optional.of(SqlType.INTEGER);
            case "bigserial", "serial8" -> Optional.of(SqlType.BIGINT);
            case "smallserial", "serial2" -> Optional.of(SqlType.SMALLINT);
            default -> Optional.empty();
        };
    }
}
