/**
 * Who may see and change what, and the record of it. So far the engine asks
 * {@link io.kadedb.common.security.AccessControl} and an embedded database allows its owner everything.
 */
@NullMarked
package io.kadedb.security;

import org.jspecify.annotations.NullMarked;
