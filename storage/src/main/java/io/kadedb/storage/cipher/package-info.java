/** The encryption boundary: what is below sees ciphertext only. */
@NullMarked
package io.kadedb.storage.cipher;

import org.jspecify.annotations.NullMarked;
