package io.kadedb.planner;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.common.type.SqlType;
import io.kadedb.planner.physical.AggregateFunction;
import io.kadedb.planner.physical.Expr;
import io.kadedb.planner.physical.PhysicalPlan;
import io.kadedb.planner.physical.ScalarFunction;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every function the executor has can be called, and expressions have the types the documentation says. */
class FunctionTest {
    private static final List<String> CALLS = List.of(
            "f and (a > 1) or not f",
            "b is null, b is not null",
            "f is true, f is not true, f is false, f is not false",
            "a = i, a <> i, a < i, a <= i, a > i, a >= i",
            "a is distinct from i, a is not distinct from i",
            "a + i, a - i, a * i, a / i, a % i, -a",
            "coalesce(b, 'x'), greatest(a, i), least(a, i)",
            "abs(a), sign(a), ceil(e), floor(e), round(c, 1), trunc(c)",
            "sqrt(e), cbrt(e), power(e, 2), exp(e), ln(e), log(e)",
            "sin(e), cos(e), tan(e), asin(e), acos(e), atan(e), atan2(e, e), degrees(e), radians(e), pi(), random()",
            "b like 'x_%', b ilike 'x%', b ~ 'x', b ~* 'x', b !~ 'x'",
            "b || 'x', concat(b, a), concat_ws(',', b, a)",
            "lower(b), upper(b), initcap(b), length(b), octet_length(b)",
            "substring(b from 2 for 3), position('x' in b), strpos(b, 'x')",
            "trim(b), ltrim(b), rtrim(b), replace(b, 'x', 'y')",
            "left(b, 1), right(b, 1), lpad(b, 5), rpad(b, 5, 'x'), repeat(b, 2), reverse(b), split_part(b, ',', 1)",
            "starts_with(b, 'x'), overlay(b placing 'x' from 1), ascii(b), chr(a), md5(b), regexp_replace(b, 'x', 'y')",
            "extract(year from d), date_trunc('month', g), make_date(2020, 1, a), age(g, g), to_timestamp(e)",
            "clock_timestamp(), setseed(e), currval(b), nextval(b), setval(b, 1), lastval(), pg_get_serial_sequence(b,"
                    + " b)",
            "array[a], (array[a])[1], (array[a])[1:2], a = any(array[a]), a = all(array[a]), string_to_array(b, ',')",
            "array[a] @> array[a], array[a] <@ array[a], array[a] && array[a], array[a] || array[a], array[a] || a",
            "a || array[a], array_length(array[a], 1), array_lower(array[a], 1), array_upper(array[a], 1)",
            "array_ndims(array[a]), array_dims(array[a]), cardinality(array[a]), array_remove(array[a], a)",
            "array_replace(array[a], a, a), array_position(array[a], a), array_positions(array[a], a)",
            "array_reverse(array[a]), string_to_array(b, ',')::varchar(2)[], array_sort(array[a]), array_fill(a,"
                    + " array[a]), trim_array(array[a], 1)",
            "array_to_string(array[a], ','), regexp_split_to_array(b, 'x'), regexp_match(b, 'x')",
            "to_jsonb(b)->'k', to_json(b)->>'k', to_jsonb(b) #> array[b], to_jsonb(b) #>> '{k}', to_jsonb(b) #- '{k}'",
            "to_jsonb(b) @> '{}', to_jsonb(b) <@ '{}', to_jsonb(b) ? 'k', to_jsonb(b) ?| array[b], to_jsonb(b) ?&"
                    + " '{k}'",
            "to_jsonb(b) || '{}', to_jsonb(b) - 'k', jsonb_extract_path(to_jsonb(b), 'k'), jsonb_typeof(to_jsonb(b))",
            "jsonb_extract_path_text(to_jsonb(b), 'k'), jsonb_array_length(to_jsonb(b)), jsonb_pretty(to_jsonb(b))",
            "jsonb_set(to_jsonb(b), '{k}', '1'), jsonb_insert(to_jsonb(b), '{k}', '1'), jsonb_strip_nulls(to_jsonb(b))",
            "jsonb_build_object(b, a), json_build_array(a, b)",
            "regexp_like(b, 'x'), regexp_count(b, 'x'), regexp_instr(b, 'x'), regexp_substr(b, 'x')",
            "translate(b, 'x', 'y'), quote_ident(b), quote_literal(b), quote_nullable(b), format('%s', b)",
            "to_hex(a), to_bin(a), to_oct(a), encode(sha224(decode(b, 'hex')), 'hex'), bit_length(b)",
            "sha256(decode(b, 'hex')), sha384(decode(b, 'hex')), sha512(decode(b, 'hex')), bit_count(decode(b, 'hex'))",
            "\"$sort_text\"(a), \"$row_text\"(a, b), \"$row_to_json\"('a', a), a & a, a | a, a # a, ~ a, a << 1, a >>"
                    + " 1",
            "num_nulls(a, b), num_nonnulls(a, b), pg_typeof(a), gcd(a, a), lcm(a, a), factorial(a), div(c, c)",
            "scale(c), min_scale(c), width_bucket(e, 0, 1, 5), sinh(e), cosh(e), tanh(e), cot(e), sind(e), cosd(e)",
            "tand(e), to_char(g, 'YYYY'), to_date(b, 'YYYY'), to_number(b, '9'), to_timestamp(b, 'YYYY')",
            "jsonb_path_exists(to_jsonb(a), '$'), jsonb_path_exists_tz(to_jsonb(a), '$'), to_jsonb(a) @? '$'",
            "json_value(to_jsonb(a), '$'), b is json, json_object(b: a), json_array(a), json(b with unique keys)",
            "jsonb_path_match(to_jsonb(a), '$'), jsonb_path_match_tz(to_jsonb(a), '$'), to_jsonb(a) @@ '$'",
            "jsonb_path_query_array(to_jsonb(a), '$'), jsonb_path_query_array_tz(to_jsonb(a), '$')",
            "jsonb_path_query_first(to_jsonb(a), '$'), jsonb_path_query_first_tz(to_jsonb(a), '$')",
            "to_tsvector(b), to_tsquery(b), plainto_tsquery(b), phraseto_tsquery(b), websearch_to_tsquery(b), b @@ b",
            "ts_rank(to_tsvector(b), to_tsquery(b)), ts_rank_cd(to_tsvector(b), to_tsquery(b)), similarity(b, b),"
                    + " show_trgm(b)",
            "setweight(to_tsvector(b), 'A'), strip(to_tsvector(b))",
            "ts_delete(to_tsvector(b), b), ts_filter(to_tsvector(b), array['a']), length(to_tsvector(b))",
            "to_tsvector(b) || to_tsvector(b), tsvector_to_array(to_tsvector(b)), array_to_tsvector(array[b])",
            "to_tsquery(b) && to_tsquery(b), to_tsquery(b) || to_tsquery(b), tsquery_phrase(to_tsquery(b),"
                    + " to_tsquery(b))",
            "numnode(to_tsquery(b))",
            "make_time(a, a, e), make_timestamp(a, a, a, a, a, e), make_timestamptz(a, a, a, a, a, e)",
            "make_interval(a), date_bin('1 day', g, g), time_bucket('1 day', g), justify_hours(g - g), justify_days(g"
                    + " - g)",
            "justify_interval(g - g), isfinite(g), kade_state(b)",
            "pg_advisory_lock(a), pg_advisory_lock_shared(a), pg_try_advisory_lock(a), pg_try_advisory_lock_shared(a)",
            "pg_advisory_xact_lock(a), pg_advisory_xact_lock_shared(a), pg_try_advisory_xact_lock(a)",
            "pg_try_advisory_xact_lock_shared(a), pg_advisory_unlock(a), pg_advisory_unlock_shared(a)",
            "pg_advisory_unlock_all(), gen_random_uuid(), g at time zone 'UTC', (g, g) overlaps (g, g)");

