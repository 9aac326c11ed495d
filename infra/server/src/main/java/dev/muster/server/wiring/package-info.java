/** Which part is joined to which. */
@NullMarked
package dev.muster.server.wiring;

import org.jspecify.annotations.NullMarked;
