/** What the server says about itself: health, metrics, and the console's files. */
@NullMarked
package dev.muster.server.overview;

import org.jspecify.annotations.NullMarked;
