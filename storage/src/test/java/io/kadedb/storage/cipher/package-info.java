@NullMarked
package io.kadedb.storage.cipher;

import org.jspecify.annotations.NullMarked;
