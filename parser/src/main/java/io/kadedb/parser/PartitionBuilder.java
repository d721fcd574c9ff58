package io.kadedb.parser;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.common.error.SourcePosition;
import io.kadedb.parser.ast.IntervalValue;
import io.kadedb.parser.ast.Name;
import io.kadedb.parser.ast.PartitionBy;
import io.kadedb.parser.ast.TableOptions;
import io.kadedb.parser.grammar.KadeSqlParser.*;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** How tables are partitioned, and what else is said of how they are stored. */
final class PartitionBuilder {
    private final AstBuilder ast;
    private final StorageParameters parameters;

    PartitionBuilder(AstBuilder ast) {
        this.ast = ast;
        this.parameters = new StorageParameters(ast);
    }

    Optional<PartitionBy> partitions(@Nullable PartitionByContext by) {
        if (by == null) {
            return Optional.empty();
        }
        String strategy = ast.names.text(by.identifier(0));
        if (!strategy.equals("range")) {
            throw strategy.equals("list") || strategy.equals("hash")
                    ? Unsupported.feature(
                            "partitions by " + strategy + " are",
                            by.identifier(0).getStart())
                    : KadeException.of(
                                    ErrorCode.INVALID_OBJECT_DEFINITION,
                                    "unrecognized partitioning strategy \"" + strategy + "\"")
                            .at(Places.of(by.identifier(0).getStart()));
        }
        Name column = ast.names.name(by.identifier(1));
        if (by.string() == null && by.signedInteger() == null) {
            throw Unsupported.feature(
                            "ranges without a width are", by.identifier(1).getStart())
                    .hint("partitions are made by themselves: give their width, "
                            + "as in PARTITION BY RANGE (ts INTERVAL '1 day')");
        }
        return Optional.of(
                by.signedInteger() != null
                        ? new PartitionBy(
                                column,
                                Optional.empty(),
                                OptionalLong.of(number(by.signedInteger())),
                                Places.of(by.signedInteger().getStart()))
                        : new PartitionBy(
                                column,
                                Optional.of(interval(by.string(), by.intervalFields())),
                                OptionalLong.empty(),
                                Places.of(by.string().getStart())));
    }

    private static long number(SignedIntegerContext number) {
        try {
            return Long.parseLong(number.getText().replace("_", ""));
        } catch (NumberFormatException e) {
            throw KadeException.of(ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE, number.getText() + " is too large here", e)
                    .at(Places.of(number.getStart()));
        }
    }

    private IntervalValue interval(StringContext text, @Nullable IntervalFieldsContext fields) {
        return IntervalText.parse(ast.literals.string(text), IntervalFields.of(fields), Places.of(text.getStart()));
    }

    /** Those of a new table that are our own. */
    Optional<TableOptions> options(@Nullable TableOptionsContext options) {
        if (options == null) {
            return Optional.empty();
        }
        List<TableOptionContext> own = parameters.own(options.tableOption());
        return own.isEmpty() ? Optional.empty() : Optional.of(options(own, Places.of(options.getStart())));
    }

    /** SET. */
    TableOptions changed(List<TableOptionContext> options, SourcePosition position) {
        options.forEach(option -> checkOwn(option.parameterName()));
        return options(parameters.own(options), position);
    }

    private TableOptions options(List<TableOptionContext> own, SourcePosition position) {
        Optional<IntervalValue> retention = Optional.empty();
        for (TableOptionContext option : own) {
            SettingValueContext value = option.settingValue();
            if (value == null || value.string() == null) {
                throw KadeException.of(
                                ErrorCode.INVALID_PARAMETER_VALUE,
                                "invalid value for parameter \"retention\": an interval is wanted")
                        .at(Places.of(option.getStart()))
                        .hint("write, e.g., retention = '30 days'");
            }
            retention = Optional.of(interval(value.string(), value.intervalFields()));
        }
        return new TableOptions(retention, position);
    }

    TableOptions reset(List<ParameterNameContext> options, SourcePosition position) {
        options.forEach(this::checkOwn);
        return new TableOptions(Optional.empty(), position);
    }

    private void checkOwn(ParameterNameContext option) {
        if (parameters.isAccepted(option)) {
            throw Unsupported.feature("changes of storage parameters of PostgreSQL are", option.getStart());
        }
    }
}
