/** The machinery of views: reading the log in batches, storing documents, keeping the place, rebuilding. */
@NullMarked
package dev.muster.overview.view;

import org.jspecify.annotations.NullMarked;
