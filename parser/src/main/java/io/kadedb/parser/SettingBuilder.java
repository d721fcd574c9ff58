package io.kadedb.parser;

import io.kadedb.common.error.KadeException;
import io.kadedb.parser.ast.AsOf;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.Statement;
import io.kadedb.parser.ast.TransactionMode;
import io.kadedb.parser.ast.TransactionMode.Isolation;
import io.kadedb.parser.grammar.KadeSqlParser.*;
import java.util.List;
import java.util.Optional;
import org.antlr.v4.runtime.tree.TerminalNode;
import org.jspecify.annotations.Nullable;

/** Transactions, SET, SHOW, RESET and what else looks at the session. */
final class SettingBuilder {
    private final AstBuilder ast;

    SettingBuilder(AstBuilder ast) {
        this.ast = ast;
    }

    Optional<Statement> statement(StatementContext statement) {
        return Optional.of(
                switch (statement) {
                    case BeginStatementContext begin -> new Statement.Begin(mode(begin.transactionModes()));
                    case CommitStatementContext commit -> new Statement.Commit();
                    case RollbackStatementContext rollback -> new Statement.Rollback();
                    case SavepointStatementContext set -> new Statement.Savepoint(ast.names.name(set.identifier()));
                    case RollbackToSavepointContext back -> new Statement.RollbackTo(ast.names.name(back.identifier()));
                    case ReleaseSavepointContext release -> new Statement.Release(ast.names.name(release.identifier()));
                    case ShowLocksContext show -> new Statement.ShowLocks();
                    case SetTransactionContext set -> new Statement.SetTransaction(mode(set.transactionModes()), false);
                    case SetSessionTransactionContext set ->
                        new Statement.SetTransaction(mode(set.transactionModes()), true);
                    case SetTimeZoneContext set -> timeZone(set);
                    case SetSchemaContext set ->
                        set(named("search_path", set.SCHEMA()), List.of(set.settingValue()), set.LOCAL() != null);
                    case SetNamesContext set ->
                        set(named("client_encoding", set.NAMES()), List.of(set.settingValue()), set.LOCAL() != null);
                    case SetVariableContext set
                    when set.DEFAULT() != null -> new Statement.ResetVariable(ast.names.setting(set.settingName()));
                    case SetVariableContext set ->
                        set(ast.names.setting(set.settingName()), set.settingValue(), set.LOCAL() != null);
                    case AlterSystemContext alter ->
                        new Statement.AlterSystem(
                                ast.names.setting(alter.settingName()),
                                Optional.ofNullable(alter.settingValue()).map(this::value));
                    case ResetVariableContext reset ->
                        new Statement.ResetVariable(name(reset.settingName(), reset.ALL(), reset.ZONE()));
                    case ShowVariableContext show ->
                        new Statement.ShowVariable(
                                show.ISOLATION() == null
                                        ? name(show.settingName(), show.ALL(), show.ZONE())
                                        : named("transaction_isolation", show.TRANSACTION()));
                    case ShowTablesContext show ->
                        new Statement.ShowTables(
                                show.identifier() == null
                                        ? Optional.empty()
                                        : Optional.of(ast.names.name(show.identifier())));
                    case ShowSchemasContext show -> new Statement.ShowSchemas();
                    case ShowCreateTableContext show ->
                        new Statement.ShowCreateTable(ast.names.qualified(show.qualifiedName()));
                    case ShowCreateGraphContext show ->
                        new Statement.ShowCreateGraph(ast.names.qualified(show.qualifiedName()));
                    case DescribeStatementContext describe ->
                        new Statement.Describe(ast.names.qualified(describe.qualifiedName()));
                    default -> throw KadeException.internal("no builder for " + statement.getClass(), null);
                });
    }

    private Name name(@Nullable SettingNameContext name, @Nullable TerminalNode all, @Nullable TerminalNode zone) {
        if (name != null) {
            return ast.names.setting(name);
        }
        return all != null ? named("all", all) : named("timezone", zone);
    }

    private static Name named(String name, @Nullable TerminalNode place) {
        if (place == null) {
            throw KadeException.internal("no place for setting " + name, null);
        }
        return new Name(name, Places.of(place.getSymbol()));
    }

    private Statement timeZone(SetTimeZoneContext set) {
        Name name = named("timezone", set.ZONE());
        return set.settingValue() == null
                ? new Statement.ResetVariable(name)
                : set(
                        name,
                        List.of(set.settingValue()),
                        set.LOCAL().stream().findAny().isPresent());
    }

    private Statement set(Name name, List<SettingValueContext> values, boolean local) {
        return new Statement.SetVariable(name, values.stream().map(this::value).toList(), local);
    }

    private String value(SettingValueContext value) {
        if (value.INTERVAL() != null) {
            throw Unsupported.feature("a time zone given as an interval is", value.getStart());
        }
        if (value.string() != null) {
            return ast.literals.string(value.string());
        }
        return value.label() != null ? ast.names.name(value.label()).text() : value.getText();
    }

    private TransactionMode mode(@Nullable TransactionModesContext modes) {
        if (modes == null) {
            return TransactionMode.UNSPECIFIED;
        }
        Optional<Isolation> isolation = Optional.empty();
        Optional<Boolean> readOnly = Optional.empty();
        Optional<AsOf> asOf = Optional.empty();
        for (TransactionModeContext mode : modes.transactionMode()) {
            if (mode.ISOLATION() != null) {
                isolation = Optional.of(isolation(mode));
            } else if (mode.READ() != null) {
                readOnly = Optional.of(mode.ONLY() != null);
            } else if (mode.asOf() != null) {
                asOf = Optional.of(new AsOfBuilder(ast).build(mode.asOf()));
            }
        }
        return new TransactionMode(isolation, readOnly, asOf);
    }

    private static Isolation isolation(TransactionModeContext mode) {
        if (mode.SERIALIZABLE() != null) {
            return Isolation.SERIALIZABLE;
        }
        if (mode.REPEATABLE() != null) {
            return Isolation.REPEATABLE_READ;
        }
        return mode.COMMITTED() != null ? Isolation.READ_COMMITTED : Isolation.READ_UNCOMMITTED;
    }
}
