/** Words and small mechanisms every capability shares: refusals, waiting, paging, naming of history, positions. */
@NullMarked
package dev.muster.kernel;

import org.jspecify.annotations.NullMarked;
