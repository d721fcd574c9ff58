/** JSON documents: reading text, the binary form of jsonb, its order and its text. */
@NullMarked
package io.kadedb.common.json;

import org.jspecify.annotations.NullMarked;
