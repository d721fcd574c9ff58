package io.kadedb.planner.dml;

import io.kadedb.common.catalog.ColumnDefinition;
import io.kadedb.common.catalog.ColumnDefinition.Identity;
import io.kadedb.common.catalog.SequenceDefinition;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.Generation;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.SequenceOption;
import io.kadedb.planner.PlanningSession;
import io.kadedb.planner.functions.AssignOperator;
import io.kadedb.planner.validate.EnumTypes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Columns as statements define them, with the sequences that those of serial and identity columns bring along. */
final class NewColumns {
    private final PlanningSession session;
    private final String schema;
    private final String table;
    private final Predicate<String> taken;
    private final Set<String> names = new HashSet<>();
    private final List<SequenceDefinition> sequences = new ArrayList<>();

    /**
     * @param table its name, from which those of sequences are made
     * @param taken whether a relation of the schema has a name
     */
    NewColumns(PlanningSession session, String schema, String table, Predicate<String> taken) {
        this.session = session;
        this.schema = schema;
        this.table = table;
        this.taken = taken;
    }

    /**
     * The sequences of the columns made so far, to be made with them.
     *
     * @param tableId what owns them, or 0 for the table of the same change
     */
    List<SequenceDefinition> sequences(long tableId) {
        return sequences.stream()
                .map(sequence -> sequence.withOwnedBy(sequence.ownedBy()
                        .map(owner -> new SequenceDefinition.Owner(tableId, owner.column(), owner.identity()))))
                .toList();
    }

    /** A column; the expression of a computed one is not looked at yet. */
    ColumnDefinition column(io.kadedb.parser.ast.ColumnDefinition written, int id) {
        String name = written.name().text();
        SqlType type = resolved(written.type(), written.name(), session);
        written.defaultValue().ifPresent(value -> checkDefault(name, type, value.node()));
        ColumnDefinition column = ColumnDefinition.of(id, name, type, !written.notNull())
                .withDefault(written.defaultValue()
                        .map(value -> SequenceDefaults.qualified(value.text(), session.context())));
        ColumnDefinition made = written.generation()
                .map(generation -> generated(column, generation))
                .orElse(column);
        return made.withNotNullName(written.notNullName().map(Name::text));
    }

    /** The type, which the catalog may have to tell. */
    static SqlType resolved(SqlType type, Name column, PlanningSession session) {
        try {
            return EnumTypes.resolved(
                    type, session.context().catalog(), session.context().searchPath());
        } catch (KadeException e) {
            throw e.at(column.position());
        }
    }

    private ColumnDefinition generated(ColumnDefinition column, Generation generation) {
        return switch (generation) {
            case Generation.Serial serial -> {
                SequenceDefinition sequence = sequence(column, List.of(), false);
                yield column.withNullable(false)
                        .withDefault(Optional.of(SequenceDefaults.nextval(sequence.schema(), sequence.name())));
            }
            case Generation.Identity identity -> identity(column, identity);
            case Generation.Computed computed ->
                column.withGenerated(Optional.of(computed.expression().text()), !computed.stored());
        };
    }

    /** The column as identity, with a sequence. */
    ColumnDefinition identity(ColumnDefinition column, Generation.Identity identity) {
        if (!column.type().isInteger()) {
            throw KadeException.of(
                            ErrorCode.INVALID_PARAMETER_VALUE,
                            "identity column type must be smallint, integer, or bigint")
                    .at(identity.position());
        }
        checkOptions(identity.options());
        sequence(column, identity.options(), true);
        return column.withNullable(false)
                .withIdentity(Optional.of(identity.always() ? Identity.ALWAYS : Identity.BY_DEFAULT));
    }

    /** What the column says already, its sequence cannot. */
    static void checkOptions(List<SequenceOption> options) {
        for (SequenceOption option : options) {
            if (option instanceof SequenceOption.As || option instanceof SequenceOption.OwnedBy) {
                throw KadeException.of(ErrorCode.SYNTAX_ERROR, "conflicting or redundant options")
                        .at(option.position());
            }
        }
    }

    private SequenceDefinition sequence(ColumnDefinition column, List<SequenceOption> options, boolean identity) {
        String name = options.stream()
                .flatMap(option ->
                        option instanceof SequenceOption.Named named ? Stream.of(given(named)) : Stream.empty())
                .findFirst()
                .orElseGet(() -> RelationNames.free(
                        table, column.name(), "seq", used -> names.contains(used) || taken.test(used)));
        names.add(name);
        SequenceDefinition sequence = new SequenceOptions(options)
                .created(schema, name, session.context().principal().user(), column.type(), "sequence type")
                .withOwnedBy(Optional.of(new SequenceDefinition.Owner(0, column.id(), identity)));
        sequences.add(sequence);
        return sequence;
    }

    private String given(SequenceOption.Named named) {
        String name = named.name().last().text();
        boolean elsewhere = named.name()
                .schema()
                .filter(other -> !other.text().equals(schema))
                .isPresent();
        if (elsewhere) {
            throw KadeException.of(
                            ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
                            "sequence must be in same schema as table it is linked to")
                    .at(named.position());
        }
        if (names.contains(name) || taken.test(name)) {
            throw KadeException.of(ErrorCode.DUPLICATE_TABLE, "relation \"" + name + "\" already exists")
                    .at(named.position());
        }
        return name;
    }

    /** A default must be computable without a row, and of a type that can be stored. */
    private void checkDefault(String column, SqlType type, SqlNode value) {
        SqlParserPos pos = value.getParserPosition();
        SqlNode row = SqlStdOperatorTable.ROW.createCall(pos, AssignOperator.to(column, type, value));
        session.plan(SqlStdOperatorTable.VALUES.createCall(pos, row));
    }
}
