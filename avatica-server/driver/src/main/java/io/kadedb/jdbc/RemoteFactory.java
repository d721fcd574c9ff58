package io.kadedb.jdbc;

import io.kadedb.jdbc.common.DriverFactory;
import io.kadedb.jdbc.common.DriverMetaData;
import org.apache.calcite.avatica.AvaticaConnection;
import org.apache.calcite.avatica.AvaticaSpecificDatabaseMetaData;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.Meta;
import org.jspecify.annotations.Nullable;

/** Makes the driver's JDBC objects. */
final class RemoteFactory extends DriverFactory {
    @Override
    public AvaticaStatement newStatement(
            AvaticaConnection connection,
            Meta.@Nullable StatementHandle handle,
            int type,
            int concurrency,
            int holdability) {
        return new RemoteStatement((RemoteConnection) connection, handle, type, concurrency, holdability);
    }

    @Override
    public AvaticaSpecificDatabaseMetaData newDatabaseMetaData(AvaticaConnection connection) {
        return new DriverMetaData((RemoteConnection) connection);
    }
}
