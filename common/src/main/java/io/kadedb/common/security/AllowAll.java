package io.kadedb.common.security;

import java.util.List;

/** The access control of an embedded database: whoever opened the files owns them. */
enum AllowAll implements AccessControl {
    INSTANCE;

    @Override
    public void check(Principal principal, Privilege privilege, ObjectName object, List<String> columns) {}

    @Override
    public long fingerprint(Principal principal) {
        return 0;
    }
}
