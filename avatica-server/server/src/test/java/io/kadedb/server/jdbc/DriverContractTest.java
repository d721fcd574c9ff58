package io.kadedb.server.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLSyntaxErrorException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.sql.Types;
import java.util.Properties;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What pools, frameworks and tools call, beside statements, values, transactions and the catalog, which have their own. */
@ParameterizedClass
@EnumSource
class DriverContractTest {
    private static final int MANY = 10_000;
    private static final String NUMBERS =
            "with d as (select n from (values (0), (1), (2), (3), (4), (5), (6), (7), (8),"
                    + " (9)) as v(n)) select a.n + 10 * b.n + 100 * c.n + 1000 * e.n as n from d a, d b, d c, d e";

    private final Door door;
    private Database database;
    private Connection connection;

    // JUnit sets the fields before each test.
    @SuppressWarnings("NullAway.Init")
    DriverContractTest(Door door) {
        this.door = door;
    }

    @BeforeEach
    void open() throws SQLException {
        database = new Database(door);
        connection = database.connection();
        database.run("create table t (a int primary key, b text)");
    }

    @AfterEach
    void close() throws SQLException {
        database.close();
    }

    private static String state(ThrowingCallable call) {
        return catchThrowableOfType(SQLException.class, call).getSQLState();
    }

    @Test
    void isValidUntilClosed() throws SQLException {
        assertThat(connection.isValid(5)).isTrue();
        assertThat(connection.isValid(0)).isTrue();
        assertThat(state(() -> connection.isValid(-1))).isEqualTo("22023");
        connection.close();
        assertThat(connection.isValid(1)).isFalse();
        assertThat(connection.isClosed()).isTrue();
        connection.close();
    }

