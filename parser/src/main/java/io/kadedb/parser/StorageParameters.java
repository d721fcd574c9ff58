package io.kadedb.parser;

import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import io.kadedb.parser.grammar.KadeSqlParser.ParameterNameContext;
import io.kadedb.parser.grammar.KadeSqlParser.TableOptionContext;
import io.kadedb.parser.grammar.KadeSqlParser.TableOptionsContext;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The storage parameters of PostgreSQL's tables and indexes. They say how PostgreSQL lays out and vacuums its pages, of which
 * there are none here: CREATE accepts them, whatever their values, so that its scripts run, and nothing comes of it.
 */
final class StorageParameters {
    static final String RETENTION = "retention";

    private static final String TOAST = "toast.";
    private static final Set<String> OF_TABLES = Set.of(
            "autovacuum_analyze_scale_factor",
            "autovacuum_analyze_threshold",
            "autovacuum_enabled",
            "autovacuum_freeze_max_age",
            "autovacuum_freeze_min_age",
            "autovacuum_freeze_table_age",
            "autovacuum_multixact_freeze_max_age",
            "autovacuum_multixact_freeze_min_age",
            "autovacuum_multixact_freeze_table_age",
            "autovacuum_vacuum_cost_delay",
            "autovacuum_vacuum_cost_limit",
            "autovacuum_vacuum_insert_scale_factor",
            "autovacuum_vacuum_insert_threshold",
            "autovacuum_vacuum_max_threshold",
            "autovacuum_vacuum_scale_factor",
            "autovacuum_vacuum_threshold",
            "fillfactor",
            "log_autovacuum_min_duration",
            "parallel_workers",
            "toast_tuple_target",
            "user_catalog_table",
            "vacuum_index_cleanup",
            "vacuum_max_eager_freeze_failure_rate",
            "vacuum_truncate");
    private static final Set<String> OF_INDEXES = Set.of(
            "autosummarize",
            "buffering",
            "deduplicate_items",
            "fastupdate",
            "fillfactor",
            "gin_pending_list_limit",
            "pages_per_range");

    private final AstBuilder ast;

    StorageParameters(AstBuilder ast) {
        this.ast = ast;
    }

    /**
     * Those of a table's options that are our own.
     *
     * @throws KadeException 22023 when there is an unknown one, or one twice
     */
    List<TableOptionContext> own(List<TableOptionContext> options) {
        checkDistinct(options);
        return options.stream()
                .filter(option -> !isAccepted(option.parameterName()))
                .toList();
    }

    /** Whether a table's parameter is one of PostgreSQL's; one that is not known at all is an error. */
    boolean isAccepted(ParameterNameContext parameter) {
        String name = name(parameter);
        boolean known = OF_TABLES.contains(name.startsWith(TOAST) ? name.substring(TOAST.length()) : name);
        if (!known && !name.equals(RETENTION)) {
            throw unrecognized(parameter).hint("tables have one parameter of their own: retention");
        }
        return known;
    }

    /** Checks the parameters of an index, which are all PostgreSQL's. */
    void checkIndex(@Nullable TableOptionsContext options) {
        if (options == null) {
            return;
        }
        checkDistinct(options.tableOption());
        for (TableOptionContext option : options.tableOption()) {
            if (!OF_INDEXES.contains(name(option.parameterName()))) {
                throw unrecognized(option.parameterName());
            }
        }
    }

    private void checkDistinct(List<TableOptionContext> options) {
        Set<String> seen = new HashSet<>();
        for (TableOptionContext option : options) {
            String name = name(option.parameterName());
            if (!seen.add(name)) {
                throw KadeException.of(
                                ErrorCode.INVALID_PARAMETER_VALUE,
                                "parameter \"" + name + "\" specified more than once")
                        .at(Places.of(option.getStart()));
            }
        }
    }

    private KadeException unrecognized(ParameterNameContext parameter) {
        return KadeException.of(ErrorCode.INVALID_PARAMETER_VALUE, "unrecognized parameter \"" + name(parameter) + "\"")
                .at(Places.of(parameter.getStart()));
    }

    private String name(ParameterNameContext parameter) {
        return parameter.label().stream()
                .map(label -> ast.names.name(label).text())
                .collect(Collectors.joining("."));
    }
}