    private static final String AGGREGATES =
            "count(*), bit_and(a), bit_or(a), bit_xor(a), count(b), sum(a), avg(a), min(b), max(b), bool_and(f),"
                + " bool_or(f), stddev_samp(e), stddev_pop(e), var_samp(e), var_pop(e), string_agg(b, ','),"
                + " any_value(b), first(b, a), last(b, a), arg_min(b, a), max_by(b, a), array_agg(a), jsonb_agg(a),"
                + " json_object_agg(b, a), json_arrayagg(a), json_objectagg(b: a absent on null),"
                + " json_object_agg_unique(b, a), json_object_agg_unique_strict(b, a), corr(e, e), covar_pop(e, e),"
                + " covar_samp(e, e), regr_count(e, e), regr_avgx(e, e), regr_avgy(e, e), regr_sxx(e, e), regr_syy(e,"
                + " e), regr_sxy(e, e), regr_slope(e, e), regr_intercept(e, e), regr_r2(e, e), mode() within group"
                + " (order by a), percentile_cont(0.5) within group (order by a), percentile_disc(0.5) within group"
                + " (order by a)";

    private final Planning planning = new Planning(TestCatalog.basic());

    @Test
    void everyScalarFunctionIsReachable() {
        Set<ScalarFunction> found = EnumSet.noneOf(ScalarFunction.class);
        for (String call : CALLS) {
            collect(planning.query("select " + call + " from t"), found);
        }
        // Those want a type of the catalog's.
        found.addAll(Set.of(ScalarFunction.ENUM_FIRST, ScalarFunction.ENUM_LAST, ScalarFunction.ENUM_RANGE));
        // This is what an assignment to an element is.
        found.add(ScalarFunction.ARRAY_PUT);
        // The planner makes an operator of them.
        found.addAll(Set.of(ScalarFunction.TIME_BUCKET_GAPFILL, ScalarFunction.LOCF, ScalarFunction.INTERPOLATE));
        // These are made by decorrelation, and of paths in tables.
        found.addAll(Set.of(ScalarFunction.SINGLE_ROW, ScalarFunction.SHREDDED));
        assertThat(EnumSet.complementOf(EnumSet.copyOf(found))).isEmpty();
    }

