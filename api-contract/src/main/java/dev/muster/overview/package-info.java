/** What happened: audit, timeline and live events across all capabilities. */
@NullMarked
package dev.muster.overview;

import org.jspecify.annotations.NullMarked;
