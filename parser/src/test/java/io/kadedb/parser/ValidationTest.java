package io.kadedb.parser;

import static org.assertj.core.api.Assertions.assertThat;

import io.kadedb.common.type.SqlType;
import io.kadedb.parser.ast.SqlTypes;
import java.util.List;
import java.util.Map;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystem;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlLibrary;
import org.apache.calcite.sql.fun.SqlLibraryOperatorTableFactory;
import org.apache.calcite.sql.type.SqlTypeFactoryImpl;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calcite's own validator takes our trees as if its parser had made them. */
class ValidationTest {
    private static final Map<String, SqlType> COLUMNS = Map.ofEntries(
            Map.entry("id", SqlType.INTEGER),
            Map.entry("amount", SqlType.decimal(12, 2)),
            Map.entry("name", SqlType.TEXT),
            Map.entry("code", SqlType.varchar(10)),
            Map.entry("day", SqlType.DATE),
            Map.entry("at", SqlType.TIMESTAMP),
            Map.entry("span", SqlType.INTERVAL),
            Map.entry("flag", SqlType.BOOLEAN),
            Map.entry("uid", SqlType.UUID));

    private static final class Rows extends AbstractTable {
        @Override
        public RelDataType getRowType(RelDataTypeFactory factory) {
            RelDataTypeFactory.Builder row = factory.builder();
            COLUMNS.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .forEach(column ->
                            row.add(column.getKey(), SqlTypes.toRelDataType(factory, column.getValue(), true)));
            return row.build();
        }
    }

    private static final class Factory extends SqlTypeFactoryImpl {
        Factory() {
            super(RelDataTypeSystem.DEFAULT);
        }
    }

    private final SqlValidator validator = validator();

    private static SqlValidator validator() {
        CalciteSchema schema = CalciteSchema.createRootSchema(false);
        schema.add("t", new Rows());
        schema.add("u", new Rows());
        RelDataTypeFactory types = new Factory();
        CalciteCatalogReader catalog = new CalciteCatalogReader(
                schema,
                List.of(),
                types,
                CalciteConnectionConfigImpl.DEFAULT.set(CalciteConnectionProperty.CASE_SENSITIVE, "false"));
        return SqlValidatorUtil.newValidator(
                SqlLibraryOperatorTableFactory.INSTANCE.getOperatorTable(SqlLibrary.STANDARD, SqlLibrary.POSTGRESQL),
                catalog,
                types,
                SqlValidator.Config.DEFAULT);
    }

    private RelDataType type(String text) {
        SqlNode valid = validator.validate(Sql.query(text));
        return validator.getValidatedNodeType(valid);
    }

    private SqlType only(String expression) {
        RelDataType row = type("select " + expression + " as x from t");
        return SqlTypes.fromRelDataType(row.getFieldList().getFirst().getType());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "select id, sum(amount * (1 - amount)) as s, avg(amount), count(*) from t where day <= date"
                    + " '1998-12-01' - interval '90' day group by id having count(*) > 1 order by s desc, 1 limit 10",
                "select * from t join u using (id) where t.name like '%x%' and u.id in (1, 2, 3)",
                "select a.id from t a left join u b on a.id = b.id and b.amount between 1 and 2 where b.id is null",
                "select id from t where exists (select * from u where u.id = t.id and u.amount > t.amount)",
                "select id from t where amount = (select min(amount) from u where u.id = t.id)",
                "select id from t where id > all (select id from u) or id = any (select 1)",
                "with r (a, b) as (select id, sum(amount) from t group by id) select a from r where b = (select max(b)"
                        + " from r)",
                "with recursive r (n) as (select 1 union all select n + 1 from r where n < 5) select n from r",
                "select case when flag then 1 else 0 end, case id when 1 then 'a' end, coalesce(name, 'x'), nullif(id,"
                        + " 1) from t",
                "select extract(year from day), substring(name from 1 for 2), position('x' in name), trim(name),"
                        + " upper(name) from t",
                "select name || 'x' || code, cast(id as bigint), id::text, char_length(name) from t",
                "select id, rank() over (partition by name order by amount desc) from t",
                "select count(distinct id) filter (where flag), sum(amount) from t group by rollup (name, code)",
                "select id from t union all select id from u intersect select 1 order by 1",
                "select x.a from (values (1, 'a'), (2, 'b')) as x (a, b), lateral (select * from u where u.id = x.a)"
                        + " as y",
                "select distinct on_day from (select day as on_day from t) q order by on_day nulls first offset 1",
                "select name ilike 'x%', name ~ 'y', id is distinct from 1, not flag is true from t",
                "select current_date, current_timestamp, floor(amount), ceil(amount), power(id, 2), id ^ 2, id % 2"
                        + " from t",
            })
    void isAccepted(String text) {
        assertThat(type(text).getFieldCount()).isPositive();
    }

    @Test
    void intervalsTakePartInDateArithmetic() {
        assertThat(only("day - interval '3' month")).isEqualTo(SqlType.DATE);
        assertThat(only("at + interval '1 day 2 hours'").id()).isEqualTo(SqlType.TIMESTAMP.id());
        assertThat(only("at + span").id()).isEqualTo(SqlType.TIMESTAMP.id());
        assertThat(only("interval '1 day'")).isEqualTo(SqlType.INTERVAL);
        assertThat(only("span + interval '1 month'")).isEqualTo(SqlType.INTERVAL);
        assertThat(only("span * 2")).isEqualTo(SqlType.INTERVAL);
        assertThat(only("span > interval '1 hour'")).isEqualTo(SqlType.BOOLEAN);
    }

    @Test
    void typesKeepTheirMeaning() {
        for (SqlType type : COLUMNS.values()) {
            if (type.precision() != 6) {
                assertThat(SqlTypes.fromRelDataType(SqlTypes.toRelDataType(new Factory(), type)))
                        .isEqualTo(type);
            }
        }
        assertThat(only("cast(name as varchar(5))")).isEqualTo(SqlType.varchar(5));
        assertThat(only("id::text")).isEqualTo(SqlType.TEXT);
        assertThat(only("name::uuid")).isEqualTo(SqlType.UUID);
    }
}
