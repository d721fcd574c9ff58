package io.kadedb.server.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kadedb.common.catalog.CatalogChange;
import io.kadedb.common.catalog.CatalogSnapshot;
import io.kadedb.common.data.MemoryPool;
import io.kadedb.executor.memory.ArrowMemoryPool;
import io.kadedb.storage.api.IsolationLevel;
import io.kadedb.storage.api.SqlTransaction;
import io.kadedb.storage.api.Store;
import io.kadedb.storage.api.TransactionOptions;
import io.kadedb.storage.transaction.StoreConfig;
import io.kadedb.storage.transaction.Stores;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TemporaryTableTest {
    @ParameterizedTest
    @EnumSource
    void eachSessionHasItsOwn(Door door) throws SQLException {
        try (Database database = new Database(door);
                Connection other = database.connect()) {
            database.run("create table t (a int)", "insert into t values (0)");
            database.run("create temp table t (a int primary key)", "insert into t values (1)");
            assertThat(database.rows("select a from t where a = 1")).containsExactly("1");
            assertThat(Database.rows(other, "select a from t")).containsExactly("0");
            Database.run(other, "create temp table t as select 2 as a");
            assertThat(Database.rows(other, "select a from t")).containsExactly("2");
            assertThat(database.rows("select a from t")).containsExactly("1");
            assertThat(database.rows("select a from public.t")).containsExactly("0");
            assertThat(database.rows("show tables")).hasSize(2);
            assertThatThrownBy(() -> Database.run(other, "select * from pg_temp_s1.t"))
                    .isInstanceOf(SQLException.class);
            assertThat(database.rows("select count(*) from information_schema.tables where table_name = 't'"))
                    .containsExactly("2");
        }
    }

    @ParameterizedTest
    @EnumSource
    void theyEndWithTheirSession(Door door) throws SQLException {
        try (Database database = new Database(door)) {
            try (Connection passing = database.connect()) {
                Database.run(passing, "create temp table t (a int)", "insert into t values (1)");
            }
            try (Connection next = database.connect()) {
                assertThatThrownBy(() -> Database.rows(next, "select * from t")).isInstanceOf(SQLException.class);
            }
            assertThat(database.rows("show schemas")).noneMatch(row -> row.startsWith("pg_temp"));
        }
    }

    @Test
    void whatACrashLeavesIsRemoved(@TempDir Path folder) throws SQLException {
        Path directory = folder.resolve("data");
        try (MemoryPool memory = ArrowMemoryPool.root(64 << 20);
                Store store = Stores.open(StoreConfig.inDirectory(directory, memory));
                SqlTransaction transaction =
                        store.begin(new TransactionOptions(IsolationLevel.SERIALIZABLE, "crashed"))) {
            transaction.apply(new CatalogChange.CreateSchema(CatalogSnapshot.temporarySchema("s1"), "kadedb"));
            transaction.commit();
        }
        try (Connection connection = DriverManager.getConnection("jdbc:kadedb:file:" + directory)) {
            assertThat(Database.rows(connection, "show schemas")).containsExactly("public,kadedb");
        }
    }
}
