package io.kadedb.server.remote;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;
import io.kadedb.common.error.KadeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.calcite.avatica.proto.Common;
import org.apache.calcite.avatica.proto.Responses;
import org.apache.calcite.avatica.remote.ProtobufTranslationImpl;
import org.apache.calcite.avatica.remote.Service;

/** What Avatica keeps to its own package: handing a request to a service, and responses without content. */
final class Requests {
    /** What responses say about the server; the protocol wants something here. */
    static final Service.RpcMetadataResponse METADATA = new Service.RpcMetadataResponse("kadedb");

    /** The answer to a commit. */
    static final Service.CommitResponse COMMITTED =
            (Service.CommitResponse) empty(Responses.CommitResponse.getDefaultInstance());

    /** The answer to a rollback. */
    static final Service.RollbackResponse ROLLED_BACK =
            (Service.RollbackResponse) empty(Responses.RollbackResponse.getDefaultInstance());

    private Requests() {}

    private static Service.Response empty(MessageLite message) {
        Common.WireMessage wire = Common.WireMessage.newBuilder()
                .setNameBytes(ByteString.copyFromUtf8(message.getClass().getName()))
                .setWrappedMessage(message.toByteString())
                .build();
        try {
            return new ProtobufTranslationImpl().parseResponse(wire.toByteArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Service.Response apply(Service.Request request, Service service) {
        return switch (request) {
            case Service.OpenConnectionRequest r -> service.apply(r);
            case Service.CloseConnectionRequest r -> service.apply(r);
            case Service.ConnectionSyncRequest r -> service.apply(r);
            case Service.DatabasePropertyRequest r -> service.apply(r);
            case Service.CreateStatementRequest r -> service.apply(r);
            case Service.CloseStatementRequest r -> service.apply(r);
            case Service.PrepareRequest r -> service.apply(r);
            case Service.PrepareAndExecuteRequest r -> service.apply(r);
            case Service.ExecuteRequest r -> service.apply(r);
            case Service.FetchRequest r -> service.apply(r);
            case Service.SyncResultsRequest r -> service.apply(r);
            case Service.CommitRequest r -> service.apply(r);
            case Service.RollbackRequest r -> service.apply(r);
            case Service.PrepareAndExecuteBatchRequest r -> service.apply(r);
            case Service.ExecuteBatchRequest r -> service.apply(r);
            case Service.CatalogsRequest r -> service.apply(r);
            case Service.SchemasRequest r -> service.apply(r);
            case Service.TablesRequest r -> service.apply(r);
            case Service.TableTypesRequest r -> service.apply(r);
            case Service.ColumnsRequest r -> service.apply(r);
            case Service.TypeInfoRequest r -> service.apply(r);
            default -> throw KadeException.internal("a request of an unknown kind: " + request.getClass(), null);
        };
    }
}
