/** Reading the log: folds, history, positions. */
@NullMarked
package dev.muster.server.log;

import org.jspecify.annotations.NullMarked;
