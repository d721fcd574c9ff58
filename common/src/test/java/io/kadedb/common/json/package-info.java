@NullMarked
package io.kadedb.common.json;

import org.jspecify.annotations.NullMarked;
