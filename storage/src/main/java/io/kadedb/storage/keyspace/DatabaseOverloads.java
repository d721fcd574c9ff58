package io.kadedb.storage.keyspace;

import com.apple.foundationdb.Database;
import com.apple.foundationdb.EventKeeper;
import com.apple.foundationdb.KeyRangeArrayResult;
import com.apple.foundationdb.Tenant;
import com.apple.foundationdb.tuple.Tuple;
import io.kadedb.common.error.ErrorCode;
import io.kadedb.common.error.KadeException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;

/** What every key space answers alike: tenants and blob granules, which it does not offer. */
public interface DatabaseOverloads extends Database {
    private static KadeException unsupported(String what) {
        return KadeException.of(ErrorCode.FEATURE_NOT_SUPPORTED, what + " are not supported by this key space");
    }

    @Override
    default Tenant openTenant(Tuple tenantName) {
        throw unsupported("tenants");
    }

    @Override
    default Tenant openTenant(byte[] tenantName, Executor executor) {
        throw unsupported("tenants");
    }

    @Override
    default Tenant openTenant(Tuple tenantName, Executor executor) {
        throw unsupported("tenants");
    }

    @Override
    default Tenant openTenant(byte[] tenantName, Executor executor, EventKeeper eventKeeper) {
        throw unsupported("tenants");
    }

    @Override
    default Tenant openTenant(Tuple tenantName, Executor executor, EventKeeper eventKeeper) {
        throw unsupported("tenants");
    }

    @Override
    default CompletableFuture<byte[]> purgeBlobGranules(
            byte[] beginKey, byte[] endKey, long purgeVersion, boolean force, Executor executor) {
        throw unsupported("blob granules");
    }

    @Override
    default CompletableFuture<Void> waitPurgeGranulesComplete(byte[] purgeKey, Executor executor) {
        throw unsupported("blob granules");
    }

    @Override
    default CompletableFuture<Boolean> blobbifyRange(byte[] beginKey, byte[] endKey, Executor executor) {
        throw unsupported("blob granules");
    }

    @Override
    default CompletableFuture<Boolean> blobbifyRangeBlocking(byte[] beginKey, byte[] endKey, Executor executor) {
        throw unsupported("blob granules");
    }

    @Override
    default CompletableFuture<Boolean> unblobbifyRange(byte[] beginKey, byte[] endKey, Executor executor) {
        throw unsupported("blob granules");
    }

    @Override
    default CompletableFuture<KeyRangeArrayResult> listBlobbifiedRanges(
            byte[] beginKey, byte[] endKey, int rangeLimit, Executor executor) {
        throw unsupported("blob granules");
    }

    @Override
    default CompletableFuture<Long> verifyBlobRange(byte[] beginKey, byte[] endKey, long version, Executor executor) {
        throw unsupported("blob granules");
    }

    @Override
    default CompletableFuture<Boolean> flushBlobRange(
            byte[] beginKey, byte[] endKey, boolean compact, long version, Executor executor) {
        throw unsupported("blob granules");
    }
}
