/** The questions the engine asks before it reads or writes anything. */
@NullMarked
package io.kadedb.common.security;

import org.jspecify.annotations.NullMarked;
