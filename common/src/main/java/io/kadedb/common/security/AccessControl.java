package io.kadedb.common.security;

import java.util.List;

/**
 * Decides what a principal may do. The planner asks before any plan is made, for every object a statement names; what
 * is refused never reaches the executor.
 */
public interface AccessControl {
    /**
     * Returns when every privilege is held on the columns of the object.
     *
     * @param columns the columns touched; empty when the privilege concerns the object as a whole
     * @throws io.kadedb.common.error.KadeException 42501 naming the privilege and the object
     */
    void check(Principal principal, Privilege privilege, ObjectName object, List<String> columns);

    /**
     * A number that changes whenever an answer for the principal could: part of the plan cache's key, so that no cached
     * plan outlives the rights it was made under.
     */
    long fingerprint(Principal principal);

    /** Grants everything: the access control of an embedded database. */
    static AccessControl allowAll() {
        return AllowAll.INSTANCE;
    }
}