    private static void collect(PhysicalPlan plan, Set<ScalarFunction> found) {
        if (plan instanceof PhysicalPlan.Project project) {
            project.expressions().forEach(expression -> collect(expression, found));
        }
        plan.inputs().forEach(input -> collect(input, found));
    }

    private static void collect(Expr expression, Set<ScalarFunction> found) {
        if (expression instanceof Expr.Call call) {
            found.add(call.function());
            call.args().forEach(arg -> collect(arg, found));
        }
        if (expression instanceof Expr.Cast cast) {
            collect(cast.input(), found);
        }
    }

    @Test
    void everyAggregateIsReachable() {
        Set<AggregateFunction> found = EnumSet.noneOf(AggregateFunction.class);
        aggregates(planning.query("select " + AGGREGATES + " from t"), found);
        aggregates(planning.query("select x from u where y = (select i from t)"), found);
        assertThat(EnumSet.complementOf(EnumSet.copyOf(found))).isEmpty();
    }

    private static void aggregates(PhysicalPlan plan, Set<AggregateFunction> found) {
        if (plan instanceof PhysicalPlan.Aggregate aggregate) {
            aggregate.calls().forEach(call -> found.add(call.function()));
        }
        plan.inputs().forEach(input -> aggregates(input, found));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        a / 2             | integer
        a + i             | bigint
        c + c             | numeric(13,2)
        c * c             | numeric(24,4)
        c / c             | numeric(38,16)
        c * e             | double precision
        a * n             | double precision
        d + 1             | date
        d - d             | integer
        d + interval '1' day | timestamp without time zone
        g - g             | interval
        h + interval '1' hour | timestamp with time zone
        h > g             | boolean
        round(c, 1)       | numeric(12,1)
        concat(b, a)      | text
        case when f then a else c end | numeric(12,2)
        coalesce(a, i)    | bigint
        cast(a as varchar(3)) | character varying(3)
        extract(year from d) | bigint
        now()             | timestamp with time zone
        current_date      | date
        """)
    void expressionsHaveTheirTypes(String expression, String type) {
        assertThat(planning.columns("select " + expression + " from t")
                        .getFirst()
                        .type()
                        .toString())
                .isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        sum(m) | bigint
        sum(i) | numeric(38,0)
        sum(c) | numeric(38,2)
        sum(n) | real
        sum(e) | double precision
        avg(a) | numeric(38,16)
        avg(n) | double precision
        count(b) | bigint
        max(d) | date
        """)
    void aggregatesHaveTheirTypes(String aggregate, String type) {
        assertThat(planning.columns("select " + aggregate + " from t")
                        .getFirst()
                        .type()
                        .toString())
                .isEqualTo(type);
    }

    @Test
    void parametersTakeTheTypeOfWhatTheyMeet() {
        assertThat(planning.plan("select a + $2 from t where d = $1 and b like $3 limit $4")
                        .parameterTypes())
                .containsExactly(SqlType.DATE, SqlType.INTEGER, SqlType.TEXT, SqlType.BIGINT);
        assertThat(planning.plan("select $1").parameterTypes()).containsExactly(SqlType.TEXT);
        assertThat(planning.plan("select $1::uuid").parameterTypes()).containsExactly(SqlType.UUID);
    }

    @Test
    void constantsAreFoldedSoThatScansPrune() {
        assertThat(planning.explain("select a from t where d <= date '1998-12-01' - interval '90' day"))
                .contains("where: d <= date '1998-09-02'");
        assertThat(planning.explain("select a from t where d = '2020-02-01'")).contains("d = date '2020-02-01'");
        assertThat(planning.explain("select a from t where i = 5 and c > 2")).contains("i = 5", "c > 2.00");
        assertThat(planning.explain("select a from t where h > now()")).contains("now");
    }
}
