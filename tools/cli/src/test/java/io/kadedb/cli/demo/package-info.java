@NullMarked
package io.kadedb.cli.demo;

import org.jspecify.annotations.NullMarked;