    @Test
    void aConnectionBeginsAsJdbcWantsIt() throws SQLException {
        assertThat(connection.getAutoCommit()).isTrue();
        assertThat(connection.isReadOnly()).isFalse();
        assertThat(connection.getTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
        assertThat(connection.getSchema()).isEqualTo("public");
        assertThat(connection.getHoldability()).isEqualTo(ResultSet.HOLD_CURSORS_OVER_COMMIT);
        assertThat((Object) connection.getWarnings()).isNull();
        assertThat(connection.getTypeMap() == null || connection.getTypeMap().isEmpty())
                .isTrue();
        assertThat(connection.nativeSQL("select 1")).isEqualTo("select 1");
    }

    @Test
    void isolationIsThatOfNewTransactions() throws SQLException {
        for (int level : new int[] {
            Connection.TRANSACTION_READ_COMMITTED,
            Connection.TRANSACTION_REPEATABLE_READ,
            Connection.TRANSACTION_SERIALIZABLE
        }) {
            connection.setTransactionIsolation(level);
            assertThat(connection.getTransactionIsolation()).isEqualTo(level);
        }
        connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
        connection.setAutoCommit(false);
        database.run("select 1");
        assertThat(database.rows("show transaction_isolation")).containsExactly("read committed");
        connection.rollback();
        assertThat(state(() -> connection.setTransactionIsolation(77))).isEqualTo("22023");
        assertThat(state(() -> connection.setTransactionIsolation(Connection.TRANSACTION_NONE)))
                .isEqualTo("0A000");
    }

    @Test
    void readOnlyRefusesWrites() throws SQLException {
        connection.setReadOnly(true);
        assertThat(connection.isReadOnly()).isTrue();
        assertThat(state(() -> database.run("insert into t values (1, 'x')"))).isEqualTo("25006");
        connection.setReadOnly(false);
        database.run("insert into t values (1, 'x')");
    }

    @Test
    void theApplicationNamesItself() throws SQLException {
        connection.setClientInfo("ApplicationName", "reports");
        assertThat(connection.getClientInfo("ApplicationName")).isEqualTo("reports");
        assertThat(database.rows("show application_name")).containsExactly("reports");
        Properties both = new Properties();
        both.setProperty("ApplicationName", "others");
        connection.setClientInfo(both);
        assertThat(connection.getClientInfo()).containsEntry("ApplicationName", "others");
        assertThat(catchThrowableOfType(SQLClientInfoException.class, () -> connection.setClientInfo("Shoe", "size"))
                        .getFailedProperties())
                .containsKey("Shoe");
    }

    @Test
    void aNetworkTimeOutIsKept() throws SQLException {
        connection.setNetworkTimeout(Runnable::run, 30_000);
        assertThat(connection.getNetworkTimeout()).isEqualTo(30_000);
        assertThat(database.rows("select 1")).containsExactly("1");
    }

    @Test
    void connectionsUnwrap() throws SQLException {
        assertThat(connection.isWrapperFor(Connection.class)).isTrue();
        assertThat(connection.unwrap(Connection.class)).isSameAs(connection);
        assertThat(state(() -> connection.unwrap(Integer.class))).isNotEqualTo("XX000");
    }

    @Test
    void manyRowsComeInFrames() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(7);
            assertThat(statement.getFetchSize()).isEqualTo(7);
            try (ResultSet rows = statement.executeQuery(NUMBERS)) {
                long sum = 0;
                int count = 0;
                while (rows.next()) {
                    count++;
                    assertThat(rows.getRow()).isEqualTo(count);
                    sum += rows.getLong("n");
                }
                assertThat(count).isEqualTo(MANY);
                assertThat(sum).isEqualTo(MANY * (MANY - 1L) / 2);
                assertThat(rows.isAfterLast()).isTrue();
            }
            assertThat(state(() -> statement.setFetchSize(-1))).isEqualTo("22023");
        }
    }

    @Test
    void resultSetsInterleave() throws SQLException {
        try (Statement one = connection.createStatement();
                Statement two = connection.createStatement();
                ResultSet left = one.executeQuery(NUMBERS);
                ResultSet right = two.executeQuery(NUMBERS)) {
            for (int i = 0; i < MANY; i++) {
                assertThat(left.next()).isTrue();
                assertThat(right.next()).isTrue();
                assertThat(left.getInt(1)).isEqualTo(right.getInt(1));
            }
            assertThat(left.next()).isFalse();
        }
    }

    @Test
    void rowsThatAreNotReadDoNoHarm() throws SQLException {
        for (int i = 0; i < 20; i++) {
            try (Statement statement = connection.createStatement();
                    ResultSet rows = statement.executeQuery(NUMBERS)) {
                assertThat(rows.next()).isTrue();
            }
        }
        assertThat(database.rows("select 1")).containsExactly("1");
    }

    @Test
    void executingAgainClosesTheRowsBefore() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            ResultSet first = statement.executeQuery(NUMBERS);
            ResultSet second = statement.executeQuery("select 1");
            assertThat(first.isClosed()).isTrue();
            assertThat(second.next()).isTrue();
        }
    }

    @Test
    void closeOnCompletion() throws SQLException {
        Statement statement = connection.createStatement();
        statement.closeOnCompletion();
        assertThat(statement.isCloseOnCompletion()).isTrue();
        statement.executeQuery("select 1").close();
        assertThat(statement.isClosed()).isTrue();
    }

    @Test
    void statementsSayWhatTheyAre() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            assertThat(statement.getConnection()).isSameAs(connection);
            assertThat(statement.getResultSetType()).isEqualTo(ResultSet.TYPE_FORWARD_ONLY);
            assertThat(statement.getResultSetConcurrency()).isEqualTo(ResultSet.CONCUR_READ_ONLY);
            assertThat(statement.getMaxRows()).isZero();
            assertThat(statement.getQueryTimeout()).isZero();
            assertThat(statement.getUpdateCount()).isLessThanOrEqualTo(0);
            statement.setEscapeProcessing(true);
            statement.setPoolable(false);
            assertThat(state(() -> statement.setQueryTimeout(-1))).isEqualTo("22023");
        }
    }

    @Test
    void aScriptGivesAllItsResults() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            assertThat(statement.execute(
                            "insert into t values (1, 'x'); select a from t; " + NUMBERS + "; delete from t"))
                    .isFalse();
            assertThat(statement.getUpdateCount()).isEqualTo(1);
            assertThat(statement.getMoreResults()).isTrue();
            assertThat(Database.read(statement.getResultSet())).containsExactly("1");
            assertThat(statement.getMoreResults()).isTrue();
            assertThat(Database.read(statement.getResultSet())).hasSize(MANY);
            assertThat(statement.getMoreResults()).isFalse();
            assertThat(statement.getLargeUpdateCount()).isEqualTo(1);
            assertThat(statement.getMoreResults()).isFalse();
            assertThat(statement.getUpdateCount()).isEqualTo(-1);
        }
    }

    @Test
    void resultColumnsAreDescribed() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select a as key, b, cast(1.5 as decimal(10,2)) d from t")) {
            ResultSetMetaData columns = rows.getMetaData();
            assertThat(columns.getColumnCount()).isEqualTo(3);
            assertThat(columns.getColumnLabel(1)).isEqualTo("key");
            assertThat(columns.getColumnType(1)).isEqualTo(Types.INTEGER);
            assertThat(columns.getColumnTypeName(1)).isEqualTo("int4");
            assertThat(columns.getColumnClassName(1)).isEqualTo("java.lang.Integer");
            assertThat(columns.isNullable(1)).isEqualTo(ResultSetMetaData.columnNoNulls);
            assertThat(columns.isSigned(1)).isTrue();
            assertThat(columns.isNullable(2)).isEqualTo(ResultSetMetaData.columnNullable);
            assertThat(columns.isCaseSensitive(2)).isTrue();
            assertThat(columns.getPrecision(3)).isEqualTo(10);
            assertThat(columns.getScale(3)).isEqualTo(2);
            assertThat(columns.getColumnDisplaySize(1)).isEqualTo(11);
            assertThat(columns.isReadOnly(1)).isTrue();
            assertThat(columns.isAutoIncrement(1)).isFalse();
            assertThat(state(() -> columns.getColumnLabel(4))).isEqualTo("42P10");
        }
    }

    @Test
    void aBatchOfParametersWritesAllOrNothing() throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("insert into t values (?, ?)")) {
            assertThat(insert.executeBatch()).isEmpty();
            for (int i = 0; i < 1_000; i++) {
                insert.setInt(1, i);
                insert.setString(2, "row " + i);
                insert.addBatch();
            }
            assertThat(insert.executeLargeBatch()).hasSize(1_000).containsOnly(1);
            insert.setInt(1, 1_000);
            insert.setString(2, "new");
            insert.addBatch();
            insert.setInt(1, 7);
            insert.addBatch();
            BatchUpdateException error = catchThrowableOfType(BatchUpdateException.class, insert::executeBatch);
            assertThat(error.getSQLState()).isEqualTo("23505");
            assertThat(error.getUpdateCounts()).containsExactly(Statement.EXECUTE_FAILED, Statement.EXECUTE_FAILED);
            assertThat(error.getMessage()).contains("member 2");
        }
        assertThat(database.rows("select count(*) from t")).containsExactly("1000");
    }

    @Test
    void aBatchInABlockStopsAtTheFirstThatFails() throws SQLException {
        connection.setAutoCommit(false);
        try (Statement batch = connection.createStatement()) {
            batch.addBatch("insert into t values (1, 'x')");
            batch.addBatch("insert into t values (1, 'again')");
            batch.addBatch("insert into t values (2, 'y')");
            BatchUpdateException error = catchThrowableOfType(BatchUpdateException.class, batch::executeBatch);
            assertThat(error.getUpdateCounts()).containsExactly(1);
        }
        connection.rollback();
        connection.setAutoCommit(true);
        assertThat(database.rows("select count(*) from t")).containsExactly("0");
    }

    @Test
    void keysOfABatchAreReturned() throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into t values (?, 'x')", new String[] {"a"})) {
            for (int i = 1; i <= 3; i++) {
                insert.setInt(1, 10 * i);
                insert.addBatch();
            }
            assertThat(insert.executeBatch()).containsExactly(1, 1, 1);
            try (ResultSet keys = insert.getGeneratedKeys()) {
                assertThat(Database.read(keys)).containsExactly("10", "20", "30");
            }
        }
    }

    @Test
    void errorsAreOfJdbcsClasses() throws SQLException {
        database.run("insert into t values (1, 'x')");
        assertThat(catchThrowableOfType(
                                SQLIntegrityConstraintViolationException.class,
                                () -> database.run("insert into t values (1, 'y')"))
                        .getSQLState())
                .isEqualTo("23505");
        assertThat(catchThrowableOfType(SQLSyntaxErrorException.class, () -> database.run("selct 1"))
                        .getSQLState())
                .isEqualTo("42601");
        assertThat(state(() -> database.rows("select 1 / 0"))).isEqualTo("22012");
    }

    @Test
    void anErrorAmongTheRowsIsThrownByNext() throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(10);
            String sql = "select 1 / (n - 9999) from (" + NUMBERS + ") q order by n";
            assertThat(state(() -> Database.read(statement.executeQuery(sql)))).isEqualTo("22012");
        }
        assertThat(database.rows("select 1")).containsExactly("1");
    }

    @Test
    void rowsThatEndWithARollbackAreNotTakenForAll() throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(10);
            ResultSet rows = statement.executeQuery("select g from generate_series(1, 100000) g");
            assertThat(rows.next()).isTrue();
            connection.rollback();
            assertThat(state(() -> Database.read(rows))).isEqualTo("55000");
        }
        connection.setAutoCommit(true);
        assertThat(database.rows("select 1")).containsExactly("1");
    }

    @Test
    void aFailedBlockWantsItsEnd() throws SQLException {
        connection.setAutoCommit(false);
        assertThat(state(() -> database.run("select 1 / 0"))).isEqualTo("22012");
        assertThat(state(() -> database.run("select 1"))).isEqualTo("25P02");
        connection.rollback();
        database.run("select 1");
        connection.commit();
    }

    @Test
    void commitAndRollbackNeedABlock() {
        assertThat(state(connection::commit)).isEqualTo("25P01");
        assertThat(state(connection::rollback)).isEqualTo("25P01");
    }

    @Test
    void savepointsUndoAPart() throws SQLException {
        assertThat(state(() -> connection.setSavepoint())).isEqualTo("25P01");
        connection.setAutoCommit(false);
        database.run("insert into t values (1, 'kept')");
        Savepoint numbered = connection.setSavepoint();
        assertThat(numbered.getSavepointId()).isPositive();
        database.run("insert into t values (2, 'undone')");
        assertThat(state(() -> database.run("select 1 / 0"))).isEqualTo("22012");
        connection.rollback(numbered);
        Savepoint named = connection.setSavepoint("it \"is\" named");
        assertThat(named.getSavepointName()).isEqualTo("it \"is\" named");
        database.run("insert into t values (3, 'kept')");
        connection.releaseSavepoint(named);
        assertThat(state(() -> connection.rollback(named))).isEqualTo("3B001");
        connection.rollback(numbered);
        database.run("insert into t values (4, 'kept')");
        connection.commit();
        assertThat(database.rows("select a from t order by a")).containsExactly("1", "4");
    }

    @Test
    void closingRollsBack() throws SQLException {
        try (Connection other = database.connect()) {
            other.setAutoCommit(false);
            Database.run(other, "insert into t values (1, 'x')");
        }
        assertThat(database.rows("select count(*) from t")).containsExactly("0");
    }

    @Test
    void abortEndsAConnection() throws SQLException {
        Connection other = database.connect();
        other.setAutoCommit(false);
        Database.run(other, "insert into t values (1, 'x')");
        other.abort(Runnable::run);
        assertThat(other.isClosed()).isTrue();
        database.run("insert into t values (1, 'y')");
        assertThat(database.rows("select b from t")).containsExactly("y");
    }

    @Test
    void namesFoldAndQuoteAsInPostgres() throws SQLException {
        DatabaseMetaData catalog = connection.getMetaData();
        assertThat(catalog.getIdentifierQuoteString()).isEqualTo("\"");
        assertThat(catalog.storesLowerCaseIdentifiers()).isTrue();
        assertThat(catalog.supportsMixedCaseQuotedIdentifiers()).isTrue();
        database.run("create table \"Mixed\" (\"Key\" int primary key)");
        try (ResultSet tables = catalog.getTables(null, null, "Mixed", null)) {
            assertThat(tables.next()).isTrue();
        }
        assertThat(database.rows("select \"Key\" from \"Mixed\"")).isEmpty();
        assertThat(state(() -> database.rows("select Key from Mixed"))).isEqualTo("42P01");
    }

    @Test
    void metaDataDoesNotLie() throws SQLException {
        DatabaseMetaData catalog = connection.getMetaData();
        assertThat(catalog.getConnection()).isSameAs(connection);
        assertThat(catalog.supportsTransactions()).isTrue();
        assertThat(catalog.supportsBatchUpdates()).isTrue();
        assertThat(catalog.supportsGetGeneratedKeys()).isTrue();
        assertThat(catalog.supportsResultSetType(ResultSet.TYPE_FORWARD_ONLY)).isTrue();
        assertThat(catalog.supportsResultSetType(ResultSet.TYPE_SCROLL_INSENSITIVE))
                .isFalse();
        assertThat(catalog.getDefaultTransactionIsolation()).isEqualTo(Connection.TRANSACTION_SERIALIZABLE);
        assertThat(catalog.getUserName()).isNotEmpty();
        assertThat(catalog.getDriverName()).isEqualTo("KadeDB JDBC Driver");
        assertThat(catalog.getJDBCMajorVersion()).isEqualTo(4);
        assertThat(catalog.getSQLKeywords()).contains("RETURNING");
        assertThat(catalog.isReadOnly()).isFalse();
    }

    @Test
    void catalogMethodsWithoutRowsAreEmptyNotErrors() throws SQLException {
        DatabaseMetaData catalog = connection.getMetaData();
        try (ResultSet rows = catalog.getProcedures(null, null, "%")) {
            assertThat(rows.next()).isFalse();
        }
        try (ResultSet rows = catalog.getImportedKeys(null, null, "t")) {
            assertThat(rows.next()).isFalse();
        }
        try (ResultSet rows = catalog.getExportedKeys(null, null, "t")) {
            assertThat(rows.next()).isFalse();
        }
        try (ResultSet rows = catalog.getColumns(null, null, "no such table", null)) {
            assertThat(rows.next()).isFalse();
        }
    }
}
